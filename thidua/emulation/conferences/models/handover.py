"""Handing the headship to the next year's head."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.conferences.models.conference import Conference
from thidua.emulation.conferences.models.triggers import append_only
from thidua.organisations.models import Unit


@pghistory.track()
class Handover(models.Model):
    """Bàn giao trưởng khối: from the head of a year to the head of the next, signed by both."""

    cycle = models.OneToOneField(Cycle, models.PROTECT, related_name="handover")
    outgoing = models.ForeignKey(Unit, models.PROTECT, related_name="handovers_out", verbose_name="bên giao")
    incoming = models.ForeignKey(Unit, models.PROTECT, related_name="handovers_in", verbose_name="bên nhận")
    deputies = models.ManyToManyField(
        Unit, blank=True, related_name="handovers_deputy", verbose_name="phó năm sau"
    )
    ground = models.CharField(
        "căn cứ chọn", max_length=300, help_text="Kết quả bầu, thứ tự luân phiên hoặc quyết định công nhận."
    )
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name="tại hội nghị",
    )
    day = models.DateField("ngày bàn giao")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    note = models.TextField("ý kiến hai bên", blank=True)
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="biên bản"
    )
    next_cycle = models.OneToOneField(
        Cycle, models.PROTECT, null=True, blank=True, related_name="handed_from", verbose_name="năm sau"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "bàn giao trưởng cụm, khối"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(next_cycle__isnull=True) | ~Q(next_cycle=F("cycle")),
                name="a_year_follows_another",
            )
        ]

    def __str__(self) -> str:
        return f"Bàn giao trưởng {self.cycle.cluster.noun} {self.cycle}"


_SIGNED = """
    IF EXISTS (
        SELECT 1 FROM conferences_handoversignature
        WHERE handover_id = COALESCE(NEW.handover_id, OLD.handover_id)
    ) THEN
        RAISE EXCEPTION 'a signed list of what is handed over is frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class HandoverItem(models.Model):
    """Hồ sơ, tài liệu, con dấu, cờ luân lưu: a line of what is handed over."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("nội dung bàn giao", max_length=300)
    count = models.CharField("số lượng", max_length=60, blank=True)
    done = models.BooleanField("đã giao", default=False)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "nội dung bàn giao"
        ordering: ClassVar = ["position", "pk"]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="handed_over_as_signed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_SIGNED,
            )
        ]

    def __str__(self) -> str:
        return self.text


class HandoverSide(models.TextChoices):
    """The two who sign."""

    OUTGOING = "outgoing", "Bên giao"
    INCOMING = "incoming", "Bên nhận"


class HandoverSignature(models.Model):
    """Chữ ký bàn giao: a leader in office of one side signed then; never taken back."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="signatures")
    side = models.CharField("bên", max_length=8, choices=HandoverSide)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    person_name = models.CharField("người ký", max_length=120)
    office_name = models.CharField("chức vụ khi ký", max_length=160)
    signed_at = models.DateTimeField("ký lúc")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "chữ ký bàn giao"
        ordering: ClassVar = ["-side"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handover", "side"], name="a_side_signs_once")
        ]
        triggers: ClassVar = [append_only("handover_signatures_are_append_only")]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.person_name}"

    @property
    def cycle_id(self) -> int:
        """The year handed over, under which the log files it."""
        return self.handover.cycle_id
