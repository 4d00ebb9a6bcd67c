"""The count: independent entries, their agreement, signatures, and who decided between equals."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thidua.voting.models.ballot import Ballot, BallotOption
from thidua.voting.models.roll import CommitteeMember
from thidua.voting.models.triggers import append_only


class CountEntry(models.Model):
    """Một lần nhập số liệu kiểm phiếu, by one member of the committee who saw no other entry.

    Entries 1 and 2 are independent; when they differ both stay, and a later one is the recount.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="entries")
    number = models.PositiveSmallIntegerField("lần")
    is_recount = models.BooleanField("kiểm lại", default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person_name = models.CharField("người nhập", max_length=120)
    at = models.DateTimeField("lúc")
    printed = models.PositiveIntegerField("in ra")
    unused = models.PositiveIntegerField("không dùng")
    issued = models.PositiveIntegerField("phát ra")
    returned = models.PositiveIntegerField("thu về")
    kept = models.PositiveIntegerField("không nộp lại")
    valid = models.PositiveIntegerField("hợp lệ")
    invalid = models.PositiveIntegerField("không hợp lệ")
    blank = models.PositiveIntegerField("trống")

    class Meta:
        verbose_name = "lần nhập số liệu kiểm phiếu"
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "number"], name="an_entry_at_a_place"),
            models.UniqueConstraint(
                fields=["ballot", "user"],
                condition=Q(is_recount=False),
                name="one_first_entry_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(is_recount=False, number__in=[1, 2]) | Q(is_recount=True, number__gt=2),
                name="two_entries_then_recounts",
            ),
            models.CheckConstraint(
                condition=Q(printed=F("issued") + F("unused"))
                & Q(issued=F("returned") + F("kept"))
                & Q(returned=F("valid") + F("invalid") + F("blank")),
                name="every_paper_is_accounted_for",
            ),
        ]
        triggers: ClassVar = [append_only()]

    def __str__(self) -> str:
        return f"Lần {self.number}, {self.person_name}"


class CountedVotes(models.Model):
    """Số phiếu của một phương án, in one entry."""

    entry = models.ForeignKey(CountEntry, models.PROTECT, related_name="votes")
    option = models.ForeignKey(BallotOption, models.PROTECT, related_name="+")
    votes = models.PositiveIntegerField("số phiếu")

    class Meta:
        verbose_name = "số phiếu của phương án"
        ordering: ClassVar = ["option__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "option"], name="votes_of_an_option_once")
        ]
        triggers: ClassVar = [append_only()]

    def __str__(self) -> str:
        return f"{self.option}: {self.votes}"


class RecountConfirmation(models.Model):
    """Xác nhận kiểm lại: the other counter puts their name to the recount."""

    entry = models.OneToOneField(CountEntry, models.PROTECT, related_name="confirmation")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person_name = models.CharField("người xác nhận", max_length=120)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "xác nhận kiểm lại"
        triggers: ClassVar = [append_only()]

    def __str__(self) -> str:
        return f"{self.person_name} xác nhận {self.entry}"


class CountSignature(models.Model):
    """Chữ ký của thành viên ban kiểm phiếu on the minutes; `on_paper` when somebody else records it."""

    member = models.OneToOneField(CommitteeMember, models.PROTECT, related_name="signature")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    on_paper = models.BooleanField("ký trên giấy", default=False)
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "chữ ký ban kiểm phiếu"
        triggers: ClassVar = [append_only()]

    def __str__(self) -> str:
        return f"{self.member}"


class TieRuling(models.Model):
    """Quyết định chọn khi hết lượt bỏ phiếu: an option chosen by whom the regulation names, and why."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="rulings")
    option = models.OneToOneField(BallotOption, models.PROTECT, related_name="ruling")
    deciders = models.CharField("người quyết định", max_length=300)
    reason = models.TextField("lý do")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "quyết định khi hết lượt bỏ phiếu"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(deciders="") & ~Q(reason=""),
                name="a_ruling_says_who_and_why",
            )
        ]
        triggers: ClassVar = [append_only()]

    def __str__(self) -> str:
        return f"{self.option}: {self.deciders}"
