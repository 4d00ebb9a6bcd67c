"""The catalogue of what a cluster, or a standing body for all its clusters, measures."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from thidua.base.periods import no_overlap
from thidua.base.text import DerivedTextField, search_key
from thidua.emulation.clusters.models.cluster import Cluster
from thidua.organisations.models import StandingBody, Unit


class Direction(models.TextChoices):
    """Which way is better."""

    MORE = "more", "càng cao càng tốt"
    LESS = "less", "càng thấp càng tốt"
    RANGE = "range", "nằm trong khoảng"


class Gathering(models.TextChoices):
    """What the cluster's report says of all units together."""

    SUM = "sum", "cộng lại"
    MEAN = "mean", "lấy bình quân"
    LIST = "list", "liệt kê đơn vị đạt"


@pghistory.track()
class Indicator(models.Model):
    """Chỉ tiêu trong danh mục: a name, one fixed unit of measure, and how its figures are read.

    Of one cluster, or of a standing body for every cluster it helps. The unit of measure is never
    changed: another one is another indicator, from the day the old one ends. What `accrues`, such as
    cooperatives founded, is in a year what it is in its quarters together; a stock or a share is not.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="indicators")
    standing_body = models.ForeignKey(
        StandingBody, models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    name = models.CharField("chỉ tiêu", max_length=300)
    measure = models.CharField("đơn vị tính", max_length=40)
    direction = models.CharField("chiều", max_length=10, choices=Direction, default=Direction.MORE)
    lowest = models.DecimalField("từ mức", max_digits=18, decimal_places=4, null=True, blank=True)
    highest = models.DecimalField("đến mức", max_digits=18, decimal_places=4, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=2)
    gathering = models.CharField("tổng hợp", max_length=10, choices=Gathering, default=Gathering.SUM)
    accrues = models.BooleanField("cộng dồn theo kỳ", default=False)
    threshold = models.DecimalField("mức liệt kê", max_digits=18, decimal_places=4, null=True, blank=True)
    owner = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan theo dõi"
    )
    source = models.CharField("nguồn số liệu", max_length=200, blank=True)
    term = DateRangeField("áp dụng")
    revision = models.PositiveIntegerField(default=1)
    search = DerivedTextField(source="name", of=search_key)

    class Meta:
        verbose_name = "chỉ tiêu trong danh mục"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cluster__isnull=True) ^ Q(standing_body__isnull=True),
                name="an_indicator_is_of_a_cluster_or_a_body",
            ),
            models.CheckConstraint(
                condition=~Q(direction="range")
                | Q(lowest__isnull=False, highest__isnull=False, lowest__lte=models.F("highest")),
                name="a_range_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(accrues=False) | Q(gathering="sum"), name="only_what_adds_up_accrues"
            ),
            models.CheckConstraint(condition=Q(decimals__lte=4), name="at_most_four_decimals"),
            models.CheckConstraint(condition=~Q(measure=""), name="an_indicator_has_a_measure"),
            no_overlap(  # a cluster that is not named would be taken for every cluster
                "a_cluster_measures_a_thing_once",
                "cluster",
                same_text=("search",),
                when=Q(cluster__isnull=False),
            ),
            no_overlap(
                "a_body_measures_a_thing_once",
                "standing_body",
                same_text=("search",),
                when=Q(standing_body__isnull=False),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="the_measure_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__measure__df=pgtrigger.F("new__measure")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.measure})"
