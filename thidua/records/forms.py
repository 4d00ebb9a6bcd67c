"""What people type about ratings, initiatives, discipline, matters and circumstances."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from thidua.base.text import loose_key
from thidua.base.ui.forms import DayField
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import people_named
from thidua.records.actions import EqualPost, InitiativeText, StatementText
from thidua.records.models import (
    CareerPost,
    DisciplineForm,
    Equivalence,
    InitiativeKind,
    InitiativeScope,
    LeaveKind,
    MatterKind,
    OccupationKind,
    RatingLevel,
    Sex,
)
from thidua.records.queries import conditions_to_state
from thidua.records.sheets import read_authors
from thidua.rulebook.catalogue import GROUPS, eras
from thidua.rulebook.engine.differences import sentence
from thidua.rulebook.engine.posts import career_posts

FIRST_YEAR, LAST_YEAR = 1945, 2100
YES_NO = (("", "Chưa rõ"), ("True", "Có"), ("False", "Không"))


def year_field() -> forms.IntegerField:
    """A year, written as it is."""
    return forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False)


def known_or_not(label: str, **more: Any) -> forms.TypedChoiceField:
    """Yes, no, or not known: what is not known is not the same as no."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        required=False,
        coerce=lambda word: word == "True",
        empty_value=None,
        **more,
    )


class DecisionFields(forms.Form):
    """The paper a record rests on."""

    decision_symbol = forms.CharField(label="Số, ký hiệu văn bản", max_length=60)
    decision_date = DayField(label="Ngày văn bản")


class OfUnit(forms.Form):
    """About a person of the unit, or the unit itself as a collective."""

    person = forms.ModelChoiceField(
        label="Cá nhân", queryset=Person.objects.none(), required=False, empty_label="Chính tập thể đơn vị"
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(tenures__office__unit=unit).distinct()


class RatingForm(OfUnit, DecisionFields):
    """A rating of a year."""

    year = year_field()
    level = forms.ChoiceField(label="Mức xếp loại", choices=RatingLevel)
    field_order = ("person", "year", "level", "decision_symbol", "decision_date")


class InitiativeForm(DecisionFields):
    """An initiative that was recognised."""

    title = forms.CharField(label="Tên sáng kiến", max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label="Loại", choices=InitiativeKind)
    scope = forms.ChoiceField(
        label="Phạm vi ảnh hưởng, hiệu quả áp dụng",
        choices=InitiativeScope,
        help_text="Như quyết định công nhận ghi.",
    )
    authors = forms.CharField(
        label="Tác giả, tỷ lệ đóng góp",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Họ và tên người của đơn vị, nhiều người cách nhau bằng dấu chấm phẩy; tỷ lệ ghi trong "
        "ngoặc. Ví dụ: Nguyễn Văn A (60); Trần Thị B (40).",
    )
    recognised_by = forms.CharField(
        label="Người công nhận", max_length=200, help_text="Chức vụ, ví dụ: Giám đốc Sở Y tế."
    )
    field_order = ("title", "kind", "scope", "authors", "recognised_by", "decision_symbol", "decision_date")

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean_authors(self) -> list[tuple[Person, Decimal | None]]:
        """The people the words name."""
        known = people_named([self.unit.pk])

        def find(name: str) -> Person:
            found = known.get((self.unit.pk, loose_key(name)), [])
            if len(found) != 1:
                how_many = "Không tìm thấy" if not found else f"Có {len(found)} người tên"
                raise forms.ValidationError(f"{how_many} “{name}” ở {self.unit}.")
            return found[0]

        try:
            return read_authors(self.cleaned_data["authors"], find)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault

    def text(self) -> InitiativeText:
        """As the action takes it."""
        return InitiativeText(**self.cleaned_data)


class UseForm(forms.Form):
    """What an author used an initiative for."""

    person = forms.ModelChoiceField(label="Tác giả", queryset=Person.objects.none())
    kind = forms.ChoiceField(label="Đã dùng để xét")
    year = year_field()
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)

    def __init__(self, *args: Any, initiative: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, kind = self.fields["person"], self.fields["kind"]
        assert isinstance(person, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        person.queryset = Person.objects.filter(authorships__initiative=initiative)
        latest = {era.code: era for era in eras() if "ca_nhan" in era.recipients}
        kind.choices = [
            (word, [(era.code, era.name) for era in latest.values() if era.group == group])
            for group, word in GROUPS.items()
        ]


class DisciplineEntry(OfUnit, DecisionFields):
    """A decision of discipline."""

    form = forms.ChoiceField(label="Hình thức kỷ luật", choices=DisciplineForm)
    starts = DayField(label="Có hiệu lực từ ngày")
    ends = DayField(
        label="Ngày hết thời hạn kỷ luật", required=False, help_text="Thành tích tính lại từ ngày này."
    )
    field_order = ("person", "form", "decision_symbol", "decision_date", "starts", "ends")


class DisciplineEnd(forms.Form):
    """Its time ends, or it is annulled."""

    ends = DayField(label="Ngày hết thời hạn kỷ luật", required=False)
    annulled_on = DayField(
        label="Ngày hủy bỏ quyết định", required=False, help_text="Chỉ ghi khi quyết định kỷ luật bị hủy bỏ."
    )
    annulled_by = forms.CharField(label="Văn bản hủy bỏ", max_length=120, required=False)


class MatterForm(OfUnit):
    """Something that holds commendation back."""

    kind = forms.ChoiceField(label="Việc", choices=MatterKind)
    since = DayField(label="Từ ngày")
    told_by = forms.CharField(
        label="Cơ quan, người thông báo", max_length=200, help_text="Bắt buộc: ai cho biết việc này."
    )
    document = forms.CharField(label="Văn bản", max_length=120, required=False)
    field_order = ("person", "kind", "since", "told_by", "document")


class ConclusionForm(forms.Form):
    """A matter is concluded."""

    cleared_on = DayField(label="Ngày kết luận")
    violation = forms.TypedChoiceField(
        label="Kết luận",
        choices=(("False", "Không vi phạm"), ("True", "Có vi phạm")),
        coerce=lambda word: word == "True",
        widget=forms.RadioSelect,
    )
    conclusion = forms.CharField(label="Văn bản kết luận", max_length=200)


class ProfileForm(forms.Form):
    """Circumstances of a person."""

    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[("", "Chưa ghi"), *Sex.choices],
        required=False,
        help_text="Dùng khi ưu tiên nữ giữa những người đủ điều kiện như nhau và tính thời gian cống hiến.",
    )
    occupation = forms.ChoiceField(
        label="Nhóm đối tượng", choices=[("", "Chưa ghi"), *OccupationKind.choices], required=False
    )
    is_direct = known_or_not(
        "Trực tiếp lao động, sản xuất, công tác", help_text="Luật yêu cầu quan tâm khen người trực tiếp."
    )
    recruited_on = DayField(
        label="Ngày tuyển dụng", required=False, help_text="Người mới tuyển dưới 6 tháng chưa xét danh hiệu."
    )


class LeaveForm(forms.Form):
    """An absence."""

    person = forms.ModelChoiceField(label="Cá nhân", queryset=Person.objects.none())
    kind = forms.ChoiceField(label="Lý do", choices=LeaveKind)
    first = DayField(label="Từ ngày")
    last = DayField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.filter(tenures__office__unit=unit).distinct()


class UnitProfileForm(forms.Form):
    """Circumstances of a unit."""

    is_remote = forms.BooleanField(label="Vùng biên giới, biển, đảo, vùng đặc biệt khó khăn", required=False)
    founded_on = DayField(label="Ngày thành lập", required=False)
    gets_flags = known_or_not("Thuộc đối tượng được tặng cờ thi đua")


class EquivalenceForm(DecisionFields):
    """To which post of the career tables an office is equal."""

    post = forms.ChoiceField(label="Tương đương chức vụ", widget=forms.RadioSelect)
    decided_by = forms.CharField(
        label="Cơ quan, người xác định", max_length=200, help_text="Ví dụ: Ban Thường vụ Tỉnh ủy."
    )
    first = DayField(label="Tính từ ngày", required=False, help_text="Bỏ trống thì tính từ ngày giữ chức vụ.")
    last = DayField(
        label="Đến hết ngày", required=False, help_text="Bỏ trống thì tính đến khi thôi giữ chức vụ."
    )
    field_order = ("post", "decided_by", "decision_symbol", "decision_date", "first", "last")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*career_posts().items(), (CareerPost.NONE.value, CareerPost.NONE.label)]

    def text(self) -> EqualPost:
        """As the action takes it."""
        return EqualPost(**self.cleaned_data)


