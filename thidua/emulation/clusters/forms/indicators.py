"""Forms of the catalogue of indicators."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.base.ui.forms import DayField, NumberField
from thidua.emulation.clusters.actions.indicators import IndicatorText
from thidua.emulation.clusters.models import Direction, Gathering, Indicator
from thidua.organisations.models import Unit

DECIMALS = [(0, "số nguyên"), (1, "1 chữ số"), (2, "2 chữ số"), (3, "3 chữ số"), (4, "4 chữ số")]


class IndicatorForm(forms.Form):
    """What may be said of an indicator again and again."""

    name = forms.CharField(label="Chỉ tiêu", max_length=300)
    direction = forms.ChoiceField(label="Chiều", choices=Direction.choices, initial=Direction.MORE)
    lowest = NumberField(label="Khoảng từ", places=4, required=False)
    highest = NumberField(label="Khoảng đến", places=4, required=False)
    decimals = forms.TypedChoiceField(label="Số lẻ", choices=DECIMALS, coerce=int, initial=2)
    gathering = forms.ChoiceField(
        label="Tổng hợp cả cụm, khối", choices=Gathering.choices, initial=Gathering.SUM
    )
    accrues = forms.BooleanField(
        label="Cộng dồn: số cả năm bằng các quý cộng lại",
        required=False,
        help_text="Ví dụ hợp tác xã thành lập mới. Không chọn cho tỷ lệ, hoặc số có đến cuối kỳ.",
    )
    threshold = NumberField(
        label="Liệt kê đơn vị trên mức",
        places=4,
        required=False,
        help_text="Báo cáo kể tên đơn vị vượt mức này, ví dụ 50 cho “trên 50%”.",
    )
    owner = forms.ModelChoiceField(
        Unit.objects.none(), label="Cơ quan theo dõi", required=False, empty_label="Chưa ghi"
    )
    source = forms.CharField(label="Nguồn số liệu", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Unit.objects.filter(existence__endswith=None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A range has both ends, in order; only what is added up accrues."""
        told = super().clean() or {}
        if told.get("accrues") and told.get("gathering") != Gathering.SUM:
            self.add_error("accrues", "Chỉ tiêu cộng dồn thì cả cụm, khối cũng cộng lại.")
        if told.get("direction") == Direction.RANGE:
            low, high = told.get("lowest"), told.get("highest")
            if low is None and "lowest" not in self.errors:
                self.add_error("lowest", "Chỉ tiêu nằm trong khoảng thì ghi mức thấp nhất.")
            if high is None and "highest" not in self.errors:
                self.add_error("highest", "Chỉ tiêu nằm trong khoảng thì ghi mức cao nhất.")
            if low is not None and high is not None and low > high:
                self.add_error("highest", "Mức cao nhất phải lớn hơn mức thấp nhất.")
        return told

    @property
    def text(self) -> IndicatorText:
        """As the action takes it."""
        names = IndicatorText.__dataclass_fields__
        return IndicatorText(**{name: value for name, value in self.cleaned_data.items() if name in names})


class NewIndicatorForm(IndicatorForm):
    """Also what is said once: the unit of measure and the first day."""

    measure = forms.CharField(
        label="Đơn vị tính",
        max_length=40,
        help_text="Không đổi được về sau. Ví dụ: %, tỷ đồng, ha, hợp tác xã, người.",
    )
    starts = DayField(label="Áp dụng từ ngày")
    shared = forms.BooleanField(label="Dùng chung cho mọi cụm, khối", required=False)
    field_order = (
        "name",
        "measure",
        "direction",
        "lowest",
        "highest",
        "decimals",
        "gathering",
        "accrues",
        "threshold",
    )

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["shared"]


class EditIndicatorForm(IndicatorForm):
    """What stands, with the revision the page saw."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, indicator: Indicator) -> None:
        names = (*IndicatorText.__dataclass_fields__, "revision")
        super().__init__(data, initial={name: getattr(indicator, name) for name in names})


class EndIndicatorForm(forms.Form):
    """From when it is no longer used."""

    ends = DayField(label="Thôi dùng từ ngày", help_text="Số liệu đã ghi vẫn giữ.")
