"""The register of papers and the series their numbers come from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models.functions import ExtractYear

from thidua.base.files.models import StoredFile
from thidua.base.periods import local_day
from thidua.base.text import DerivedTextField, search_key
from thidua.documents.engine import PaperText, from_json
from thidua.organisations.models import Unit


class PaperKind(models.TextChoices):
    """Loại văn bản: the kinds of Decree 30/2020 Article 7 that clusters write or cite.

    The value is the abbreviation that stands in the symbol. An official letter has none (Annex III),
    a covenant and a ballot list are not kinds of the Decree; their values never reach a symbol.
    """

    RESOLUTION = "NQ", "Nghị quyết"
    DECISION = "QĐ", "Quyết định"
    DIRECTIVE = "CT", "Chỉ thị"
    WORKING_REGULATION = "QC", "Quy chế"
    RULES = "QyĐ", "Quy định"
    NOTICE = "TB", "Thông báo"
    GUIDANCE = "HD", "Hướng dẫn"
    PROGRAMME = "CTr", "Chương trình"
    PLAN = "KH", "Kế hoạch"
    REPORT = "BC", "Báo cáo"
    MINUTES = "BB", "Biên bản"
    SUBMISSION_LETTER = "TTr", "Tờ trình"
    INVITATION = "GM", "Giấy mời"
    OFFICIAL_LETTER = "CV", "Công văn"
    LIST = "DS", "Danh sách"
    COVENANT = "GU", "Giao ước thi đua"
    BALLOT_PAPER = "PB", "Phiếu bầu"
    LAW = "LUAT", "Luật"
    DECREE = "NĐ", "Nghị định"
    CIRCULAR = "TT", "Thông tư"
    OTHER = "KHAC", "Văn bản khác"


# Kinds that never take a number of their own: the Decree does not know them, or they are not ours to number.
UNNUMBERED_KINDS = frozenset(
    {PaperKind.LIST, PaperKind.COVENANT, PaperKind.BALLOT_PAPER, PaperKind.LAW, PaperKind.OTHER}
)


class PaperDirection(models.TextChoices):
    """Whether we wrote it or cite it."""

    OUTGOING = "outgoing", "Văn bản đi"
    REFERENCE = "reference", "Văn bản chỉ đạo, hướng dẫn"


class PaperState(models.TextChoices):
    """How far a paper has come. A draft has neither number nor date (Decree 30/2020 Articles 8–15)."""

    DRAFT = "draft", "Dự thảo"
    NUMBERED = "numbered", "Đã cấp số"
    SEALED = "sealed", "Đã ban hành"
    VOIDED = "voided", "Đã hủy số"


class NumberSeries(models.Model):
    """Dãy số văn bản: the last number an owner gave in a series and a year.

    An owner is whoever keeps a series of its own: a unit, or a cluster under its own symbol. Its row
    is locked while a number is taken, so numbers come without gaps or doubles; a number taken in a
    transaction that fails goes back by itself.
    """

    owner = models.CharField("chủ dãy số", max_length=60)
    series = models.CharField("dãy số", max_length=20)
    year = models.PositiveSmallIntegerField("năm")
    last = models.PositiveIntegerField("số cuối", default=0)

    class Meta:
        verbose_name = "dãy số văn bản"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["owner", "series", "year"], name="one_series_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.series} {self.year}: {self.last}"


_HAS_NUMBER = models.Q(number__isnull=False, year__isnull=False, dated__isnull=False)
_HAS_NO_NUMBER = models.Q(number__isnull=True, year__isnull=True, dated__isnull=True, symbol="")


@pghistory.track()
class Paper(models.Model):
    """Văn bản: a paper of ours with its number and text, or one of somebody else that can be cited.

    What a paper is about stands as two plain words (`about_type` “conferences.minutes”, `about_id`),
    since this area knows none of those that print through it. Readers are the issuing unit and
    `reader_units`; `for_everyone` opens a paper to all who have signed in.
    """

    direction = models.CharField(
        "đi hay viện dẫn", max_length=10, choices=PaperDirection, default=PaperDirection.OUTGOING
    )
    kind = models.CharField("loại văn bản", max_length=6, choices=PaperKind)
    issuer = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="đơn vị ban hành",
    )
    issuer_name = models.CharField("cơ quan ban hành", max_length=200)
    owner = models.CharField("chủ dãy số", max_length=60, blank=True)
    series = models.CharField("dãy số", max_length=20, blank=True)
    series_symbol = models.CharField("ký hiệu nơi ban hành", max_length=40, blank=True)
    number = models.PositiveIntegerField("số", null=True, blank=True)
    symbol = models.CharField("số, ký hiệu", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    dated = models.DateField("ngày, tháng", null=True, blank=True)
    subject = models.CharField("trích yếu", max_length=500)
    state = models.CharField("tình trạng", max_length=10, choices=PaperState, default=PaperState.DRAFT)
    signer_name = models.CharField("người ký", max_length=120, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=200, blank=True)
    recipients = models.TextField("nơi nhận", blank=True)
    copies = models.PositiveSmallIntegerField("số lượng bản", default=1)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    void_reason = models.CharField("lý do hủy số", max_length=400, blank=True)
    content = models.JSONField("nội dung", null=True, blank=True)
    content_sha256 = models.CharField("mã băm nội dung", max_length=64, blank=True)
    about_type = models.CharField("của loại", max_length=80, blank=True)
    about_id = models.BigIntegerField("của đối tượng", null=True, blank=True)
    reader_units = models.ManyToManyField(
        Unit, blank=True, related_name="papers_to_read", verbose_name="đơn vị được xem"
    )
    for_everyone = models.BooleanField("mọi người đã đăng nhập được xem", default=False)
    scan = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bản chụp có chữ ký",
    )
    registered_at = models.DateTimeField("vào sổ lúc")
    sealed_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    revision = models.PositiveIntegerField("lần sửa", default=1)
    search = DerivedTextField(source="subject", of=search_key)

    class Meta:
        verbose_name = "văn bản"
        ordering: ClassVar = ["-dated", "-number", "-pk"]
        indexes: ClassVar = [models.Index(fields=["about_type", "about_id"], name="paper_about")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner", "series", "year", "number"], name="a_number_once_in_a_series_and_year"
            ),
            models.CheckConstraint(
                condition=~models.Q(direction=PaperDirection.OUTGOING, state=PaperState.DRAFT)
                | _HAS_NO_NUMBER,
                name="a_draft_has_no_number_and_no_date",
            ),
            models.CheckConstraint(
                condition=models.Q(direction=PaperDirection.REFERENCE)
                | models.Q(state=PaperState.DRAFT)
                | (_HAS_NUMBER & models.Q(number__gte=1) & ~models.Q(symbol="") & ~models.Q(owner="")),
                name="what_left_draft_has_number_and_date",
            ),
            models.CheckConstraint(
                condition=models.Q(dated__isnull=True) | models.Q(year=ExtractYear("dated")),
                name="the_year_is_that_of_the_date",
            ),
            models.CheckConstraint(
                condition=models.Q(direction=PaperDirection.OUTGOING)
                | models.Q(state=PaperState.SEALED, number__isnull=True),
                name="a_reference_was_issued_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PaperState.VOIDED) ^ ~models.Q(void_reason=""),
                name="a_voided_number_has_its_reason",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="an_issued_paper_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__direction="outgoing", old__state__in=["sealed", "voided"]),
            ),
            pgtrigger.Protect(
                name="a_numbered_paper_is_never_deleted",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__direction="outgoing") & ~pgtrigger.Q(old__state="draft"),
            ),
            pgtrigger.Protect(
                name="a_number_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=False)
                & (
                    pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                    | pgtrigger.Q(old__owner__df=pgtrigger.F("new__owner"))
                    | pgtrigger.Q(old__series__df=pgtrigger.F("new__series"))
                    | pgtrigger.Q(old__dated__df=pgtrigger.F("new__dated"))
                    | pgtrigger.Q(old__symbol__df=pgtrigger.F("new__symbol"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.subject}"

    @property
    def title(self) -> str:
        """“Tờ trình số 05/TTr-KTĐ”; a draft has its kind alone."""
        kind = "Công văn" if self.kind == PaperKind.OFFICIAL_LETTER else self.get_kind_display()
        return f"{kind} số {self.symbol}" if self.symbol else kind

    @property
    def text(self) -> PaperText | None:
        """The words of the paper as they stand; None for one of somebody else."""
        return from_json(self.content) if self.content else None

    @property
    def mark(self) -> str:
        """The shape its state has on pages."""
        shapes = {"draft": "doing", "numbered": "waiting", "sealed": "done", "voided": "none"}
        return shapes[self.state]

    @property
    def sealed_on(self) -> date | None:
        """The day it was issued."""
        return local_day(self.sealed_at) if self.sealed_at else None

    @property
    def remark(self) -> str:
        """Ghi chú of the register: a voided number says so, with its reason."""
        return f"Đã hủy số: {self.void_reason}" if self.void_reason else self.note

    @property
    def file_copy(self) -> str:
        """Who keeps the file copy: what follows “Lưu:” among the recipients."""
        kept = [line for line in self.recipients.splitlines() if line.casefold().startswith("lưu")]
        return kept[0].partition(":")[2].strip() if kept else ""
