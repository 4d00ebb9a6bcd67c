"""Reviews of a movement, with their figures."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thidua.emulation.movements.models.figure import FigureLine
from thidua.emulation.movements.models.movement import Movement


class ReviewStage(models.TextChoices):
    """A review on the way, or the last one."""

    INTERIM = "interim", "Sơ kết"
    FINAL = "final", "Tổng kết"


@pghistory.track()
class MovementReview(models.Model):
    """Sơ kết, tổng kết phong trào: on which day, with what result."""

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="reviews")
    stage = models.CharField("hình thức", max_length=10, choices=ReviewStage)
    held_on = models.DateField("ngày")
    text = models.TextField("đánh giá")
    turnout = models.DecimalField("tỷ lệ tham gia (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    collectives_commended = models.PositiveIntegerField("số tập thể được khen", null=True, blank=True)
    individuals_commended = models.PositiveIntegerField("số cá nhân được khen", null=True, blank=True)
    document = models.CharField("văn bản", max_length=160, blank=True)

    class Meta:
        verbose_name = "sơ kết, tổng kết phong trào"
        ordering: ClassVar = ["held_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["movement"], condition=Q(stage="final"), name="a_movement_is_summed_up_once"
            ),
            models.CheckConstraint(
                condition=Q(turnout=None) | Q(turnout__range=(0, 100)),
                name="a_turnout_is_a_percentage",
                violation_error_message="Tỷ lệ tham gia từ 0 đến 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} ngày {self.held_on:%d/%m/%Y}"

    @property
    def commended(self) -> str:
        """“3 tập thể, 12 cá nhân”; empty when the review says nothing of it."""
        told = ((self.collectives_commended, "tập thể"), (self.individuals_commended, "cá nhân"))
        return ", ".join(f"{many} {whom}" for many, whom in told if many is not None)


class ReviewFigure(FigureLine):
    """Số liệu của sơ kết, tổng kết."""

    review = models.ForeignKey(MovementReview, models.CASCADE, related_name="figures")

    class Meta(FigureLine.Meta):
        verbose_name = "số liệu sơ kết, tổng kết"
