"""The register of exemplars: who, in which groups, each step, each answer about being made public."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thidua.base.files.models import StoredFile
from thidua.base.text import DerivedTextField, loose_key, search_key, sort_key
from thidua.emulation.clusters.models import Cluster, Cycle
from thidua.organisations.models import Person, Unit


class ExemplarKind(models.TextChoices):
    """Who is an exemplar."""

    COLLECTIVE = "collective", "Tập thể"
    INDIVIDUAL = "individual", "Cá nhân"
    HOUSEHOLD = "household", "Hộ gia đình"


class Field(models.TextChoices):
    """Lĩnh vực."""

    ECONOMY = "economy", "Kinh tế"
    SOCIETY = "society", "Văn hóa – xã hội"
    DEFENCE = "defence", "Quốc phòng, an ninh"
    PARTY = "party", "Xây dựng Đảng, hệ thống chính trị"
    ADMINISTRATION = "administration", "Cải cách hành chính, chuyển đổi số"
    ENVIRONMENT = "environment", "Tài nguyên, môi trường"
    OTHER = "other", "Lĩnh vực khác"


class ExemplarLevel(models.TextChoices):
    """Cấp: whose exemplar it is."""

    UNIT = "unit", "Cấp cơ sở"
    CLUSTER = "cluster", "Cấp cụm, khối"
    PROVINCE = "province", "Cấp tỉnh"
    NATION = "nation", "Toàn quốc"


class Locality(models.TextChoices):
    """Địa bàn that commendation gives priority to."""

    BORDER = "border", "Biên giới, hải đảo"
    REMOTE = "remote", "Vùng sâu, vùng xa, đặc biệt khó khăn"


class Occupation(models.TextChoices):
    """Đối tượng: direct workers are counted apart in reports."""

    WORKER = "worker", "Người trực tiếp lao động, công tác"
    LEADER = "leader", "Người lãnh đạo, quản lý"


class Sex(models.TextChoices):
    """Giới tính."""

    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"


class Step(models.IntegerChoices):
    """Bước, in the order in which an exemplar usually goes through them."""

    FOUND = 1, "Phát hiện"
    NURTURED = 2, "Bồi dưỡng"
    REGISTERED = 3, "Đăng ký"
    PUBLICISED = 4, "Tuyên truyền"
    COMMENDED = 5, "Khen thưởng"
    OUTCOME = 6, "Nhân rộng, kết quả về sau"


class ConsentState(models.TextChoices):
    """Answers to the question whether the deeds may be made public."""

    ASKED = "asked", "Đã hỏi, chưa trả lời"
    GIVEN = "given", "Đồng ý"
    REFUSED = "refused", "Không đồng ý"
    WITHDRAWN = "withdrawn", "Đã rút đồng ý"


class Recorded(models.Model):
    """Who wrote a row, and when."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        abstract = True


