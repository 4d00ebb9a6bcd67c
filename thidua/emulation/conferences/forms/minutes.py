"""What was said, concluded, and written down."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.emulation.conferences.forms.fields import Choices, UnitField, offer
from thidua.emulation.conferences.models import (
    AgendaItem,
    Conference,
    OpinionKind,
)


class NotesForm(forms.Form):
    """What happened in an item."""

    notes = forms.CharField(
        label="Diễn biến", required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )


class OpinionForm(forms.Form):
    """A word said."""

    kind = forms.ChoiceField(label="Loại", choices=OpinionKind)
    speaker = forms.CharField(label="Người phát biểu", max_length=250, required=False)
    text = forms.CharField(label="Nội dung", max_length=8000, widget=forms.Textarea(attrs={"rows": 3}))
    item = forms.ModelChoiceField(AgendaItem.objects.none(), label="Trong nội dung", required=False)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = conference.items.all()


class ActionItemForm(forms.Form):
    """Something to do that follows from a conclusion."""

    text = forms.CharField(label="Việc phải làm", max_length=500)
    unit = UnitField(label="Đơn vị chịu trách nhiệm", required=False, empty_label="Tất cả đơn vị thành viên")
    due = DayField(label="Hạn", required=False)

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)


class SettleForm(forms.Form):
    """What came of it."""

    done = forms.BooleanField(required=False)
    note = forms.CharField(label="Kết quả", max_length=500, required=False)


class MinutesForm(forms.Form):
    """The draft of the minutes."""

    text = forms.CharField(
        label="Nội dung biên bản",
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 30, "class": "paper"}),
    )
    secretary = forms.CharField(label="Thư ký", max_length=160, required=False)
    chair = forms.CharField(label="Chủ tọa", max_length=160, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)
