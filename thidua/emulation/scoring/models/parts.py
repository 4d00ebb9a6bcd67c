"""What is filed beside the marks of a layer: an owner's part of an appraisal, flags put right later."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from thidua.emulation.scoring.models.sheets import ScoreLayer
from thidua.organisations.models import Unit


class AppraisalPart(models.Model):
    """Phần thẩm định của một đơn vị phụ trách, đã gửi: its marks never change from then on."""

    layer = models.ForeignKey(ScoreLayer, models.PROTECT, related_name="parts")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị phụ trách")
    criteria = ArrayField(models.IntegerField(), verbose_name="các tiêu chí")
    sent_at = models.DateTimeField("gửi lúc")
    sent_by = models.CharField("người gửi", max_length=120)

    class Meta:
        verbose_name = "phần thẩm định"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["layer", "owner"], name="an_owner_sends_its_part_once")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="a_sent_part_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"Phần của {self.owner}, {self.layer}"


class FlagCorrection(models.Model):
    """Đính chính các trường hợp khống chế của một lớp đã gửi; the last one counts, all stay."""

    layer = models.ForeignKey(ScoreLayer, models.PROTECT, related_name="flag_corrections")
    flags = models.JSONField("trường hợp khống chế", default=list)
    reason = models.CharField("lý do", max_length=500)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "đính chính khống chế"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_correction_of_flags_has_a_reason")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="a_correction_never_changes", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"Đính chính khống chế, {self.layer}"
