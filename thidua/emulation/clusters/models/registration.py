"""Registration of titles, forms and the unit's own targets."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse

from thidua.emulation.clusters.models.covenant import Qualifier
from thidua.emulation.clusters.models.cycle import Cycle
from thidua.emulation.clusters.models.indicator import Indicator
from thidua.organisations.models import Unit
from thidua.rulebook.catalogue import name_of


class RegistrationState(models.TextChoices):
    """Who has the registration in hand."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã gửi trưởng cụm, khối"
    RETURNED = "returned", "Bị trả lại"
    FORWARDED = "forwarded", "Đã chuyển cơ quan thường trực"


@pghistory.track()
class Registration(models.Model):
    """Đăng ký thi đua, đăng ký danh hiệu của một đơn vị trong năm."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="registrations", verbose_name="đơn vị")
    state = models.CharField("tình trạng", max_length=10, choices=RegistrationState, default="draft")
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    returned_reason = models.CharField("lý do trả lại", max_length=500, blank=True)
    forwarded_at = models.DateTimeField("chuyển lúc", null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "đăng ký thi đua"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="a_unit_registers_once_a_year"),
            models.CheckConstraint(
                condition=~models.Q(state="returned") | ~models.Q(returned_reason=""),
                name="a_registration_is_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Đăng ký thi đua của {self.unit}, {self.cycle}"

    def get_absolute_url(self) -> str:
        """Where it is read."""
        return reverse(
            "clusters:registration", args=[self.cycle.cluster.address, self.cycle.address, self.unit_id]
        )


class RegistrationLine(models.Model):
    """Một dòng đăng ký: a title or form of the catalogue, for the unit itself, a collective or a person."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="lines")
    honour_kind = models.CharField("danh hiệu, hình thức", max_length=40, help_text="Mã trong danh mục.")
    recipient = models.CharField("tập thể, cá nhân", max_length=200)
    is_unit = models.BooleanField("là chính đơn vị", default=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "dòng đăng ký"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["registration", "honour_kind", "recipient"], name="a_line_is_registered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {name_of(self.honour_kind)}"


class RegistrationTarget(models.Model):
    """Chỉ tiêu đơn vị tự đăng ký."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="targets")
    indicator = models.CharField("chỉ tiêu", max_length=300)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, default=Qualifier.AT_LEAST)
    value = models.DecimalField("giá trị", max_digits=18, decimal_places=4, null=True, blank=True)
    measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    catalogued = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="chỉ tiêu trong danh mục",
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "chỉ tiêu đăng ký"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.indicator
