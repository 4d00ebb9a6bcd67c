"""The ballot's own page, its steps, the marks in the roll, and the screen in the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused
from thidua.voting import actions, queries
from thidua.voting.models import Ballot, BallotState, Election
from thidua.voting.models.ballot import PATH
from thidua.voting.modes import mode_of
from thidua.voting.views.shared import back, seen


@dataclass(frozen=True)
class Step:
    """A step of the ballot as the stepper shows it."""

    label: str
    place: str  # done, now or next
    at: datetime | None


HOURS = 24  # of a day
ON_SCREEN = 2  # sentences about secrecy; the rest stands on everybody's own page
FEW_OPTIONS = 14  # more stand in three columns on the screen in the room
NAMES = {
    BallotState.DRAFT: "Chuẩn bị",
    BallotState.SEALED: "Chốt danh sách",
    BallotState.OPEN: "Mở bỏ phiếu",
    BallotState.CLOSED: "Đóng, kiểm phiếu",
    BallotState.COUNTED: "Có kết quả",
    BallotState.SIGNED: "Ký biên bản",
}


def steps(ballot: Ballot) -> list[Step]:
    """Where the ballot stands among its steps; a void ballot has none left."""
    if ballot.state == BallotState.VOID:
        return []
    moments = [
        None,
        ballot.sealed_at,
        ballot.opened_at,
        ballot.closed_at,
        ballot.counted_at,
        ballot.signed_at,
    ]
    reached = PATH.index(BallotState(ballot.state))
    finished = ballot.state == BallotState.SIGNED
    return [
        Step(NAMES[state], "done" if n < reached or finished else "now" if n == reached else "next", at)
        for n, (state, at) in enumerate(zip(PATH, moments, strict=True))
    ]


OBSTACLES = {
    BallotState.DRAFT: queries.obstacles_to_sealing,
    BallotState.SEALED: queries.obstacles_to_opening,
    BallotState.OPEN: queries.obstacles_to_closing,
}


def obstacles(ballot: Ballot) -> list[str]:
    """What stands in the way of the next step."""
    asked = OBSTACLES.get(BallotState(ballot.state))
    return asked(ballot) if asked else []


def shown(request: Request, ballot: Ballot) -> dict[str, Any]:
    """What the ballot's page shows."""
    by = request.actor
    return {
        "ballot": ballot,
        "steps": steps(ballot),
        "obstacles": obstacles(ballot),
        "told": queries.told_to_voters(ballot),
        "cautions": queries.cautions(ballot) if ballot.in_preparation else [],
        "roll": ballot.roll.select_related("unit"),
        "numbers": queries.roll_numbers(ballot),
        "mode": mode_of(ballot),
        "runs": queries.may_run(by, ballot),
        "counts": queries.may_count(by, ballot),
        "stands": queries.counting_stands(ballot, by),
        "marks_open": not queries.obstacles_to_marking(ballot, "present"),
        "next": queries.what_comes_next(ballot),
        "rules": queries.rules_in_words(ballot),
        **_electronic(request, ballot),
    }


def _electronic(request: Request, ballot: Ballot) -> dict[str, Any]:
    """What an electronic ballot adds: its board and who may do something on their own device."""
    election = queries.election_on(ballot) if mode_of(ballot).is_electronic else None
    if election is None:
        return {}
    return {
        "election": election,
        "votes": queries.may_vote(request.actor, ballot),
        "holds_key": queries.trustee_of(election, request.actor) is not None,
        "board": queries.board_now(election),
        "close_mark": queries.close_mark(election),
        "shares": sum(step.shared for step in queries.trustee_steps(election)),
    }


@require_safe
def ballot_page(request: Request, pk: int) -> HttpResponse:
    """Where the ballot stands, what stands in the way, the roll, the papers to print."""
    return render(request, "voting/ballot.html", shown(request, seen(request, pk)))


@require_POST
def seal(request: Request, pk: int) -> HttpResponse:
    """Freeze roll and question."""
    ballot = actions.seal_roll(ballot=seen(request, pk), by=request.actor)
    messages.success(request, "Đã chốt danh sách cử tri và phiếu bầu. Từ nay không sửa được nữa.")
    return back(ballot)


@require_POST
def open_vote(request: Request, pk: int) -> HttpResponse:
    """Begin the vote."""
    ballot = actions.open_ballot(ballot=seen(request, pk), by=request.actor)
    messages.success(request, "Đã mở bỏ phiếu.")
    return back(ballot)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """End the vote."""
    ballot = actions.close_ballot(ballot=seen(request, pk), by=request.actor)
    following = (
        "Người giữ khóa giải phiếu" if mode_of(ballot).is_electronic else "Ban kiểm phiếu nhập số liệu"
    )
    messages.success(request, f"Đã đóng bỏ phiếu. {following}.")
    return back(ballot)


