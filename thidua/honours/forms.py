"""Forms of the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from thidua.base.periods import Term
from thidua.base.ui.forms import DayField, LookupField
from thidua.honours.models import CommendationGround, era_names
from thidua.honours.queries import NO_ERA
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import said_people
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
    era = forms.ChoiceField(label="Thời kỳ pháp luật", required=False)
    year = forms.IntegerField(
        label="Năm", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Tất cả"), *kind_choices()]  # type: ignore[attr-defined]  # a choice
        self.fields["era"].choices = [  # type: ignore[attr-defined]  # a choice
            ("", "Tất cả"),
            *era_names().items(),
            (NO_ERA, "Trước khi có văn bản được nhập"),
        ]


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
    person = LookupField(
        Person.objects.all(),
        said=said_people,
        source="organisations:suggest_people",
        label="Cá nhân đã có trong danh sách",
        required=False,
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
    first = DayField(
        label="Thành tích từ ngày", required=False, help_text="Bỏ trống thì tính trọn năm đạt thành tích."
    )
    last = DayField(label="Thành tích đến hết ngày", required=False)
    ground = forms.ChoiceField(label="Loại hình", choices=CommendationGround.choices)
    field_order = ("unit", "person", "recipient_name", "kind", "year", "first", "last", "ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]  # a choice
        self.fields["unit"].queryset = Unit.objects.all()  # type: ignore[attr-defined]  # a model choice

    def clean(self) -> dict[str, Any]:
        """The days of the achievement as one term; without them the whole year."""
        found: dict[str, Any] = super().clean() or {}
        first, last, year = found.pop("first", None), found.pop("last", None), found.get("year")
        if year is None:
            return found
        first, last = first or date(year, 1, 1), last or date(year, 12, 31)
        if last < first:
            raise forms.ValidationError({"last": "Ngày cuối đứng trước ngày đầu."})
        return {**found, "achievement": Term.through(first, last)}


class CorrectionForm(forms.Form):
    """An entry written by mistake is struck out."""

    reason = forms.CharField(
        label="Lý do đính chính", max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


class RevocationForm(DecisionForm):
    """An entry is taken back."""

    reason = forms.CharField(label="Lý do thu hồi", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("reason",)
