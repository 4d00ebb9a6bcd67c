"""What the package carries beside the board: signed minutes, those present, the time stamp of the close."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from tests.story import Story
from tests.voting import devices
from tests.voting.ballot_box.authority import Authority
from tests.voting.world import closed, counted, half_counted, opened, ready_to_open
from thidua.base.audit.refusals import Refused
from thidua.voting import actions, queries
from thidua.voting.ballot_box import timestamps
from thidua.voting.ballot_box.checks import verify
from thidua.voting.ballot_box.package import Package
from thidua.voting.counting import Share
from thidua.voting.jobs import stamp_close
from thidua.voting.models import Ballot, BoardEntry, CloseStamp, SealedMinutes
from thidua.voting.modes import mode_of
from thidua.voting.modes.writing import package_of
from tools import kiemphieu


def signed(year: Story, **changed: Any) -> Ballot:
    """Counted, and the minutes signed by all three."""
    ballot = counted(year, **{"mode": "electronic", **changed})
    for member in ballot.committee.select_related("user"):
        actions.sign_count(ballot=ballot, member=member, by=year.actor(member.user.username))
    ballot.refresh_from_db()
    return ballot


def package(ballot: Ballot) -> Package:
    return package_of(devices.election_of(ballot))


# --- Minutes -----------------------------------------------------------------------------------------


def test_the_package_proves_which_minutes_belong_to_it(
    year: Story, as_user: Callable[..., Client], tmp_path: Path
) -> None:
    ballot = signed(year)
    found = package(ballot)
    assert found.minutes is not None
    assert (verify(found).accepted, BoardEntry.objects.last().type) == (True, "minutes")  # type: ignore[union-attr]
    printed = as_user("an").get(reverse("voting:print", args=[ballot.pk, "bien-ban", "pdf"])).content
    assert printed == found.minutes, "what is printed is the file that was sealed"
    told = as_user("an").get(reverse("voting:package", args=[ballot.pk])).content
    (tmp_path / "goi.zip").write_bytes(told)
    manifest, board, carried = kiemphieu.load(str(tmp_path / "goi.zip"))
    assert carried == [printed]
    assert kiemphieu.check(manifest, board, minutes=[printed + b" "])[0] == "V09"


def test_the_minutes_name_the_heads_the_trustees_and_the_checks_of_devices(year: Story) -> None:
    ballot = signed(year)
    told = " ".join(mode_of(ballot).how_counted(ballot))
    for words in ("lúc niêm phong", "lúc đóng hòm", "lúc có kết quả", "2 trong 3 người", "kiểm tra máy: 0"):
        assert words in told


def test_minutes_in_the_room_have_no_board_and_stay_as_they_were(year: Story) -> None:
    signed(year, mode="paper")
    assert SealedMinutes.objects.count() == 0


def test_sealed_minutes_do_not_change(year: Story) -> None:
    signed(year)
    for sql in ("UPDATE voting_sealedminutes SET file = 'x'", "DELETE FROM voting_sealedminutes"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


# --- Those present -----------------------------------------------------------------------------------


def of_the_present(year: Story, voting: int, present: int, **changed: Any) -> Ballot:
    """More than half of those present; so many came, so many of them vote for the first option."""
    told = {"mode": "electronic", "threshold": Share(1, 2, True), "threshold_base": "present"}
    ballot = ready_to_open(year, quorum=Share(1, 2), **told | changed)
    absent = list(ballot.roll.values_list("pk", flat=True))[present:]
    binh = year.actor("binh")
    actions.mark_roll(ballot=ballot, entries=absent, mark="present", value=False, by=binh)
    ballot = actions.open_ballot(ballot=ballot, by=binh)
    for entry in list(ballot.roll.all())[:voting]:
        devices.vote(year, ballot, entry, 0)
    return actions.close_ballot(ballot=ballot, by=binh)


def test_the_number_present_is_fixed_on_the_board_before_anything_is_opened(year: Story) -> None:
    ballot = of_the_present(year, voting=6, present=9)
    binh = year.actor("binh")
    assert ballot.base_count == 9
    entries = list(ballot.roll.values_list("pk", flat=True))
    with pytest.raises(Refused, match="số có mặt đã ghi trên bảng kê"):
        actions.mark_roll(ballot=ballot, entries=entries, mark="present", value=True, by=binh)
    with pytest.raises(DatabaseError), transaction.atomic():
        ballot.roll.update(present=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(base_count=11)
    for name in ("an", "dung"):
        devices.give_share(year, ballot, name)
    ballot.refresh_from_db()
    found = queries.outcome(ballot)
    assert found is not None
    assert found.lines[0].sum == "6/9 phiếu = 66,7%, cần từ 5 phiếu (trên 50% của 9)"
    report = verify(package(ballot))
    assert (report.accepted, report.counts) == (True, ((6, 0, 0),))
    told = BoardEntry.objects.get(type="result").payload
    assert told is not None
    assert b'"decisions":[[true,false,false]]' in bytes(told)


def test_who_votes_from_afar_is_present(year: Story) -> None:
    ballot = of_the_present(year, voting=8, present=6)
    assert (ballot.base_count, ballot.roll.filter(present=True).count()) == (8, 8)


# --- Words the board does not take -------------------------------------------------------------------


def test_an_odd_letter_spoils_no_board(year: Story) -> None:
    with pytest.raises(Refused, match="ký tự không dùng được"):
        opened(year, mode="electronic", title="Suy tôn 🏆 năm 2019")
    ballot = opened(year, mode="electronic", title="Suy to\u0302n đơn vị")  # typed letter by letter
    actions.void_ballot(ballot=ballot, reason="Mất điện 😀\r\nBỏ lại\tsau", by=year.actor("binh"))
    assert verify(package(ballot)).stage == "void"
    told = BoardEntry.objects.get(type="void").payload
    assert told is not None
    assert "Mất điện □\\nBỏ lại sau".encode() in bytes(told)


def test_ballots_of_a_void_vote_are_destroyed_too(year: Story) -> None:
    ballot = half_counted(year, mode="electronic")
    actions.void_ballot(ballot=ballot, reason="Bầu lại", by=year.actor("binh"))
    actions.purge_ballots(ballot=ballot, by=year.actor("binh"))
    report = verify(package(ballot))
    assert (report.accepted, report.stage, report.partial) == (True, "void", True)


# --- Time stamps -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def address(authority: Authority, settings: Any) -> Iterator[str]:
    """The authority behind an address of this machine, named in the settings."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            reply = authority.reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *words: object) -> None:
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.BALLOT_TSA = f"http://127.0.0.1:{server.server_port}/"
    settings.BALLOT_TSA_CA = str(authority.root)
    yield settings.BALLOT_TSA
    server.shutdown()
    server.server_close()


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%%stamp_close'")
        return int(cursor.fetchone()[0])  # type: ignore[index]


