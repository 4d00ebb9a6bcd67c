"""The movement itself."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from thidua.base.periods import last_day_if_any
from thidua.base.text import DerivedTextField, search_key, sort_key
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle
from thidua.organisations.models import Unit


class MovementLevel(models.TextChoices):
    """The tier that launches; it also says in whose catalogue the movement stands."""

    NATIONAL = "national", "Toàn quốc"
    PROVINCE = "province", "Cấp tỉnh"
    SECTOR = "sector", "Bộ, ngành, đoàn thể"
    CLUSTER = "cluster", "Cụm, khối thi đua"
    UNIT = "unit", "Đơn vị"


class MovementKind(models.TextChoices):
    """Forms of emulation, and the campaigns that stand beside them."""

    REGULAR = "regular", "Thường xuyên"
    THEMATIC = "thematic", "Chuyên đề"
    PEAK = "peak", "Đợt cao điểm"
    FRONT = "front", "Cuộc vận động của Mặt trận, đoàn thể"


OF_A_BODY = (MovementLevel.PROVINCE, MovementLevel.SECTOR, MovementLevel.UNIT)


@pghistory.track()
class Movement(models.Model):
    """Phong trào thi đua, đợt thi đua, cuộc vận động: launched by one or several bodies together.

    What is not known stays empty: a report may name a movement without its dates or its document.
    `cycle` is the cluster's year in which a cluster launched it; `authority` the body whose catalogue holds
    a movement of a province, sector or unit; a national one has neither and everybody sees it.
    """

    title = models.CharField("tên phong trào", max_length=300)
    level = models.CharField("cấp", max_length=10, choices=MovementLevel)
    kind = models.CharField("loại", max_length=10, choices=MovementKind, default=MovementKind.REGULAR)
    authority = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        verbose_name="thuộc danh mục của",
    )
    cycle = models.ForeignKey(
        Cycle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="movements_launched",
        verbose_name="năm phát động",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="cụ thể hóa phong trào",
    )
    launchers = models.ManyToManyField(
        Unit, blank=True, related_name="movements_launched", verbose_name="đơn vị phát động"
    )
    other_launchers = models.CharField(
        "cơ quan phát động khác",
        max_length=300,
        blank=True,
        help_text="Cơ quan chưa có trong danh mục đơn vị, cách nhau bằng dấu chấm phẩy.",
    )
    launched_on = models.DateField("ngày phát động", null=True, blank=True)
    document_symbol = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    document_dated = models.DateField("ngày văn bản", null=True, blank=True)
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        verbose_name="văn bản trong sổ",
    )
    term = DateRangeField("thời gian thực hiện", null=True, blank=True)
    is_theme_of_year = models.BooleanField("là chủ đề thi đua của năm", default=False)
    theme = models.CharField("chủ đề", max_length=400, blank=True)
    place = models.CharField("địa bàn, phạm vi", max_length=200, blank=True)
    aims = models.TextField("mục tiêu, nội dung", blank=True)
    criteria = models.TextField(
        "tiêu chí thi đua", blank=True, help_text="Mỗi dòng một tiêu chí, cụ thể và đo được."
    )
    quota_collectives = models.PositiveSmallIntegerField("khen nhiều nhất, tập thể", null=True, blank=True)
    quota_individuals = models.PositiveSmallIntegerField("khen nhiều nhất, cá nhân", null=True, blank=True)
    needs_consent = models.BooleanField(
        "khen đến cấp bộ, tỉnh, phải được đồng ý trước khi phát động", default=False
    )
    consent = models.CharField("văn bản đồng ý", max_length=160, blank=True)
    revision = models.PositiveIntegerField(default=1)
    search = DerivedTextField(source="title", of=search_key)
    order = DerivedTextField(source="title", of=sort_key)

    class Meta:
        verbose_name = "phong trào thi đua"
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level="national", authority=None, cycle=None)
                | Q(level="cluster", authority=None, cycle__isnull=False)
                | Q(level__in=[*OF_A_BODY], authority__isnull=False, cycle=None),
                name="a_movement_stands_in_one_catalogue",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="a_movement_is_not_its_own_parent",
                violation_error_message="Phong trào không cụ thể hóa chính nó.",
            ),
            models.CheckConstraint(
                condition=Q(is_theme_of_year=False) | ~Q(theme=""),
                name="a_theme_of_the_year_says_its_words",
                violation_error_message="Anh/chị ghi chủ đề của năm.",
            ),
            models.CheckConstraint(
                condition=Q(needs_consent=True) | Q(consent=""),
                name="a_consent_is_given_where_it_is_needed",
                violation_error_message="Phong trào này không cần văn bản đồng ý.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def document(self) -> str:
        """“311/KH-UBND ngày 27/8/2019”, as far as it is known."""
        if self.paper_id:
            return str(self.paper)
        dated = f" ngày {self.document_dated:%d/%m/%Y}" if self.document_dated else ""
        return f"{self.document_symbol}{dated}".strip()

    @property
    def launched_by(self) -> str:
        """All who launched it together, in one phrase. Reads the prefetched launchers."""
        names = [unit.name for unit in self.launchers.all()]
        return "; ".join([*names, *filter(None, [self.other_launchers])])

    @property
    def period(self) -> str:
        """“2019–2025”, “2011–2020” for whole years, else its days; empty when not known."""
        return period_text(self.term)

    @property
    def last_day(self) -> date | None:
        """The last day it is run on; None while no end is set."""
        return last_day_if_any(self.term)

    @property
    def quota(self) -> str:
        """“5 tập thể, 5 cá nhân”: how many it commends at most; empty when it sets no bound."""
        bounds = ((self.quota_collectives, "tập thể"), (self.quota_individuals, "cá nhân"))
        return ", ".join(f"{most} {whom}" for most, whom in bounds if most is not None)

    @property
    def criteria_lines(self) -> list[str]:
        """The criteria, one each."""
        return [line.strip() for line in self.criteria.splitlines() if line.strip()]


def period_text(term: object) -> str:
    """A term as movements are announced: whole years by their numbers, shorter drives by their days."""
    first, end = getattr(term, "lower", None), getattr(term, "upper", None)
    if first is None:
        return ""
    if end is None:
        return f"từ {first:%d/%m/%Y}"
    if (first.month, first.day) == (end.month, end.day) == (1, 1):
        last = end.year - 1
        return f"năm {last}" if first.year == last else f"{first.year}–{last}"
    return f"{first:%d/%m/%Y} đến {end.fromordinal(end.toordinal() - 1):%d/%m/%Y}"