@pghistory.track()
class ExemplarCategory(models.Model):
    """Nhóm điển hình: a cluster's own headings, such as “Học tập và làm theo Bác”, “Nông thôn mới”."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="exemplar_categories")
    name = models.CharField("tên nhóm", max_length=200)
    search = DerivedTextField(source="name", of=search_key)

    class Meta:
        verbose_name = "nhóm điển hình"
        ordering: ClassVar = ["search", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cluster", "search"], name="a_cluster_names_a_category_once"),
            models.CheckConstraint(condition=~Q(name=""), name="a_category_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Exemplar(Recorded):
    """Điển hình tiên tiến of a member, in the year in which it was entered.

    `person` or `collective` point to those the system knows; `name` is how it is told in any case. No
    birthday, address or number of a paper is kept: the register needs none. `merged_into` is set where the
    same exemplar was entered twice.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="exemplars", verbose_name="năm thi đua")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="exemplars", verbose_name="đơn vị")
    kind = models.CharField("loại", max_length=10, choices=ExemplarKind)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exemplars",
        verbose_name="cá nhân trong danh sách",
    )
    collective = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="exemplar_entries",
        verbose_name="tập thể trong danh sách",
    )
    name = models.CharField("tên cá nhân, tập thể, hộ", max_length=200)
    field = models.CharField("lĩnh vực", max_length=15, choices=Field)
    categories = models.ManyToManyField(
        ExemplarCategory, blank=True, related_name="exemplars", verbose_name="nhóm"
    )
    level = models.CharField("cấp", max_length=10, choices=ExemplarLevel, default=ExemplarLevel.UNIT)
    locality = models.CharField("địa bàn", max_length=10, choices=Locality, blank=True)
    occupation = models.CharField("đối tượng", max_length=10, choices=Occupation, blank=True)
    sex = models.CharField("giới tính", max_length=6, choices=Sex, blank=True)
    deeds = models.TextField("việc làm, thành tích", max_length=10_000)
    found_by = models.CharField("người phát hiện, giới thiệu", max_length=200, blank=True)
    followed_by = models.CharField("người theo dõi, giúp đỡ", max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name="đã gộp vào"
    )
    detached = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name="tệp đã gỡ")
    revision = models.PositiveIntegerField(default=1)
    search = DerivedTextField(source="name", of=search_key)
    order = DerivedTextField(source="name", of=sort_key)
    likeness = DerivedTextField(source="name", of=loose_key)

    class Meta:
        verbose_name = "điển hình tiên tiến"
        ordering: ClassVar = ["unit__order", "kind", "order", "pk"]
        indexes: ClassVar = [models.Index(fields=["likeness"], name="exemplar_likeness")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(deeds=""), name="an_exemplar_has_a_name_and_deeds"
            ),
            models.CheckConstraint(
                condition=Q(kind="individual") | Q(person=None, sex="", occupation=""),
                name="what_is_asked_of_persons_is_told_of_persons",
                violation_error_message="Giới tính, đối tượng, người trong danh sách chỉ ghi cho cá nhân.",
            ),
            models.CheckConstraint(
                condition=Q(kind="collective") | Q(collective=None),
                name="only_a_collective_is_a_unit",
                violation_error_message="Tập thể trong danh sách chỉ chọn cho loại tập thể.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="an_exemplar_is_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def step_name(self) -> str:
        """The furthest step in words, of a row from `queries.with_facts`."""
        step = getattr(self, "step", None)
        return Step(step).label if step else "–"

    @property
    def consent_name(self) -> str:
        """The consent that holds in words, of the same rows."""
        consent = getattr(self, "consent", None)
        return ConsentState(consent).label if consent else "Chưa hỏi"


@pghistory.track()
class FollowUp(Recorded):
    """Bước theo dõi: what happened on which day, by whom told. Struck with a reason, never rewritten."""

    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="follow_ups")
    step = models.PositiveSmallIntegerField("bước", choices=Step)
    day = models.DateField("ngày")
    text = models.TextField("nội dung", max_length=2000, blank=True)
    struck_reason = models.CharField("lý do gạch bỏ", max_length=300, blank=True)

    class Meta:
        verbose_name = "bước theo dõi điển hình"
        ordering: ClassVar = ["day", "step", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(step__in=Step.values), name="a_step_is_known"),
            models.CheckConstraint(
                condition=Q(step__lt=Step.PUBLICISED) | ~Q(text=""),
                name="what_was_done_with_an_exemplar_is_told",
                violation_error_message="Anh/chị ghi nội dung: ở đâu, hình thức gì, kết quả ra sao.",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="a_step_is_not_rewritten", fields=["step", "day", "text", "recorded_by", "recorded_at"]
            ),
            pgtrigger.Trigger(
                name="no_publicity_without_consent",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__step=Step.PUBLICISED),
                func="""
                    IF (SELECT state FROM exemplars_consent WHERE exemplar_id = NEW.exemplar_id
                        ORDER BY day DESC, id DESC LIMIT 1) IS DISTINCT FROM 'given' THEN
                        RAISE EXCEPTION 'an exemplar is made public only with consent';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} ngày {self.day:%d/%m/%Y}"


@pghistory.track()
class Consent(Recorded):
    """Ý kiến về việc công khai: asked or answered on which day; the latest one holds."""

    exemplar = models.ForeignKey(Exemplar, models.CASCADE, related_name="consents")
    state = models.CharField("ý kiến", max_length=10, choices=ConsentState)
    day = models.DateField("ngày")
    note = models.CharField(
        "cách hỏi, trả lời",
        max_length=200,
        blank=True,
        help_text="Ví dụ: văn bản, gọi điện, trao đổi trực tiếp.",
    )

    class Meta:
        verbose_name = "ý kiến về việc công khai"
        ordering: ClassVar = ["day", "pk"]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="an_answer_is_not_rewritten",
                fields=["state", "day", "note", "recorded_by", "recorded_at"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, ngày {self.day:%d/%m/%Y}"


@pghistory.track()
class Merging(Recorded):
    """Lần gộp: what one entry gave to another, so that it can be given back."""

    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="mergings")
    duplicate = models.OneToOneField(Exemplar, models.PROTECT, related_name="merging")
    follow_ups = models.ManyToManyField(FollowUp, blank=True, related_name="+")
    consents = models.ManyToManyField(Consent, blank=True, related_name="+")
    categories = models.ManyToManyField(ExemplarCategory, blank=True, related_name="+")

    class Meta:
        verbose_name = "lần gộp điển hình"
        ordering: ClassVar = ["recorded_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(exemplar=F("duplicate")), name="a_merging_is_of_two_entries")
        ]

    def __str__(self) -> str:
        return f"{self.duplicate} gộp vào {self.exemplar}"


@pghistory.track()
class NothingToRegister(Recorded):
    """Trả lời không có điển hình để đăng ký: a member says so for a year, which is an answer too.

    An exemplar registered later outweighs it.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="nothing_to_register")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="nothing_to_register", verbose_name="đơn vị")
    reason = models.CharField("lý do", max_length=500)

    class Meta:
        verbose_name = "trả lời không có điển hình"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "unit"], name="a_unit_has_nothing_to_register_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="having_nothing_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: không có điển hình để đăng ký"
