"""The regulation of a cluster: what differs between places is data, versioned and dated."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from thidua.emulation.clusters.models.cluster import Cluster


class RegulationState(models.TextChoices):
    """A draft is edited freely; an adopted version is frozen."""

    DRAFT = "draft", "Dự thảo"
    ADOPTED = "adopted", "Đã thông qua"


class HeadMode(models.TextChoices):
    """How the head is chosen (cluster-operations 1.3)."""

    ELECTED = "elected", "Bầu luân phiên tại hội nghị tổng kết"
    ELECTED_CONFIRMED = "elected_confirmed", "Bầu, cấp trên công nhận"
    APPOINTED = "appointed", "Cấp trên chỉ định"
    ROTATION = "rotation", "Luân phiên theo thứ tự"


class ChoosingForm(models.TextChoices):
    """How the leading unit is chosen (cluster-operations 5.1)."""

    SECRET_BALLOT = "secret_ballot", "Bỏ phiếu kín"
    SHOW_OF_HANDS = "show_of_hands", "Giơ tay biểu quyết"
    POINTS = "points", "Theo điểm, bỏ phiếu khi bằng điểm"
    CONSENSUS = "consensus", "Thống nhất bình xét"


class ThresholdBase(models.TextChoices):
    """Of what a threshold is a share (cluster-operations 5.3)."""

    MEMBERS = "members", "Tổng số phiếu của toàn bộ thành viên"
    UNITS = "units", "Tổng số đơn vị thành viên"
    PRESENT = "present", "Số có mặt bỏ phiếu"


class TieBreak(models.TextChoices):
    """Who or what decides between equals."""

    HEAD_AND_DEPUTY = "head_and_deputy", "Trưởng, phó cụm, khối thống nhất"
    AUTHORITY = "authority", "Cấp có thẩm quyền quyết định"
    POINTS = "points", "Đơn vị có tổng điểm cao hơn"
    CONFERENCE = "conference", "Hội nghị biểu quyết"


class QuotaRounding(models.TextChoices):
    """How a quota given as a share becomes a number."""

    DOWN = "down", "Làm tròn xuống"
    UP = "up", "Làm tròn lên"
    NEAREST = "nearest", "Làm tròn gần nhất"


class OverQuota(models.TextChoices):
    """What happens to a proposal above the quota."""

    WARN = "warn", "Cho phép, phải ghi lý do"
    FORBID = "forbid", "Không cho phép"


class ScoreVisibility(models.TextChoices):
    """When members may see one another's scores."""

    SEALED = "sealed", "Niêm phong đến khi mọi đơn vị gửi đủ"
    OPEN = "open", "Xem được ngay khi đơn vị gửi"
    AFTER_FINAL = "after_final", "Chỉ sau khi có kết luận"


def _one_way_at_most(quota: str) -> Q:
    """A quota is a number, a proper share, or absent; never both."""
    number, top, bottom = (f"{quota}_quota_{part}" for part in ("number", "numerator", "denominator"))
    absent = Q((f"{top}__isnull", True), (f"{bottom}__isnull", True))
    share = Q((f"{number}__isnull", True), (f"{bottom}__gt", 0), (f"{top}__lte", F(bottom)))
    return absent | share


