"""What is typed on the scoring pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from thidua.base.ui.forms import NumberField
from thidua.emulation.scoring.actions import CriterionText, MarkText
from thidua.emulation.scoring.models import Criterion, CriterionKind, ScoreLayer
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
    revision = forms.IntegerField(widget=forms.HiddenInput)


class MarksForm(forms.Form):
    """The column being written: a number and a reason for each criterion; empty takes a mark away."""

    def __init__(self, lines: list[Criterion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            places = 3
            self.fields[f"points_{line.pk}"] = NumberField(label=line.code, places=places, required=False)
            self.fields[f"reason_{line.pk}"] = forms.CharField(max_length=500, required=False)

    def marks(self) -> dict[int, MarkText]:
        """The marks typed, by criterion; lines absent from the request are left alone."""
        return {
            line.pk: MarkText(
                self.cleaned_data.get(f"points_{line.pk}"), self.cleaned_data.get(f"reason_{line.pk}", "")
            )
            for line in self.lines
            if f"points_{line.pk}" in self.data and f"points_{line.pk}" in self.cleaned_data
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


class CorrectionForm(forms.Form):
    """A mark that replaces one already sent."""

    points = NumberField(label="Điểm đính chính", places=3)
    reason = forms.CharField(label="Lý do", max_length=500)


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
