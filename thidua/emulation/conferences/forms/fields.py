"""Fields of this area, and reading the rows of a formset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from thidua.emulation.clusters.queries import papers_to_cite
from thidua.organisations.models import Unit

Choices = Iterable[Unit]


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit out of some, given later by `offer`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.none(), **kwargs)


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several units out of some, given later by `offer`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


def offer(form: forms.Form, name: str, units: Choices) -> None:
    """Let a field choose among these units, in their order."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    chosen = list(units)
    field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in chosen])
    empty = [("", field.empty_label)] if field.empty_label is not None else []
    field.choices = [*empty, *[(unit.pk, str(unit)) for unit in chosen]]


def tick(label: str) -> forms.BooleanField:
    """A tick in a row of a table, under the column's own heading."""
    field = forms.BooleanField(
        label=label, required=False, widget=forms.CheckboxInput(attrs={"aria-label": label})
    )
    field.template_name = "conferences/tick.html"  # type: ignore[attr-defined]
    return field


def offer_papers(form: forms.Form, name: str) -> None:
    """Let a field choose among the papers one may cite."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = papers_to_cite()


def typed(formset: Any) -> list[Any]:
    """The rows filled in and not struck out, as the actions take them."""
    rows = [form for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return [form.line() if hasattr(form, "line") else form.text() for form in rows]
