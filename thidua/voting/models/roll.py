"""Who votes, and who counts."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from thidua.organisations.models import Unit
from thidua.voting.models.ballot import Ballot
from thidua.voting.models.triggers import changed, only_while

FIXED = """
    IF EXISTS (
        SELECT 1 FROM voting_ballot
        WHERE id = OLD.ballot_id AND threshold_base = 'present' AND base_count IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'The number of those present is the base of the threshold and fixed';
    END IF;
    RETURN NEW;
"""


class RollEntry(models.Model):
    """Dòng trong danh sách cử tri: one vote, whose it is, whether they came and were given a paper.

    Nothing here leads to a choice: papers carry no mark, and choices enter the system as sums.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="roll")
    position = models.PositiveSmallIntegerField("số thứ tự")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    person_name = models.CharField("họ và tên", max_length=120, blank=True)
    office = models.CharField("chức vụ", max_length=160, blank=True)
    present = models.BooleanField("có mặt", default=False)
    received = models.BooleanField("đã nhận phiếu", default=False)

    class Meta:
        verbose_name = "cử tri"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "position"], name="a_voter_at_a_place"),
            models.CheckConstraint(
                condition=Q(received=False) | Q(present=True),
                name="only_the_present_receive_a_paper",
            ),
            models.UniqueConstraint(
                fields=["ballot", "unit", "person_name"],
                condition=~Q(person_name=""),
                name="a_person_votes_once_for_a_unit",
            ),
        ]
        triggers: ClassVar = [
            only_while(
                "sealed_with_the_roll",
                "draft",
                operation=pgtrigger.Insert | pgtrigger.Delete,
            ),
            only_while(
                "voters_do_not_change",
                "draft",
                operation=pgtrigger.Update,
                condition=changed("ballot", "position", "unit", "person_name", "office"),
            ),
            pgtrigger.Trigger(
                name="attendance_is_fixed_with_the_base",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=changed("present"),
                func=FIXED,
            ),
            only_while(
                "marks_end_with_the_count",
                "draft",
                "sealed",
                "open",
                "closed",
                operation=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}, {self.unit}" if self.person_name else str(self.unit)


class CommitteeRole(models.TextChoices):
    """Posts in the counting committee."""

    CHAIR = "chair", "Trưởng ban"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Ủy viên"


class CommitteeMember(models.Model):
    """Thành viên ban kiểm phiếu: `user` is set for those who enter the count themselves."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="committee")
    person_name = models.CharField("họ và tên", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="tài khoản",
    )
    role = models.CharField("nhiệm vụ", max_length=10, choices=CommitteeRole, default=CommitteeRole.MEMBER)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "thành viên ban kiểm phiếu"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "position"], name="a_committee_member_at_a_place"),
            models.UniqueConstraint(fields=["ballot", "user"], name="an_account_counts_once"),
            models.UniqueConstraint(
                fields=["ballot"],
                condition=Q(role="chair"),
                name="one_chair_of_the_committee",
            ),
        ]
        triggers: ClassVar = [only_while("committee_stands_at_opening", "draft", "sealed")]

    def __str__(self) -> str:
        return self.person_name
