"""Two programs written apart judge the same packages alike: the ballot box and the one-file verifier."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.voting.ballot_box.world import CLOSES, Meeting, convene, question, threshold
from thidua.voting.ballot_box import checks
from thidua.voting.ballot_box.ballots import make_ballot
from thidua.voting.ballot_box.board import make_entry, read_receipt
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.hashing import h64, head_mark
from thidua.voting.ballot_box.manifest import write_manifest
from thidua.voting.ballot_box.package import Package, write_package
from thidua.voting.ballot_box.tally import aggregate_payload
from tools import kiemphieu

ROOT = Path(__file__).parents[3]
Mutant = Callable[[], Meeting]


def voted(seed: int = 1, **changes: Any) -> Meeting:
    """Six delegates chose the first of three units."""
    meeting = convene(6, [question(3, 0, 1, threshold=threshold(2, 3, 6))], seed=seed, **changes)
    for voter in range(6):
        meeting.vote(voter, [[1, 0, 0]])
    return meeting


def counted(seed: int = 1, **changes: Any) -> Meeting:
    meeting = voted(seed, **changes)
    assert meeting.count().accepted
    return meeting


def retold(meeting: Meeting, **changes: Any) -> Meeting:
    """The same meeting under another manifest, sealed anew, before anybody voted."""
    told = json.loads(meeting.manifest.data)
    other = Meeting(write_manifest(told | changes), meeting.keys, meeting.draw)
    other.post("manifest", other.manifest.data)
    return other


def rewritten(meeting: Meeting, kind: str, change: Callable[[dict[str, Any]], None]) -> Meeting:
    """One JSON entry of a kind changed, the chain after it made and signed anew by a dishonest server."""
    kept, meeting.entries = meeting.entries, []
    last = None
    done = False
    for entry in kept:
        payload = entry.content
        if entry.type == kind and not done:
            told = json.loads(payload)
            change(told)
            payload = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
            done = True
        last = make_entry(meeting.manifest, last, entry.type, payload, entry.ms, meeting.keys.server)
        meeting.entries.append(last)
    assert done
    return meeting


def resigned(meeting: Meeting, change: Callable[[bytearray], None], *, valid: bool = True) -> Meeting:
    """The first delegate's second ballot, changed, signed again (or by a stranger) and cast."""
    ballot, _ = meeting.fill(0, [[0, 1, 0]], counter=2)
    body = bytearray(ballot[:-64])
    change(body)
    seed = meeting.keys.voters[0] if valid else bytes(32)
    meeting.put(0, bytes(body) + group().sign(seed, h64("ballot-sig", bytes(body))))
    return meeting


def proof_at(place: int) -> Callable[[bytearray], None]:
    """Change the lowest byte of the scalar that stands `place` bytes after the ciphertexts."""

    def change(body: bytearray) -> None:
        body[69 + 3 * 64 + place] ^= 1

    return change


def _mended(entries: list[Any], at: int, **changes: Any) -> list[Any]:
    return [*entries[:at], replace(entries[at], **changes), *entries[at + 1 :]]


def stale_time() -> Meeting:
    meeting = voted()
    meeting.entries = _mended(meeting.entries, 3, ms=meeting.entries[3].ms + 1)
    return meeting


def forged_head() -> Meeting:
    meeting = voted()
    entry = meeting.entries[3]
    meeting.entries = _mended(meeting.entries, 3, signature=group().sign(bytes(32), entry.head))
    return meeting


def foreign_ballot() -> Meeting:
    first, second = convene(6), convene(6, title="Bỏ phiếu lần hai")
    second.put(0, first.fill(0, [[0, 1, 0]])[0])
    return second


def altered_ceremony() -> Meeting:
    meeting = convene(6)
    told = json.loads(meeting.manifest.data)["trustees"]
    return retold(meeting, trustees=told | {"commits": ["00" * 32, *told["commits"][1:]]})


def one_signature() -> Meeting:
    meeting = convene(6)
    meeting.replace(0, members=(1,))
    return meeting


def same_counter() -> Meeting:
    meeting = voted()
    meeting.vote(0, [[0, 1, 0]], counter=1)
    return meeting


