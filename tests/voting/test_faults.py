"""A server that dies between any two statements, and what a reader of the database could learn."""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import psycopg
import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from tests.story import Story, tell_story
from tests.voting import devices
from tests.voting.world import closed, half_counted, new_ballot, opened, with_committee
from thidua.base.audit.refusals import Refused
from thidua.voting import actions, queries
from thidua.voting.ballot_box.checks import verify
from thidua.voting.models import Ballot, BallotState, BoardEntry
from thidua.voting.modes.writing import package_of


class Killed(Exception):
    """The process was gone at this statement."""


@contextmanager
def killed_at(number: int) -> Iterator[list[str]]:
    """The statement with this number is never sent; those before it were."""
    sent: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if len(sent) == number:
            raise Killed
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield sent


def killed_everywhere(run: Callable[[], object], sound: Callable[[], None]) -> int:
    """Run once for each statement there is, killed there; after each the world must be sound. How many."""
    for number in range(500):
        try:
            with transaction.atomic(), killed_at(number):
                run()
                transaction.set_rollback(True)
        except Killed:
            sound()
            continue
        return number
    raise AssertionError("không bao giờ xong")


def board(ballot: Ballot) -> list[str]:
    rows = BoardEntry.objects.filter(election__ballot=ballot).order_by("k")
    return list(rows.values_list("type", flat=True))


def unchanged(ballot: Ballot, state: str) -> Callable[[], None]:
    """The board has the lines it had, its chain holds, and the ballot stands where it stood."""
    lines = board(ballot)

    def sound() -> None:
        ballot.refresh_from_db()
        assert (board(ballot), ballot.state) == (lines, state)
        assert verify(package_of(devices.election_of(ballot))).accepted

    return sound


def test_killed_anywhere_in_a_vote_no_receipt_is_without_its_line(year: Story) -> None:
    ballot = opened(year, mode="electronic")
    entry, by = ballot.roll.all()[0], year.actor("binh")
    data, _ = devices.fill(ballot, entry, 0)
    upload = killed_everywhere(
        lambda: actions.cast(ballot=ballot, vote=data, by=by), unchanged(ballot, BallotState.OPEN)
    )
    actions.cast(ballot=ballot, vote=data, by=by)
    decision = devices.decide(ballot, entry, data)
    decided = killed_everywhere(
        lambda: actions.cast(ballot=ballot, vote=decision, by=by), unchanged(ballot, BallotState.OPEN)
    )
    assert min(upload, decided) > 5
    assert actions.cast(ballot=ballot, vote=decision, by=by).k == 3
    assert board(ballot) == ["manifest", "pending", "cast"]


def test_killed_anywhere_in_the_close_every_vote_is_still_there_and_the_box_open(year: Story) -> None:
    ballot = opened(year, mode="electronic")
    devices.everybody_votes(year, ballot, (9, 1, 1))
    binh = year.actor("binh")
    number = killed_everywhere(
        lambda: actions.close_ballot(ballot=ballot, by=binh), unchanged(ballot, BallotState.OPEN)
    )
    assert number > 10
    actions.close_ballot(ballot=ballot, by=binh)
    assert board(ballot)[-3:] == ["close", "aggregate", "share"]


def test_killed_anywhere_in_the_last_share_the_count_waits_and_then_follows(year: Story) -> None:
    ballot = half_counted(year, mode="electronic")
    payload, dung = devices.share_of(ballot, 3), year.actor("dung")
    number = killed_everywhere(
        lambda: actions.give_share(ballot=ballot, payload=payload, by=dung),
        unchanged(ballot, BallotState.CLOSED),
    )
    assert number > 10
    actions.give_share(ballot=ballot, payload=payload, by=dung)
    ballot.refresh_from_db()
    found = queries.outcome(ballot)
    assert found is not None
    assert [line.votes for line in found.lines] == [9, 1, 1]


# --- A connection that dies for real -----------------------------------------------------------------


