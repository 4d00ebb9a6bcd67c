"""The ledger of honours."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thidua.base.periods import term_text
from thidua.base.text import DerivedTextField, search_key, sort_key
from thidua.organisations.models import Person, Unit
from thidua.rulebook.catalogue import name_of
from thidua.rulebook.engine.texts import book


def era_names() -> dict[str, str]:
    """The eras of the texts, latest first: code and name."""
    return {one.code: one.name for one in reversed(book().eras)}


class CommendationGround(models.TextChoices):
    """Loại hình khen thưởng: what an honour was given for (Law 06/2022/QH15 Article 8)."""

    MERIT = "merit", "Công trạng và thành tích đạt được"
    SUDDEN = "sudden", "Đột xuất"
    MOVEMENT = "movement", "Phong trào thi đua"
    CONTRIBUTION = "contribution", "Quá trình cống hiến"
    SENIORITY = "seniority", "Niên hạn"
    FOREIGN = "foreign", "Đối ngoại"


class Honour(models.Model):
    """Danh hiệu, hình thức khen thưởng đã nhận: who, which kind, for which year, by which decision.

    The ledger is append-only. What a later decision took back stands as a further entry that
    `revokes` the first (Law 06/2022/QH15 Article 93). What was written by mistake is struck out by a
    further entry too, a correction (đính chính): nobody decided it, and it is not told as a revocation.
    """

    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name="đơn vị",
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name="cá nhân",
    )
    recipient_name = models.CharField(
        "tên trong quyết định",
        max_length=200,
        help_text="Như quyết định ghi, kể cả khi nay đã đổi tên.",
    )
    kind = models.CharField("danh hiệu, hình thức", max_length=20)
    year = models.PositiveSmallIntegerField("năm đạt thành tích")
    achievement = DateRangeField("thời gian đạt thành tích", null=True, blank=True)
    ground = models.CharField("loại hình", max_length=20, choices=CommendationGround)
    decision_symbol = models.CharField("số, ký hiệu quyết định", max_length=60)
    decision_date = models.DateField("ngày quyết định")
    issuer = models.CharField("người ký quyết định", max_length=160)
    revokes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revocation",
        verbose_name="thu hồi",
    )
    is_correction = models.BooleanField("đính chính dòng ghi nhầm", default=False)
    reason = models.CharField("lý do", max_length=400, blank=True)
    era = models.CharField(
        "thời kỳ pháp luật",
        max_length=40,
        blank=True,
        help_text="Theo ngày quyết định hoặc quy định chuyển tiếp; trống khi chưa có văn bản.",
    )
    writing = models.PositiveSmallIntegerField("lần ghi", default=0, help_text="Ghi lại sau đính chính.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="người ghi",
    )
    recorded_at = models.DateTimeField("ghi lúc")
    search = DerivedTextField(source="recipient_name", of=search_key)
    order = DerivedTextField(source="recipient_name", of=sort_key)

    class Meta:
        verbose_name = "danh hiệu, hình thức khen thưởng"
        ordering: ClassVar = ["-decision_date", "order", "pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(decision_symbol="") & ~models.Q(issuer=""),
                name="an_honour_names_its_decision",
            ),
            models.CheckConstraint(
                condition=~models.Q(recipient_name="")
                & (models.Q(unit__isnull=True) | models.Q(person__isnull=True)),
                name="an_honour_has_one_recipient",
            ),
            models.CheckConstraint(
                condition=models.Q(is_correction=False) | models.Q(revokes__isnull=False),
                name="a_correction_corrects_an_entry",
            ),
            models.CheckConstraint(
                condition=models.Q(revokes__isnull=True) | ~models.Q(reason=""),
                name="a_revocation_gives_its_reason",
            ),
            models.UniqueConstraint(
                fields=[
                    "recipient_name",
                    "kind",
                    "year",
                    "decision_symbol",
                    "decision_date",
                    "writing",
                ],
                condition=models.Q(revokes__isnull=True),
                name="an_honour_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_name}: {self.kind_name} {self.year}"

    @property
    def kind_name(self) -> str:
        """As the catalogue of the decision's day has it."""
        return name_of(self.kind, self.decision_date)

    @property
    def era_name(self) -> str:
        """Whose law it was given by; empty where no text is entered."""
        return era_names().get(self.era, "")

    @property
    def is_whole_year(self) -> bool:
        """The achievement is that of the year itself, no more and no less."""
        whole = (date(self.year, 1, 1), date(self.year + 1, 1, 1))
        return self.achievement is None or (self.achievement.lower, self.achievement.upper) == whole

    @property
    def achievement_text(self) -> str:
        """“01/01/2021 đến 31/12/2025”, or the year."""
        return str(self.year) if self.achievement is None else term_text(self.achievement)
