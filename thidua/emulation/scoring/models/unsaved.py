"""What somebody is typing of a draft and has not saved into it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from thidua.emulation.scoring.models.tables import Scorecard

LINE = "tieu-chi:"  # before the code of a criterion
HEAD, LINES = "quy-dinh", "ca-bang"


class UnsavedPart(models.Model):
    """Phần đang soạn dở: one person's typing in one part of a draft, as the fields of the page hold it."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="unsaved")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_name = models.CharField("người soạn", max_length=120)
    part = models.CharField("phần", max_length=60)
    fields = models.JSONField("nội dung các ô", default=dict)
    base = models.CharField("dấu của phần này khi bắt đầu gõ", max_length=40)
    revision = models.PositiveIntegerField(default=1)
    at = models.DateTimeField("gõ lần cuối lúc")

    class Meta:
        verbose_name = "phần đang soạn dở"
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scorecard", "author", "part"], name="one_unsaved_text_a_person_and_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} đang soạn dở, {self.scorecard}"

    @property
    def cycle_id(self) -> int:
        """The year: the audit log files the entry under it."""
        return self.scorecard.cycle_id

    @property
    def code(self) -> str:
        """The criterion it is of; empty for the table as a whole."""
        return self.part.removeprefix(LINE) if self.part.startswith(LINE) else ""

    @property
    def title(self) -> str:
        """Which part of the table it is."""
        if self.code:
            return f"Tiêu chí {self.code}"
        return "Quy định chung" if self.part == HEAD else "Các dòng của bảng"
