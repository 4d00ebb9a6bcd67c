"""Choosing the leading unit and the next head, and handing over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.emulation.conferences.actions import (
    HandoverLine,
    HandoverText,
)
from thidua.emulation.conferences.forms.fields import UnitField, UnitsField, offer, tick
from thidua.emulation.conferences.models import (
    Conference,
)
from thidua.organisations.models import Unit
from thidua.voting.models import Mode


class BallotForm(forms.Form):
    """How many to choose, and who stands."""

    seats = forms.IntegerField(label="Số đơn vị cần chọn", min_value=1, max_value=50, initial=1)
    mode = forms.ChoiceField(label="Cách bỏ phiếu theo quy chế", widget=forms.RadioSelect)
    candidates = UnitsField(label="Đơn vị có tên trong phiếu")

    def __init__(self, *args: Any, units: Sequence[Unit], modes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "candidates", units)
        choice = self.fields["mode"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(mode, Mode(mode).label) for mode in modes]
        choice.initial = modes[0] if modes else None
        choice.required = len(modes) > 1
        self.fields["candidates"].initial = [unit.pk for unit in units]


class AcclaimForm(forms.Form):
    """Whom the conference chose without a ballot."""

    units = UnitsField(label="Đơn vị được chọn")
    ground = forms.CharField(
        label="Căn cứ", max_length=400, required=False, help_text="Ví dụ: Hội nghị thống nhất 100%."
    )

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "units", units)


class HandoverForm(forms.Form):
    """The handover itself."""

    incoming = UnitField(label="Đơn vị nhận (trưởng năm sau)")
    deputies = UnitsField(label="Phó năm sau", required=False)
    ground = forms.CharField(
        label="Căn cứ chọn",
        max_length=300,
        help_text="Kết quả bầu, thứ tự luân phiên, hoặc số và ngày quyết định chỉ định, công nhận.",
    )
    day = DayField(label="Ngày bàn giao")
    place = forms.CharField(label="Địa điểm", max_length=200, required=False)
    conference = forms.ModelChoiceField(Conference.objects.none(), label="Tại hội nghị", required=False)
    note = forms.CharField(
        label="Ý kiến hai bên", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Sequence[Unit], conferences: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "incoming", units)
        offer(self, "deputies", units)
        field = self.fields["conference"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = conferences

    def text(self, items: Sequence[HandoverLine] = ()) -> HandoverText:
        """As the action takes it."""
        data = {key: self.cleaned_data[key] for key in self.fields if key != "revision"}
        return HandoverText(**data | {"deputies": list(data["deputies"]), "items": items})


class HandoverLineForm(forms.Form):
    """Something handed over."""

    text = forms.CharField(label="Nội dung bàn giao", max_length=300)
    count = forms.CharField(label="Số lượng", max_length=60, required=False)
    done = tick("Đã giao")
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def line(self) -> HandoverLine:
        """As the action takes it."""
        return HandoverLine(**{key: self.cleaned_data[key] for key in ("text", "count", "done", "note")})


HandoverFormSet = forms.formset_factory(HandoverLineForm, extra=2, can_delete=True, max_num=60)
