"""What electronic ballots ask of a person: of trustees their part of the key, of delegates card and vote.

Unlike the acts of a year these wait for one person, and for minutes; they stand on “Việc của tôi” alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State
from thidua.base.periods import local_day
from thidua.base.text import moment
from thidua.organisations.models import AppointmentKind
from thidua.voting.models import Ballot, BallotState, BoardEntry, Credential, Election, RollEntry, Trustee
from thidua.voting.modes.electronic import holders_who_shared
from thidua.voting.queries.elections import STEPS, steps_done

KEY = "voting"
VOTERS = (
    AppointmentKind.UNIT_OFFICER,
    AppointmentKind.UNIT_LEADER,
    AppointmentKind.HEAD_OFFICER,
    AppointmentKind.STANDING_OFFICER,
    AppointmentKind.COUNCIL_MEMBER,
)
KEYS_ASKED = (BallotState.SEALED, BallotState.CLOSED, BallotState.SIGNED, BallotState.VOID)


def of_person(by: Actor) -> list[Act]:
    """An act for each ballot that asks something of this very person; three cost no more queries than one."""
    if by.user is None:
        return []
    asked = [*_as_trustee(by), *_as_voter(by)]
    return [
        Act(key=KEY, title=str(ballot), due=duty.due, state=duty.state, url=duty.url, head_duties=(duty,))
        for ballot, duty in asked
    ]


def _duty(
    state: State, title: str, reason: str, address: str, ballot: Ballot, verb: str, due: date | None
) -> Duty:
    url = reverse(f"voting:{address}", args=[ballot.pk])
    return Duty(
        unit_id=0, state=state, title=f"{title}: {ballot}", reason=reason, url=url, verb=verb, due=due
    )


# --- Trustees ----------------------------------------------------------------------------------------


def _as_trustee(by: Actor) -> Iterator[tuple[Ballot, Duty]]:
    mine = list(
        Trustee.objects.filter(user=by.user, destroyed_at=None, election__ballot__state__in=KEYS_ASKED)
        .select_related("election__ballot")
        .defer("election__manifest")
    )
    elections = [one.election_id for one in mine]
    fellows = defaultdict[int, list[Trustee]](list)
    for one in Trustee.objects.filter(election__in=elections).order_by("index"):
        fellows[one.election_id].append(one)
    shared = holders_who_shared(*elections)
    for one in mine:
        duty = _key_duty(one, fellows[one.election_id], (one.election_id, one.index) in shared, by.on)
        if duty is not None:
            yield one.election.ballot, duty


def _key_duty(mine: Trustee, everybody: list[Trustee], shared: bool, on: date) -> Duty | None:
    election, ballot = mine.election, mine.election.ballot
    if ballot.state == BallotState.CLOSED:
        told = "Đã đóng hòm. Nhìn dấu trên màn chiếu, gõ lại trên máy giữ khóa."
        return None if shared else _duty(State.DOING, "Giải phiếu", told, "key", ballot, "Giải phiếu", on)
    if ballot.state in {BallotState.SIGNED, BallotState.VOID}:
        if election.eh is None:
            return None
        told = "Hết thời hạn khiếu nại thì hủy phần khóa trên máy và bản giấy trong phong bì."
        return _duty(State.LATER, "Hủy phần khóa", told, "key", ballot, "Hủy phần khóa", None)
    if election.eh is not None:
        if mine.compared_at is not None:
            return None
        told = "Cấu hình đã niêm phong. Mở trang trên máy giữ khóa, so dấu bản niêm phong với màn chiếu."
        return _duty(State.DOING, "So bản niêm phong", told, "key", ballot, "Mở trang giữ khóa", on)
    return _making(mine, everybody, ballot, on)


def _making(mine: Trustee, everybody: Iterable[Trustee], ballot: Ballot, on: date) -> Duty | None:
    done = steps_done(mine)
    behind = [one.person_name for one in everybody if steps_done(one) < done]
    if done == STEPS and not behind:
        return None
    if behind:
        told = f"Chờ {', '.join(behind)} làm phần của mình."
        return _duty(State.WAITING, "Tạo khóa", told, "key", ballot, "Mở trang giữ khóa", on)
    title, told = (
        ("Tạo phần khóa", "Anh/chị được cử giữ khóa. Mở trang trên máy của mình, bấm “Tạo khóa”.")
        if done == 0
        else ("Tiếp tục tạo khóa", "Mọi người đã đến bước này. Mở trang và giữ đến khi xong.")
    )
    return _duty(State.DOING, title, told, "key", ballot, "Mở trang giữ khóa", on)


# --- Delegates ---------------------------------------------------------------------------------------


def _as_voter(by: Actor) -> Iterator[tuple[Ballot, Duty]]:
    told: dict[int, Duty] = {}
    lines = list(_lines(by))
    own = {line.ballot_id for line in lines if line.person_name == by.name}
    for line in lines:
        named = line.person_name == by.name or line.ballot_id not in own
        if named and line.ballot_id not in told and (duty := _vote_duty(line, by)):
            told[line.ballot_id] = duty
            yield line.ballot, duty


def _lines(by: Actor) -> QuerySet[RollEntry]:
    """Lines of the person's units that have no card yet, or a card and no vote."""
    card = Credential.objects.filter(entry=OuterRef("pk"), replaced_at=None)
    vote = BoardEntry.objects.filter(voter__entry=OuterRef("pk"), type="cast")
    return (
        RollEntry.objects.filter(
            unit__in=by.units(*VOTERS),
            ballot__state__in=(BallotState.SEALED, BallotState.OPEN),
            ballot__election__isnull=False,
        )
        .annotate(has_card=Exists(card), has_voted=Exists(vote))
        .select_related("ballot__election")
        .defer("ballot__election__manifest")
        .order_by("ballot", "position")
    )


def _vote_duty(line: RollEntry, by: Actor) -> Duty | None:
    ballot, election = line.ballot, line.ballot.election
    facts = vars(line)  # what the query annotated
    if ballot.state == BallotState.SEALED:
        if facts["has_card"] or election.eh is not None:
            return None
        told = "Nhận thẻ trên máy anh/chị sẽ bỏ phiếu, hoặc lấy phiếu mã của ban kiểm phiếu."
        return _duty(State.DOING, "Nhận thẻ bỏ phiếu", told, "credential", ballot, "Nhận thẻ", by.on)
    return None if facts["has_voted"] or not facts["has_card"] else _now(ballot, election, by)


def _now(ballot: Ballot, election: Election, by: Actor) -> Duty | None:
    closes = election.closes_at
    if closes is None or closes <= by.at:
        return None
    told = f"Hòm phiếu đang mở, đóng lúc {moment(closes)}."
    return _duty(State.SOON, "Bỏ phiếu", told, "vote", ballot, "Bỏ phiếu ngay", local_day(closes))
