"""Initiatives, their authors, and what they were used for."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from thidua.base.text import DerivedTextField, search_key
from thidua.organisations.models import Person, Unit
from thidua.records.models.subjects import Recorded
from thidua.rulebook.catalogue import name_of


class InitiativeScope(models.TextChoices):
    """Phạm vi ảnh hưởng, hiệu quả áp dụng."""

    UNIT = "unit", "Cơ sở"
    PROVINCE = "province", "Bộ, ban, ngành, tỉnh"
    NATION = "nation", "Toàn quốc"


class InitiativeKind(models.TextChoices):
    """What was recognised."""

    INITIATIVE = "initiative", "Sáng kiến"
    TOPIC = "topic", "Đề tài, đề án, công trình đã nghiệm thu"


@pghistory.track()
class Initiative(Recorded):
    """Sáng kiến: recognised by whom, when, with which scope of effect (Law 06/2022/QH15 Article 3.4)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="initiatives", verbose_name="đơn vị")
    title = models.CharField("tên sáng kiến", max_length=400)
    kind = models.CharField("loại", max_length=12, choices=InitiativeKind, default=InitiativeKind.INITIATIVE)
    scope = models.CharField("phạm vi ảnh hưởng", max_length=10, choices=InitiativeScope)
    recognised_by = models.CharField("người công nhận", max_length=200)
    decision_symbol = models.CharField("số, ký hiệu quyết định", max_length=60)
    decision_date = models.DateField("ngày công nhận")
    search = DerivedTextField(source="title", of=search_key)

    class Meta:
        verbose_name = "sáng kiến"
        ordering: ClassVar = ["-decision_date", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["title", "decision_symbol", "decision_date"], name="an_initiative_is_recorded_once"
            ),
            models.CheckConstraint(
                condition=~Q(decision_symbol="") & ~Q(recognised_by=""),
                name="an_initiative_names_who_recognised_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Authorship(models.Model):
    """Tác giả, đồng tác giả sáng kiến, with the share of each where the decision tells it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="authorships", verbose_name="tác giả")
    share = models.DecimalField("tỷ lệ đóng góp", max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "tác giả sáng kiến"
        ordering: ClassVar = [F("share").desc(nulls_last=True), "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "person"], name="an_author_stands_once"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=100),
                name="a_share_is_a_percentage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.initiative}"


@pghistory.track()
class InitiativeUse(Recorded):
    """Sáng kiến đã dùng: which author used it as a standard for which title or form, of which year."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="uses")
    person = models.ForeignKey(Person, models.PROTECT, related_name="initiative_uses", verbose_name="tác giả")
    kind = models.CharField("danh hiệu, hình thức", max_length=20)
    year = models.PositiveSmallIntegerField("năm xét")
    note = models.CharField("ghi chú", max_length=200, blank=True)

    class Meta:
        verbose_name = "việc dùng sáng kiến"
        ordering: ClassVar = ["-year", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative", "person", "kind", "year"], name="a_use_is_recorded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative}: {name_of(self.kind)} {self.year}"

    @property
    def unit_id(self) -> int:
        """The unit the initiative stands under."""
        return self.initiative.unit_id
