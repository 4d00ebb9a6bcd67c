"""What is typed on the scoring pages."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from thidua.base.periods import last_day_if_any
from thidua.base.ui.forms import DayField, NumberField
from thidua.emulation.scoring.actions import CriterionText, MarkText, Planned
from thidua.emulation.scoring.engine import NOT_FILED, PointsTable
from thidua.emulation.scoring.entries import Entry, Whole
from thidua.emulation.scoring.models import CriterionKind, Scope, ScoreLayer
from thidua.emulation.scoring.queries import SheetView
from thidua.organisations.models import Unit


class CriterionForm(forms.Form):
    """One line of a table being written."""

    code = forms.CharField(label="Mã", max_length=20)
    title = forms.CharField(label="Nội dung", max_length=400)
    kind = forms.ChoiceField(label="Loại", choices=CriterionKind, initial=CriterionKind.MARK)
    parent = forms.CharField(label="Thuộc mục", max_length=20, required=False)
    max_points = NumberField(label="Tối đa", places=3, min_value=0)
    guidance = forms.CharField(label="Cách chấm", max_length=2000, required=False)
    evidence = forms.CharField(label="Minh chứng", max_length=300, required=False)

    def text(self) -> CriterionText:
        """The line as the action takes it."""
        data = {key: self.cleaned_data[key] for key in CriterionForm.base_fields}
        return CriterionText(**data)


CriterionFormSet = forms.formset_factory(CriterionForm, extra=3, can_delete=True, max_num=400)


class ScorecardForm(forms.Form):
    """What stands above the lines."""

    basis = forms.CharField(label="Căn cứ ban hành", max_length=300, required=False)
    revision = forms.CharField(widget=forms.HiddenInput, required=False)


class MarksForm(forms.Form):
    """The column being written: what each criterion takes and a reason; empty takes a mark away."""

    def __init__(self, entries: list[Entry], groups: list[Whole], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries, self.groups = entries, groups
        self.fields |= {group.name: group.field() for group in groups}
        for entry in entries:
            self.fields |= dict(entry.fields())
            self.fields[f"reason_{entry.line.pk}"] = forms.CharField(max_length=500, required=False)

    def marks(self) -> dict[int, MarkText]:
        """The marks typed, by criterion; lines absent from the request are left alone."""
        data = self.cleaned_data
        away = {entry.line.pk for group in self.groups if data.get(group.name) for entry in group.below}
        return {
            entry.line.pk: entry.mark(
                data, data.get(f"reason_{entry.line.pk}", ""), is_away=entry.line.pk in away
            )
            for entry in self.entries
            if entry.line.pk in away or any(name in self.data for name, _ in entry.fields())
        }


class UnitChoice(forms.ModelChoiceField[Unit]):
    """Units by their short names."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.short_name


