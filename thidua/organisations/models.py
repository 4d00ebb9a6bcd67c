"""Units, people, offices, successions, appointments and the standing body."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thidua.base.periods import no_overlap
from thidua.base.text import DerivedTextField, name_sort_key, search_key, sort_key


class UnitKind(models.TextChoices):
    """Kinds of unit met in clusters (cluster-operations 1.1)."""

    PROVINCE = "province", "Tỉnh, thành phố"
    DISTRICT = "district", "Huyện, quận, thị xã, thành phố thuộc tỉnh"
    COMMUNE = "commune", "Xã, phường, đặc khu"
    DEPARTMENT = "department", "Sở, ban, ngành, cơ quan"
    PARTY_BODY = "party_body", "Cơ quan Đảng"
    MASS_ORGANISATION = "mass_organisation", "Mặt trận, đoàn thể"
    ENTERPRISE = "enterprise", "Doanh nghiệp, hợp tác xã"
    SCHOOL = "school", "Trường, cơ sở đào tạo"
    ARMED_FORCE = "armed_force", "Đơn vị lực lượng vũ trang"
    SUB_UNIT = "sub_unit", "Đơn vị trực thuộc"
    CENTRAL_BODY = "central_body", "Cơ quan trung ương"


@pghistory.track()
class Unit(models.Model):
    """Đơn vị, tổ chức: as it is named today; its earlier names stand in `UnitPast`."""

    kind = models.CharField("loại", max_length=20, choices=UnitKind)
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên gọn", max_length=60, help_text="Dùng trong bảng hẹp.")
    symbol = models.CharField(
        "ký hiệu",
        max_length=20,
        blank=True,
        help_text="Phần sau của số, ký hiệu văn bản: UBND, SNV.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="trực thuộc",
    )
    existence = DateRangeField("tồn tại", help_text="Từ ngày lập đến ngày thôi hoạt động.")
    revision = models.PositiveIntegerField("lần sửa", default=0, editable=False)
    search = DerivedTextField(source="name", of=search_key)
    order = DerivedTextField(source="name", of=sort_key)

    class Meta:
        verbose_name = "đơn vị"
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "parent"],
                name="a_name_once_under_a_parent",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="a_unit_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitPast(models.Model):
    """Tên, cấp trên cũ: what the unit was called, and under whom, before a change."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="pasts")
    name = models.CharField("tên đơn vị", max_length=200)
    short_name = models.CharField("tên gọn", max_length=60)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    term = DateRangeField("thời gian")
    search = DerivedTextField(source="name", of=search_key)

    class Meta:
        verbose_name = "tên cũ của đơn vị"
        ordering: ClassVar = ["term"]
        constraints: ClassVar = [no_overlap("one_past_name_at_a_time", "unit")]

    def __str__(self) -> str:
        return self.name


class SuccessionKind(models.TextChoices):
    """How units follow one another."""

    MERGER = "merger", "Sáp nhập, hợp nhất"
    SPLIT = "split", "Chia, tách"
    RENAMING = "renaming", "Đổi tên"


class Succession(models.Model):
    """Sáp nhập, chia tách, đổi tên: from which units came which, on what day, by what decision."""

    kind = models.CharField("hình thức", max_length=10, choices=SuccessionKind)
    on = models.DateField("từ ngày")
    decision = models.CharField("theo văn bản", max_length=200, blank=True)
    predecessors = models.ManyToManyField(Unit, related_name="successions_out", verbose_name="từ đơn vị")
    successors = models.ManyToManyField(Unit, related_name="successions_in", verbose_name="thành đơn vị")

    class Meta:
        verbose_name = "kế thừa đơn vị"
        ordering: ClassVar = ["-on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ngày {self.on:%d/%m/%Y}"


@pghistory.track()
class Person(models.Model):
    """Cá nhân: known by name; the account, if any, is what they sign in with."""

    full_name = models.CharField("họ và tên", max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
        verbose_name="tài khoản",
    )
    revision = models.PositiveIntegerField("lần sửa", default=0, editable=False)
    search = DerivedTextField(source="full_name", of=search_key)
    order = DerivedTextField(source="full_name", of=name_sort_key)

    class Meta:
        verbose_name = "cá nhân"
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.full_name


class Office(models.Model):
    """Chức vụ: a post at a unit, such as Giám đốc of Sở Y tế."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="offices", verbose_name="đơn vị")
    name = models.CharField("chức vụ", max_length=160)
    is_leader = models.BooleanField("là người đứng đầu hoặc cấp phó", default=False)

    class Meta:
        verbose_name = "chức vụ"
        ordering: ClassVar = ["unit", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="an_office_once_at_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"


@pghistory.track()
class Tenure(models.Model):
    """Giữ chức vụ: a person in an office, from when to when. Several offices at once are normal."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures", verbose_name="cá nhân")
    office = models.ForeignKey(Office, models.PROTECT, related_name="tenures", verbose_name="chức vụ")
    term = DateRangeField("thời gian giữ chức vụ")

    class Meta:
        verbose_name = "thời gian giữ chức vụ"
        constraints: ClassVar = [no_overlap("a_person_holds_an_office_once", "person", "office")]

    def __str__(self) -> str:
        return f"{self.person}: {self.office}"


class AppointmentKind(models.TextChoices):
    """What a person may do, at a unit, for a time."""

    UNIT_OFFICER = "unit_officer", "Chuyên viên của đơn vị"
    UNIT_LEADER = "unit_leader", "Lãnh đạo đơn vị"
    HEAD_OFFICER = "head_officer", "Chuyên viên giúp việc trưởng cụm, khối"
    STANDING_OFFICER = "standing_officer", "Chuyên viên cơ quan thường trực"
    COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng Thi đua – Khen thưởng"
    APPROVER = "approver", "Người phê duyệt"
    AUDITOR = "auditor", "Người kiểm tra, giám sát"
    ADMINISTRATOR = "administrator", "Quản trị hệ thống"


# Those who sign, approve or administer need a second factor besides the password (issue of the house).
SECOND_FACTOR_KINDS = (
    AppointmentKind.UNIT_LEADER,
    AppointmentKind.APPROVER,
    AppointmentKind.COUNCIL_MEMBER,
    AppointmentKind.ADMINISTRATOR,
)


@pghistory.track()
class Appointment(models.Model):
    """Quyền hạn được giao: a person may act in this way for this unit during this term, and no longer."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="cá nhân")
    kind = models.CharField("được giao", max_length=20, choices=AppointmentKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name="tại đơn vị")
    term = DateRangeField("thời hạn")

    class Meta:
        verbose_name = "quyền hạn được giao"
        constraints: ClassVar = [
            no_overlap(
                "one_appointment_of_a_kind_at_a_time",
                "person",
                "unit",
                same_text=("kind",),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}, {self.unit}"


class StandingBody(models.Model):
    """Cơ quan thường trực Hội đồng TĐKT: the unit that does the council's daily work for an authority.

    It was renamed and moved over time (Ban TĐKT, phòng of Sở Nội vụ), so it stands with dates.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="standing_bodies", verbose_name="cơ quan")
    authority = models.ForeignKey(
        Unit, models.PROTECT, related_name="served_by", verbose_name="giúp việc cho cấp"
    )
    term = DateRangeField("thời gian")

    class Meta:
        verbose_name = "cơ quan thường trực"
        constraints: ClassVar = [no_overlap("one_standing_body_at_a_time", "authority")]

    def __str__(self) -> str:
        return self.unit.name