def cast_after_audit() -> Meeting:
    meeting = convene(6)
    tested, _ = meeting.fill(0, [[0, 1, 0]])
    meeting.put(0, tested, "audited")
    meeting.decide(0, tested, "cast")
    return meeting


def vote_after_close() -> Meeting:
    meeting = voted()
    meeting.close()
    meeting.vote(0, [[0, 1, 0]], counter=2)
    return meeting


def late_vote() -> Meeting:
    meeting = voted()
    meeting.clock = CLOSES
    meeting.vote(0, [[0, 1, 0]], counter=2)
    return meeting


def swapped_sums(told: dict[str, Any]) -> None:
    told["sums"][0][0], told["sums"][0][1] = told["sums"][0][1], told["sums"][0][0]


def other_factor(told: dict[str, Any]) -> None:
    told["factors"][0][0] = group().base(7).hex()


def moved_vote(told: dict[str, Any]) -> None:
    told["counts"] = [[5, 1, 0]]


def other_decision(told: dict[str, Any]) -> None:
    told["decisions"] = [[True, True, False]]


G5 = group().base(5).hex()
MUTANTS: dict[str, Mutant] = {
    "V02": lambda: retold(convene(6), joint_key="ff" * 32),
    "V03": foreign_ballot,
    "V04": altered_ceremony,
    "V05": lambda: retold(convene(6), joint_key=G5),
    "V06": one_signature,
    "V07": stale_time,
    "V08": forged_head,
    "V10": lambda: resigned(voted(), lambda body: None, valid=False),
    "V11": lambda: resigned(voted(), proof_at(0)),
    "V12": lambda: resigned(voted(), proof_at(3 * 128)),
    "V13": same_counter,
    "V14": cast_after_audit,
    "V15": vote_after_close,
    "V16": lambda: rewritten(counted(), "aggregate", swapped_sums),
    "V17": lambda: rewritten(counted(), "share", other_factor),
    "V18": lambda: rewritten(counted(), "result", moved_vote),
    "V19": lambda: rewritten(counted(), "result", other_decision),
    "V20": late_vote,
}


def judged(package: Package) -> tuple[str, str]:
    """The codes of both."""
    return checks.verify(package).code, kiemphieu.check(package.manifest, package.board)[0]


def test_both_accept_what_is_sound() -> None:
    meeting = counted()
    assert judged(meeting.package) == ("", "")
    meeting.entries = [replace(e, payload=None) if e.type == "pending" else e for e in meeting.entries]
    assert judged(meeting.package) == ("", ""), "after the ballots were destroyed"
    assert judged(convene(6).package) == ("", ""), "before anybody voted"


@pytest.mark.parametrize("code", MUTANTS)
def test_both_refuse_a_forgery_by_its_own_check(code: str) -> None:
    assert judged(MUTANTS[code]().package) == (code, code)