class StatementForm(DecisionFields):
    """Whether a condition is met, by which paper."""

    key = forms.ChoiceField(
        label="Điều kiện", help_text="Nguyên văn như quy định; trong ngoặc là nơi cần đến."
    )
    is_met = forms.TypedChoiceField(
        label="Văn bản xác nhận",
        choices=(("True", "Đạt"), ("False", "Không đạt")),
        coerce=lambda word: word == "True",
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(
        label="Của năm",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        localize=False,
        required=False,
        help_text="Bỏ trống nếu đúng cho mọi năm, ví dụ đã có thông báo nghỉ hưu.",
    )
    decided_by = forms.CharField(
        label="Cơ quan, người xác nhận", max_length=200, help_text="Ví dụ: Chủ tịch UBND tỉnh."
    )
    field_order = ("key", "is_met", "year", "decided_by", "decision_symbol", "decision_date")

    def __init__(self, *args: Any, recipient: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["key"]
        assert isinstance(field, forms.ChoiceField)
        known = conditions_to_state(recipient, on).items()
        rows = sorted((sentence(one.says), ", ".join(one.kinds), key) for key, one in known)
        field.choices = [("", "Chọn điều kiện"), *((key, f"{says} ({kinds})") for says, kinds, key in rows)]

    def text(self) -> StatementText:
        """As the action takes it."""
        return StatementText(**self.cleaned_data)


def shown_equivalence(row: Equivalence) -> dict[str, Any]:
    """What stands there, as the form has it; days that are those of the holding stay empty."""
    names = ("post", "decided_by", "decision_symbol", "decision_date")
    held = row.tenure.term
    return {
        **{name: getattr(row, name) for name in names},
        "first": row.term.lower if row.term.lower != held.lower else None,
        "last": row.term.upper - timedelta(days=1)
        if row.term.upper and row.term.upper != held.upper
        else None,
    }
