"""A figure as movements tell it: an indicator and how much, as exact as it is known."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from thidua.emulation.clusters.models import Qualifier


class FigureLine(models.Model):
    """Một số liệu: “Xã đạt chuẩn: 66 xã”, “Hộ thoát nghèo: trên 200 hộ”, “Ngày công: hàng nghìn”."""

    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    indicator = models.CharField("chỉ tiêu, nội dung", max_length=300)
    qualifier = models.CharField(
        "mức", max_length=10, choices=Qualifier.of_one_number, default=Qualifier.EQUAL
    )
    value = models.DecimalField("số", max_digits=18, decimal_places=4, null=True, blank=True)
    measure = models.CharField("đơn vị tính", max_length=40, blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(qualifier__in=["hundreds", "thousands"]) | Q(value=None),
                name="%(class)s_vague_without_a_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.said}" if self.said else self.indicator

    @property
    def said(self) -> str:
        """“66 xã”, “trên 50%”, “hàng trăm”; empty when only the indicator is known."""
        return Qualifier(self.qualifier).of(self.value, self.measure)
