"""The years a movement is expected of, and who answered."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thidua.base.files.models import StoredFile
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.movements.models.figure import FigureLine
from thidua.emulation.movements.models.movement import Movement
from thidua.organisations.models import Unit


@pghistory.track()
class CycleMovement(models.Model):
    """Phong trào áp dụng cho một năm thi đua: every member of the cluster is expected to answer it."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="movements")
    movement = models.ForeignKey(Movement, models.PROTECT, related_name="expected", verbose_name="phong trào")
    plan_required = models.BooleanField("mỗi đơn vị phải có kế hoạch riêng", default=True)
    plan_due = models.DateField("hạn gửi kế hoạch", null=True, blank=True)

    class Meta:
        verbose_name = "phong trào áp dụng trong năm"
        ordering: ClassVar = ["movement__order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "movement"], name="a_movement_applies_to_a_year_once")
        ]

    def __str__(self) -> str:
        return f"{self.movement}, {self.cycle}"

    @property
    def address(self) -> str:
        """The year's own address with the movement below it, for pages of what is the movement's alone."""
        return f"{self.cycle.address}/phong-trao/{self.pk}"


@pghistory.track()
class Adoption(models.Model):
    """Hưởng ứng: a member answered a movement of its year, with its own plan when it has one."""

    expected = models.ForeignKey(CycleMovement, models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions", verbose_name="đơn vị")
    adopted_on = models.DateField("ngày triển khai")
    plan_symbol = models.CharField("số, ký hiệu kế hoạch", max_length=60, blank=True)
    plan_dated = models.DateField("ngày kế hoạch", null=True, blank=True)
    plan_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp kế hoạch"
    )
    note = models.CharField("ghi chú", max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "hưởng ứng phong trào"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expected", "unit"], name="a_unit_adopts_a_movement_once_a_year"),
            models.CheckConstraint(
                condition=Q(plan_dated=None) | ~Q(plan_symbol=""),
                name="a_dated_plan_has_a_symbol",
                violation_error_message="Anh/chị ghi số, ký hiệu của kế hoạch.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} hưởng ứng {self.expected.movement}"

    @property
    def cycle(self) -> Cycle:
        """The year it was adopted in."""
        return self.expected.cycle

    @property
    def cycle_id(self) -> int:
        """Same, by its id: the audit log files the entry under it."""
        return self.expected.cycle_id

    @property
    def has_plan(self) -> bool:
        """The unit's own plan is known, by its symbol or its file."""
        return bool(self.plan_symbol or self.plan_file_id)

    @property
    def plan(self) -> str:
        """“Kế hoạch 12/KH-SYT ngày 05/03/2019”; empty without one."""
        dated = f" ngày {self.plan_dated:%d/%m/%Y}" if self.plan_dated else ""
        return f"Kế hoạch {self.plan_symbol}{dated}" if self.plan_symbol else "Tệp kế hoạch" * self.has_plan


class AdoptionTarget(FigureLine):
    """Chỉ tiêu đơn vị tự đặt khi hưởng ứng phong trào."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="targets")

    class Meta(FigureLine.Meta):
        verbose_name = "chỉ tiêu hưởng ứng"
