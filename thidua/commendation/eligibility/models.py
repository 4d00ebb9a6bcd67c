"""Verdicts that were kept, and lists that were checked."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thidua.organisations.models import Person, Unit


class Answer(models.TextChoices):
    """The four answers of the rulebook."""

    ELIGIBLE = "eligible", "Đủ điều kiện"
    NOT_YET = "not_yet", "Chưa đủ"
    EXCLUDED = "excluded", "Không được xét"
    NEEDS_REVIEW = "needs_review", "Cần kiểm tra"


class Verdict(models.Model):
    """Kết luận xét điều kiện, kept as it was given: with its facts, the era and the version of the text.

    It prints from what is stored here, so a later text or a later fact does not change what was said.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="verdicts", verbose_name="đơn vị")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="verdicts", verbose_name="cá nhân"
    )
    kind = models.CharField("danh hiệu, hình thức", max_length=20)
    kind_name = models.CharField("tên trong văn bản", max_length=200)
    on = models.DateField("xét theo ngày")
    answer = models.CharField("kết luận", max_length=15, choices=Answer)
    told = models.JSONField("lý do")
    facts = models.JSONField("dữ kiện")
    era = models.CharField("thời kỳ pháp luật", max_length=300)
    reading = models.CharField(
        "cách xem",
        max_length=500,
        blank=True,
        help_text="Ghi khi quy định chuyển tiếp để ngỏ và người xét đã chọn luật của ngày nào.",
    )
    text_version = models.CharField("phiên bản văn bản", max_length=64)
    for_proposal = models.BooleanField("kèm đề nghị khen thưởng", default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người xét"
    )
    made_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "kết luận xét điều kiện"
        ordering: ClassVar = ["-made_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["person", "kind"], name="verdicts_of_a_person")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="verdicts_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit}: {self.kind_name}, {self.get_answer_display().lower()}"


class CheckState(models.TextChoices):
    """How far the checking of a list has come."""

    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang kiểm"
    DONE = "done", "Đã kiểm xong"


class ListCheck(models.Model):
    """Lượt kiểm danh sách đề nghị: rows as they were pasted, each with its answer."""

    title = models.CharField("tên danh sách", max_length=200)
    on = models.DateField("xét theo ngày")
    state = models.CharField("tình trạng", max_length=10, choices=CheckState, default=CheckState.WAITING)
    rows = models.JSONField("các dòng")
    results = models.JSONField("kết quả", default=list)
    notes = models.JSONField("nhận xét cả danh sách", default=list)
    total = models.PositiveIntegerField("số dòng")
    done = models.PositiveIntegerField("đã kiểm", default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="list_checks", verbose_name="người kiểm"
    )
    made_at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "lượt kiểm danh sách"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done__lte=F("total")), name="no_more_rows_checked_than_there_are"
            )
        ]

    def __str__(self) -> str:
        return self.title
