"""Targets and results: one value for a unit, an indicator and a span of the year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thidua.base.files.models import StoredFile
from thidua.emulation.clusters.models import Cycle, Indicator, Qualifier
from thidua.emulation.results.models.period import Period
from thidua.organisations.models import Unit

WORDS_ALONE = (Qualifier.HUNDREDS, Qualifier.THOUSANDS)


@dataclass(frozen=True)
class Said:
    """How much, as exactly as it is known; `upper` is the far end of a range."""

    qualifier: str = Qualifier.EQUAL
    value: Decimal | None = None
    upper: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing is said."""
        return self.value is None and self.qualifier not in WORDS_ALONE

    @property
    def is_exact(self) -> bool:
        """One number, neither more nor less."""
        return self.value is not None and self.qualifier == Qualifier.EQUAL

    @property
    def text(self) -> str:
        """As one would type it: “trên 50”, “97,7–139,5”, “hàng trăm”, “26”; empty when nothing is said."""
        return figure_text(self.qualifier, self.value, "", self.upper) if not self.is_empty else ""


def figure_text(qualifier: str, value: Decimal | None, measure: str, upper: Decimal | None = None) -> str:
    """A figure as a sentence would say it; an en dash when nothing is known."""
    return Qualifier(qualifier).of(value, measure, upper) or "–"


def achievement(qualifier: str, value: Decimal | None, target: Decimal | None) -> Decimal | None:
    """Value ÷ target × 100, rounded half up to two decimals; only an exact value has one."""
    if value is None or not target or qualifier != Qualifier.EQUAL:
        return None
    return (value * 100 / target).quantize(Decimal("0.01"), ROUND_HALF_UP)


def said_fields_are_sound(name: str) -> list[models.CheckConstraint]:
    """What the database refuses of a value: words with a number, a range without its ends in order."""
    return [
        models.CheckConstraint(
            condition=~Q(qualifier__in=[*WORDS_ALONE]) | Q(value=None), name=f"{name}_in_words_has_no_number"
        ),
        models.CheckConstraint(
            condition=Q(upper=None) & ~Q(qualifier="range")
            | Q(qualifier="range", value__isnull=False, upper__gt=F("value")),
            name=f"{name}_in_a_range_has_both_ends",
        ),
    ]


class Value(models.Model):
    """What Target and Result have in common.

    A value is never removed: emptied it stands as the latest version that says nothing. Earlier versions,
    each with its author, are kept by the database.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="%(class)ss")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="%(class)ss", verbose_name="đơn vị")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="%(class)ss", verbose_name="chỉ tiêu"
    )
    period = models.CharField("kỳ", max_length=10, choices=Period)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, default=Qualifier.EQUAL)
    value = models.DecimalField("giá trị", max_digits=18, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField("đến", max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    version = models.PositiveIntegerField("lần ghi", default=1)
    entered_at = models.DateTimeField("ghi lúc")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    entered_name = models.CharField("tên người ghi", max_length=120)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.indicator.name}, {self.unit}: {self.told}"

    @property
    def said(self) -> Said:
        """How much."""
        return Said(self.qualifier, self.value, self.upper)

    @property
    def told(self) -> str:
        """With its unit of measure, as a sentence would say it."""
        return figure_text(self.qualifier, self.value, self.indicator.measure, self.upper)


class Origin(models.TextChoices):
    """Where a target comes from."""

    COVENANT = "covenant", "Giao ước"
    PLAN = "plan", "Kế hoạch giao"
    OWN = "own", "Đơn vị tự đặt"


def _stays(name: str) -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name=name, operation=pgtrigger.Delete)]


@pghistory.track()
class Target(Value):
    """Chỉ tiêu: what a unit is to reach. What the covenant says is read there and not copied here."""

    origin = models.CharField("nguồn", max_length=10, choices=Origin)

    class Meta:
        verbose_name = "chỉ tiêu của đơn vị"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "unit", "indicator", "period"], name="one_target_each_span"
            ),
            models.CheckConstraint(condition=~Q(origin="covenant"), name="the_covenant_keeps_its_targets"),
            *said_fields_are_sound("a_target"),
        ]
        triggers: ClassVar = _stays("targets_stay")


class SourcedValue(Value):
    """A value with where it is from."""

    source = models.CharField("nguồn số liệu", max_length=200, blank=True)

    class Meta:
        abstract = True


@pghistory.track()
class Result(SourcedValue):
    """Kết quả: what a unit has reached, where the figure is from, and the file that shows it."""

    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="minh chứng"
    )

    class Meta:
        verbose_name = "kết quả của đơn vị"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "unit", "indicator", "period"], name="one_result_each_span"
            ),
            *said_fields_are_sound("a_result"),
        ]
        triggers: ClassVar = _stays("results_stay")


@pghistory.track()
class Confirmation(SourcedValue):
    """Số liệu của cơ quan theo dõi: what the indicator's owner department says of a unit's result.

    It stands beside what the unit said and never in its place.
    """

    class Meta:
        verbose_name = "số liệu của cơ quan theo dõi"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "unit", "indicator", "period"], name="one_confirmation_each_span"
            ),
            *said_fields_are_sound("a_confirmation"),
        ]
        triggers: ClassVar = _stays("confirmations_stay")
