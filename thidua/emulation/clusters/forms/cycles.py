"""Forms of a year's settings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cluster, Cycle
from thidua.emulation.clusters.queries import due, members
from thidua.organisations.models import Unit


class CycleForm(forms.Form):
    """Name, first and last day, theme of a year."""

    name = forms.CharField(label="Năm thi đua", max_length=20, help_text="Ví dụ 2020, hoặc 2019–2020.")
    starts = DayField(label="Từ ngày")
    last = DayField(label="Đến hết ngày", help_text="Năm lịch, năm học, hay 01/12 đến 30/11 đều được.")
    theme = forms.CharField(label="Chủ đề năm", max_length=300, required=False)


class HeadsForm(forms.Form):
    """Head and deputies among the members."""

    head = forms.ModelChoiceField(Unit.objects.none(), label="Trưởng")
    first_deputy = forms.ModelChoiceField(
        Unit.objects.none(), label="Phó", required=False, empty_label="Không có"
    )
    second_deputy = forms.ModelChoiceField(
        Unit.objects.none(), label="Phó thứ hai", required=False, empty_label="Không có"
    )

    def __init__(self, *args: Any, joined: list[int], required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Unit.objects.filter(pk__in=joined)
        self.fields["head"].required = required

    def deputies(self) -> list[Unit]:
        """The chosen deputies, in order."""
        chosen = (self.cleaned_data["first_deputy"], self.cleaned_data["second_deputy"])
        return [unit for unit in chosen if unit]


def heads_form(cycle: Cycle, data: Any = None) -> HeadsForm:
    """The form of a year as it stands."""
    heads = {(h.office, h.position): h.unit_id for h in cycle.headships.all()}
    initial = {
        "head": heads.get(("head", 1)),
        "first_deputy": heads.get(("deputy", 1)),
        "second_deputy": heads.get(("deputy", 2)),
    }
    return HeadsForm(data, initial=initial, joined=[m.unit_id for m in members(cycle)])


class OpenCycleForm(CycleForm, HeadsForm):
    """A new year with its head."""

    field_order = ("name", "starts", "last", "theme", "head", "first_deputy", "second_deputy")


def open_cycle_form(cluster: Cluster, initial: dict[str, Any], data: Any = None) -> OpenCycleForm:
    """The form of a year to open: members of its first day may lead it."""
    joined = list(cluster.memberships.filter(term__upper_inf=True).values_list("unit", flat=True))
    return OpenCycleForm(data, initial=initial, joined=joined, required=False)


class DueDatesForm(forms.Form):
    """A due date for every act of the year."""

    def __init__(
        self, *args: Any, cycle: Cycle, suggested: dict[str, date] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for key in ActKey:
            self.fields[key] = DayField(label=key.label, required=False)
            self.initial[key] = (suggested or {}).get(key) or due(cycle, key)

    def dates(self) -> dict[str, date | None]:
        """Every act's date; None where it has none."""
        return {str(key): self.cleaned_data[key] for key in ActKey}