@require_POST
def mark(request: Request, pk: int) -> HttpResponse:
    """Mark one voter or all: the button says “present:12:1” or “received:all:1”."""
    ballot = seen(request, pk)
    allow(request.actor, "voting.mark_roll", ballot)
    mark, who, value = _read_mark(request.POST.get("mark", ""))
    entries = list(ballot.roll.values_list("pk", flat=True)) if who == "all" else [int(who)]
    if who == "all" and mark == "received":
        entries = list(ballot.roll.filter(present=True).values_list("pk", flat=True))
    actions.mark_roll(ballot=ballot, entries=entries, mark=mark, value=value, by=request.actor)
    place = "danh-sach" if who == "all" else f"cu-tri-{who}"
    return redirect(f"{ballot.get_absolute_url()}#{place}")


def _read_mark(told: str) -> tuple[str, str, bool]:
    parts = told.split(":")
    if len(parts) != 3 or parts[2] not in {"0", "1"}:  # noqa: PLR2004  mark, who, value
        raise Refused("Không đọc được dấu vừa gửi. Anh/chị mở lại trang.")
    mark, who, value = parts
    if who != "all" and not (who.isascii() and who.isdigit() and len(who) < 19):  # noqa: PLR2004  a bigint
        raise Refused("Không có cử tri này trong danh sách.")
    return mark, who, value == "1"


@require_safe
def room(request: Request, pk: int) -> HttpResponse:
    """The screen in the room: counts only, and the result once it is agreed."""
    ballot = seen(request, pk)
    numbers = queries.roll_numbers(ballot)
    papers = mode_of(ballot).hands_out_papers
    election = queries.election_on(ballot) if mode_of(ballot).is_electronic else None
    board = queries.board_now(election) if election else None
    taken = board.cast if board else numbers.received if papers else numbers.present
    total = board.total if board else numbers.total
    return render(
        request,
        "voting/room.html",
        {
            "ballot": ballot,
            "numbers": numbers,
            "options": (options := list(ballot.options.all())),
            "is_long": len(options) > FEW_OPTIONS,
            "rule": queries.threshold_in_words(ballot),
            "base": ballot.base_count,
            "taken": taken,
            "total": total,
            "papers": papers,
            "slots": [n < taken for n in range(total)],
            "told": queries.told_to_voters(ballot),
            "outcome": queries.outcome(ballot),
            "stands": queries.counting_stands(ballot, request.actor),
            "ended": ballot.state in {BallotState.SIGNED, BallotState.VOID},
            **(_screen(request, election, board) if election else {}),
        },
    )


def _screen(request: Request, election: Election, board: queries.BoardNow | None) -> dict[str, Any]:
    """Head of the chain, time left, the picture that opens the voting page; never more than the count."""
    address = request.build_absolute_uri(reverse("voting:vote", args=[election.ballot_id]))
    steps = queries.trustee_steps(election)
    return {
        "election": election,
        "board": board,
        "program": queries.program_mark(),
        "manifest_mark": queries.manifest_mark(election),
        "close_mark": queries.close_mark(election),
        "shares": sum(step.shared for step in steps),
        "holders": len(steps),
        **_read_aloud(election, steps),
        "left": _left(request, election),
        "now_ms": int(request.actor.at.timestamp() * 1000),
        "closes_ms": int(election.closes_at.timestamp() * 1000) if election.closes_at else 0,
        "told": queries.told_to_voters(election.ballot)[:ON_SCREEN],
        "qr": segno.make(address, error="m").svg_data_uri(scale=5, border=2),
    }


def _read_aloud(election: Election, steps: list[queries.TrusteeStep]) -> dict[str, Any]:
    """Before the box opens: the key holders' marks, then every line's, to be read aloud."""
    if election.ballot.state != BallotState.SEALED:
        return {}
    lines = queries.credential_lines(election)
    issued, confirmed = (
        sum(line.credential is not None for line in lines),
        sum(line.is_confirmed for line in lines),
    )
    half = (len(lines) + 1) // 2
    told = {"issued": issued, "confirmed": confirmed}
    if election.eh is None:
        return told | {"key_steps": steps}
    return told | ({"aloud": [lines[:half], lines[half:]]} if confirmed < issued else {})


def _left(request: Request, election: Election) -> str:
    """“08:24” until the box closes; the script of the page lets it run on."""
    if election.closes_at is None:
        return "–"
    seconds = max(int((election.closes_at - request.actor.at).total_seconds()), 0)
    hours, minutes = divmod(seconds // 60, 60)
    if hours >= HOURS:
        return f"{hours // HOURS} ngày {hours % HOURS} giờ"
    shown = f"{minutes:02}:{seconds % 60:02}"
    return f"{hours:02}:{shown}" if hours else shown
