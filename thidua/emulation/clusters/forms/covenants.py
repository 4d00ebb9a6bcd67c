"""Forms of the covenant and its targets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet

from thidua.base.text import search_key
from thidua.base.ui.forms import DayField, NumberField
from thidua.emulation.clusters.actions.covenants import TargetText
from thidua.emulation.clusters.forms.fields import fit_measure
from thidua.emulation.clusters.models import Covenant, Cycle, Indicator, Qualifier
from thidua.emulation.clusters.queries import members
from thidua.organisations.models import Unit

LONGEST_TEXT = 40_000
CATALOGUE = {"list": "danh-muc-chi-tieu"}  # the names the browser offers while one types
MOST_TARGETS = 600


class CovenantForm(forms.Form):
    """Text and place of a draft."""

    text = forms.CharField(
        label="Nội dung giao ước",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 12}),
        help_text="Mỗi đoạn một dòng. Nội dung chưa ghi thì chưa mở ký được.",
    )
    place = forms.CharField(label="Nơi ký", required=False, max_length=120, help_text="Ví dụ: Bắc Kạn.")
    amendment_reason = forms.CharField(label="Lý do sửa đổi", required=False, max_length=300)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, covenant: Covenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("text", "place", "amendment_reason", "revision")
        shown = {name: getattr(covenant, name) for name in names}
        self.initial = {**shown, **self.initial}
        if covenant.version == 1:
            del self.fields["amendment_reason"]


class TargetForm(forms.Form):
    """A target: for all, or for one member."""

    unit = forms.ChoiceField(label="Đơn vị", required=False)
    indicator = forms.CharField(label="Chỉ tiêu", max_length=300, widget=forms.TextInput(CATALOGUE))
    qualifier = forms.ChoiceField(label="Mức", choices=Qualifier.of_one_number(), initial=Qualifier.AT_LEAST)
    value = NumberField(label="Giá trị", places=4, required=False)
    measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)
    due = DayField(label="Trước ngày", required=False)

    def __init__(
        self, *args: Any, units: Sequence[Unit], catalogue: Sequence[Indicator] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        self.known = {str(unit.pk): unit for unit in units}
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "Mọi đơn vị"), *((key, unit.short_name) for key, unit in self.known.items())]

    def clean_unit(self) -> Unit | None:
        """The member itself; None for all."""
        return self.known.get(self.cleaned_data["unit"])

    def clean(self) -> dict[str, Any]:
        """The catalogue's unit of measure, where the catalogue names the indicator."""
        told = super().clean() or {}
        fit_measure(self, told, self.catalogue)
        return told


TargetFormSet = forms.formset_factory(
    TargetForm, extra=3, can_delete=True, max_num=MOST_TARGETS, absolute_max=MOST_TARGETS
)


def units_to_name(cycle: Cycle) -> list[Unit]:
    """Units that may have a target of their own: whoever belongs during the year."""
    return list({m.unit_id: m.unit for m in members(cycle)}.values())


def names_of(units: Sequence[Unit]) -> dict[str, int]:
    """Search keys of names and short names, for what is pasted."""
    full = {search_key(unit.name): unit.pk for unit in units}
    return {search_key(unit.short_name): unit.pk for unit in units} | full


def target_formset(
    units: Sequence[Unit],
    data: Any = None,
    initial: Sequence[dict[str, Any]] = (),
    catalogue: Sequence[Indicator] = (),
) -> BaseFormSet[TargetForm]:
    """The rows of targets, as posted or as they stand."""
    return TargetFormSet(
        data, initial=list(initial), prefix="chi-tieu", form_kwargs={"units": units, "catalogue": catalogue}
    )


def target_rows(covenant: Covenant) -> list[dict[str, Any]]:
    """The stored targets as the form shows them."""
    names = ("indicator", "qualifier", "value", "measure", "due")
    return [
        {name: getattr(target, name) for name in names} | {"unit": target.unit_id or ""}
        for target in covenant.targets.all()
    ]


def typed_rows(formset: BaseFormSet[TargetForm]) -> list[dict[str, Any]]:
    """What stands in the rows just now, right or wrong, without the empty and the deleted ones."""
    names = ("unit", "indicator", "qualifier", "value", "measure", "due")
    rows = [
        {name: form[name].value() or "" for name in names} for form in formset if not form["DELETE"].value()
    ]
    return [row for row in rows if any(row[name] for name in names if name != "qualifier")]


def targets_in(formset: BaseFormSet[TargetForm]) -> list[TargetText]:
    """The targets of a valid formset, as the action takes them."""
    kept = [form.cleaned_data for form in formset if form.cleaned_data and not form.cleaned_data["DELETE"]]
    return [
        TargetText(**{name: value for name, value in row.items() if name != "DELETE"})
        for row in kept
        if row.get("indicator")
    ]
