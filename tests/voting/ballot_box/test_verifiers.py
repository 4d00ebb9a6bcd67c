"""Three programs judge the same packages alike: ballot box, one-file verifier, the browser's verifier."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import pytest

from tests.voting.ballot_box.browser import ask, ask_all, of_package
from tests.voting.ballot_box.forgeries import (
    FORGERIES,
    Forgery,
    counted,
    read_receipts,
    retold,
    small,
    voted,
    weak_challenge,
    weak_factor_challenge,
)
from tests.voting.ballot_box.sound import SOUND, package_of
from tests.voting.ballot_box.world import Meeting, convene
from thidua.voting.ballot_box import ballots, checks, proofs
from thidua.voting.ballot_box.board import read_receipt
from thidua.voting.ballot_box.group import IDENTITY, ORDER, group
from thidua.voting.ballot_box.hashing import head_mark
from thidua.voting.ballot_box.package import Package
from thidua.voting.ballot_box.refusals import CODES
from tools import kiemphieu

Brought = tuple[list[bytes], list[tuple[int, str]]]


def by_python(
    package: Package, receipts: Iterable[bytes] = (), marks: Iterable[tuple[int, str]] = ()
) -> list[str]:
    """The codes of the ballot box and of the one-file verifier."""
    told, seen = [json.loads(data) for data in receipts], list(marks)
    mine = checks.verify(package, [read_receipt(data) for data in receipts], seen).code
    return [mine, by_file(package, told, seen)]


def by_file(package: Package, told: list[Any], seen: list[tuple[int, str]]) -> str:
    carried = [] if package.minutes is None else [package.minutes]
    return kiemphieu.check(package.manifest, package.board, told, seen, carried)[0]


def asked(
    package: Package, receipts: Iterable[bytes] = (), marks: Iterable[tuple[int, str]] = ()
) -> dict[str, Any]:
    told = [json.loads(data) for data in receipts]
    return of_package(package, receipts=told, marks=[{"k": k, "mark": mark} for k, mark in marks])


def judged(*packages: Package) -> list[list[str]]:
    """The codes of all three for each package."""
    browser = ask_all(asked(package) for package in packages)
    return [[*by_python(one), its["code"]] for one, its in zip(packages, browser, strict=True)]


@cache
def packages() -> dict[str, Package]:
    return {name: forgery.package for name, forgery in FORGERIES.items()}


@cache
def answers(*, weakened: bool = False) -> dict[str, str]:
    """What the browser's verifier says of every forgery, perhaps without the check that stands against it."""
    questions = [
        asked(packages()[name], forgery.receipts(), forgery.marks) | {"leave": forgery.code * weakened}
        for name, forgery in FORGERIES.items()
    ]
    return {name: answer["code"] for name, answer in zip(FORGERIES, ask_all(questions), strict=True)}


def test_all_accept_what_is_sound() -> None:
    found = judged(*(package_of(name) for name in SOUND))
    assert {name: codes for name, codes in zip(SOUND, found, strict=True) if codes != [""] * 3} == {}


def test_ciphertexts_that_cancel_each_other_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """A voter may make the sum of the own α neutral: careless of the own secret, but a sound ballot."""
    usual = ballots._randomness

    def cancelling(*told: Any) -> Any:
        scalar = usual(*told)
        flip = (b"r", 0, 1, 0)
        return lambda *at: -scalar(b"r", 0, 0, 0) % ORDER if at == flip else scalar(*at)

    meeting = small()
    monkeypatch.setattr(ballots, "_randomness", cancelling)
    ballot, _ = meeting.fill(0, [[1, 0]])
    meeting.put(0, ballot)
    alphas = [ballot[69 + 64 * at : 101 + 64 * at] for at in (0, 1)]
    assert group().add(*alphas) == IDENTITY
    assert judged(meeting.package) == [["", "", ""]]


@pytest.mark.parametrize("name", FORGERIES)
def test_all_refuse_a_forgery_by_its_own_check(name: str) -> None:
    forgery = FORGERIES[name]
    found = by_python(packages()[name], forgery.receipts(), forgery.marks)
    assert [*found, answers()[name]] == [forgery.code] * 3


def test_every_check_has_its_forgeries() -> None:
    assert {forgery.code for forgery in FORGERIES.values()} == set(CODES)


def passed_on(code: str, judge: Callable[[str, Forgery], str]) -> list[str]:
    """Forgeries of a check that nothing stops at it any more."""
    return [
        n
        for n, f in FORGERIES.items()
        if f.code == code and judge(n, f) not in CODES[: CODES.index(code) + 1]
    ]


