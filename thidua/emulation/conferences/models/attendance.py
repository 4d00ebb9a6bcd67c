"""Who is invited, who is sent, who came."""

from __future__ import annotations

import secrets
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from thidua.emulation.conferences.models.conference import Conference, OfConference
from thidua.emulation.conferences.models.triggers import until_sealed
from thidua.organisations.models import Unit


class Answer(models.TextChoices):
    """What the invited unit answered."""

    WAITING = "waiting", "Chưa trả lời"
    COMES = "comes", "Cử đại biểu dự"
    DECLINES = "declines", "Không dự"


class Invitation(OfConference):
    """Thành phần mời: a unit that names its delegates, or a body from outside."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="đơn vị"
    )
    body = models.CharField("cơ quan, khách mời", max_length=200, blank=True)
    is_member = models.BooleanField("thành viên cụm, khối", default=False)
    position = models.PositiveSmallIntegerField("thứ tự")
    answer = models.CharField("trả lời", max_length=10, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "thành phần mời"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "unit"], name="a_unit_is_invited_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(body=""), name="an_invitation_names_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(answer="declines") | ~Q(note=""), name="a_unit_that_declines_says_why"
            ),
        ]
        triggers: ClassVar = [until_sealed("invitations_until_sealed")]

    def __str__(self) -> str:
        return str(self.unit) if self.unit is not None else self.body


class AttendanceRole(models.TextChoices):
    """In what capacity somebody attends."""

    DELEGATE = "delegate", "Đại biểu"
    GUEST = "guest", "Khách mời"
    CHAIR = "chair", "Chủ trì"
    SECRETARY = "secretary", "Thư ký"
    OBSERVER = "observer", "Dự thính"
    EXEMPLAR = "exemplar", "Điển hình"


class CheckIn(models.TextChoices):
    """How presence was noted."""

    LIST = "list", "Tích danh sách"
    QR = "qr", "Quét mã"


def check_in_code() -> str:
    """A code nobody guesses, short enough for a small QR."""
    return secrets.token_hex(8)


@pghistory.track()
class Attendance(OfConference):
    """Thành phần tham dự: a person expected at the conference; present once ticked or scanned.

    `head_count` is more than one where only the number of a group is known (“08 chuyên viên”).
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="attendances")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="đơn vị"
    )
    body = models.CharField("cơ quan, khách mời", max_length=200, blank=True)
    person_name = models.CharField("họ và tên", max_length=120, blank=True)
    office_name = models.CharField("chức vụ", max_length=200, blank=True)
    head_count = models.PositiveSmallIntegerField("số người", default=1)
    role = models.CharField("tư cách", max_length=10, choices=AttendanceRole, default=AttendanceRole.DELEGATE)
    is_voter = models.BooleanField("được bỏ phiếu", default=False)
    position = models.PositiveSmallIntegerField("thứ tự", default=1)
    code = models.CharField("mã điểm danh", max_length=16, unique=True, default=check_in_code)
    present_at = models.DateTimeField("có mặt lúc", null=True, blank=True)
    noted = models.CharField("điểm danh bằng", max_length=4, choices=CheckIn, blank=True)
    noted_by = models.CharField("người điểm danh", max_length=120, blank=True)

    class Meta:
        verbose_name = "đại biểu"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(unit__isnull=False) | ~Q(body="")) & (~Q(person_name="") | ~Q(office_name="")),
                name="a_delegate_is_somebody_of_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(is_voter=False) | Q(unit__isnull=False, head_count=1),
                name="a_voter_is_one_of_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(present_at__isnull=True, noted="") | (Q(present_at__isnull=False) & ~Q(noted="")),
                name="presence_says_how_it_was_noted",
            ),
            models.CheckConstraint(condition=Q(head_count__gte=1), name="somebody_attends"),
            models.UniqueConstraint(
                fields=["conference", "unit", "person_name"],
                condition=~Q(person_name=""),
                name="a_person_attends_once_for_a_unit",
            ),
        ]
        triggers: ClassVar = [until_sealed("attendance_until_sealed")]

    def __str__(self) -> str:
        return f"{self.person_name or self.office_name}, {self.body_name}"

    @property
    def body_name(self) -> str:
        """The unit, or the body from outside."""
        return str(self.unit) if self.unit is not None else self.body
