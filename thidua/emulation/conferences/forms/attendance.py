"""Who is sent, who came."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.emulation.conferences.actions import (
    DelegateText,
)
from thidua.emulation.conferences.forms.fields import Choices, UnitField, offer, tick
from thidua.emulation.conferences.models import (
    Answer,
    AttendanceRole,
)


class DelegateForm(forms.Form):
    """Somebody a unit sends."""

    person_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    office_name = forms.CharField(label="Chức vụ", max_length=200)
    is_voter = tick("Bỏ phiếu")
    head_count = forms.IntegerField(label="Số người", min_value=1, max_value=500, initial=1, required=False)
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def text(self) -> DelegateText:
        """As the action takes it."""
        data = self.cleaned_data
        return DelegateText(
            data["person_name"],
            data["office_name"],
            is_voter=data["is_voter"],
            head_count=data["head_count"] or 1,
            pk=data["pk"],
        )


class AnswerForm(forms.Form):
    """Whether anybody comes, and if not, why."""

    answer = forms.ChoiceField(
        label="Trả lời",
        choices=[(Answer.COMES.value, Answer.COMES.label), (Answer.DECLINES.value, Answer.DECLINES.label)],
        widget=forms.RadioSelect,
        initial=Answer.COMES,
    )
    note = forms.CharField(label="Lý do không dự, hoặc ghi chú", max_length=300, required=False)


class GuestForm(forms.Form):
    """Somebody who came without being announced."""

    unit = UnitField(label="Đơn vị", required=False)
    body = forms.CharField(label="hoặc cơ quan ngoài", max_length=200, required=False)
    person_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    office_name = forms.CharField(label="Chức vụ", max_length=200)
    role = forms.ChoiceField(label="Tư cách", choices=AttendanceRole, initial=AttendanceRole.GUEST)
    head_count = forms.IntegerField(label="Số người", min_value=1, max_value=2000, initial=1)

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)

    def text(self) -> DelegateText:
        """As the action takes it."""
        data = self.cleaned_data
        return DelegateText(
            data["person_name"], data["office_name"], role=data["role"], head_count=data["head_count"]
        )


DelegateFormSet = forms.formset_factory(DelegateForm, extra=2, can_delete=True, max_num=60)
