"""What people type: the draft, the committee, the count, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.organisations.models import Unit
from thidua.organisations.queries import people_appointed
from thidua.voting.actions.counting import MOST
from thidua.voting.actions.preparing import MemberRow, OptionRow, VoterRow
from thidua.voting.models import Ballot, BallotOption, CommitteeMember, CommitteeRole
from thidua.voting.modes import Asked, mode_of
from thidua.voting.queries import READS


def units_of(ballot: Ballot) -> QuerySet[Unit]:
    """The units a ballot knows: those that run, read, stand and vote in it."""
    known = Unit.objects.filter(ballots_read=ballot) | Unit.objects.filter(ballots_run=ballot)
    ids = {
        *known.values_list("pk", flat=True),
        *ballot.roll.values_list("unit", flat=True),
        *ballot.options.filter(unit__isnull=False).values_list("unit", flat=True),
    }
    return Unit.objects.filter(pk__in=ids)


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit by its short name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"empty_label": "Chọn đơn vị", **kwargs})

    def label_from_instance(self, obj: Any) -> str:
        """As narrow tables write it."""
        return str(obj.short_name)


class DraftForm(forms.Form):
    """Tên, nội dung of a draft."""

    title = forms.CharField(label="Tên cuộc bỏ phiếu", max_length=200)
    question = forms.CharField(
        label="Nội dung, cách bầu",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In trên phiếu và hiện trên màn chiếu, ví dụ: Mỗi đơn vị một phiếu, chọn một đơn vị.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class RowForm(forms.Form):
    """A row whose unit is one the ballot knows."""

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units


class OptionForm(RowForm):
    """Một phương án."""

    unit = UnitChoice(label="Đơn vị", queryset=Unit.objects.none(), required=False)
    label = forms.CharField(label="Ghi trên phiếu", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Without words the unit's name stands on the paper."""
        told = super().clean() or {}
        if not told.get("label") and told.get("unit"):
            told["label"] = told["unit"].short_name
        return told


class VoterForm(RowForm):
    """Một cử tri."""

    unit = UnitChoice(label="Đơn vị", queryset=Unit.objects.none(), required=False)
    person_name = forms.CharField(label="Họ và tên", max_length=120, required=False)
    office = forms.CharField(label="Chức vụ", max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        """A voter votes for a unit."""
        told = super().clean() or {}
        if told.get("person_name") and not told.get("unit") and "unit" not in self.errors:
            self.add_error("unit", "Chọn đơn vị của cử tri này.")
        return told


MOST_ROWS = 700  # a congress of a province
OptionRows = forms.formset_factory(OptionForm, extra=3, can_delete=True, max_num=200, absolute_max=200)
VoterRows = forms.formset_factory(
    VoterForm, extra=3, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
)


def option_rows(formset: Any) -> list[OptionRow]:
    """The options typed, in their order; empty and deleted rows are skipped."""
    kept = _kept(formset)
    return [(row.get("unit"), row["label"]) for row in kept if row.get("label")]


def voter_rows(formset: Any) -> list[VoterRow]:
    """The voters typed, in their order."""
    kept = _kept(formset)
    return [(row["unit"], row["person_name"], row["office"]) for row in kept if row.get("unit")]


def _kept(formset: Any) -> list[dict[str, Any]]:
    rows = [form.cleaned_data for form in formset.forms if hasattr(form, "cleaned_data")]
    return [row for row in rows if row and not row.get("DELETE")]


class MemberForm(RowForm):
    """Một thành viên ban kiểm phiếu."""

    user = forms.ModelChoiceField(
        label="Người có tài khoản",
        queryset=User.objects.none(),
        required=False,
        empty_label="Không có tài khoản",
    )
    person_name = forms.CharField(label="Hoặc họ và tên", max_length=120, required=False)
    unit = UnitChoice(label="Đơn vị", queryset=Unit.objects.none(), required=False)
    role = forms.ChoiceField(
        label="Nhiệm vụ", choices=CommitteeRole.choices, initial=CommitteeRole.MEMBER, required=False
    )

    def __init__(self, *args: Any, accounts: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["user"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = accounts


MemberRows = forms.formset_factory(MemberForm, extra=0, min_num=5, max_num=5, absolute_max=5)


def accounts_of(ballot: Ballot, by: Actor) -> QuerySet[User]:
    """Who may be named to count: people with an account at a unit of the ballot, today."""
    return people_appointed(READS, units_of(ballot).values_list("pk", flat=True), on=by.on).order_by(
        "full_name"
    )


def member_rows(formset: Any) -> list[MemberRow]:
    """The committee typed; an account's own name is used when none is written."""
    told = []
    for row in _kept(formset):
        name = row.get("person_name") or str(row.get("user") or "")
        if name:
            told.append((name, row.get("unit"), row.get("user"), row.get("role") or CommitteeRole.MEMBER))
    return told


def members_as_typed(ballot: Ballot) -> list[dict[str, Any]]:
    """The committee as the form shows it; five rows, the first is the chair's."""
    rows: list[dict[str, Any]] = [
        {"user": m.user, "person_name": m.person_name, "unit": m.unit, "role": m.role}
        for m in CommitteeMember.objects.filter(ballot=ballot).select_related("unit", "user")
    ]
    empty = [{"role": CommitteeRole.MEMBER if rows or n else CommitteeRole.CHAIR} for n in range(5)]
    return [*rows, *empty][:5]


class CountForm(forms.Form):
    """Số liệu kiểm phiếu: the numbers this way of voting asks, then the votes of each option."""

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: tuple[Asked, ...] = mode_of(ballot).asks
        self.options: list[BallotOption] = list(ballot.options.all())
        for asked in self.asked:
            self.fields[asked.key] = _number(asked.label, asked.help)
        for option in self.options:
            self.fields[f"option_{option.pk}"] = _number(option.label)

    def papers(self) -> list[forms.BoundField]:
        """The fields of the papers, in their order."""
        return [self[asked.key] for asked in self.asked]

    def choices(self) -> list[forms.BoundField]:
        """The fields of the options, in the order of the paper."""
        return [self[f"option_{option.pk}"] for option in self.options]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers typed, by key."""
        return {asked.key: self.cleaned_data[asked.key] for asked in self.asked}

    @property
    def votes(self) -> Mapping[int, int]:
        """The votes typed, by id of the option."""
        return {option.pk: self.cleaned_data[f"option_{option.pk}"] for option in self.options}


def _number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=0,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "num count", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Ghi một số; không có thì ghi 0.",
            "invalid": "Ghi một số nguyên.",
            "min_value": "Không ghi số âm.",
            "max_value": f"Số này lớn hơn {MOST}; anh/chị xem lại.",
        },
    )


class VoidForm(forms.Form):
    """Hủy cuộc bỏ phiếu."""

    reason = forms.CharField(
        label="Lý do hủy",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ghi trong nhật ký và hiện trên trang của cuộc bỏ phiếu.",
    )


class ChoiceForm(forms.Form):
    """Chọn trong số các phương án còn lại."""

    options = forms.ModelMultipleChoiceField(
        label="Phương án",
        queryset=BallotOption.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một phương án."},
    )

    def __init__(self, *args: Any, choices: list[BallotOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["options"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = BallotOption.objects.filter(pk__in=[one.pk for one in choices])

    @property
    def chosen(self) -> list[int]:
        """Ids of the options ticked."""
        return [one.pk for one in self.cleaned_data["options"]]


class RulingForm(ChoiceForm):
    """Quyết định khi hết lượt bỏ phiếu."""

    deciders = forms.CharField(label="Người quyết định", max_length=300)
    reason = forms.CharField(label="Lý do", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