def test_the_close_is_stamped_by_an_authority_outside(
    year: Story, address: str, authority: Authority, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ballot = closed(year, mode="electronic")
    assert waiting() == 1
    stamp_close(ballot=ballot.pk)
    stamp_close(ballot=ballot.pk)  # asked again, the first token stays
    kept = CloseStamp.objects.get()
    assert (kept.authority, "GMT" in kept.told_time) == (address, True)
    found = package(ballot)
    assert found.timestamp == bytes(kept.token)
    close = BoardEntry.objects.get(type="close")
    timestamps.verify(bytes(close.head), found.timestamp, authority.root)
    assert verify(found).accepted


def test_an_authority_that_fails_never_stops_a_close(
    year: Story, address: str, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.BALLOT_TSA = "http://127.0.0.1:9/"  # nobody listens
    with django_capture_on_commit_callbacks(execute=True):
        ballot = closed(year, mode="electronic")
    assert (ballot.state, waiting()) == ("closed", 1)
    with pytest.raises(timestamps.NoTimestamp, match="không trả lời"):
        stamp_close(ballot=ballot.pk)
    settings.BALLOT_TSA = "ftp://example.invalid/"
    with pytest.raises(timestamps.NoTimestamp, match="http"):
        stamp_close(ballot=ballot.pk)
    assert (package(ballot).timestamp, verify(package(ballot)).accepted) == (None, True)


def test_a_token_under_other_certificates_is_not_kept(
    year: Story, address: str, settings: Any, tmp_path: Path
) -> None:
    ballot = closed(year, mode="electronic")
    settings.BALLOT_TSA_CA = str(Authority(tmp_path).root)
    with pytest.raises(timestamps.NoTimestamp):
        stamp_close(ballot=ballot.pk)
    assert CloseStamp.objects.count() == 0


def test_without_an_authority_nothing_is_asked(year: Story, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ballot = closed(year, mode="electronic")
    stamp_close(ballot=ballot.pk)
    assert (waiting(), CloseStamp.objects.count()) == (0, 0)
