"""Who came, whether they are enough, and who votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Membership, Regulation
from thidua.emulation.clusters.queries import MEMBER_KINDS, members_now, regulation_of
from thidua.emulation.conferences.models import Attendance, Conference, Invitation
from thidua.emulation.conferences.queries.conferences import visible_conferences
from thidua.organisations.models import Unit
from thidua.voting.counting import Share, needed, share_text

Voter = tuple[Unit, str, str]  # unit, full name (may be empty), office


def visible_attendances(by: Actor) -> QuerySet[Attendance]:
    """Delegates of the conferences one sees, and those of one's own unit anywhere."""
    return Attendance.objects.select_related("conference__cycle__cluster", "conference__unit", "unit").filter(
        Q(conference__in=visible_conferences(by)) | Q(unit__in=by.units(*MEMBER_KINDS))
    )


@dataclass(frozen=True)
class AttendanceLine:
    """An invitation with those who come for it."""

    invitation: Invitation | None
    people: list[Attendance]

    @property
    def present(self) -> int:
        """How many of them are there."""
        return sum(one.head_count for one in self.people if one.present_at)

    @property
    def expected(self) -> int:
        """How many were named."""
        return sum(one.head_count for one in self.people)


def attendance_lines(conference: Conference) -> list[AttendanceLine]:
    """Everybody expected, grouped by invitation in its order, in two queries; the uninvited come last."""
    invitations = list(conference.invitations.select_related("unit"))
    people = conference.attendances.select_related("unit")
    groups: dict[tuple[int | None, str], list[Attendance]] = defaultdict(list)
    for one in people:
        groups[(one.unit_id, "" if one.unit_id else one.body)].append(one)
    lines = [AttendanceLine(i, groups.pop((i.unit_id, "" if i.unit_id else i.body), [])) for i in invitations]
    return lines + [AttendanceLine(None, rest) for rest in groups.values()]


@dataclass(frozen=True)
class Quorum:
    """Số có mặt tối thiểu, with its sum."""

    present: int
    entitled: int
    least: int
    units: int
    share: Share

    @property
    def reached(self) -> bool:
        """Enough are present to vote."""
        return self.present >= self.least

    @property
    def sentence(self) -> str:
        """The sum in words: “Có mặt 9/11 đại biểu được bỏ phiếu của 11 đơn vị, cần từ 8 (2/3 của 11): đủ”."""
        word = "đủ" if self.reached else f"còn thiếu {self.least - self.present}"
        return (
            f"Có mặt {self.present}/{self.entitled} đại biểu được bỏ phiếu của {self.units} đơn vị,"
            f" cần từ {self.least} ({share_text(self.share)} của {self.entitled}): {word}."
        )


def regulation_for(conference: Conference) -> Regulation | None:
    """The regulation in force on the day of the conference."""
    return regulation_of(conference.cycle, conference.day) if conference.cycle is not None else None


def quorum_of(conference: Conference, people: Sequence[Attendance]) -> Quorum | None:
    """Whether enough of those who may vote are there; None without a cluster or its regulation.

    Everybody entitled counts, absent or not: votes of each member by the regulation, and one of the
    standing body where it votes.
    """
    regulation = regulation_for(conference)
    if regulation is None or conference.cycle is None:
        return None
    voters = roll_of(conference, regulation, people)
    here = {(one.unit_id, one.person_name) for one in people if one.is_voter and one.present_at}
    share = Share(regulation.quorum_numerator, regulation.quorum_denominator)
    return Quorum(
        present=sum((unit.pk, name) in here for unit, name, _ in voters if name),
        entitled=len(voters),
        least=max(needed(share, len(voters)), 1),
        units=len({unit.pk for unit, _, _ in voters}),
        share=share,
    )


def roll_of(conference: Conference, regulation: Regulation, people: Sequence[Attendance]) -> list[Voter]:
    """Everybody entitled to vote: each member's delegates, and empty lines for the votes not yet named."""
    cycle = conference.cycle
    if cycle is None:
        return []
    named: dict[int, list[Attendance]] = defaultdict(list)
    for one in people:
        if one.is_voter and one.unit_id:
            named[one.unit_id].append(one)
    units = [(m.unit, regulation.votes_per_unit) for m in _members(conference)]
    body = cycle.cluster.standing_body
    if regulation.standing_body_votes and body is not None:
        units.append((body.unit, 1))
    return [voter for unit, votes in units for voter in _voters(unit, votes, named[unit.pk])]


def _members(conference: Conference) -> list[Membership]:
    return members_now(conference.cycle, conference.day) if conference.cycle is not None else []


def _voters(unit: Unit, votes: int, named: Sequence[Attendance]) -> list[Voter]:
    sent = [(unit, one.person_name, one.office_name) for one in named[:votes]]
    return [*sent, *[(unit, "", "")] * (votes - len(sent))]
