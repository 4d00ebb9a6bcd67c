"""The package of a cluster, its nominations, and what became of each."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from thidua.commendation.eligibility.models import Verdict
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.conferences.models import Conference
from thidua.emulation.movements.models import Movement
from thidua.honours.models import CommendationGround, Honour
from thidua.organisations.models import Unit
from thidua.rulebook.catalogue import name_of


class PackageState(models.TextChoices):
    """Who has the package in hand."""

    DRAFT = "draft", "Đang lập"
    SUBMITTED = "submitted", "Đã gửi cơ quan thường trực"
    RETURNED = "returned", "Bị trả lại"
    RECEIVED = "received", "Đã tiếp nhận"
    APPRAISED = "appraised", "Đã thẩm định"
    DECIDED = "decided", "Đã có quyết định"


STEPS = [
    ("draft", "submitted"),
    ("returned", "submitted"),
    ("submitted", "returned"),
    ("submitted", "received"),
    ("received", "returned"),
    ("received", "appraised"),
    ("appraised", "decided"),
]
MARKS = {
    "draft": "doing",
    "submitted": "waiting",
    "returned": "returned",
    "received": "waiting",
    "appraised": "waiting",
    "decided": "done",
}


@pghistory.track()
class Package(models.Model):
    """Hồ sơ cụm trình khen: a year may have more than one, when proposals follow later."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="packages")
    number = models.PositiveSmallIntegerField("lần trình", default=1)
    state = models.CharField("tình trạng", max_length=10, choices=PackageState, default=PackageState.DRAFT)
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="packages",
        verbose_name="theo kết quả hội nghị",
    )
    addressee = models.CharField("kính gửi", max_length=300)
    text = models.TextField("nội dung trình", blank=True)
    letter = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tờ trình"
    )
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    submitted_by = models.CharField("người gửi", max_length=160, blank=True)
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    returned_reason = models.CharField("lý do trả lại", max_length=1000, blank=True)
    received_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    received_by = models.CharField("người tiếp nhận", max_length=160, blank=True)
    appraised_at = models.DateTimeField("thẩm định lúc", null=True, blank=True)
    decided_at = models.DateTimeField("có đủ quyết định lúc", null=True, blank=True)
    is_demonstration = models.BooleanField("số liệu minh họa", default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "hồ sơ cụm trình khen"
        ordering: ClassVar = ["cycle", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "number"], name="a_package_once"),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(state__in=["draft", "returned"]),
                name="one_package_in_hand",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_reason=""),
                name="a_package_is_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False, letter__isnull=False),
                name="a_submitted_package_has_its_letter",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="package_states_in_order", field="state", transitions=STEPS),
            pgtrigger.Protect(
                name="a_submitted_package_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__submitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        again = f", lần {self.number}" if self.number > 1 else ""
        return f"Hồ sơ trình khen {self.cycle}{again}"

    @property
    def mark(self) -> str:
        """The state mark that tells where it stands."""
        return MARKS[self.state]

    @property
    def in_hand(self) -> bool:
        """The cluster still writes it."""
        return self.state in {PackageState.DRAFT, PackageState.RETURNED}


_IN_HAND = """
    IF NOT EXISTS (
        SELECT 1 FROM nominations_package
        WHERE id = COALESCE(NEW.package_id, OLD.package_id) AND state IN ('draft', 'returned')
    ) THEN
        RAISE EXCEPTION 'the package was submitted';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


@pghistory.track()
class Nomination(models.Model):
    """Đề nghị khen thưởng: what the cluster proposes, for whom, with its ground and achievement."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="nominations")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="nominations")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="nominations", verbose_name="đơn vị thành viên"
    )
    is_unit = models.BooleanField("là chính đơn vị", default=True)
    recipient = models.CharField("tập thể, cá nhân được đề nghị", max_length=200)
    honour_kind = models.CharField("danh hiệu, hình thức", max_length=20)
    ground = models.CharField(
        "loại hình", max_length=20, choices=CommendationGround, default=CommendationGround.MERIT
    )
    movement = models.ForeignKey(
        Movement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name="phong trào",
    )
    leads = models.BooleanField("đơn vị dẫn đầu", default=False)
    leads_how = models.CharField("kết quả suy tôn", max_length=400, blank=True)
    summary = models.TextField("tóm tắt thành tích", blank=True)
    over_quota_reason = models.CharField("lý do đề nghị vượt chỉ tiêu", max_length=500, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    verdict = models.ForeignKey(
        Verdict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name="kết luận xét điều kiện",
        help_text="Giữ nguyên như lúc đề nghị.",
    )
    warning_reason = models.CharField("lý do vẫn đề nghị khi chưa đủ điều kiện", max_length=500, blank=True)

    class Meta:
        verbose_name = "đề nghị khen thưởng"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "honour_kind", "unit", "recipient"],
                name="nobody_is_proposed_twice_for_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(movement=None) | Q(ground="movement"), name="a_movement_is_the_ground_it_gives"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="nominations_while_in_hand",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_IN_HAND,
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {name_of(self.honour_kind)}"


def _append_only(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class OfNomination(models.Model):
    """What became of a nomination, filed in the log under its year."""

    class Meta:
        abstract = True

    @property
    def cycle_id(self) -> int:
        """The year of the nomination."""
        found: int = self.nomination.cycle_id  # type: ignore[attr-defined]
        return found


class Appraisal(OfNomination):
    """Ý kiến thẩm định của cơ quan thường trực: agreed, or cut with its reason; never rewritten."""

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="appraisal")
    agreed = models.BooleanField("đồng ý đề nghị")
    reason = models.CharField("lý do", max_length=500, blank=True)
    symbol = models.CharField("số văn bản thẩm định", max_length=60, blank=True)
    at = models.DateTimeField("lúc")
    by_name = models.CharField("người thẩm định", max_length=160)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "ý kiến thẩm định"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(reason=""), name="what_is_cut_says_why")
        ]
        triggers: ClassVar = [_append_only("appraisals_are_append_only")]

    def __str__(self) -> str:
        return f"{self.nomination}: {'đồng ý' if self.agreed else 'không đồng ý'}"


class Outcome(OfNomination):
    """Kết quả: granted by a decision with its number and day, or not, with the reason; never rewritten."""

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="outcome")
    granted = models.BooleanField("được khen")
    reason = models.CharField("lý do không khen", max_length=500, blank=True)
    decision_symbol = models.CharField("số, ký hiệu quyết định", max_length=60, blank=True)
    decision_date = models.DateField("ngày quyết định", null=True, blank=True)
    issuer = models.CharField("người ký quyết định", max_length=160, blank=True)
    honour = models.OneToOneField(
        Honour,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nomination_outcome",
        verbose_name="dòng trong sổ",
    )
    at = models.DateTimeField("ghi lúc")
    by_name = models.CharField("người ghi", max_length=160)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "kết quả đề nghị"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(granted=True, decision_date__isnull=False, honour__isnull=False)
                & ~Q(decision_symbol="")
                | Q(granted=False, honour__isnull=True) & ~Q(reason=""),
                name="a_result_has_its_decision_or_its_reason",
            )
        ]
        triggers: ClassVar = [_append_only("outcomes_are_append_only")]

    def __str__(self) -> str:
        return f"{self.nomination}: {'được khen' if self.granted else 'không được khen'}"