@contextmanager
def cut_at(number: int) -> Iterator[list[str]]:
    """Before the statement with this number the database ends the session, as when the server dies."""
    sent: list[str] = []

    def wrapper(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if len(sent) == number:
            with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(wrapper):
        yield sent


@pytest.mark.django_db(transaction=True)
def test_cut_anywhere_in_a_request_each_receipt_has_its_line_and_each_line_its_receipt(
    as_user: Callable[..., Client],
) -> None:
    """By the web and with real commits: what is answered stands, what stands is answered again."""
    ballot = opened(tell_story(), mode="electronic")
    client = as_user("binh")
    client.raise_request_exception = False
    entry = ballot.roll.all()[0]
    data, _ = devices.fill(ballot, entry, 0)
    lines, cuts = 1, 0
    for name, sent in (("send_ballot", data), ("decide", devices.decide(ballot, entry, data))):
        address = reverse(f"voting:{name}", args=[ballot.pk])
        for number in range(60):
            with cut_at(number) as statements:
                answer = client.post(address, sent, content_type="application/octet-stream")
            connection.close()
            cuts += len(statements) > number
            stands = len(board(ballot))
            assert stands in (lines, lines + 1)
            assert answer.status_code != 200 or stands == lines + 1
            assert verify(package_of(devices.election_of(ballot))).accepted
            if answer.status_code == 200:
                break
        again = client.post(address, sent, content_type="application/octet-stream")
        lines += 1
        assert (again.status_code, len(board(ballot))) == (200, lines)
    assert cuts > 10
    assert board(ballot) == ["manifest", "pending", "cast"]


# --- A process that is killed for real ---------------------------------------------------------------


def dies_at(number: int, run: Callable[[], object]) -> bool:
    """Another process does it, and is killed (SIGKILL) before its statement with this number; is it dead?

    Before and after each commit count as statements, so that the moment between the two is one of them.
    """
    child = os.fork()
    if child == 0:
        _live_until(number, run)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _live_until(number: int, run: Callable[[], object]) -> NoReturn:
    inherited, connection.connection = (
        connection.connection,
        None,
    )  # the parent's: kept, so that it stays open
    left = iter(range(number))
    commit = connection._commit

    def step() -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrapper(execute: Callable[..., Any], *told: Any) -> Any:
        step()
        return execute(*told)

    def committing() -> None:
        step()
        commit()
        step()

    connection._commit = committing  # type: ignore[method-assign]  # cut around the commit itself
    try:
        with connection.execute_wrapper(wrapper):
            run()
    except BaseException:
        os._exit(2)
    os._exit(0 if inherited else 1)


def killed_until_done(ballot: Ballot, run: Callable[[], object]) -> int:
    """Killed at every statement in turn until it stands; until then nothing has changed. How many kills."""
    before = (board(ballot), ballot.state)
    for number in range(500):
        dead = dies_at(number, run)
        ballot.refresh_from_db()
        assert verify(package_of(devices.election_of(ballot))).accepted
        if (board(ballot), ballot.state) != before:
            return number
        assert dead
    raise AssertionError("không bao giờ xong")


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_at_the_close_and_at_the_last_share_loses_nothing() -> None:
    year = tell_story()
    ballot = opened(year, mode="electronic")
    devices.everybody_votes(year, ballot, (9, 1, 1))
    binh, dung = year.actor("binh"), year.actor("dung")
    taken = board(ballot)

    def again() -> Ballot:
        return Ballot.objects.get(pk=ballot.pk)

    assert killed_until_done(ballot, lambda: actions.close_ballot(ballot=again(), by=binh)) > 10
    assert board(ballot) == [*taken, "close", "aggregate", "share"]
    assert ballot.state == BallotState.CLOSED
    devices.give_share(year, ballot, "an")
    payload = devices.share_of(ballot, 3)
    kills = killed_until_done(ballot, lambda: actions.give_share(ballot=again(), payload=payload, by=dung))
    assert kills > 10
    assert board(ballot)[-2:] == ["share", "result"]
    found = queries.outcome(again())
    assert found is not None
    assert [line.votes for line in found.lines] == [9, 1, 1]


# --- Many at once ------------------------------------------------------------------------------------

MANY = 60


@pytest.mark.django_db(transaction=True)
def test_sixty_vote_in_the_same_moment_and_each_has_a_line() -> None:
    year = tell_story()
    units = [year.units[key] for key in ("van_hoa", "y_te", "giao_duc")]
    roll = [(units[n % 3], f"Đại biểu {n}", "") for n in range(MANY)]
    ballot = with_committee(year, new_ballot(year, mode="electronic", roll=roll))
    binh = year.actor("binh")
    actions.seal_roll(ballot=ballot, by=binh)
    devices.hold_ceremony(year, ballot)
    entries = list(ballot.roll.all())
    ids = [entry.pk for entry in entries]
    actions.mark_roll(ballot=ballot, entries=ids, mark="present", value=True, by=binh)
    actions.open_ballot(ballot=ballot, by=binh)
    votes = [
        (entry, devices.officer(year, entry), devices.fill(ballot, entry, n % 3)[0])
        for n, entry in enumerate(entries)
    ]
    sent = [(by, data, devices.decide(ballot, entry, data)) for entry, by, data in votes]
    faults: list[BaseException] = []
    receipts: list[int] = []

    def deliver(part: list[Any]) -> None:
        try:
            for by, data, decision in part:
                actions.cast(ballot=ballot, vote=data, by=by)
                receipts.append(actions.cast(ballot=ballot, vote=decision, by=by).k)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver, args=(sent[n::12],)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    rows = {row.k: row.type for row in BoardEntry.objects.filter(election__ballot=ballot)}
    assert (len(set(receipts)), {rows[k] for k in receipts}) == (MANY, {"cast"})
    actions.close_ballot(ballot=ballot, by=binh)
    for name in ("an", "dung"):
        devices.give_share(year, ballot, name)
    report = verify(package_of(devices.election_of(ballot)))
    assert (report.accepted, report.counts) == (True, ((20, 20, 20),))


# --- What may be learned -----------------------------------------------------------------------------

CHOICES = "voting_countedvotes"  # the only table in which an option stands beside a number of votes
LINKS = {  # the seven ways of the research to match a voter to a choice: how many pairs each finds
    "same transaction": f"SELECT count(*) FROM voting_boardentry a JOIN {CHOICES} b ON a.xmin = b.xmin",
    "rank by id or time": f"""SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY k) n
        FROM voting_boardentry WHERE type = 'cast') a JOIN (SELECT row_number() OVER (ORDER BY id) n
        FROM {CHOICES}) b USING (n)""",
    "same transaction, by random keys": f"""SELECT count(*) FROM voting_credential a
        JOIN {CHOICES} b ON a.xmin = b.xmin""",
    "physical order": f"""SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY ctid) n
        FROM voting_boardentry WHERE type = 'cast') a JOIN (SELECT row_number() OVER (ORDER BY ctid) n
        FROM {CHOICES}) b USING (n)""",
    "rank by transaction": f"""SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY xmin::text::bigint) n
        FROM voting_boardentry WHERE type = 'cast') a JOIN (SELECT row_number()
        OVER (ORDER BY xmin::text::bigint) n FROM {CHOICES}) b USING (n)""",
    "a list of voters on the ballot's row": """SELECT count(*) FROM information_schema.columns
        WHERE table_name LIKE 'voting%' AND data_type IN ('ARRAY', 'jsonb', 'json')""",
    "rows rewritten at the close": f"SELECT count(*) FROM {CHOICES}",
    "tables of history": """SELECT count(*) FROM information_schema.tables
        WHERE table_name ~ 'voting_(boardentry|election|credential|trustee|rollentry)event'""",
    "the log of acts": "SELECT count(*) FROM audit_entry WHERE verb LIKE 'voting.cast%'",
}


def test_before_the_close_no_query_matches_a_voter_to_a_choice(year: Story) -> None:
    ballot = opened(year, mode="electronic")
    devices.everybody_votes(year, ballot, (9, 1, 1))
    found = {}
    with connection.cursor() as cursor:
        for name, sql in LINKS.items():
            cursor.execute(sql)
            found[name] = cursor.fetchone()[0]  # type: ignore[index]
    assert found == dict.fromkeys(LINKS, 0)
    actions.close_ballot(ballot=ballot, by=year.actor("binh"))
    for name in ("an", "dung"):
        devices.give_share(year, ballot, name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT votes FROM voting_countedvotes ORDER BY votes")
        assert cursor.fetchall() == [(1,), (1,), (9,)]  # sums, and nothing finer


def test_the_write_ahead_log_holds_ballots_and_nothing_that_opens_them(year: Story) -> None:
    ballot = opened(year, mode="electronic")
    by, seeds, sent = year.actor("binh"), [], []
    for entry in ballot.roll.filter(unit=year.units["van_hoa"]):
        data, opening = devices.fill(ballot, entry, 1)
        actions.cast(ballot=ballot, vote=data, by=by)
        actions.cast(ballot=ballot, vote=devices.decide(ballot, entry, data), by=by)
        seeds.append(opening.seed)
        sent.append(data)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        folder = Path(cursor.fetchone()[0])  # type: ignore[index]
        cursor.execute("SELECT pg_switch_wal()")
    newest = sorted((folder / "pg_wal").glob("0*"), key=lambda file: file.stat().st_mtime)[-4:]
    log = b"".join(file.read_bytes() for file in newest)
    assert any(data[100:200] in log for data in sent)  # the search does find what was written
    assert not any(seed in log for seed in seeds)


RANDOM = (
    r"bp-\d+-[0-9a-f]+|[0-9a-f]{32,}|[0-9A-Z]{4}(?:-[0-9A-Z]{4})+|\b[0-9A-F]{4} [0-9A-F]{4}\b",
    r'name="csrfmiddlewaretoken" value="\w+"|data-csrf="\w+"|nonce="[^"]+"|data:image[^"]+',
    r'data-now="\d+">[\d:]+|value="(?:present|received)[^"]*"|cu-tri-\d+|value="\d+"',
)
PAGES = ("ballot", "room", "ceremony", "board_page", "key_state", "vote")


def test_before_the_close_pages_differ_only_in_the_count(year: Story, as_user: Callable[..., Client]) -> None:
    told = []
    for votes in ((9, 1, 1), (1, 1, 9)):
        ballot = opened(year, mode="electronic")
        devices.everybody_votes(year, ballot, votes)
        told.append(
            {(who, name): plain(as_user(who), ballot, name) for who in ("an", "dung") for name in PAGES}
        )
    assert told[0].keys() == told[1].keys()
    assert [key for key in told[0] if told[0][key] != told[1][key]] == []


def plain(client: Client, ballot: Ballot, name: str) -> str:
    """The page with its numbers of this ballot and everything random taken out."""
    text = client.get(reverse(f"voting:{name}", args=[ballot.pk])).content.decode()
    text = re.sub(r"/bo-phieu/\d+/", "/bo-phieu/N/", text)
    for random in RANDOM:
        text = re.sub(random, "X", text)
    return text


def test_the_board_is_not_given_before_the_close(year: Story, as_user: Callable[..., Client]) -> None:
    ballot = opened(year, mode="electronic")
    devices.vote(year, ballot, ballot.roll.all()[0], 0)
    for name in ("board", "package"):
        assert as_user("an").get(reverse(f"voting:{name}", args=[ballot.pk])).status_code == 403
    done = closed(year, mode="electronic")
    for name in ("board", "package"):
        assert as_user("an").get(reverse(f"voting:{name}", args=[done.pk])).status_code == 200


def test_refusals_and_logs_carry_no_choice(year: Story, caplog: pytest.LogCaptureFixture) -> None:
    ballot = opened(year, mode="electronic")
    entry = ballot.roll.all()[0]
    data, opening = devices.fill(ballot, entry, 2)
    bent = data[:200] + bytes([data[200] ^ 1]) + data[201:]
    with pytest.raises(Refused) as told:
        actions.cast(ballot=ballot, vote=bent, by=year.actor("binh"))
    words = f"{told.value} {caplog.text}"
    assert opening.seed.hex() not in words
    assert not any(option.label in words for option in ballot.options.all())
