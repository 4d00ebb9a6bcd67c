"""Cross-checking by teams: who sits in which team, which units it visits, and the minutes of a visit."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models

from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.models.sheets import ScoreSheet
from thidua.emulation.scoring.models.tables import Scorecard
from thidua.organisations.models import Unit


class Seat(models.Model):
    """A member's place in a cross-check team (tổ kiểm tra, chấm chéo), by the team's number."""

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="seats")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cross_check_seats")
    team = models.PositiveSmallIntegerField("tổ")

    class Meta:
        verbose_name = "thành viên tổ chấm chéo"
        ordering: ClassVar = ["team", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scorecard", "unit"], name="a_unit_sits_in_one_team"),
            models.CheckConstraint(condition=models.Q(team__gte=1), name="teams_are_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"Tổ {self.team}: {self.unit}"


@pghistory.track()
class Visit(models.Model):
    """Lịch kiểm tra chéo một đơn vị, và biên bản khi đã kiểm tra."""

    sheet = models.OneToOneField(ScoreSheet, models.PROTECT, related_name="visit")
    team = models.PositiveSmallIntegerField("tổ kiểm tra")
    on = models.DateField("ngày kiểm tra", null=True, blank=True)
    place = models.CharField("nơi kiểm tra", max_length=300, blank=True)
    present = models.TextField("thành phần", max_length=2000, blank=True)
    findings = models.TextField("nội dung, kết quả kiểm tra", max_length=8000, blank=True)
    recorded_at = models.DateTimeField("lập biên bản lúc", null=True, blank=True)
    recorded_by = models.CharField("người lập", max_length=120, blank=True)

    class Meta:
        verbose_name = "lịch kiểm tra chéo"
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(recorded_at__isnull=True)
                | (~models.Q(findings="") & ~models.Q(present="") & models.Q(on__isnull=False)),
                name="minutes_say_when_who_and_what",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="recorded_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__recorded_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Kiểm tra chéo {self.sheet.unit}"

    @property
    def cycle(self) -> Cycle:
        """The year scored."""
        return self.sheet.scorecard.cycle

    @property
    def cycle_id(self) -> int:
        """Files its audit entries under the year."""
        return self.sheet.scorecard.cycle_id
