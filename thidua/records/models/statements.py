"""What only a paper can say of a subject: conditions that no register answers."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thidua.records.models.subjects import OfSubject


@pghistory.track()
class Statement(OfSubject):
    """Điều đã xác nhận: whether a condition of the standards is met, by which paper, for a year or for good.

    “Hoàn thành vượt mức chỉ tiêu của năm”, “đã có thông báo nghỉ hưu”: registers do not tell it, and what
    nobody confirmed is not known. `condition` keeps the words that were confirmed.
    """

    key = models.CharField("điều kiện", max_length=60)
    condition = models.CharField("điều kiện, nguyên văn", max_length=300)
    is_met = models.BooleanField("đạt")
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    decided_by = models.CharField("cơ quan, người xác nhận", max_length=200)
    decision_symbol = models.CharField("số, ký hiệu văn bản", max_length=60)
    decision_date = models.DateField("ngày văn bản")

    class Meta:
        verbose_name = "điều đã xác nhận"
        ordering: ClassVar = ["key", "-year", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "key", "year"],
                condition=Q(person__isnull=False),
                nulls_distinct=False,
                name="a_condition_is_stated_once_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["unit", "key", "year"],
                condition=Q(person__isnull=True),
                nulls_distinct=False,
                name="a_condition_is_stated_once_of_a_unit",
            ),
            models.CheckConstraint(
                condition=~Q(decision_symbol="") & ~Q(decided_by=""), name="a_statement_names_its_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.condition}"

    @property
    def paper(self) -> str:
        """“12/QĐ-UBND ngày 05/12/2025 của Chủ tịch UBND tỉnh”."""
        return f"{self.decision_symbol} ngày {self.decision_date:%d/%m/%Y} của {self.decided_by}"