class CrossForm(forms.Form):
    """Which member scores this unit across."""

    scorer = UnitChoice(Unit.objects.none(), label="Đơn vị chấm chéo")

    def __init__(self, layer: ScoreLayer, units: list[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": f"u{layer.sheet.unit_id}"})
        field = self.fields["scorer"]
        assert isinstance(field, UnitChoice)
        field.queryset = Unit.objects.filter(pk__in=[u.pk for u in units if u.pk != layer.sheet.unit_id])


class PlanForm(forms.Form):
    """Of every member: the team it sits in, the team that visits it, when and where."""

    def __init__(self, views: list[SheetView], teams: Mapping[int, int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.views = views
        choices = [("", "–"), *((str(n), f"Tổ {n}") for n in range(1, max(len(views), 2) + 1))]
        for view in views:
            unit, visit = view.sheet.unit_id, view.visit
            told: dict[str, forms.Field] = {
                "team": forms.ChoiceField(
                    label="Ngồi tổ", choices=choices, required=False, initial=teams.get(unit, "")
                ),
                "by": forms.ChoiceField(
                    label="Tổ kiểm tra",
                    choices=choices,
                    required=False,
                    initial=visit.team if visit else "",
                ),
                "on": DayField(label="Ngày", required=False, initial=visit.on if visit else None),
                "place": forms.CharField(
                    label="Nơi", max_length=300, required=False, initial=visit.place if visit else ""
                ),
            }
            self.fields |= {f"{name}_{unit}": field for name, field in told.items()}

    def rows(self) -> list[tuple[SheetView, list[BoundField]]]:
        """Each member with its fields."""
        names = ("team", "by", "on", "place")
        return [(view, [self[f"{name}_{view.sheet.unit_id}"] for name in names]) for view in self.views]

    def plan(self) -> dict[int, Planned]:
        """The plan as the action takes it."""
        return {view.sheet.unit_id: self._planned(view.sheet.unit_id) for view in self.views}

    def _planned(self, unit: int) -> Planned:
        data = self.cleaned_data
        team, by = data[f"team_{unit}"], data[f"by_{unit}"]
        return Planned(
            int(team) if team else None, int(by) if by else None, data[f"on_{unit}"], data[f"place_{unit}"]
        )


class VisitForm(forms.Form):
    """The minutes of a visit."""

    on = DayField(label="Ngày kiểm tra")
    place = forms.CharField(label="Nơi kiểm tra", max_length=300, required=False)
    present = forms.CharField(label="Thành phần", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    findings = forms.CharField(
        label="Nội dung, kết quả kiểm tra", max_length=8000, widget=forms.Textarea(attrs={"rows": 8})
    )


class AnswerForm(forms.Form):
    """The answer to an explanation."""

    text = forms.CharField(label="Trả lời", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    accepted = forms.TypedChoiceField(
        label="Kết luận",
        choices=[("1", "Chấp nhận giải trình"), ("0", "Không chấp nhận")],
        coerce=lambda value: value == "1",
    )


class FlagsForm(forms.Form):
    """Facts of the table that hold a unit's class down."""

    flags = forms.MultipleChoiceField(
        label="Trường hợp khống chế", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, table: PointsTable, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["flags"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(flag.code, flag.title) for flag in table.flags if flag.code != NOT_FILED]


class FlagCorrectionForm(FlagsForm):
    """The facts as they should have been filed, and why."""

    reason = forms.CharField(label="Lý do đính chính", max_length=500)


class CorrectionForm(forms.Form):
    """A mark that replaces one already sent: what is filed now, and why."""

    reason = forms.CharField(label="Lý do", max_length=500)

    def __init__(self, entry: Entry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        self.fields = {**dict(entry.fields()), **self.fields}
        own = self.fields[entry.own.name]
        own.label = own.label or "Điểm đính chính"

    def mark(self) -> MarkText:
        """The correction as the action takes it."""
        return self.entry.mark(self.cleaned_data, self.cleaned_data["reason"])


class AdoptionForm(forms.Form):
    """What goes with the issuing of a table."""

    basis = forms.CharField(max_length=300, required=False)
    caution_reason = forms.CharField(label="Lý do vẫn ban hành", max_length=500, required=False)
    effective_from = DayField(label="Bản mới áp dụng từ ngày", required=False)
    due = DayField(
        label="Hạn tự chấm",
        required=False,
        help_text="Sau ngày này, công bố kết quả không chờ đơn vị chưa tự chấm.",
    )

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        term = scope.movement.movement.term if scope.movement else None
        if scope.movement is None:
            del self.fields["due"]
        else:
            self.fields["due"].initial = last_day_if_any(term)


class ExplanationForm(forms.Form):
    """What the unit says of a criterion."""

    text = forms.CharField(
        label="Nội dung giải trình", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class EvidenceForm(forms.Form):
    """A file behind a criterion."""

    upload = forms.FileField(label="Tệp minh chứng")
    title = forms.CharField(label="Tên minh chứng", max_length=200, required=False)


def points_text(value: Decimal | None) -> str:
    """A mark as it stands in its input: “5,75”."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")