@pghistory.track()
class Regulation(models.Model):
    """Quy chế hoạt động của cụm, khối: every other area asks this, never the name of a province.

    Shares (quorum, threshold, quotas) are exact fractions: numerator over denominator, since 2/3 has
    no exact decimal.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="regulations")
    version = models.PositiveSmallIntegerField("bản")
    state = models.CharField("tình trạng", max_length=10, choices=RegulationState, default="draft")
    effective_from = models.DateField("áp dụng từ", null=True, blank=True)
    adopted_at = models.DateTimeField("thông qua lúc", null=True, blank=True)
    adopted_by = models.CharField("thông qua bởi", max_length=200, blank=True)
    basis = models.TextField("căn cứ, phạm vi", blank=True)
    text = models.TextField("nội dung khác của quy chế", blank=True)
    revision = models.PositiveIntegerField(default=1)

    points_total = models.DecimalField("thang điểm", max_digits=7, decimal_places=2, default=Decimal(100))
    points_bonus = models.DecimalField(
        "điểm thưởng tối đa", max_digits=7, decimal_places=2, default=Decimal(0)
    )
    points_places = models.PositiveSmallIntegerField("số chữ số thập phân của điểm", default=2)
    reason_above = models.DecimalField(
        "lệch quá số điểm này phải ghi lý do", max_digits=6, decimal_places=2, default=Decimal(0)
    )
    score_visibility = models.CharField(
        "xem điểm của nhau", max_length=12, choices=ScoreVisibility, default=ScoreVisibility.SEALED
    )

    head_mode = models.CharField(
        "chọn trưởng cụm, khối", max_length=20, choices=HeadMode, default=HeadMode.ELECTED
    )
    deputies = models.PositiveSmallIntegerField("số phó cụm, khối", default=1)
    head_needs_emulation = models.BooleanField(
        "đơn vị không được xét thi đua năm trước thì không làm trưởng", default=False
    )

    choosing_form = models.CharField(
        "cách chọn đơn vị dẫn đầu", max_length=16, choices=ChoosingForm, default=ChoosingForm.SECRET_BALLOT
    )
    votes_per_unit = models.PositiveSmallIntegerField("số phiếu mỗi đơn vị", default=1)
    standing_body_votes = models.BooleanField("cơ quan thường trực bỏ phiếu", default=False)
    electronic_allowed = models.BooleanField("được bỏ phiếu kín điện tử", default=False)
    own_unit_allowed = models.BooleanField("được bầu cho đơn vị mình", default=True)
    quorum_numerator = models.PositiveSmallIntegerField("số có mặt tối thiểu, tử số", default=2)
    quorum_denominator = models.PositiveSmallIntegerField("mẫu số", default=3)
    threshold_numerator = models.PositiveSmallIntegerField("tỷ lệ tán thành, tử số", default=1)
    threshold_denominator = models.PositiveSmallIntegerField("mẫu số", default=2)
    threshold_strict = models.BooleanField("phải vượt quá tỷ lệ", default=True)
    threshold_base = models.CharField(
        "tính trên", max_length=10, choices=ThresholdBase, default=ThresholdBase.MEMBERS
    )
    max_rounds = models.PositiveSmallIntegerField("số lượt bỏ phiếu nhiều nhất", default=2)
    tie_break = models.CharField(
        "khi vẫn chưa chọn được", max_length=16, choices=TieBreak, default=TieBreak.HEAD_AND_DEPUTY
    )

    flag_quota_number = models.PositiveSmallIntegerField(
        "số Cờ thi đua được đề nghị", null=True, blank=True, default=1
    )
    flag_quota_numerator = models.PositiveSmallIntegerField("tỷ lệ Cờ, tử số", null=True, blank=True)
    flag_quota_denominator = models.PositiveSmallIntegerField("mẫu số", null=True, blank=True)
    merit_quota_number = models.PositiveSmallIntegerField("số Bằng khen được đề nghị", null=True, blank=True)
    merit_quota_numerator = models.PositiveSmallIntegerField("tỷ lệ Bằng khen, tử số", null=True, blank=True)
    merit_quota_denominator = models.PositiveSmallIntegerField("mẫu số", null=True, blank=True)
    merit_quota_of_rest = models.BooleanField(
        "tỷ lệ Bằng khen tính trên số đơn vị còn lại",
        default=False,
        help_text="Sau khi trừ các đơn vị được đề nghị tặng Cờ.",
    )
    quota_rounding = models.CharField(
        "làm tròn chỉ tiêu", max_length=8, choices=QuotaRounding, default=QuotaRounding.DOWN
    )
    over_quota = models.CharField(
        "khi vượt chỉ tiêu", max_length=8, choices=OverQuota, default=OverQuota.WARN
    )
    deadlines = models.JSONField(
        "hạn các việc trong năm",
        default=dict,
        blank=True,
        help_text="Mã việc và tháng-ngày; năm sau thêm +1, ví dụ +1-01-10.",
    )

    class Meta:
        verbose_name = "quy chế"
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cluster", "version"], name="a_version_once"),
            models.UniqueConstraint(
                fields=["cluster"], condition=Q(state="draft"), name="one_draft_regulation_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(effective_from__isnull=False, adopted_at__isnull=False),
                name="an_adopted_regulation_says_from_when",
            ),
            models.CheckConstraint(
                condition=Q(quorum_denominator__gt=0, quorum_numerator__lte=F("quorum_denominator"))
                & Q(threshold_denominator__gt=0, threshold_numerator__lte=F("threshold_denominator")),
                name="shares_are_at_most_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(votes_per_unit__gte=1, max_rounds__gte=1, deputies__lte=2, points_places__lte=4),
                name="a_regulation_is_within_reason",
            ),
            models.CheckConstraint(
                condition=_one_way_at_most("flag") & _one_way_at_most("merit"),
                name="a_quota_is_a_number_or_a_share",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="adopted_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="adopted"),
            )
        ]

    def __str__(self) -> str:
        return f"Quy chế {self.cluster.short_name}, bản {self.version}"
