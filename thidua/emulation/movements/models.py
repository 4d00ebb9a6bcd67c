"""Movements, their reviews, the years they are expected of, and who answered."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from thidua.base.files.models import StoredFile
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
    figures = models.TextField("số liệu chính", blank=True, help_text="Mỗi dòng một số liệu.")
    document = models.CharField("văn bản", max_length=160, blank=True)

    class Meta:
        verbose_name = "sơ kết, tổng kết phong trào"
        ordering: ClassVar = ["held_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["movement"], condition=Q(stage="final"), name="a_movement_is_summed_up_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} ngày {self.held_on:%d/%m/%Y}"


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
