"""What somebody learns who reads everything: every table, every file of the database, logs, error reports.

Each search is also run where there is something to find, so that finding nothing says something.
"""

from __future__ import annotations

import logging
import mmap
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from tests.story import Story, tell_story
from tests.voting import devices
from tests.voting.world import half_counted, opened, papers
from thidua.voting import actions
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.proofs import of_number
from thidua.voting.ballot_box.tally import Share, lagrange
from thidua.voting.models import Ballot, BallotOption
from thidua.voting.modes.vault import take_out
from thidua.voting.modes.writing import ledger_of

MANY = 30  # new rows of a vote, at least
FIRST_NUMBER = 1000  # of every sequence, so that ids are told apart from votes
OPTION_NUMBERS = (700_000, 800_000)  # where the options of the first and of the second ballot begin
VOTES = ((9, 1, 1), (1, 1, 9))
Login = Callable[[str], Client]


def cast_by_web(year: Story, as_user: Login, ballot: Ballot, votes: tuple[int, ...]) -> list[bytes]:
    """Everybody votes through the door a phone uses; the seeds that would open each ballot."""
    chosen = [at for at, number in enumerate(votes) for _ in range(number)]
    clients = {name: as_user(name) for name in set(devices.OFFICER_OF.values())}
    seeds = []
    for n, entry in enumerate(ballot.roll.all()):
        key = next(key for key, unit in year.units.items() if unit.pk == entry.unit_id)
        client = clients[devices.OFFICER_OF[key]]
        data, opening = devices.fill(ballot, entry, *chosen[n : n + 1])
        seeds.append(opening.seed)
        for name, sent in (("send_ballot", data), ("decide", devices.decide(ballot, entry, data))):
            address = reverse(f"voting:{name}", args=[ballot.pk])
            answer = client.post(address, sent, content_type="application/octet-stream")
            assert answer.status_code == 200, answer.content
    return seeds


# --- Every table -------------------------------------------------------------------------------------


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        return sorted(name for (name,) in cursor.fetchall())


def rows() -> Counter[tuple[str, str]]:
    """Every row of every table as text: history, log of acts, sessions, queue of jobs and all others."""
    found = Counter[tuple[str, str]]()
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found.update((table, row) for (row,) in cursor.fetchall())
    opened = [str(sorted(one.get_decoded().items())) for one in Session.objects.all()]
    return found + Counter(("django_session, opened", row) for row in opened)


MASKS = (
    (r"\d{4}-\d\d-\d\d[ T][\d:.]+(?:\+\d\d(?::?\d\d)?)?", "TIME"),
    (r"\\+x[0-9a-f]*", "BYTES"),
    (r"\b[0-9a-f]{16,}\b|[0-9a-f]{8}-[0-9a-f-]{27}", "HEX"),
    (r"\b[A-Za-z0-9_:.-]{40,}|\b[a-z0-9]{32}\b", "TOKEN"),
    (r"\b(?:7|8)0000(\d)\b", r"OPTION\1"),
    (r"bp-\d+-[0-9a-f]+", "MEETING"),
    (r"\d{3,}", "N"),
)


def plain(row: str) -> str:
    """Without ids, times and random bytes; options by their place, and small numbers, stay."""
    for pattern, word in MASKS:
        row = re.sub(pattern, word, row)
    return row


def number_from(sequence: str, start: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, start])


def differences(run: Callable[[tuple[int, ...]], object]) -> Counter[tuple[str, str]]:
    """New rows that tell two votes of the same people, chosen otherwise, apart."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        number_from(f'"{name}"', FIRST_NUMBER)
    told = []
    for start, votes in zip(OPTION_NUMBERS, VOTES, strict=True):
        number_from("voting_ballotoption_id_seq", start)
        before = rows()
        run(votes)
        new = rows() - before
        told.append(Counter((table, plain(row)) for table, row in new.elements()))
    assert told[0].total() > MANY
    return (told[0] - told[1]) + (told[1] - told[0])


def test_no_table_tells_what_was_chosen(year: Story, as_user: Login) -> None:
    def vote(votes: tuple[int, ...]) -> None:
        cast_by_web(year, as_user, opened(year, mode="electronic"), votes)

    for name in ("an", "binh", "giang"):
        as_user(name)  # signed in before, so that both runs find the same sessions
    assert differences(vote) == {}


def test_the_same_comparison_finds_what_paper_tells(year: Story, as_user: Login) -> None:
    """A count on paper is a clear number beside an option: the search sees it."""

    def count(votes: tuple[int, ...]) -> None:
        ballot = half_counted(year, votes, mode="paper")
        assert papers(ballot)

    assert {table for table, _ in differences(count)} == {"voting_countedvotes"}


# --- Everything the server holds ---------------------------------------------------------------------


def read_by_the_server(ballot: Ballot, *, with_shares: bool = False) -> list[int | None]:
    """Each voter's choice as the holder of the server and of all its keys can read it; None where not."""
    election = devices.election_of(ballot)
    ledger, found = ledger_of(election), dict[bytes, int | None]()
    secret = int.from_bytes(take_out(election.server_share or b""), "little")
    given = [Share.of(ledger.told(entry)).holder for entry in ledger.of("share")] if with_shares else []
    for sealed in ledger.counted_ballots:
        marks = []
        for alpha, beta in sealed.pairs:
            mask = group().multiply(secret, alpha)
            for holder in given:  # shares are of sums: as factors of a single ballot they are of no use
                weight = lagrange(holder, given) if holder else 0
                mask = group().add(mask, group().multiply(weight, alpha))
            marks.append(group().subtract(beta, mask))
        chosen = [at for at, mark in enumerate(marks) if mark == of_number(1)]
        blank = all(mark == of_number(0) for mark in marks)
        found[sealed.credential] = chosen[0] if chosen else -1 if blank else None
    keys = election.credentials.order_by("entry__position").values_list("key", flat=True)
    return [found[bytes(key)] for key in keys]


