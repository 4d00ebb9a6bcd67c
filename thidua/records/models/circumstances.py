"""The few circumstances of a person or a unit that the standards ask for."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thidua.base.periods import no_overlap, term_text
from thidua.organisations.models import Person, Unit
from thidua.records.models.subjects import Recorded


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
