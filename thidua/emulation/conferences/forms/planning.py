"""Facts, chairs, agenda, invitation, papers handed out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.documents.models import Paper
from thidua.emulation.conferences.actions import (
    ChairText,
    ConferenceText,
)
from thidua.emulation.conferences.actions.planning import KINDS_OF_A_UNIT
from thidua.emulation.conferences.agendas import ItemText
from thidua.emulation.conferences.forms.fields import Choices, UnitField, offer, offer_papers
from thidua.emulation.conferences.models import (
    AgendaItem,
    Conference,
    ConferenceKind,
    DayPart,
    ItemKind,
)
from thidua.organisations.models import Unit


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


def in_order(formset: Any) -> list[ItemText]:
    """The agenda's lines by the order typed; lines without a number come last, as they stand."""
    rows = [form for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    rows.sort(key=lambda form: form.cleaned_data["position"] or 1000)
    return [form.text() for form in rows]


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


class HandoutForm(forms.Form):
    """A paper handed out before."""

    title = forms.CharField(label="Tên tài liệu", max_length=250, required=False)
    upload = forms.FileField(label="Tệp", required=False)
    paper = forms.ModelChoiceField(Paper.objects.none(), label="hoặc văn bản trong sổ", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_papers(self, "paper")


class PublicationForm(forms.Form):
    """Where it was reported on."""

    published_on = DayField(label="Ngày đăng tin")
    source = forms.CharField(label="Nguồn tin", max_length=250, required=False)


ChairFormSet = forms.formset_factory(ChairForm, extra=1, can_delete=True, max_num=10)
ItemFormSet = forms.formset_factory(ItemForm, extra=2, can_delete=True, max_num=60)
