"""A superuser of the database changes what is to be proven: the package says so, by the right check."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from tests.story import Story
from tests.voting import devices
from tests.voting.world import counted
from thidua.voting import actions
from thidua.voting.ballot_box.checks import verify
from thidua.voting.ballot_box.package import Package
from thidua.voting.models import Ballot, BoardEntry
from thidua.voting.modes import writing
from tools import kiemphieu

BENT = "set_byte({0}, octet_length({0}) - 1, get_byte({0}, octet_length({0}) - 1) # 1)"
READ_BEFORE_THE_CHAIN = {"V01", "V02", "V03", "V06", "V07"}
COLUMNS = {  # of a line: what is put there, and the checks that may report it
    "k": ("k + 1000", {"V01", "V07"}),
    "prev": (BENT.format("prev"), {"V07"}),
    "type": ("CASE type WHEN 'void' THEN 'share' ELSE 'void' END", {"V01", "V07"}),
    "payload_hash": (BENT.format("payload_hash"), {"V07"}),
    "payload": (BENT.format("payload"), READ_BEFORE_THE_CHAIN),
    "ms": ("ms + 1", {"V07"}),
    "head": (BENT.format("head"), {"V07"}),
    "signature": (BENT.format("signature"), {"V08"}),
}


class Tampered(Exception):
    """Undo what was tried."""


def as_superuser(ballot: Ballot, *sql: str) -> list[str]:
    """What both verifiers say after these statements, with every trigger off; nothing of it stays."""
    codes: list[str] = []
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                for one in sql:
                    cursor.execute(one)
                    assert cursor.rowcount > 0, one
            codes = judged(ballot)
            raise Tampered
    except Tampered:
        return codes


def judged(ballot: Ballot) -> list[str]:
    writing._known.clear()
    package: Package = writing.package_of(devices.election_of(ballot))
    minutes = [] if package.minutes is None else [package.minutes]
    return [verify(package).code, kiemphieu.check(package.manifest, package.board, minutes=minutes)[0]]


def signed(year: Story) -> Ballot:
    ballot = counted(year, mode="electronic")
    for member in ballot.committee.select_related("user"):
        actions.sign_count(ballot=ballot, member=member, by=year.actor(member.user.username))
    return ballot


def first_lines(ballot: Ballot) -> dict[str, int]:
    """The first line of each type, by its id."""
    found: dict[str, int] = {}
    for pk, kind in (
        BoardEntry.objects.filter(election__ballot=ballot).order_by("k").values_list("pk", "type")
    ):
        found.setdefault(kind, pk)
    return found


def test_every_column_of_every_type_of_line_is_reported_by_its_check(year: Story) -> None:
    ballot = signed(year)
    lines = first_lines(ballot)
    assert set(lines) == {
        "manifest", "pending", "cast", "close", "aggregate", "share", "result", "minutes"
    }  # fmt: skip
    assert judged(ballot) == ["", ""]
    wrong: list[Any] = []
    for kind, pk in lines.items():
        for column, (value, right) in COLUMNS.items():
            codes = as_superuser(ballot, f"UPDATE voting_boardentry SET {column} = {value} WHERE id = {pk}")
            if codes[0] != codes[1] or codes[0] not in right:
                wrong.append((kind, column, codes))
    assert wrong == []


def test_lines_taken_out_put_in_or_exchanged_are_reported(year: Story) -> None:
    ballot = signed(year)
    lines = first_lines(ballot)
    table, cast = "voting_boardentry", lines["cast"]
    copied = "election_id, type, payload_hash, payload, ms, head, signature, voter_id, ballot_hash"
    tried = {
        "taken out": [f"DELETE FROM {table} WHERE id = {cast}"],
        "the last one taken out": [f"DELETE FROM {table} WHERE id = {lines['close']}"],
        "put in": [
            f"INSERT INTO {table} (k, prev, {copied}) SELECT k + 1000, {BENT.format('prev')}, {copied}"
            f" FROM {table} WHERE id = {cast}"
        ],
        "exchanged": [
            f"UPDATE {table} SET k = 1000000 WHERE id = {cast}",
            f"UPDATE {table} SET k = k + 1 WHERE id = {lines['pending']}",
            f"UPDATE {table} SET k = 2 WHERE id = {cast}",
        ],
    }
    for name, sql in tried.items():
        codes = as_superuser(ballot, *sql)
        assert codes[0] == codes[1], name
        assert codes[0] in READ_BEFORE_THE_CHAIN, (name, codes)


def test_the_manifest_and_the_minutes_are_reported(year: Story) -> None:
    ballot = signed(year)
    other = "replace(encode(manifest, 'escape'), '\"revote\":true', '\"revote\":false')::bytea"
    codes = as_superuser(
        ballot, f"UPDATE voting_election SET manifest = {other} WHERE ballot_id = {ballot.pk}"
    )
    assert codes in (["V03", "V03"], ["V01", "V01"])
    assert (
        as_superuser(ballot, f"UPDATE voting_sealedminutes SET file = {BENT.format('file')}") == ["V09"] * 2
    )
    assert as_superuser(ballot, "DELETE FROM voting_sealedminutes") == ["", ""]  # told as missing, no fault
