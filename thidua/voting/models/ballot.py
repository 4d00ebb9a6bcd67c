"""The ballot and its options."""

from __future__ import annotations

import itertools
from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from thidua.organisations.models import Unit
from thidua.voting.counting import Question, Share
from thidua.voting.models.triggers import changed, only_while


class Mode(models.TextChoices):
    """How the votes are given."""

    PAPER = "paper", "Phiếu kín trên giấy"
    SHOW_OF_HANDS = "show_of_hands", "Biểu quyết giơ tay"
    ELECTRONIC = "electronic", "Phiếu kín điện tử (kiểm chứng được)"
    POLL = "poll", "Thăm dò không ghi tên"


class BallotState(models.TextChoices):
    """Where a ballot stands; void may be reached from any other."""

    DRAFT = "draft", "Đang chuẩn bị"
    SEALED = "sealed", "Đã chốt danh sách"
    OPEN = "open", "Đang bỏ phiếu"
    CLOSED = "closed", "Đã đóng, chờ kiểm phiếu"
    COUNTED = "counted", "Đã kiểm phiếu"
    SIGNED = "signed", "Đã ký biên bản"
    VOID = "void", "Đã hủy"


PATH = (
    BallotState.DRAFT,
    BallotState.SEALED,
    BallotState.OPEN,
    BallotState.CLOSED,
    BallotState.COUNTED,
    BallotState.SIGNED,
)
STEPS = [
    *((str(a), str(b)) for a, b in itertools.pairwise(PATH)),
    *((str(a), "void") for a in PATH),
]


class ThresholdBase(models.TextChoices):
    """Of what the threshold is a share (cluster-operations 5.3)."""

    MEMBERS = "members", "tổng số phiếu của toàn bộ thành viên"
    UNITS = "units", "tổng số đơn vị thành viên"
    PRESENT = "present", "số người có mặt bỏ phiếu"


BASE_NAMES = {"members": "thành viên", "units": "đơn vị", "present": "người có mặt"}
FROZEN = (  # what was asked and by which rules: fixed when the roll is sealed
    "mode",
    "title",
    "question",
    "choices_max",
    "seats",
    "threshold_numerator",
    "threshold_denominator",
    "threshold_strict",
    "threshold_base",
    "quorum_numerator",
    "quorum_denominator",
    "quorum_strict",
    "max_rounds",
    "round",
    "own_unit_allowed",
    "each_decided",
    "tie_break",
    "rehearses",
    "about_type",
    "about_id",
    "owner_unit",
    "held_by",
    "occasion",
)