@pytest.mark.parametrize("code", MUTANTS)
def test_no_check_can_be_left_out(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it the forgery that it stands against passes, or goes on to a later check."""
    without = {name: run for name, run in checks.CHECKS.items() if name != code}
    monkeypatch.setattr(checks, "CHECKS", without)
    report = checks.verify(MUTANTS[code]().package)
    assert report.accepted or report.code > code


def test_a_package_that_is_not_canonical_is_refused_first() -> None:
    package = counted().package
    assert judged(Package(package.manifest, package.board + b" ")) == ("V01", "V01")
    assert judged(Package(package.manifest + b"\n", package.board)) == ("V01", "V01")
    assert judged(Package(b"[]", b"{}")) == ("V01", "V01")


def test_receipts_and_marks_of_another_board_are_refused() -> None:
    meeting, other = voted(), voted(seed=2)
    receipt, foreign = meeting.vote(0, [[0, 1, 0]], counter=2), other.vote(0, [[0, 1, 0]], counter=2)
    package = meeting.package
    for data, code in ((receipt, ""), (foreign, "V09")):
        found = kiemphieu.check(package.manifest, package.board, [json.loads(data)])[0]
        assert (checks.verify(package, [read_receipt(data)]).code, found) == (code, code)
    last = meeting.entries[-1]
    for mark, code in ((head_mark(last.head), ""), ("0000-0000-0000-0000", "V09")):
        found = kiemphieu.check(package.manifest, package.board, [], [(last.k, mark)])[0]
        assert (checks.verify(package, [], [(last.k, mark)]).code, found) == (code, code)


def test_any_byte_of_a_package_changed_is_refused_alike() -> None:
    """A fixed number of seeded changes of one letter, anywhere in the two files."""
    chance, package = random.Random(20261124), counted().package
    for _ in range(40):
        files = [bytearray(package.manifest), bytearray(package.board)]
        data = files[chance.random() < 0.9]
        at = chance.randrange(len(data))
        data[at] = chance.choice([c for c in b"0123456789abcdef" if c != data[at]])
        mine, its = judged(Package(bytes(files[0]), bytes(files[1])))
        assert mine == its != "", f"{at}: {mine} {its}"


# --- As a command ---------------------------------------------------------------------------------


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The file alone, as somebody runs it who has only Python: no import from the application."""
    command = [sys.executable, "-I", "-S", str(ROOT / "tools" / "kiemphieu.py"), *words]
    return subprocess.run(command, check=False, capture_output=True, text=True)


@pytest.fixture
def package_at(tmp_path: Path) -> Callable[[Meeting, str], str]:
    def put(meeting: Meeting, name: str = "goi.zip") -> str:
        (tmp_path / name).write_bytes(write_package(meeting.package))
        return str(tmp_path / name)

    return put


def test_a_delegate_checks_the_package_at_home(package_at: Callable[..., str]) -> None:
    told = run("goi", package_at(counted()))
    assert told.returncode == 0
    assert "Qua đủ 20 kiểm tra" in told.stdout
    assert "Đơn vị 1: 6 phiếu, đạt tỷ lệ" in told.stdout
    told = run("goi", package_at(vote_after_close(), "sai.zip"))
    assert (told.returncode, "SAI ở V15" in told.stdout) == (1, True)
    assert run("goi", "không-có.zip").returncode == 2


def test_a_server_that_shows_two_boards_is_caught(package_at: Callable[..., str]) -> None:
    one, two = voted(), voted()
    assert run("so-sanh", package_at(one), package_at(two, "hai.zip")).returncode == 0
    one.vote(0, [[0, 1, 0]], counter=2)
    two.vote(1, [[0, 1, 0]], counter=2)
    told = run("so-sanh", package_at(one), package_at(two, "hai.zip"))
    assert (told.returncode, "hai bảng khác nhau" in told.stdout) == (1, True)


def test_a_delegate_audits_the_device(package_at: Callable[..., str]) -> None:
    meeting = convene(6)
    seed = meeting.keys.voters[0]
    ballot, opening = make_ballot(meeting.manifest, seed, 1, [[0, 1, 0]], draw=meeting.draw)
    where = package_at(meeting)
    assert run("kiem-may", where, ballot.hex(), opening.seed.hex(), "0 1 0").returncode == 0
    told = run("kiem-may", where, ballot.hex(), opening.seed.hex(), "1 0 0")
    assert (told.returncode, "máy đã mã hóa khác" in told.stdout) == (1, True)


def test_a_trustee_makes_the_share_away_from_the_server(
    package_at: Callable[..., str], tmp_path: Path
) -> None:
    meeting = voted()
    mark = meeting.close() and meeting.mark
    where, out = package_at(meeting), tmp_path / "manh.json"
    key = f"{meeting.keys.people[0].transport:x}"
    asked = ("manh-giai", where, "--nguoi", "1", "--khoa", key, "--ra", str(out))
    assert run(*asked, "--dau", "0000 0000 0000 0000").returncode == 1
    assert not out.exists()
    assert run(*asked, "--dau", mark.lower()).returncode == 0
    meeting.post("aggregate", aggregate_payload(meeting.ledger))
    for payload in (meeting.share(0), out.read_bytes(), meeting.share(2)):
        meeting.post("share", payload)
    meeting.post("result", meeting.result())
    assert meeting.verify().counts == ((6, 0, 0),)
