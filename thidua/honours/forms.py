"""Forms of the ledger."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.honours.models import CommendationGround
from thidua.organisations.models import Person, Unit
from thidua.rulebook.catalogue import GROUPS, eras

FIRST_YEAR, LAST_YEAR = 1945, 2100


def kind_choices() -> list[tuple[str, Any]]:
    """Kinds by group, each once, under its latest name."""
    latest = {era.code: era for era in eras()}
    return [
        (title, [(era.code, era.name) for era in latest.values() if era.group == group])
        for group, title in GROUPS.items()
    ]


class HonourFilter(forms.Form):
    """What to look for in the ledger."""

    q = forms.CharField(label="Đơn vị hoặc cá nhân", required=False, max_length=100)
    decision = forms.CharField(label="Số quyết định", required=False, max_length=60)
    kind = forms.ChoiceField(label="Danh hiệu, hình thức", required=False)
    year = forms.IntegerField(
        label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Tất cả"), *kind_choices()]  # type: ignore[attr-defined]  # a choice


class DecisionForm(forms.Form):
    """The decision an entry rests on."""

    decision_symbol = forms.CharField(
        label="Số, ký hiệu quyết định", max_length=60, help_text="Ví dụ: 123/QĐ-UBND."
    )
    decision_date = DayField(label="Ngày quyết định")
    issuer = forms.CharField(
        label="Người ký", max_length=160, help_text="Chức vụ, ví dụ: Chủ tịch UBND tỉnh Mẫu."
    )


class HonourForm(DecisionForm):
    """A new entry."""

    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), required=False, empty_label="Không phải đơn vị"
    )
    person = forms.ModelChoiceField(
        label="Cá nhân",
        queryset=Person.objects.none(),
        required=False,
        empty_label="Không phải cá nhân đã có",
    )
    recipient_name = forms.CharField(
        label="Tên trong quyết định",
        max_length=200,
        required=False,
        help_text="Bỏ trống thì lấy tên đơn vị hoặc cá nhân đã chọn.",
    )
    kind = forms.ChoiceField(label="Danh hiệu, hình thức")
    year = forms.IntegerField(
        label="Năm đạt thành tích", min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False
    )
    ground = forms.ChoiceField(label="Loại hình", choices=CommendationGround.choices)
    field_order = ("unit", "person", "recipient_name", "kind", "year", "ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]  # a choice
        self.fields["unit"].queryset = Unit.objects.all()  # type: ignore[attr-defined]  # a model choice
        self.fields["person"].queryset = Person.objects.all()  # type: ignore[attr-defined]  # a model choice


class CorrectionForm(forms.Form):
    """An entry written by mistake is struck out."""

    reason = forms.CharField(
        label="Lý do đính chính", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class RevocationForm(DecisionForm):
    """An entry is taken back."""

    reason = forms.CharField(label="Lý do thu hồi", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("reason",)
