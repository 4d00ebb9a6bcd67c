"""What people type about nominations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from thidua.base.ui.forms import DayField
from thidua.commendation.nominations.actions import NominationText
from thidua.commendation.nominations.models import Nomination, Package
from thidua.commendation.nominations.queries import NominationLine
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.conferences.models import Conference
from thidua.emulation.movements.models import Movement
from thidua.honours.models import CommendationGround
from thidua.organisations.models import Unit
from thidua.rulebook.catalogue import GROUPS, kinds


def kind_choices(on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue of a day, titles and forms apart."""
    found = kinds(on)
    return [
        (word, [(kind.code, kind.name) for kind in found if kind.group == group])
        for group, word in GROUPS.items()
    ]


class NominationForm(forms.Form):
    """A proposal."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị thành viên")
    honour_kind = forms.ChoiceField(label="Danh hiệu, hình thức")
    recipient = forms.CharField(
        label="Tập thể, cá nhân trong đơn vị",
        max_length=200,
        required=False,
        help_text="Để trống khi đề nghị cho chính đơn vị.",
    )
    ground = forms.ChoiceField(
        label="Loại hình", choices=CommendationGround, initial=CommendationGround.MERIT
    )
    movement = forms.ModelChoiceField(
        Movement.objects.none(),
        label="Phong trào",
        required=False,
        empty_label="Không, khen công trạng trong năm",
        help_text="Chỉ chọn khi khen theo một phong trào áp dụng trong năm.",
    )
    summary = forms.CharField(
        label="Tóm tắt thành tích", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    over_quota_reason = forms.CharField(
        label="Lý do vượt chỉ tiêu",
        max_length=500,
        required=False,
        help_text="Chỉ ghi khi đề nghị vượt chỉ tiêu của quy chế.",
    )

    warning_reason = forms.CharField(
        label="Lý do vẫn đề nghị khi chưa đủ điều kiện",
        max_length=500,
        required=False,
        help_text="Chỉ ghi khi hệ thống báo chưa đủ hoặc không được xét mà vẫn đề nghị.",
    )

    def __init__(self, *args: Any, cycle: Cycle, units: Iterable[Unit], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, kind, movement = self.fields["unit"], self.fields["honour_kind"], self.fields["movement"]
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(movement, forms.ModelChoiceField)
        movement.queryset = Movement.objects.filter(expected__cycle=cycle)
        assert isinstance(kind, forms.ChoiceField)
        unit.queryset = Unit.objects.filter(pk__in=[one.pk for one in units])
        kind.choices = kind_choices(on)

    def text(self) -> NominationText:
        """As the action takes it."""
        return NominationText(**self.cleaned_data)


def nomination_initial(row: Nomination) -> dict[str, Any]:
    """A proposal as it stands in the form."""
    names = ("unit", "honour_kind", "ground", "movement", "summary", "over_quota_reason", "warning_reason")
    return {name: getattr(row, name) for name in names} | {"recipient": "" if row.is_unit else row.recipient}


class PackageForm(forms.Form):
    """What the letter says besides the list."""

    addressee = forms.CharField(label="Kính gửi", max_length=300)
    conference = forms.ModelChoiceField(
        Conference.objects.none(), label="Theo kết quả hội nghị", required=False
    )
    text = forms.CharField(
        label="Nội dung trình thêm", max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, package: Package, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["conference"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Conference.objects.filter(cycle=package.cycle_id)


class ReturnForm(forms.Form):
    """Why a package goes back."""

    reason = forms.CharField(
        label="Lý do trả lại, điều cần bổ sung", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class LinesForm(forms.Form):
    """An opinion or a result on each line: yes, no with a reason, or nothing yet."""

    yes_word = "Đồng ý"
    no_word = "Không đồng ý"

    def __init__(self, *args: Any, lines: Sequence[NominationLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            pk = line.nomination.pk
            self.fields[f"answer_{pk}"] = forms.ChoiceField(
                label=line.nomination.recipient,
                choices=[("", "Chưa ghi"), ("yes", self.yes_word), ("no", self.no_word)],
                required=False,
            )
            self.fields[f"reason_{pk}"] = forms.CharField(label="Lý do", max_length=500, required=False)

    def answered(self, word: str) -> list[int]:
        """Ids of the lines with this answer."""
        pks = [line.nomination.pk for line in self.lines]
        return [pk for pk in pks if self.cleaned_data.get(f"answer_{pk}") == word]

    def reasons(self) -> dict[int, str]:
        """Lines answered no, with what was typed."""
        return {pk: self.cleaned_data[f"reason_{pk}"] for pk in self.answered("no")}

    def rows(self) -> list[tuple[NominationLine, Any, Any]]:
        """Each line with its two fields, for the page."""
        return [
            (line, self[f"answer_{line.nomination.pk}"], self[f"reason_{line.nomination.pk}"])
            for line in self.lines
        ]


class AppraisalForm(LinesForm):
    """The standing body's opinion."""

    symbol = forms.CharField(label="Số văn bản thẩm định", max_length=60, required=False)


class DecisionForm(LinesForm):
    """What a decision granted."""

    yes_word = "Được khen"
    no_word = "Không được khen"
    decision_symbol = forms.CharField(label="Số, ký hiệu quyết định", max_length=60, required=False)
    decision_date = DayField(label="Ngày quyết định", required=False)
    issuer = forms.CharField(label="Người ký quyết định", max_length=160, required=False)
