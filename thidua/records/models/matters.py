"""Discipline, and matters under consideration."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from thidua.records.models.subjects import OfSubject


class DisciplineForm(models.TextChoices):
    """Hình thức kỷ luật, from the lightest."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    PAY_CUT = "pay_cut", "Hạ bậc lương"
    DEMOTION = "demotion", "Giáng chức"
    REMOVAL = "removal", "Cách chức"
    DISMISSAL = "dismissal", "Buộc thôi việc"
    EXPULSION = "expulsion", "Khai trừ"


@pghistory.track()
class Discipline(OfSubject):
    """Kỷ luật: by which decision, from when, until when; or annulled, as if it had never been."""

    form = models.CharField("hình thức kỷ luật", max_length=12, choices=DisciplineForm)
    decision_symbol = models.CharField("số, ký hiệu quyết định", max_length=60)
    decision_date = models.DateField("ngày quyết định")
    starts = models.DateField("có hiệu lực từ ngày")
    ends = models.DateField("ngày hết thời hạn kỷ luật", null=True, blank=True)
    annulled_on = models.DateField("ngày hủy bỏ quyết định", null=True, blank=True)
    annulled_by = models.CharField("văn bản hủy bỏ", max_length=120, blank=True)

    class Meta:
        verbose_name = "kỷ luật"
        ordering: ClassVar = ["-starts", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decision_symbol=""), name="discipline_names_its_decision"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="discipline_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(annulled_on__isnull=True) | ~Q(annulled_by=""),
                name="an_annulment_names_its_paper",
            ),
            models.UniqueConstraint(
                fields=["unit", "person", "decision_symbol", "decision_date"],
                nulls_distinct=False,
                name="discipline_is_recorded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_form_display()}"


class MatterKind(models.TextChoices):
    """What holds a commendation back (Decree 152/2025/NĐ-CP Article 4.4)."""

    DISCIPLINE = "discipline", "Đang xem xét kỷ luật"
    INSPECTION = "inspection", "Đang điều tra, thanh tra, kiểm tra, có dấu hiệu vi phạm"
    COMPLAINT = "complaint", "Đơn khiếu nại, tố cáo đang xác minh"
    PRESS = "press", "Báo chí nêu tham nhũng, tiêu cực, đang xác minh"
    COURT = "court", "Đang bị khởi tố, truy tố, xét xử"


@pghistory.track()
class PendingMatter(OfSubject):
    """Việc đang xem xét: holds commendation while it is open; told by whom, concluded how."""

    kind = models.CharField("việc", max_length=12, choices=MatterKind)
    since = models.DateField("từ ngày")
    told_by = models.CharField("cơ quan, người thông báo", max_length=200)
    document = models.CharField("văn bản", max_length=120, blank=True)
    cleared_on = models.DateField("ngày kết luận", null=True, blank=True)
    violation = models.BooleanField("có vi phạm", null=True, blank=True)
    conclusion = models.CharField("văn bản kết luận", max_length=200, blank=True)

    class Meta:
        verbose_name = "việc đang xem xét"
        ordering: ClassVar = ["-since", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(told_by=""), name="a_matter_says_who_told_it"),
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True, violation__isnull=True)
                | Q(cleared_on__gte=F("since"), violation__isnull=False) & ~Q(conclusion=""),
                name="a_concluded_matter_has_its_conclusion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_kind_display()}"
