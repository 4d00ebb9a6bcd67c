"""Forms of units, people, offices and rights. Dates typed are first and last days; terms are half-open."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.base.ui.forms import DayField, LookupField
from thidua.organisations.models import AppointmentKind, Person, SuccessionKind, Unit, UnitKind
from thidua.organisations.queries import said_people


class UnitFilter(forms.Form):
    """What to look for among units."""

    q = forms.CharField(label="Tìm đơn vị", required=False, max_length=100)
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Mọi loại"), *UnitKind.choices])
    state = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Đang hoạt động"), ("ended", "Đã thôi hoạt động"), ("all", "Tất cả")],
    )


class PeopleFilter(forms.Form):
    """What to look for among people."""

    q = forms.CharField(label="Tìm cá nhân", required=False, max_length=100)


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label="Tên đơn vị", max_length=200)
    short_name = forms.CharField(
        label="Tên gọn",
        max_length=60,
        required=False,
        help_text="Dùng trong bảng hẹp. Bỏ trống thì lấy tên đơn vị.",
    )
    kind = forms.ChoiceField(label="Loại", choices=UnitKind.choices)
    symbol = forms.CharField(
        label="Ký hiệu",
        max_length=20,
        required=False,
        help_text="Phần sau của số, ký hiệu văn bản, ví dụ SNV.",
    )
    parent = forms.ModelChoiceField(
        label="Trực thuộc",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không trực thuộc đơn vị nào",
    )
    starts = DayField(label="Từ ngày", required=False, help_text="Ngày lập. Bỏ trống nếu đã có từ lâu.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among_units(self, "parent")


class UnitDetailsForm(forms.Form):
    """What of a unit is corrected without a date."""

    short_name = forms.CharField(label="Tên gọn", max_length=60)
    kind = forms.ChoiceField(label="Loại", choices=UnitKind.choices)
    symbol = forms.CharField(label="Ký hiệu", max_length=20, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class RenameForm(forms.Form):
    """A unit's new name."""

    name = forms.CharField(label="Tên mới", max_length=200)
    short_name = forms.CharField(label="Tên gọn mới", max_length=60, required=False)
    from_day = DayField(label="Dùng từ ngày")
    decision = forms.CharField(
        label="Theo văn bản",
        max_length=200,
        required=False,
        help_text="Số, ký hiệu, ngày và cơ quan ban hành.",
    )


class MoveForm(forms.Form):
    """A unit's new parent."""

    parent = forms.ModelChoiceField(
        label="Trực thuộc",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không trực thuộc đơn vị nào",
    )
    from_day = DayField(label="Từ ngày")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among_units(self, "parent")


class EndUnitForm(forms.Form):
    """The unit ceases."""

    last_day = DayField(label="Ngày hoạt động cuối cùng")
    reason = forms.CharField(label="Lý do hoặc văn bản", max_length=200)


class SuccessionForm(forms.Form):
    """Units that follow one another."""

    kind = forms.ChoiceField(
        label="Hình thức",
        choices=[choice for choice in SuccessionKind.choices if choice[0] != SuccessionKind.RENAMING],
    )
    on = DayField(label="Từ ngày")
    decision = forms.CharField(label="Theo văn bản", max_length=200)
    predecessors = forms.ModelMultipleChoiceField(label="Từ các đơn vị", queryset=Unit.objects.none())
    successors = forms.ModelMultipleChoiceField(label="Thành các đơn vị", queryset=Unit.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among_units(self, "predecessors", "successors")


class PersonForm(forms.Form):
    """A new person."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)


class PersonDetailsForm(PersonForm):
    """A corrected name."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class TenureForm(forms.Form):
    """A person takes up an office."""

    person = LookupField(
        Person.objects.all(), said=said_people, source="organisations:suggest_people", label="Cá nhân"
    )
    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none())
    name = forms.CharField(
        label="Chức vụ", max_length=160, help_text="Ví dụ: Giám đốc, Phó Chủ tịch UBND tỉnh."
    )
    is_leader = forms.BooleanField(label="Là người đứng đầu hoặc cấp phó", required=False)
    starts = DayField(label="Từ ngày")
    last_day = DayField(label="Đến hết ngày", required=False, help_text="Bỏ trống nếu còn giữ chức vụ.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among_units(self, "unit")


class AppointmentForm(forms.Form):
    """A person is given a right."""

    person = LookupField(
        Person.objects.all(), said=said_people, source="organisations:suggest_people", label="Cá nhân"
    )
    unit = forms.ModelChoiceField(label="Tại đơn vị", queryset=Unit.objects.none())
    kind = forms.ChoiceField(label="Được giao", choices=AppointmentKind.choices)
    starts = DayField(label="Từ ngày")
    last_day = DayField(label="Đến hết ngày", required=False, help_text="Bỏ trống nếu chưa định ngày thôi.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among_units(self, "unit")


class LastDayForm(forms.Form):
    """When an office or a right ends."""

    last_day = DayField(label="Đến hết ngày")


class StandingBodyForm(forms.Form):
    """Which unit serves an authority's council."""

    unit = forms.ModelChoiceField(label="Cơ quan thường trực", queryset=Unit.objects.none())
    authority = forms.ModelChoiceField(label="Giúp việc cho", queryset=Unit.objects.none())
    starts = DayField(label="Từ ngày")
    last_day = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose_among_units(self, "unit", "authority")


class AccountForm(forms.Form):
    """A person's account."""

    username = forms.CharField(
        label="Tên đăng nhập", max_length=60, help_text="Chữ không dấu và số, ví dụ nguyenvanan."
    )
    email = forms.EmailField(label="Thư điện tử", required=False, help_text="Để nhận thông báo.")


def _choose_among_units(form: forms.Form, *fields: str) -> None:
    for name in fields:
        form.fields[name].queryset = Unit.objects.all()  # type: ignore[attr-defined]  # a model choice
