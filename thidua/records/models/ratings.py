"""Annual ratings."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thidua.records.models.subjects import OfSubject


class RatingLevel(models.TextChoices):
    """Mức xếp loại chất lượng hằng năm."""

    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "completed", "Hoàn thành nhiệm vụ"
    NOT_COMPLETED = "not_completed", "Không hoàn thành nhiệm vụ"
    NOT_RATED = "not_rated", "Không xếp loại"


SHORT_LEVELS = {
    RatingLevel.EXCELLENT: "HTXSNV",
    RatingLevel.GOOD: "HTTNV",
    RatingLevel.COMPLETED: "HTNV",
    RatingLevel.NOT_COMPLETED: "KHTNV",
    RatingLevel.NOT_RATED: "KXL",
}


@pghistory.track()
class Rating(OfSubject):
    """Xếp loại, đánh giá hằng năm: of a person or a collective, for a year, by which decision."""

    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("mức xếp loại", max_length=15, choices=RatingLevel)
    decision_symbol = models.CharField("số, ký hiệu văn bản", max_length=60)
    decision_date = models.DateField("ngày văn bản")

    class Meta:
        verbose_name = "xếp loại hằng năm"
        ordering: ClassVar = ["-year", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(person__isnull=False),
                name="a_person_is_rated_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(person__isnull=True), name="a_unit_is_rated_once_a_year"
            ),
            models.CheckConstraint(condition=~Q(decision_symbol=""), name="a_rating_names_its_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_level_display()} năm {self.year}"

    @property
    def short(self) -> str:
        """As officers write it in a narrow column."""
        return SHORT_LEVELS[RatingLevel(self.level)]
