"""Reports by outline, their figures, and what happened to them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from thidua.base.files.models import StoredFile
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle, Indicator, Qualifier
from thidua.emulation.results.models.period import Period
from thidua.emulation.results.models.value import achievement, figure_text, said_fields_are_sound
from thidua.organisations.models import Unit


class ReportState(models.TextChoices):
    """Who has the report in hand."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ tiếp nhận"
    RETURNED = "returned", "Bị trả lại"
    ACCEPTED = "accepted", "Đã tiếp nhận"

    @property
    def shape(self) -> str:
        """The state's mark on a page."""
        return {"draft": "doing", "submitted": "waiting", "returned": "returned", "accepted": "done"}[
            self.value
        ]


@pghistory.track()
class Report(models.Model):
    """Báo cáo: of a member for half a year or the year; of the cluster itself when `unit` is empty.

    The head accepts or returns members' reports; the standing body those of the cluster, which a
    conference passes besides.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name="đơn vị"
    )
    period = models.CharField("kỳ báo cáo", max_length=10, choices=Period)
    state = models.CharField("tình trạng", max_length=10, choices=ReportState, default=ReportState.DRAFT)
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    returned_reason = models.CharField("lý do trả lại", max_length=1000, blank=True)
    accepted_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    passed_at = models.DateTimeField("thông qua lúc", null=True, blank=True)
    passed_by_conference = models.CharField("thông qua tại", max_length=300, blank=True)
    papers = models.ManyToManyField(
        Paper, blank=True, related_name="reports", verbose_name="văn bản viện dẫn"
    )
    attachments = models.ManyToManyField(
        StoredFile, blank=True, related_name="+", verbose_name="tệp kèm theo"
    )
    gathered = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="gathered_into", verbose_name="đã tổng hợp từ"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "báo cáo"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "unit", "period"], nulls_distinct=False, name="one_report_a_period"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(returned_reason=""),
                name="a_report_is_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="returned") | Q(submitted_at__isnull=False),
                name="a_report_in_other_hands_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) ^ Q(state="accepted"), name="acceptance_has_its_moment"
            ),
            models.CheckConstraint(
                condition=Q(passed_at__isnull=True) | ~Q(passed_by_conference=""),
                name="a_report_is_passed_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind.report} {self.cycle.name} của {self.author}"

    def get_absolute_url(self) -> str:
        """Where it is read."""
        cluster, cycle = self.cycle.cluster.address, self.cycle.address
        if self.unit_id is None:
            return reverse("results:cluster_report", args=[cluster, cycle, self.kind.word])
        return reverse("results:report", args=[cluster, cycle, self.kind.word, self.unit_id])

    @property
    def kind(self) -> Period:
        """The period, with its words."""
        return Period(self.period)

    @property
    def author(self) -> str:
        """The unit, or the cluster for its own report."""
        return self.unit.name if self.unit else self.cycle.cluster.name

    @property
    def is_open(self) -> bool:
        """Its author may still write in it."""
        return self.state in {ReportState.DRAFT, ReportState.RETURNED}

    @property
    def mark(self) -> str:
        """The shape of its state."""
        return ReportState(self.state).shape


class SectionKey(models.TextChoices):
    """The usual outline (documents-and-history 4.4)."""

    SITUATION = "situation", "I. Đặc điểm tình hình, công tác chỉ đạo"
    RESULTS = "results", "II. Kết quả thực hiện nội dung giao ước thi đua"
    COMMENDATION = "commendation", "III. Công tác khen thưởng"
    ACTIVITIES = "activities", "IV. Hoạt động của cụm, khối"
    ASSESSMENT = "assessment", "V. Đánh giá chung: ưu điểm, hạn chế, nguyên nhân, bài học"
    NEXT = "next", "VI. Phương hướng, nhiệm vụ; kiến nghị, đề xuất"

    @property
    def help(self) -> str:
        """What the section is expected to tell."""
        return _HELP[self.value]


_HELP = {
    "situation": "Thuận lợi, khó khăn; văn bản đã ban hành, giao ước, quy chế, kế hoạch.",
    "results": "Kinh tế – xã hội, quốc phòng – an ninh; chấp hành chủ trương, pháp luật, xây dựng "
    "hệ thống chính trị; công tác thi đua, phong trào, điển hình tiên tiến, sáng kiến.",
    "commendation": "Số tập thể, cá nhân được khen theo từng hình thức; tỷ lệ người trực tiếp lao động.",
    "activities": "Kiểm tra chéo, giao lưu, mô hình, quỹ thi đua.",
    "assessment": "Nêu rõ kết quả, tác dụng, tồn tại, nguyên nhân khách quan và chủ quan, bài học.",
    "next": "Nhiệm vụ trọng tâm kỳ tới; kiến nghị với trưởng cụm, khối và cơ quan thường trực.",
}


class ReportSection(models.Model):
    """Một phần của báo cáo, theo đề cương."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    key = models.CharField("phần", max_length=12, choices=SectionKey)
    text = models.TextField("nội dung", blank=True)

    class Meta:
        verbose_name = "phần báo cáo"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "key"], name="a_section_once_in_a_report")
        ]

    def __str__(self) -> str:
        return self.get_key_display()


class ReportFigure(models.Model):
    """Số liệu trong báo cáo: exact, a bound (“trên 50%”), a vague count (“hàng trăm”), or a list of units.

    `parent` is the figure this one is part of: “trong đó 05 tập thể”.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="parts", verbose_name="trong đó, thuộc"
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    indicator = models.CharField("chỉ tiêu, nội dung", max_length=300)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, default=Qualifier.EQUAL)
    value = models.DecimalField("kết quả", max_digits=18, decimal_places=4, null=True, blank=True)
    measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    upper = models.DecimalField("đến", max_digits=18, decimal_places=4, null=True, blank=True)
    target = models.DecimalField("chỉ tiêu giao", max_digits=18, decimal_places=4, null=True, blank=True)
    catalogued = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="chỉ tiêu trong danh mục",
    )
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="các đơn vị đạt")
    note = models.CharField("ghi chú", max_length=500, blank=True)

    class Meta:
        verbose_name = "số liệu báo cáo"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="a_figure_is_not_part_of_itself"),
            *said_fields_are_sound("a_figure"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.said}"

    @property
    def said(self) -> str:
        """“trên 50%”, “hàng trăm cán bộ”, “26 hợp tác xã”; an en dash when nothing is known."""
        return figure_text(self.qualifier, self.value, self.measure, self.upper)

    @property
    def percent(self) -> Decimal | None:
        """Result against target in percent, two decimals, half up; None without both exact numbers."""
        return achievement(self.qualifier, self.value, self.target)


class StepKind(models.TextChoices):
    """What happened to a report."""

    SUBMITTED = "submitted", "Gửi"
    WITHDRAWN = "withdrawn", "Rút lại"
    RETURNED = "returned", "Trả lại"
    ACCEPTED = "accepted", "Tiếp nhận"
    PASSED = "passed", "Thông qua"


class ReportStep(models.Model):
    """Một bước của báo cáo: who did what, when, and why; never changed afterwards."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="steps")
    kind = models.CharField("việc", max_length=10, choices=StepKind)
    at = models.DateTimeField("lúc")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    person_name = models.CharField("người làm", max_length=120)
    reason = models.CharField("lý do, ghi chú", max_length=1000, blank=True)

    class Meta:
        verbose_name = "bước xử lý báo cáo"
        ordering: ClassVar = ["at", "pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.report}"
