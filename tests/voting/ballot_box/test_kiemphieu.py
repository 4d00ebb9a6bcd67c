"""The one-file verifier as a command, run as somebody does who has only Python."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.voting.ballot_box.browser import ask
from tests.voting.ballot_box.forgeries import vote_after_close
from tests.voting.ballot_box.world import Meeting, convene, question, threshold
from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.ballots import make_ballot
from thidua.voting.ballot_box.package import write_package
from thidua.voting.ballot_box.tally import aggregate_payload

ROOT = Path(__file__).parents[3]


def voted() -> Meeting:
    """Six delegates chose the first of three units."""
    meeting = convene(6, [question(3, 0, 1, threshold=threshold(2, 3, 6))])
    for voter in range(6):
        meeting.vote(voter, [[1, 0, 0]])
    return meeting


def counted() -> Meeting:
    meeting = voted()
    assert meeting.count().accepted
    return meeting


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the tool remembers between two runs stays with the test."""
    monkeypatch.setenv("HOME", str(tmp_path))


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
    assert "Dấu bản niêm phong: " in told.stdout
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


def test_lines_that_vanished_are_noticed_and_nobody_is_framed(package_at: Callable[..., str]) -> None:
    meeting, framed = voted(), voted()
    before = package_at(meeting, "truoc.zip")
    meeting.vote(0, [[0, 1, 0]], counter=2)
    after = package_at(meeting, "sau.zip")
    assert run("so-sanh", before, after).returncode == 0
    told = run("so-sanh", after, before)
    assert (told.returncode, "không còn 2 dòng cuối" in told.stdout) == (1, True)
    framed.keys.server = bytes(32)
    framed.vote(1, [[0, 1, 0]], counter=2)
    told = run("so-sanh", after, package_at(framed, "gia.zip"))
    assert (told.returncode, "SAI ở V08" in told.stdout) == (1, True)


def test_the_minutes_of_another_count_are_refused(package_at: Callable[..., str], tmp_path: Path) -> None:
    meeting, paper = counted(), tmp_path / "bien-ban.pdf"
    paper.write_bytes(b"%PDF-1.7 bien ban")
    meeting.minute(paper.read_bytes())
    where = package_at(meeting)
    assert "không kèm trong gói" in run("goi", where).stdout
    assert "đúng biên bản ghi trên bảng" in run("goi", where, "--bien-ban", str(paper)).stdout
    paper.write_bytes(b"%PDF-1.7 bien ban khac")
    told = run("goi", where, "--bien-ban", str(paper))
    assert (told.returncode, "SAI ở V09" in told.stdout) == (1, True)


def test_a_delegate_audits_the_device(package_at: Callable[..., str]) -> None:
    meeting = convene(6)
    seed = meeting.keys.voters[0]
    ballot, opening = make_ballot(meeting.manifest, seed, 1, [[0, 1, 0]], draw=meeting.draw)
    where = package_at(meeting)
    assert run("kiem-may", where, ballot.hex(), opening.seed.hex(), "0 1 0").returncode == 0
    told = run("kiem-may", where, ballot.hex(), opening.seed.hex(), "1 0 0")
    assert (told.returncode, "máy đã mã hóa khác" in told.stdout) == (1, True)


def test_what_the_device_shows_as_a_picture_is_enough(package_at: Callable[..., str], tmp_path: Path) -> None:
    meeting = convene(6)
    ballot, opening = meeting.fill(0, [[0, 1, 0]])
    meeting.put(0, ballot, "audited")
    told = {"manifest": meeting.manifest.data.hex(), "ballot": ballot.hex(), "seed": opening.seed.hex()}
    where, shown = package_at(meeting), tmp_path / "phieu-thu.json"
    for choices, right in (([[0, 1, 0]], True), ([[1, 0, 0]], False)):
        shown.write_text(ask("opening", **told, choices=choices)["text"], encoding="utf-8")
        found = run("kiem-may", where, str(shown))
        assert (found.returncode, found.stdout.startswith("ĐÚNG")) == (int(not right), right)
    assert run("kiem-may", package_at(voted(), "khac.zip"), str(shown)).returncode == 2
    for rows in ([[0, 1, 0], []], [[0, 1], [0]]):
        shown.write_text(told_with(shown, choices=rows), encoding="utf-8")
        assert "đủ chỗ" in run("kiem-may", where, str(shown)).stderr


def told_with(shown: Path, **changes: object) -> str:
    return canonical.write(json.loads(shown.read_text(encoding="utf-8")) | changes).decode()


@pytest.mark.parametrize(
    ("decided", "words"),
    [("audited", "phiếu này không được bỏ"), ("cast", "ĐÃ BỎ"), (None, "chưa ghi phiếu này là kiểm tra")],
)
def test_an_opened_ballot_is_told_what_became_of_it(
    decided: str | None, words: str, package_at: Callable[..., str], tmp_path: Path
) -> None:
    """Right encryption is not all: an opened ballot that was cast shows somebody's choice."""
    meeting, shown = convene(6), tmp_path / "phieu-thu.json"
    ballot, opening = meeting.fill(0, [[0, 1, 0]])
    meeting.post("pending", ballot)
    if decided:
        meeting.decide(0, ballot, decided)
    told = {"manifest": meeting.manifest.data.hex(), "ballot": ballot.hex(), "seed": opening.seed.hex()}
    shown.write_text(ask("opening", **told, choices=[[0, 1, 0]])["text"], encoding="utf-8")
    found = run("kiem-may", package_at(meeting), str(shown))
    assert (found.returncode, words in found.stdout) == (0, True)


def test_a_mark_of_a_line_that_is_not_there_is_no_mark(package_at: Callable[..., str]) -> None:
    for mark in ("99=", "-1=", "0=0000"):
        told = run("goi", package_at(voted()), f"--dau={mark}")
        assert (told.returncode, "SAI ở V09" in told.stdout) == (1, True)


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
    again = voted()
    again.vote(0, [[0, 1, 0]], counter=2)
    again.close()
    second = ("manh-giai", package_at(again, "lan-hai.zip"), *asked[2:-1], str(tmp_path / "hai.json"))
    told = run(*second, "--dau", again.mark)
    assert (told.returncode, "một lần đóng phiếu khác" in told.stdout) == (1, True)
    meeting.post("aggregate", aggregate_payload(meeting.ledger))
    for payload in (meeting.share(0), out.read_bytes(), meeting.share(2)):
        meeting.post("share", payload)
    meeting.post("result", meeting.result())
    assert meeting.verify().counts == ((6, 0, 0),)
    meeting.post("void", canonical.write({"reason": "bầu lại"}))
    told = run("manh-giai", package_at(meeting), *asked[2:], "--dau", mark)
    assert (told.returncode, "đã bị hủy" in told.stdout) == (1, True)
