"""Ratings, initiatives, discipline, pending matters and circumstances.

Each row stands under the unit that keeps it. With a person it is about that person; without one it is about
the unit itself, as a collective.
"""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q

from thidua.base.periods import no_overlap, term_text
from thidua.base.text import DerivedTextField, search_key
from thidua.organisations.models import Person, Unit


class Recorded(models.Model):
    """Who wrote a row, and when."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        abstract = True


class OfSubject(Recorded):
    """About a person of the unit, or about the unit itself as a collective when no person is named."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="%(class)ss", verbose_name="đơn vị")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="cá nhân"
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Person | Unit:
        """Whom it is about."""
        return self.person or self.unit


class RatingLevel(models.TextChoices):
    """Mức xếp loại chất lượng hằng năm."""

    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "completed", "Hoàn thành nhiệm vụ"
    NOT_COMPLETED = "not_completed", "Không hoàn thành nhiệm vụ"
    NOT_RATED = "not_rated", "Không xếp loại"


SHORT_LEVELS = {
    RatingLevel.EXCELLENT: "HTXSNV",
    RatingLevel.GOOD: "HTTNV",
    RatingLevel.COMPLETED: "HTNV",
    RatingLevel.NOT_COMPLETED: "KHTNV",
    RatingLevel.NOT_RATED: "KXL",
}


@pghistory.track()
class Rating(OfSubject):
    """Xếp loại, đánh giá hằng năm: of a person or a collective, for a year, by which decision."""

    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("mức xếp loại", max_length=15, choices=RatingLevel)
    decision_symbol = models.CharField("số, ký hiệu văn bản", max_length=60)
    decision_date = models.DateField("ngày văn bản")

    class Meta:
        verbose_name = "xếp loại hằng năm"
        ordering: ClassVar = ["-year", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "year"],
                condition=Q(person__isnull=False),
                name="a_person_is_rated_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(person__isnull=True), name="a_unit_is_rated_once_a_year"
            ),
            models.CheckConstraint(condition=~Q(decision_symbol=""), name="a_rating_names_its_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.get_level_display()} năm {self.year}"

    @property
    def short(self) -> str:
        """As officers write it in a narrow column."""
        return SHORT_LEVELS[RatingLevel(self.level)]


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
        return f"{self.initiative}: {self.kind} {self.year}"

    @property
    def unit_id(self) -> int:
        """The unit the initiative stands under."""
        return self.initiative.unit_id


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


class Sex(models.TextChoices):
    """Asked for the tie-break and the shorter terms of women leaders only."""

    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"


class OccupationKind(models.TextChoices):
    """Nhóm đối tượng the standards tell apart."""

    OFFICIAL = "official", "Cán bộ, công chức, viên chức"
    WORKER = "worker", "Công nhân, người lao động"
    FARMER = "farmer", "Nông dân"
    ENTREPRENEUR = "entrepreneur", "Doanh nhân, trí thức, nhà khoa học"
    ARMED_FORCES = "armed_forces", "Lực lượng vũ trang"
    OTHER = "other", "Đối tượng khác"


@pghistory.track()
class Profile(Recorded):
    """Hoàn cảnh của cá nhân: no more than the standards ask for."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="profile", verbose_name="cá nhân")
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    occupation = models.CharField("nhóm đối tượng", max_length=12, choices=OccupationKind, blank=True)
    is_direct = models.BooleanField("trực tiếp lao động, sản xuất, công tác", null=True, blank=True)
    recruited_on = models.DateField("ngày tuyển dụng", null=True, blank=True)

    class Meta:
        verbose_name = "hoàn cảnh của cá nhân"

    def __str__(self) -> str:
        return str(self.person)


class LeaveKind(models.TextChoices):
    """Absences whose time counts, or not."""

    MATERNITY = "maternity", "Nghỉ thai sản"
    SICK = "sick", "Nghỉ ốm, điều trị"
    STUDY = "study", "Đi học, bồi dưỡng"
    UNPAID = "unpaid", "Nghỉ việc riêng không lương"


@pghistory.track()
class Leave(Recorded):
    """Thời gian nghỉ: recorded only where it bears on a standard."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leaves", verbose_name="đơn vị")
    person = models.ForeignKey(Person, models.PROTECT, related_name="leaves", verbose_name="cá nhân")
    kind = models.CharField("lý do", max_length=10, choices=LeaveKind)
    term = DateRangeField("thời gian nghỉ")

    class Meta:
        verbose_name = "thời gian nghỉ"
        ordering: ClassVar = ["-term"]
        constraints: ClassVar = [no_overlap("one_leave_at_a_time", "person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"

    @property
    def text(self) -> str:
        """“01/03/2023 đến 31/08/2023”."""
        return term_text(self.term)


@pghistory.track()
class UnitProfile(Recorded):
    """Hoàn cảnh của tập thể: where it lies, when it was founded, whether it can be given flags."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="profile", verbose_name="đơn vị")
    is_remote = models.BooleanField("vùng biên giới, biển, đảo, đặc biệt khó khăn", default=False)
    founded_on = models.DateField("ngày thành lập", null=True, blank=True)
    gets_flags = models.BooleanField("thuộc đối tượng được tặng cờ thi đua", null=True, blank=True)

    class Meta:
        verbose_name = "hoàn cảnh của tập thể"

    def __str__(self) -> str:
        return str(self.unit)
