"""A cluster's emulation year, its head and its due dates."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thidua.base.periods import no_overlap
from thidua.emulation.clusters.models.cluster import Cluster
from thidua.organisations.models import Unit


@pghistory.track()
class Cycle(models.Model):
    """Năm thi đua của một cụm: calendar year, school year, or 1 December to 30 November.

    Not a chain of stages: its acts have due dates and stated obstacles, in any order.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="cycles")
    name = models.CharField("năm thi đua", max_length=20, help_text="2019, hoặc 2019–2020.")
    address = models.SlugField("tên trong địa chỉ", max_length=20)
    term = DateRangeField("từ ngày, đến ngày")
    theme = models.CharField("chủ đề năm", max_length=300, blank=True)
    closed_at = models.DateTimeField("khép lại lúc", null=True, blank=True)

    class Meta:
        verbose_name = "năm thi đua"
        ordering: ClassVar = ["-term"]
        constraints: ClassVar = [
            no_overlap("years_of_a_cluster_do_not_overlap", "cluster"),
            models.UniqueConstraint(fields=["cluster", "address"], name="a_year_once_in_a_cluster"),
        ]

    def __str__(self) -> str:
        return f"{self.cluster.short_name}, năm {self.name}"

    @property
    def title(self) -> str:
        """“Năm 2019”."""
        return f"Năm {self.name}"


class HeadshipOffice(models.TextChoices):
    """The head and its deputies are units; their leaders act."""

    HEAD = "head", "Trưởng"
    DEPUTY = "deputy", "Phó"


@pghistory.track()
class Headship(models.Model):
    """Trưởng, phó cụm, khối: a member unit that leads, or helps lead, one year."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="headships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="headships", verbose_name="đơn vị")
    office = models.CharField("vai trò", max_length=10, choices=HeadshipOffice)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        verbose_name = "trưởng, phó cụm, khối"
        ordering: ClassVar = ["-office", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle"], condition=models.Q(office="head"), name="one_head_a_year"
            ),
            models.UniqueConstraint(fields=["cycle", "unit"], name="a_unit_leads_in_one_way"),
            models.UniqueConstraint(fields=["cycle", "office", "position"], name="one_place_each"),
            models.CheckConstraint(condition=models.Q(position__in=[1, 2]), name="at_most_two_deputies"),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()}: {self.unit}"


class DueDate(models.Model):
    """Hạn của một việc trong năm: the act is known by the key its area gives it in `duties.py`."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="due_dates")
    act = models.CharField("việc", max_length=40)
    due = models.DateField("hạn")

    class Meta:
        verbose_name = "hạn việc"
        constraints: ClassVar = [models.UniqueConstraint(fields=["cycle", "act"], name="one_due_date_an_act")]

    def __str__(self) -> str:
        return f"{self.act}: {self.due:%d/%m/%Y}"
