"""What people type about conferences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.documents.models import Paper
from thidua.emulation.clusters.queries import papers_to_cite
from thidua.emulation.conferences.actions import (
    ChairText,
    ConferenceText,
    DelegateText,
    HandoverLine,
    HandoverText,
)
from thidua.emulation.conferences.actions.planning import KINDS_OF_A_UNIT
from thidua.emulation.conferences.agendas import ItemText
from thidua.emulation.conferences.models import (
    AgendaItem,
    Answer,
    AttendanceRole,
    Conference,
    ConferenceKind,
    DayPart,
    ItemKind,
    OpinionKind,
)
from thidua.organisations.models import Unit

Choices = Iterable[Unit]


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit out of some, given later by `offer`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.none(), **kwargs)


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several units out of some, given later by `offer`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Unit.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)


def offer(form: forms.Form, name: str, units: Choices) -> None:
    """Let a field choose among these units, in their order."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    chosen = list(units)
    field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in chosen])
    empty = [("", field.empty_label)] if field.empty_label is not None else []
    field.choices = [*empty, *[(unit.pk, str(unit)) for unit in chosen]]


def tick(label: str) -> forms.BooleanField:
    """A tick in a row of a table, under the column's own heading."""
    field = forms.BooleanField(
        label=label, required=False, widget=forms.CheckboxInput(attrs={"aria-label": label})
    )
    field.template_name = "conferences/tick.html"  # type: ignore[attr-defined]
    return field


def offer_papers(form: forms.Form, name: str) -> None:
    """Let a field choose among the papers one may cite."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = papers_to_cite()


class ConferenceForm(forms.Form):
    """The facts of a conference."""

    kind = forms.ChoiceField(label="Loại hội nghị", choices=ConferenceKind)
    title = forms.CharField(label="Tên hội nghị", max_length=250)
    period = forms.CharField(
        label="Thời kỳ được đánh giá",
        max_length=80,
        required=False,
        help_text="6 tháng đầu năm 2020, hoặc năm 2019.",
    )
    day = DayField(label="Ngày họp")
    day_part = forms.ChoiceField(label="Buổi", choices=DayPart, initial=DayPart.MORNING)
    starts_at = forms.TimeField(
        label="Giờ khai mạc",
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%Hg%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "14:00", "inputmode": "numeric"}),
        error_messages={"invalid": "Ghi giờ theo dạng giờ:phút, ví dụ 14:00."},
    )
    place = forms.CharField(label="Địa điểm", max_length=250, required=False)
    online = forms.BooleanField(label="Họp trực tuyến", required=False)
    host_unit = UnitField(
        label="Đơn vị đăng cai", required=False, help_text="Có thể khác đơn vị trưởng cụm, khối."
    )
    plan = forms.ModelChoiceField(
        Paper.objects.none(), label="Kế hoạch tổ chức, trong sổ văn bản", required=False
    )
    plan_symbol = forms.CharField(
        label="Số, ký hiệu kế hoạch", max_length=60, required=False, help_text="Khi văn bản chưa có trong sổ."
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Choices, of_year: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "host_unit", units)
        offer_papers(self, "plan")
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        if not of_year:
            kind.choices = [(one.value, one.label) for one in KINDS_OF_A_UNIT]

    def text(self) -> ConferenceText:
        """As the action takes it."""
        return ConferenceText(**{key: self.cleaned_data[key] for key in self.fields if key != "revision"})


class NewConferenceForm(ConferenceForm):
    """For a unit's own congress: which unit holds it."""

    unit = UnitField(label="Đơn vị tổ chức")

    def __init__(self, *args: Any, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, of_year=False, **kwargs)
        offer(self, "unit", owners)
        self.order_fields(["unit"])

    def text(self) -> ConferenceText:
        """As the action takes it."""
        skipped = {"revision", "unit"}
        return ConferenceText(**{key: self.cleaned_data[key] for key in self.fields if key not in skipped})


def conference_initial(conference: Conference) -> dict[str, Any]:
    """The facts as they stand in the form."""
    names = [key for key in ConferenceForm.base_fields if key != "revision"]
    return {key: getattr(conference, key) for key in names} | {"revision": conference.revision}


class ChairForm(forms.Form):
    """One who chairs."""

    unit = UnitField(label="Đơn vị", required=False)
    body = forms.CharField(label="hoặc cơ quan ngoài", max_length=200, required=False)
    person_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    office_name = forms.CharField(label="Chức vụ, vai trò", max_length=200)

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)

    def text(self) -> ChairText:
        """As the action takes it."""
        return ChairText(
            **{key: self.cleaned_data[key] for key in ("unit", "body", "person_name", "office_name")}
        )


class ItemForm(forms.Form):
    """A line of the agenda; `position` orders the lines."""

    position = forms.IntegerField(label="Thứ tự", min_value=1, max_value=200, required=False)
    kind = forms.ChoiceField(label="Loại", choices=ItemKind, initial=ItemKind.OTHER)
    title = forms.CharField(label="Nội dung", max_length=250)
    presenter = forms.CharField(label="Người trình bày", max_length=200, required=False)
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def text(self) -> ItemText:
        """As the action takes it."""
        data = self.cleaned_data
        return ItemText(data["kind"], data["title"], data["presenter"], data["pk"])


def item_initial(items: Iterable[AgendaItem]) -> list[dict[str, Any]]:
    """The agenda as it stands in the form."""
    names = ("position", "kind", "title", "presenter", "pk")
    return [{name: getattr(item, name) for name in names} for item in items]


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


class InviteForm(forms.Form):
    """Whom besides the members."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.all(),
        label="Đơn vị khác",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    bodies = forms.CharField(
        label="Cơ quan, khách mời ngoài hệ thống",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một cơ quan.",
        max_length=4000,
    )


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


class HandoutForm(forms.Form):
    """A paper handed out before."""

    title = forms.CharField(label="Tên tài liệu", max_length=250, required=False)
    upload = forms.FileField(label="Tệp", required=False)
    paper = forms.ModelChoiceField(Paper.objects.none(), label="hoặc văn bản trong sổ", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_papers(self, "paper")


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


class PublicationForm(forms.Form):
    """Where it was reported on."""

    published_on = DayField(label="Ngày đăng tin")
    source = forms.CharField(label="Nguồn tin", max_length=250, required=False)


class BallotForm(forms.Form):
    """How many to choose, and who stands."""

    seats = forms.IntegerField(label="Số đơn vị cần chọn", min_value=1, max_value=50, initial=1)
    candidates = UnitsField(label="Đơn vị có tên trong phiếu")

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "candidates", units)
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


ChairFormSet = forms.formset_factory(ChairForm, extra=1, can_delete=True, max_num=10)
ItemFormSet = forms.formset_factory(ItemForm, extra=2, can_delete=True, max_num=60)
DelegateFormSet = forms.formset_factory(DelegateForm, extra=2, can_delete=True, max_num=60)
HandoverFormSet = forms.formset_factory(HandoverLineForm, extra=2, can_delete=True, max_num=60)


def typed(formset: Any) -> list[Any]:
    """The rows filled in and not struck out, as the actions take them."""
    rows = [form for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return [form.line() if hasattr(form, "line") else form.text() for form in rows]


def in_order(formset: Any) -> list[ItemText]:
    """The agenda's lines by the order typed; lines without a number come last, as they stand."""
    rows = [form for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    rows.sort(key=lambda form: form.cleaned_data["position"] or 1000)
    return [form.text() for form in rows]