@pytest.mark.parametrize("code", CODES)
def test_no_check_of_any_can_be_left_out(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it a forgery passes, or goes on to a later check."""
    for program in (checks, kiemphieu):  # a copy each: what is put back into a dict stands last in it
        monkeypatch.setattr(program, "CHECKS", {k: v for k, v in program.CHECKS.items() if k != code})

    def box(name: str, forgery: Forgery) -> str:
        return checks.verify(packages()[name], read_receipts(forgery), forgery.marks).code

    def file(name: str, forgery: Forgery) -> str:
        told = [json.loads(data) for data in forgery.receipts()]
        return by_file(packages()[name], told, list(forgery.marks))

    assert passed_on(code, box), "ballot_box"
    assert passed_on(code, file), "kiemphieu.py"
    assert passed_on(code, lambda name, _: answers(weakened=True)[name]), "browser"


def test_a_weak_challenge_would_let_a_huge_vote_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing commitments alone, as older systems do: the forged proof of the option holds."""
    strong = proofs.Statement.challenge

    def weak(self: proofs.Statement, commitments: list[bytes]) -> int:
        return weak_challenge(*commitments) if self.purpose == "zk-opt" else strong(self, commitments)

    forgery = FORGERIES["số khổng lồ, Fiat–Shamir yếu"]
    assert checks.verify(forgery.package).code == "V11"
    monkeypatch.setattr(proofs.Statement, "challenge", weak)
    assert checks.verify(forgery.package).code == "V12", "only the sum still refuses it"


def test_a_challenge_without_the_factor_would_let_a_wrong_share_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    forgery = FORGERIES["mảnh giải sai, băm thiếu"]
    assert checks.verify(forgery.package).code == "V17"
    monkeypatch.setattr(proofs.Factor, "challenge", weak_factor_challenge)
    assert checks.verify(forgery.package).code == "V18", "the count fails and nobody is named"


# --- Receipts, marks, two boards ------------------------------------------------------------------------


def test_receipts_and_marks_of_this_board_stand() -> None:
    meeting = voted()
    receipt = meeting.vote(0, [[0, 1]], counter=2)
    last = meeting.entries[-1]
    brought = [receipt], [(last.k, head_mark(last.head).lower())]
    assert by_python(meeting.package, *brought) == ["", ""]
    assert ask_all([asked(meeting.package, *brought)])[0]["code"] == ""


def compared(earlier: Package, later: Package) -> dict[str, Any]:
    told = {
        name: {"manifest": one.manifest.hex(), "board": one.board.hex()}
        for name, one in (("one", earlier), ("two", later))
    }
    return ask("compare", **told)


def test_two_boards_of_one_election_are_told_apart() -> None:
    one, two, other = voted(), voted(), voted(2)
    assert compared(one.package, two.package)["same"] is True
    assert "hai cuộc" in compared(one.package, other.package)["why"]
    before = one.package
    one.vote(0, [[0, 1]], counter=2)
    two.vote(1, [[1, 0]], counter=2)
    assert "hai bảng khác nhau" in compared(one.package, two.package)["why"]
    assert compared(before, one.package)["same"] is True
    assert "không còn 2 dòng cuối" in compared(one.package, before)["why"]


def test_nobody_is_accused_by_a_package_the_server_did_not_sign() -> None:
    honest, framed = voted(), voted()
    framed.keys.server = bytes(32)
    framed.vote(0, [[0, 1]], counter=2)
    honest.vote(1, [[1, 0]], counter=2)
    assert "Gói sau sai ở V08" in compared(honest.package, framed.package)["why"]


# --- A superuser of the database ------------------------------------------------------------------------


def leaves(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where single values stand."""
    parts = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return [place for key, value in parts for place in leaves(value, (*path, key))] or [path]


def other_than(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "00"
    if value and set(value) <= set("0123456789abcdef") and len(value) % 2 == 0:
        return value[:-2] + ("00" if value[-2:] != "00" else "01")
    return {"counts": "outcome", "official": "poll", "rehearsal": "official"}.get(value, value + "x")


def changed_at(told: Any, path: tuple[Any, ...]) -> bytes:
    copy = json.loads(json.dumps(told))
    inner = copy
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = other_than(inner[path[-1]])
    return json.dumps(copy, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


COLUMNS = {  # of the table of entries, with the checks that may report it
    "k": {"V01", "V07"},
    "prev": {"V07"},
    "type": {"V01"},
    "ms": {"V07"},
    "payload_hash": {"V07"},
    "head": {"V07"},
    "signature": {"V08"},
    "payload": {"V01", "V02", "V03", "V06", "V07"},  # read before the chain is
}


def test_every_column_changed_in_the_database_is_reported_by_all_alike() -> None:
    package = counted().package
    manifest, board = json.loads(package.manifest), json.loads(package.board)
    cases, allowed = [], []
    for path in leaves(manifest):
        cases.append(Package(changed_at(manifest, path), package.board))
        allowed.append({"V01", "V02", "V03"})
    for path in leaves(board):
        cases.append(Package(package.manifest, changed_at(board, path)))
        allowed.append(COLUMNS.get(path[-1], {"V01", "V03"}))
    found = judged(*cases)
    assert len(cases) > 120
    assert [codes for codes, right in zip(found, allowed, strict=True) if codes[0] not in right] == []
    assert [codes for codes in found if len(set(codes)) != 1] == []


def test_a_package_of_many_questions_is_judged_alike() -> None:
    """With own units, several thresholds, three trustees: every column of every result."""
    meeting = convene(6)
    for voter in range(6):
        meeting.vote(voter, [[1, 0, 0]])
    meeting.count(1, 3)
    payloads = [
        retold_result(meeting, **change) for change in ({}, {"trustees": [1, 2]}, {"trustees": [3, 1]})
    ]
    assert judged(*payloads) == [[""] * 3, ["V18"] * 3, ["V18"] * 3]


def retold_result(meeting: Meeting, **changes: Any) -> Package:
    from tests.voting.ballot_box.forgeries import rewritten

    copy = Meeting(meeting.manifest, meeting.keys, meeting.draw, list(meeting.entries), meeting.clock)
    return rewritten(copy, "result", lambda told: told.update(changes)).package


def test_a_poll_needs_no_trustee_but_an_election_does() -> None:
    poll = convene(6, holders=0, needed=0, kind="poll")
    for voter in range(6):
        poll.vote(voter, [[1, 0, 0]])
    poll.count()
    official = retold(convene(6, holders=0, needed=0, kind="poll"), kind="official")
    assert judged(poll.package, official.package) == [[""] * 3, ["V04"] * 3]
