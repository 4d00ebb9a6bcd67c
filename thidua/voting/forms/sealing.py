"""Trustees and hours of an electronic ballot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from thidua.base.accounts.models import User
from thidua.organisations.models import Unit
from thidua.voting.actions.ceremony import TrusteeRow
from thidua.voting.models import Disclosure

MOST = 9


class TrusteeForm(forms.Form):
    """Một người giữ khóa: somebody with an account, and the unit they come from."""

    user = forms.ModelChoiceField(
        label="Người giữ khóa", queryset=User.objects.none(), required=False, empty_label="Không dùng chỗ này"
    )
    unit = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), required=False, empty_label="Chọn đơn vị"
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("user", accounts), ("unit", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows


TrusteeRows = forms.formset_factory(TrusteeForm, extra=0, min_num=5, max_num=MOST, absolute_max=MOST)


def trustee_rows(formset: Any) -> list[TrusteeRow]:
    """Those named, in their order."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data.get("user")]
    return [(row["user"], str(row["user"]), row.get("unit")) for row in rows]


class NeededForm(forms.Form):
    """Cần bao nhiêu người để mở phiếu."""

    needed = forms.IntegerField(
        label="Số người cần có để mở phiếu",
        min_value=1,
        max_value=MOST,
        help_text="Ít hơn số người giữ khóa, để vắng một người vẫn mở được.",
    )


class RestartForm(forms.Form):
    """Vì sao phải tạo khóa lại."""

    reason = forms.CharField(label="Lý do làm lại", max_length=200)


class SealForm(forms.Form):
    """Giờ đóng hòm, mức công bố, có được bỏ lại không."""

    closes = forms.DateTimeField(
        label="Đóng hòm lúc",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Sau giờ này không phiếu nào được nhận. Người điều hành có thể đóng sớm hơn.",
    )
    disclosure = forms.ChoiceField(
        label="Công bố", choices=Disclosure, initial=Disclosure.COUNTS, widget=forms.RadioSelect
    )
    revote = forms.BooleanField(
        label="Được bỏ lại đến khi đóng hòm, phiếu cuối cùng được tính", required=False, initial=True
    )

    @property
    def hours(self) -> datetime:
        """When the box closes."""
        found: datetime = self.cleaned_data["closes"]
        return found