@pghistory.track()
class Ballot(models.Model):
    """Cuộc bỏ phiếu: one question put to one roll in one way; its rules freeze with the roll.

    `about_type` and `about_id` say, in the words of the area that opened it, what it is about.
    """

    mode = models.CharField("cách bỏ phiếu", max_length=16, choices=Mode)
    title = models.CharField("tên cuộc bỏ phiếu", max_length=200)
    question = models.TextField("nội dung, cách bầu", blank=True)
    held_by = models.CharField("tổ chức bởi", max_length=200, blank=True)
    occasion = models.CharField("tại", max_length=300, blank=True)
    choices_max = models.PositiveSmallIntegerField("được chọn nhiều nhất", default=1)
    seats = models.PositiveSmallIntegerField("số cần chọn", default=1)
    threshold_numerator = models.PositiveSmallIntegerField("tỷ lệ tán thành, tử số")
    threshold_denominator = models.PositiveSmallIntegerField("mẫu số")
    threshold_strict = models.BooleanField("phải vượt quá tỷ lệ", default=False)
    threshold_base = models.CharField("tính trên", max_length=10, choices=ThresholdBase)
    base_count = models.PositiveIntegerField("số làm gốc", null=True)
    quorum_numerator = models.PositiveSmallIntegerField("số có mặt tối thiểu, tử số")
    quorum_denominator = models.PositiveSmallIntegerField("mẫu số")
    quorum_strict = models.BooleanField("phải vượt quá", default=False)
    max_rounds = models.PositiveSmallIntegerField("số lượt nhiều nhất", default=2)
    round = models.PositiveSmallIntegerField("lượt thứ", default=1)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="following",
        verbose_name="lượt trước",
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        verbose_name="làm lại cuộc đã hủy",
    )
    own_unit_allowed = models.BooleanField("được bầu cho đơn vị mình", default=True)
    each_decided = models.BooleanField("mỗi mục đạt hay không đạt riêng", default=False)
    rehearses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="rehearsals",
        verbose_name="bỏ phiếu thử cho",
    )
    tie_break = models.CharField("khi vẫn chưa chọn được", max_length=200, blank=True)

    about_type = models.CharField("việc", max_length=60)
    about_id = models.CharField("mã của việc", max_length=40)
    about_url = models.CharField("trang của việc", max_length=300, blank=True)
    owner_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="ballots_owned",
        verbose_name="đơn vị tổ chức",
    )
    managers = models.ManyToManyField(Unit, related_name="ballots_run", verbose_name="đơn vị điều hành")
    readers = models.ManyToManyField(Unit, related_name="ballots_read", verbose_name="đơn vị được xem")

    state = models.CharField("tình trạng", max_length=8, choices=BallotState, default=BallotState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    sealed_at = models.DateTimeField("chốt danh sách lúc", null=True)
    opened_at = models.DateTimeField("mở lúc", null=True)
    closed_at = models.DateTimeField("đóng lúc", null=True)
    counted_at = models.DateTimeField("kiểm xong lúc", null=True)
    signed_at = models.DateTimeField("ký biên bản lúc", null=True)
    voided_at = models.DateTimeField("hủy lúc", null=True)
    void_reason = models.CharField("lý do hủy", max_length=500, blank=True)
    agreed_entry = models.OneToOneField(
        "voting.CountEntry",
        models.PROTECT,
        null=True,
        related_name="agreed_for",
        verbose_name="số liệu đã khớp",
    )

    class Meta:
        verbose_name = "cuộc bỏ phiếu"
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["about_type", "about_id"], name="ballot_about")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(seats__gte=1, choices_max__gte=1, max_rounds__gte=1, round__gte=1)
                & Q(round__lte=F("max_rounds")),
                name="a_ballot_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(threshold_denominator__gt=0, quorum_denominator__gt=0)
                & Q(threshold_numerator__lte=F("threshold_denominator"))
                & Q(quorum_numerator__lte=F("quorum_denominator")),
                name="ballot_shares_are_at_most_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(round=1, previous__isnull=True) | Q(round__gt=1, previous__isnull=False),
                name="a_later_round_follows_one",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["counted", "signed"])
                | Q(agreed_entry__isnull=False, base_count__isnull=False),
                name="a_counted_ballot_has_an_agreed_count",
            ),
            models.CheckConstraint(
                condition=~Q(state="void") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="a_void_ballot_says_why",
            ),
            models.UniqueConstraint(fields=["previous"], condition=~Q(state="void"), name="one_next_round"),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="states_in_order", field="state", transitions=STEPS),
            pgtrigger.Protect(
                name="question_frozen",
                operation=pgtrigger.Update,
                condition=changed(*FROZEN) & ~pgtrigger.Q(old__state="draft"),
            ),
            pgtrigger.Protect(
                name="result_frozen",
                operation=pgtrigger.Update,
                condition=(changed("base_count") & pgtrigger.Q(old__base_count__isnull=False))
                | (changed("agreed_entry") & pgtrigger.Q(old__agreed_entry__isnull=False)),
            ),
            pgtrigger.Protect(
                name="kept_once_sealed",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (lượt {self.round})" if self.round > 1 else self.title

    def get_absolute_url(self) -> str:
        """The ballot's own page."""
        return reverse("voting:ballot", args=[self.pk])

    @property
    def unit_id(self) -> int:
        """The unit the audit log files the ballot under."""
        return self.owner_unit_id

    @property
    def threshold(self) -> Share:
        """The share of the base that chooses."""
        return Share(self.threshold_numerator, self.threshold_denominator, self.threshold_strict)

    @property
    def quorum(self) -> Share:
        """The share of the roll that must be present."""
        return Share(self.quorum_numerator, self.quorum_denominator, self.quorum_strict)

    @property
    def in_preparation(self) -> bool:
        """Committee and, in a draft, everything else may still change."""
        return self.state in {BallotState.DRAFT, BallotState.SEALED}

    @property
    def is_votable(self) -> bool:
        """The roll is sealed and the box not closed: votes are taken, or will be."""
        return self.state in {BallotState.SEALED, BallotState.OPEN}

    @property
    def has_result(self) -> bool:
        """The count is agreed and may be shown."""
        return self.state in {BallotState.COUNTED, BallotState.SIGNED}

    def asked(self, base: int) -> Question:
        """The question with its frozen rules, over this base, for the counting."""
        return Question(
            seats=self.seats,
            threshold=self.threshold,
            base=base,
            base_name=BASE_NAMES[self.threshold_base],
            unit="lượt tán thành" if self.mode == Mode.SHOW_OF_HANDS else "phiếu",
            each_decided=self.each_decided,
            round=self.round,
            max_rounds=self.max_rounds,
            tie_break=self.tie_break,
        )


class BallotOption(models.Model):
    """Phương án: what may be chosen, a unit or words."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="options")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    label = models.CharField("ghi trên phiếu", max_length=200)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "phương án"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ballot", "position"], name="an_option_at_a_place"),
            models.UniqueConstraint(fields=["ballot", "label"], name="an_option_once"),
            models.UniqueConstraint(fields=["ballot", "unit"], name="a_unit_stands_once"),
        ]
        triggers: ClassVar = [only_while("frozen_with_the_roll", "draft")]

    def __str__(self) -> str:
        return self.label
