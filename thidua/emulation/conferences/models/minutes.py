"""What was said, what was concluded, and the minutes."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator

from thidua.documents.models import Paper
from thidua.emulation.conferences.models.conference import AgendaItem, Conference, OfConference
from thidua.emulation.conferences.models.triggers import append_only, until_sealed
from thidua.organisations.models import Unit


class OpinionKind(models.TextChoices):
    """What weight a word has."""

    OPINION = "opinion", "Ý kiến thảo luận"
    DIRECTION = "direction", "Ý kiến chỉ đạo"
    CONCLUSION = "conclusion", "Kết luận"


class Opinion(OfConference):
    """Ý kiến phát biểu, chỉ đạo, kết luận."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="opinions")
    item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="opinions",
        verbose_name="trong nội dung",
    )
    kind = models.CharField("loại", max_length=10, choices=OpinionKind, default=OpinionKind.OPINION)
    speaker = models.CharField("người phát biểu", max_length=250, blank=True)
    text = models.TextField("nội dung")
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "ý kiến"
        ordering: ClassVar = ["position", "pk"]
        triggers: ClassVar = [until_sealed("opinions_until_sealed")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {Truncator(self.text).chars(80)}"


@pghistory.track()
class Minutes(OfConference):
    """Biên bản hội nghị: composed from what the conference holds, edited, then sealed for good."""

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="minutes")
    text = models.TextField("nội dung biên bản")
    secretary = models.CharField("thư ký", max_length=160)
    chair = models.CharField("người chủ tọa ký", max_length=160)
    composed_at = models.DateTimeField("lập lúc")
    sealed_at = models.DateTimeField("chốt lúc", null=True, blank=True)
    sealed_by = models.CharField("người chốt", max_length=160, blank=True)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="số văn bản"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "biên bản hội nghị"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | ~Q(sealed_by=""), name="minutes_say_who_sealed_them"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="sealed_minutes_are_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__sealed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Biên bản {self.conference}"


class ActionItemState(models.TextChoices):
    """Whether a conclusion was carried out."""

    OPEN = "open", "Đang làm"
    DONE = "done", "Đã xong"


@pghistory.track()
class ActionItem(OfConference):
    """Việc theo kết luận hội nghị: for one unit, or for all when `for_all`."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="action_items")
    text = models.CharField("việc phải làm", max_length=500)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_items",
        verbose_name="đơn vị chịu trách nhiệm",
    )
    due = models.DateField("hạn", null=True, blank=True)
    state = models.CharField(
        "tình trạng", max_length=5, choices=ActionItemState, default=ActionItemState.OPEN
    )
    note = models.CharField("kết quả", max_length=500, blank=True)
    done_at = models.DateTimeField("xong lúc", null=True, blank=True)
    done_by = models.CharField("người báo xong", max_length=160, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "việc theo kết luận"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="open", done_at__isnull=True) | Q(state="done", done_at__isnull=False),
                name="a_done_item_says_when",
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def for_whom(self) -> str:
        """The unit responsible, or all."""
        return str(self.unit) if self.unit is not None else "Tất cả đơn vị thành viên"


class AcclaimForm(models.TextChoices):
    """How a choice was made without a ballot."""

    POINTS = "points", "Theo điểm"
    CONSENSUS = "consensus", "Thống nhất bình xét"


class Acclaim(OfConference):
    """Suy tôn không qua bỏ phiếu: a unit chosen by points or by consensus, kept with its ground."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="acclaims")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="acclaims", verbose_name="đơn vị")
    form = models.CharField("cách chọn", max_length=10, choices=AcclaimForm)
    ground = models.CharField("căn cứ", max_length=400)
    at = models.DateTimeField("lúc")
    by_name = models.CharField("người ghi", max_length=160)

    class Meta:
        verbose_name = "suy tôn"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "unit"], name="a_unit_is_acclaimed_once")
        ]
        triggers: ClassVar = [append_only("acclaims_are_append_only")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.ground}"

    @property
    def conference(self) -> Conference:
        """Where it was chosen."""
        return self.item.conference
