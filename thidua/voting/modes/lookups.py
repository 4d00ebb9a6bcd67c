"""What a vote asks of the database, in statements written by hand.

Votes come by the hundred within the same seconds, and Django takes longer to put such a query together than
PostgreSQL to answer it. Whatever comes more slowly asks through the models.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Model

from thidua.voting.models import Ballot, BoardEntry, Credential, Election, RollEntry

M = TypeVar("M", bound=Model)

# Fields by their columns, in the order in which the models have them.
BALLOT = ("id", "mode", "own_unit_allowed")
ELECTION = ("id", "revote", "opens_at", "closes_at", "server_seed", "eh")
CREDENTIAL = ("id", "election_id", "entry_id", "key", "replaced_at")
ENTRY = ("id", "unit_id")
LINE = (
    *("id", "election_id", "k", "prev", "type", "payload_hash", "ms", "head", "signature"),
    *("voter_id", "ballot_hash"),
)


def _columns(table: str, names: Iterable[str]) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


def _row(model: type[M], names: tuple[str, ...], values: tuple[Any, ...]) -> M:
    """An instance with these fields; the others are fetched when somebody asks for them."""
    return model.from_db("default", names, values)


ASKED = f"""
    SELECT {_columns("ballot", BALLOT)}, {_columns("election", ELECTION)}
    FROM voting_ballot ballot JOIN voting_election election ON election.ballot_id = ballot.id
    WHERE ballot.id = %s AND EXISTS (
        SELECT FROM voting_rollentry entry WHERE entry.ballot_id = ballot.id AND entry.unit_id = ANY(%s)
    )
"""  # noqa: S608  our own words


def ballot_asked(pk: int, units: Iterable[int]) -> Ballot | None:
    """The ballot with its electronic part, if one of these units is on its roll."""
    found = _one(ASKED, [pk, list(units)])
    if found is None:
        return None
    ballot = _row(Ballot, BALLOT, found[: len(BALLOT)])
    election = _row(Election, ELECTION, found[len(BALLOT) :])
    election.ballot = ballot
    return ballot


HELD = f"""
    SELECT {_columns("credential", CREDENTIAL)}, {_columns("entry", ENTRY)}
    FROM voting_credential credential JOIN voting_rollentry entry ON entry.id = credential.entry_id
    WHERE credential.election_id = %s AND credential.key = %s
"""  # noqa: S608  our own words


def credential_of(election: Election, key: bytes) -> Credential | None:
    """The credential of this key with its line of the roll, replaced or not."""
    found = _one(HELD, [election.pk, key])
    if found is None:
        return None
    credential = _row(Credential, CREDENTIAL, found[: len(CREDENTIAL)])
    credential.entry = _row(RollEntry, ENTRY, found[len(CREDENTIAL) :])
    return credential


@dataclass(frozen=True)
class Standing:
    """How things stand while the board is held."""

    state: str
    replaced_at: datetime | None
    mine: list[BoardEntry]  # the credential's own lines, newest first
    last: BoardEntry | None  # the head of the chain


# Two statements in one message: the second looks at the database after the lock was given, so that it sees
# what whoever held the board before has written. In one statement it would see what stood before the wait.
HOLD = f"""
    SELECT FROM voting_election WHERE id = %(election)s FOR UPDATE;
    SELECT ballot.state, credential.replaced_at, {_columns("line", LINE)}
    FROM voting_credential credential
    JOIN voting_election election ON election.id = credential.election_id
    JOIN voting_ballot ballot ON ballot.id = election.ballot_id
    JOIN voting_boardentry line ON line.voter_id = %(credential)s OR line.id = (
        SELECT id FROM voting_boardentry WHERE election_id = %(election)s ORDER BY k DESC LIMIT 1
    )
    WHERE credential.id = %(credential)s
    ORDER BY line.k DESC
"""  # noqa: S608  our own words


def hold_board(election: Election, credential: Credential) -> Standing:
    """Hold the board until the transaction ends, and read what decides about this credential's next line."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, {"election": election.pk, "credential": credential.pk})
        cursor.nextset()
        found = cursor.fetchall()
    lines = [_row(BoardEntry, LINE, values[2:]) for values in found]
    for line in lines:
        line.election = election
    mine = [line for line in lines if line.voter_id == credential.pk]
    for line in mine:
        line.voter = credential
    state, replaced_at = found[0][:2]
    return Standing(state, replaced_at, mine, lines[0])


def _one(statement: str, told: list[Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cast("tuple[Any, ...] | None", cursor.fetchone())
