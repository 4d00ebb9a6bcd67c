"""The form of a regulation, one field for each thing it settles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from thidua.base.ui.forms import DayField, NumberField
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.deadlines import deadline_text
from thidua.emulation.clusters.forms.fields import DeadlineField, QuotaField, ShareField, share_as_typed
from thidua.emulation.clusters.models import (
    ChoosingForm,
    HeadMode,
    OverQuota,
    QuotaRounding,
    Regulation,
    ScoreVisibility,
    ThresholdBase,
    TieBreak,
)

LONGEST_TEXT = 40_000
GROUPS = (
    ("Trưởng và phó", ("head_mode", "deputies", "head_needs_emulation")),
    ("Chấm điểm", ("points_total", "points_bonus", "points_places", "reason_above", "score_visibility")),
    (
        "Suy tôn đơn vị dẫn đầu",
        (
            "choosing_form",
            "votes_per_unit",
            "standing_body_votes",
            "electronic_allowed",
            "own_unit_allowed",
            "quorum",
            "threshold",
            "threshold_strict",
            "threshold_base",
            "max_rounds",
            "tie_break",
        ),
    ),
    (
        "Chỉ tiêu đề nghị khen thưởng",
        ("flag_quota", "merit_quota", "merit_quota_of_rest", "quota_rounding", "over_quota"),
    ),
    ("Hạn các việc trong năm", tuple(f"due_{key}" for key in ActKey)),
    ("Lời văn", ("basis", "text")),
)
PLAIN = (
    "basis",
    "text",
    "points_total",
    "points_bonus",
    "points_places",
    "reason_above",
    "score_visibility",
    "head_mode",
    "deputies",
    "head_needs_emulation",
    "choosing_form",
    "votes_per_unit",
    "standing_body_votes",
    "electronic_allowed",
    "own_unit_allowed",
    "threshold_strict",
    "threshold_base",
    "max_rounds",
    "tie_break",
    "merit_quota_of_rest",
    "quota_rounding",
    "over_quota",
)


class RegulationForm(forms.Form):
    """Quy chế as officers fill it in."""

    head_mode = forms.ChoiceField(label="Cách chọn trưởng", choices=HeadMode)
    deputies = forms.TypedChoiceField(
        label="Số phó", choices=[(0, "Không có"), (1, "1 phó"), (2, "2 phó")], coerce=int
    )
    head_needs_emulation = forms.BooleanField(
        label="Đơn vị không được xét thi đua năm trước thì không làm trưởng", required=False
    )
    points_total = NumberField(label="Thang điểm", places=2, min_value=1, max_value=10_000)
    points_bonus = NumberField(label="Điểm thưởng tối đa", places=2, min_value=0, max_value=10_000)
    points_places = forms.IntegerField(label="Số chữ số thập phân của điểm", min_value=0, max_value=4)
    reason_above = NumberField(
        label="Lệch quá số điểm này phải ghi lý do",
        places=2,
        min_value=0,
        max_value=1_000,
        help_text="0: lệch bao nhiêu cũng phải ghi lý do.",
    )
    score_visibility = forms.ChoiceField(label="Xem điểm của nhau", choices=ScoreVisibility)
    choosing_form = forms.ChoiceField(label="Cách chọn đơn vị dẫn đầu", choices=ChoosingForm)
    votes_per_unit = forms.IntegerField(label="Số phiếu mỗi đơn vị", min_value=1, max_value=50)
    standing_body_votes = forms.BooleanField(label="Cơ quan thường trực cùng bỏ phiếu", required=False)
    electronic_allowed = forms.BooleanField(
        label="Được bỏ phiếu kín điện tử",
        required=False,
        help_text="Khi có người bỏ phiếu từ xa hoặc có nhiều mục. Mọi người cùng bỏ một cách.",
    )
    own_unit_allowed = forms.BooleanField(label="Được bầu cho đơn vị mình", required=False)
    quorum = ShareField(label="Có mặt ít nhất")
    threshold = ShareField(label="Tỷ lệ tán thành")
    threshold_strict = forms.BooleanField(
        label="Phải vượt quá tỷ lệ ấy", required=False, help_text="Ví dụ “quá bán”: ghi 50% và chọn ô này."
    )
    threshold_base = forms.ChoiceField(label="Tính trên", choices=ThresholdBase)
    max_rounds = forms.IntegerField(label="Số lượt bỏ phiếu nhiều nhất", min_value=1, max_value=5)
    tie_break = forms.ChoiceField(label="Khi vẫn chưa chọn được", choices=TieBreak)
    flag_quota = QuotaField(label="Cờ thi đua được đề nghị")
    merit_quota = QuotaField(label="Bằng khen được đề nghị")
    merit_quota_of_rest = forms.BooleanField(
        label="Tỷ lệ Bằng khen tính trên số đơn vị còn lại sau khi trừ Cờ", required=False
    )
    quota_rounding = forms.ChoiceField(label="Làm tròn chỉ tiêu", choices=QuotaRounding)
    over_quota = forms.ChoiceField(label="Khi vượt chỉ tiêu", choices=OverQuota)
    basis = forms.CharField(
        label="Căn cứ, phạm vi", required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 4})
    )
    text = forms.CharField(
        label="Quy định khác",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 10}),
        help_text="Nguyên tắc, chế độ làm việc, nhiệm vụ từng thành viên… Mỗi đoạn một dòng.",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, regulation: Regulation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in ActKey:
            self.fields[f"due_{key}"] = DeadlineField(label=key.label)
        self.initial = {**as_typed(regulation), **self.initial}

    def groups(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields under their headings."""
        for title, names in GROUPS:
            yield title, [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        """All votes cannot be exceeded."""
        found = super().clean() or {}
        if found.get("threshold") == 1 and found.get("threshold_strict"):
            self.add_error("threshold_strict", "Không thể vượt quá 100%. Anh/chị bỏ chọn ô này.")
        return found

    def changes(self) -> dict[str, Any]:
        """The settings as the action takes them."""
        found = self.cleaned_data
        changed = {name: found[name] for name in PLAIN}
        changed["deadlines"] = {str(key): found[f"due_{key}"] for key in ActKey if found[f"due_{key}"]}
        for name in ("quorum", "threshold"):
            changed |= _columns(name, found[name])
        for name in ("flag_quota", "merit_quota"):
            number, share = found[name]
            changed |= {f"{name}_number": number} | _columns(name, share)
        return changed


def _columns(name: str, share: Fraction | None) -> dict[str, int | None]:
    top, bottom = (share.numerator, share.denominator) if share is not None else (None, None)
    return {f"{name}_numerator": top, f"{name}_denominator": bottom}


def as_typed(regulation: Regulation) -> dict[str, Any]:
    """A stored regulation as its form shows it."""
    shown = {name: getattr(regulation, name) for name in PLAIN} | {"revision": regulation.revision}
    for name in ("quorum", "threshold", "flag_quota", "merit_quota"):
        number = getattr(regulation, f"{name}_number", None)
        top = getattr(regulation, f"{name}_numerator")
        if number is not None:
            shown[name] = str(number)
        elif top is not None:
            shown[name] = share_as_typed(top, getattr(regulation, f"{name}_denominator"))
    return shown | {f"due_{key}": deadline_text(kept) for key, kept in regulation.deadlines.items()}


class AdoptionForm(forms.Form):
    """By whom, and with effect from when, a draft is adopted."""

    adopted_by = forms.CharField(
        label="Thông qua tại",
        max_length=200,
        help_text="Ví dụ: Hội nghị khối ngày 08/01/2020, hoặc số và ngày của văn bản.",
    )
    effective_from = DayField(label="Áp dụng từ ngày")

    def facts(self) -> dict[str, str | date]:
        """What was filled in, for the action."""
        return dict(self.cleaned_data)