def test_the_server_alone_reads_no_ballot_though_it_reads_every_poll(year: Story) -> None:
    poll, secret = opened(year, mode="poll"), opened(year, mode="electronic")
    for ballot in (poll, secret):
        devices.everybody_votes(year, ballot, (9, 1, 1))
    assert read_by_the_server(poll) == [0] * 9 + [1, 2]
    assert read_by_the_server(secret) == [None] * 11
    actions.close_ballot(ballot=secret, by=year.actor("binh"))
    devices.give_share(year, secret, "an")
    assert read_by_the_server(secret, with_shares=True) == [None] * 11


# --- Every file of the database, and the log ---------------------------------------------------------


def files_of_the_database() -> Iterator[Path]:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        folder = Path(cursor.fetchone()[0])  # type: ignore[index]
    return (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def places(needles: Iterable[bytes]) -> dict[bytes, set[str]]:
    """In which part of the data directory each needle lies."""
    found: dict[bytes, set[str]] = {needle: set() for needle in needles}
    for path in files_of_the_database():
        try:
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                for needle, where in found.items():
                    if data.find(needle) >= 0:
                        where.add("wal" if "pg_wal" in path.parts else "tables")
        except (FileNotFoundError, ValueError):  # gone meanwhile
            continue
    return found


@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_database_holds_what_opens_a_ballot(as_user: Login) -> None:
    year = tell_story()
    ballot = opened(year, mode="electronic")
    seeds = cast_by_web(year, as_user, ballot, (9, 1, 1))
    ledger = ledger_of(devices.election_of(ballot))
    sent = [one.data[200:232] for one in ledger.ballots.values()][:3]
    key = devices.seed_of(devices.election_of(ballot), ballot.roll.all()[0])
    hidden = [form for seed in (*seeds, key) for form in (seed, seed.hex().encode())]
    found = places([*hidden, *sent])
    assert all(found[needle] == {"tables", "wal"} for needle in sent), "the search does find what is written"
    assert [needle for needle in hidden if found[needle]] == []


# --- Errors ------------------------------------------------------------------------------------------


def test_neither_log_nor_error_report_of_a_failed_vote_opens_it(
    year: Story, as_user: Login, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ballot = opened(year, mode="electronic")
    entry = ballot.roll.filter(unit=year.units["y_te"])[0]
    data, opening = devices.fill(ballot, entry, 2)
    reports = []

    def report(request: Any, **_: Any) -> None:
        told = ExceptionReporter(request, *sys.exc_info(), is_email=True)
        reports.extend((told.get_traceback_text(), told.get_traceback_html()))

    def broken(**told: Any) -> None:
        vote = told["vote"]
        raise RuntimeError(f"hỏng giữa chừng, {len(vote)} byte")

    client = as_user("an")
    client.raise_request_exception = False
    monkeypatch.setattr(actions, "cast", broken)
    got_request_exception.connect(report)
    try:
        with caplog.at_level(logging.DEBUG):
            address = reverse("voting:send_ballot", args=[ballot.pk])
            answer = client.post(address, data, content_type="application/octet-stream")
    finally:
        got_request_exception.disconnect(report)
    assert answer.status_code == 500
    words = "\n".join([*reports, caplog.text, answer.content.decode(errors="replace")])
    assert "hỏng giữa chừng" in words
    assert entry.unit.short_name in words or str(year.people["an"].user) in words, "who failed is told"
    assert opening.seed.hex() not in words
    assert repr(opening.seed)[2:-1] not in words
    labels = BallotOption.objects.filter(ballot=ballot).values_list("label", flat=True)
    assert not any(label in words for label in labels if label != entry.unit.short_name)
