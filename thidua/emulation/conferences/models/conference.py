"""The conference: what it is, when and where, who chairs it, in which order it goes."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from thidua.base.files.models import StoredFile
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.conferences.models.triggers import until_sealed
from thidua.organisations.models import Unit


class ConferenceKind(models.TextChoices):
    """Kinds met in the field (cluster-operations 6); congress and exemplar meet at any level."""

    COVENANT = "covenant", "Hội nghị ký giao ước"
    MID_YEAR = "mid_year", "Hội nghị sơ kết"
    YEAR_END = "year_end", "Hội nghị tổng kết"
    CROSS_CHECK = "cross_check", "Kiểm tra chéo"
    THEMATIC = "thematic", "Hội nghị, sinh hoạt chuyên đề"
    CONGRESS = "congress", "Đại hội thi đua yêu nước"
    EXEMPLAR = "exemplar", "Hội nghị điển hình tiên tiến"


class ConferenceState(models.TextChoices):
    """Where a conference stands. Its minutes are sealed last."""

    PLANNED = "planned", "Đang chuẩn bị"
    INVITED = "invited", "Đã gửi giấy mời"
    RUNNING = "running", "Đang họp"
    ENDED = "ended", "Đã kết thúc"
    SEALED = "sealed", "Đã chốt biên bản"


class DayPart(models.TextChoices):
    """The part of the day, as reports tell it."""

    MORNING = "morning", "Sáng"
    AFTERNOON = "afternoon", "Chiều"
    WHOLE_DAY = "whole_day", "Cả ngày"


STEPS = [
    ("planned", "invited"),
    ("planned", "running"),
    ("invited", "running"),
    ("running", "ended"),
    ("ended", "running"),
    ("ended", "sealed"),
]
MARKS = {"planned": "later", "invited": "waiting", "running": "doing", "ended": "doing", "sealed": "done"}
TOLD_IN_MINUTES = ("kind", "title", "period", "day", "day_part", "starts_at", "place", "host_unit", "online")


def changed(*names: str) -> pgtrigger.Q:
    """Any of these columns is different in the new row."""
    one_each = (pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")}) for name in names)
    return reduce(or_, one_each)


@pghistory.track()
class Conference(models.Model):
    """Hội nghị: of a cluster's year, or of a unit that holds a congress outside any cluster.

    The host need not be the head, the year assessed need not be the year it meets in, and a report of
    it may be published days later.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="conferences")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="conferences", verbose_name="đơn vị tổ chức"
    )
    kind = models.CharField("loại", max_length=12, choices=ConferenceKind)
    title = models.CharField("tên hội nghị", max_length=250)
    period = models.CharField(
        "thời kỳ được đánh giá", max_length=80, blank=True, help_text="6 tháng đầu năm 2020, hoặc năm 2019."
    )
    day = models.DateField("ngày họp")
    day_part = models.CharField("buổi", max_length=10, choices=DayPart, default=DayPart.MORNING)
    starts_at = models.TimeField("giờ khai mạc", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=250, blank=True)
    online = models.BooleanField("họp trực tuyến", default=False)
    host_unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences_hosted",
        verbose_name="đơn vị đăng cai",
        help_text="Có thể khác đơn vị trưởng cụm, khối.",
    )
    state = models.CharField(
        "tình trạng", max_length=8, choices=ConferenceState, default=ConferenceState.PLANNED
    )
    plan = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kế hoạch tổ chức"
    )
    plan_symbol = models.CharField(
        "số, ký hiệu kế hoạch", max_length=60, blank=True, help_text="Ví dụ 348/KH-UBND ngày 02/10/2019."
    )
    invitation_paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="giấy mời"
    )
    published_on = models.DateField("ngày đăng tin", null=True, blank=True)
    source = models.CharField("nguồn tin", max_length=250, blank=True)
    invited_at = models.DateTimeField("gửi giấy mời lúc", null=True, blank=True)
    started_at = models.DateTimeField("khai mạc lúc", null=True, blank=True)
    ended_at = models.DateTimeField("bế mạc lúc", null=True, blank=True)
    sealed_at = models.DateTimeField("chốt biên bản lúc", null=True, blank=True)
    is_demonstration = models.BooleanField("số liệu minh họa", default=False)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "hội nghị"
        ordering: ClassVar = ["-day", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(cycle__isnull=True) ^ Q(unit__isnull=True), name="a_conference_has_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("day")),
                name="a_conference_is_told_of_after_it_met",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ended", "sealed"])
                | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
                name="an_ended_conference_began",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(name="conference_states_in_order", field="state", transitions=STEPS),
            pgtrigger.Protect(
                name="sealed_facts_are_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="sealed")
                & changed("cycle", "unit", "started_at", "ended_at", *TOLD_IN_MINUTES),
            ),
            pgtrigger.Protect(
                name="a_held_conference_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["running", "ended", "sealed"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def page(self, name: str, /, **more: Any) -> str:
        """The address of one of its pages, under the cluster's year or on its own."""
        where = {"pk": self.pk, **more}
        if self.cycle is not None:
            where |= {"cluster": self.cycle.cluster.address, "cycle": self.cycle.address}
        return reverse(f"conferences:{name}", kwargs=where)

    @property
    def owner_name(self) -> str:
        """Whose conference it is."""
        return self.cycle.cluster.name if self.cycle is not None else str(self.unit)

    @property
    def mark(self) -> str:
        """The state mark of the page's parts that tells where it stands."""
        return MARKS[self.state]

    @property
    def is_sealed(self) -> bool:
        """Nothing of it changes any more."""
        return self.state == ConferenceState.SEALED


class OfConference(models.Model):
    """A row that belongs to a conference; the log files it under the conference's year."""

    class Meta:
        abstract = True

    @property
    def cycle_id(self) -> int | None:
        """The year of the conference."""
        found: int | None = self.conference.cycle_id  # type: ignore[attr-defined]
        return found


class Chair(OfConference):
    """Người chủ trì: there may be several, of member units or of bodies from outside."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="chairs")
    position = models.PositiveSmallIntegerField("thứ tự")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị"
    )
    body = models.CharField("cơ quan", max_length=200, blank=True)
    person_name = models.CharField("họ và tên", max_length=120, blank=True)
    office_name = models.CharField("chức vụ", max_length=200)

    class Meta:
        verbose_name = "người chủ trì"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conference", "position"], name="a_chair_at_a_place")
        ]
        triggers: ClassVar = [until_sealed("chairs_until_sealed")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.person_name, self.office_name) if part)

    @property
    def body_name(self) -> str:
        """The unit, or the body from outside."""
        return str(self.unit) if self.unit is not None else self.body


class ItemKind(models.TextChoices):
    """Acts of a conference (cluster-operations 6)."""

    OPENING = "opening", "Khai mạc, giới thiệu đại biểu"
    REPORT = "report", "Báo cáo"
    DISCUSSION = "discussion", "Thảo luận, tham luận"
    BALLOT = "ballot", "Suy tôn đơn vị dẫn đầu"
    HEAD_BALLOT = "head_ballot", "Chọn trưởng, phó năm sau"
    COVENANT = "covenant", "Ký giao ước thi đua"
    HANDOVER = "handover", "Bàn giao trưởng cụm, khối"
    LAUNCH = "launch", "Phát động phong trào"
    RECOGNITION = "recognition", "Biểu dương, khen thưởng"
    SPEECH = "speech", "Phát biểu chỉ đạo"
    ADOPT_REGULATION = "adopt_regulation", "Thông qua quy chế"
    CLOSING = "closing", "Kết luận, bế mạc"
    OTHER = "other", "Nội dung khác"


BALLOT_KINDS = (ItemKind.BALLOT, ItemKind.HEAD_BALLOT)


class AgendaItem(OfConference):
    """Nội dung chương trình: one act of the conference, and what happened in it."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("loại", max_length=16, choices=ItemKind, default=ItemKind.OTHER)
    title = models.CharField("nội dung", max_length=250)
    presenter = models.CharField("người trình bày, điều hành", max_length=200, blank=True)
    notes = models.TextField("diễn biến", blank=True)
    started_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    ended_at = models.DateTimeField("xong lúc", null=True, blank=True)
    about_type = models.CharField("của loại", max_length=60, blank=True)
    about_id = models.CharField("của đối tượng", max_length=40, blank=True)

    class Meta:
        verbose_name = "nội dung chương trình"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conference", "position"],
                name="an_item_at_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="an_item_ends_after_it_starts",
            ),
        ]
        triggers: ClassVar = [until_sealed("items_until_sealed")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        """Going on now."""
        return self.started_at is not None and self.ended_at is None

    @property
    def is_ballot(self) -> bool:
        """Chooses somebody."""
        return self.kind in BALLOT_KINDS


class Handout(OfConference):
    """Tài liệu phát trước: a file, or a paper of the register."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="handouts")
    position = models.PositiveSmallIntegerField("thứ tự")
    title = models.CharField("tên tài liệu", max_length=250)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tệp"
    )
    paper = models.ForeignKey(
        Paper, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )

    class Meta:
        verbose_name = "tài liệu hội nghị"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | Q(paper__isnull=False), name="a_handout_can_be_read"
            )
        ]
        triggers: ClassVar = [until_sealed("handouts_until_sealed")]

    def __str__(self) -> str:
        return self.title
