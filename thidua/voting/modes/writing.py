"""The board in the database: one writer at a time, each line chained to the one before."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from thidua.base.audit.refusals import Refused
from thidua.voting.ballot_box.board import Entry, make_entry
from thidua.voting.ballot_box.canonical import word
from thidua.voting.ballot_box.ledger import Ledger
from thidua.voting.ballot_box.manifest import Manifest, read_manifest
from thidua.voting.ballot_box.package import Package
from thidua.voting.models import BoardEntry, CloseStamp, Credential, Election, SealedMinutes
from thidua.voting.modes.vault import take_out


def milliseconds(at: datetime) -> int:
    """Since 1970, UTC, as the board counts time."""
    return int(at.timestamp() * 1000)


_known: dict[
    bytes, Manifest
] = {}  # the bytes of a manifest never change, so one reading serves every request
MOST_KNOWN = 32


def manifest_of(election: Election) -> Manifest:
    """The sealed manifest, read once by each process."""
    if election.eh is None:
        raise Refused("Cấu hình của cuộc bỏ phiếu chưa niêm phong.")
    eh = bytes(election.eh)
    found = _known.get(eh)
    if found is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[eh] = read_manifest(bytes(election.manifest or b""))
    return found


def lock_board(election: Election) -> None:
    """Hold the board until the transaction ends: whoever writes next waits here."""
    Election.objects.select_for_update().only("pk").get(pk=election.pk)


def append(
    election: Election,
    kind: str,
    payload: bytes,
    at: datetime,
    *,
    voter: Credential | None = None,
    ballot_hash: bytes | None = None,
    last: BoardEntry | None = None,
) -> BoardEntry:
    """The next line. The caller holds the board; time never runs back, whatever the clock says.

    `last` is the head of the chain where the caller has read it already, under the lock.
    """
    last = last or last_entry(election)
    ms = time_of_next(last, at)
    made = make_entry(
        manifest_of(election),
        None if last is None else told(last),
        kind,
        payload,
        ms,
        take_out(election.server_seed),
    )
    return BoardEntry.objects.create(
        election=election,
        k=made.k,
        prev=made.prev,
        type=made.type,
        payload_hash=made.payload_hash,
        payload=payload,
        ms=ms,
        head=made.head,
        signature=made.signature,
        voter=voter,
        ballot_hash=ballot_hash,
    )


def last_entry(election: Election) -> BoardEntry | None:
    """The head of the chain, without its payload."""
    return BoardEntry.objects.filter(election=election).defer("payload").order_by("-k").first()


def time_of_next(last: BoardEntry | None, at: datetime) -> int:
    """When a line written now is dated."""
    return max(milliseconds(at), last.ms if last else 0)


def told(row: BoardEntry) -> Entry:
    """A line as the ballot box reads it; the payload is not needed to chain the next."""
    loaded = "payload" not in row.get_deferred_fields()
    return Entry(
        k=row.k,
        prev=bytes(row.prev),
        type=row.type,
        payload_hash=bytes(row.payload_hash),
        ms=row.ms,
        head=bytes(row.head),
        signature=bytes(row.signature),
        payload=bytes(row.payload) if loaded and row.payload is not None else None,
    )


def entries_of(election: Election) -> tuple[Entry, ...]:
    """Every line in order."""
    return tuple(told(row) for row in BoardEntry.objects.filter(election=election).order_by("k"))


def ledger_of(election: Election) -> Ledger:
    """The whole board read with its manifest."""
    return Ledger(manifest_of(election), entries_of(election))


def package_of(election: Election) -> Package:
    """Gói chứng cứ, with the minutes and the time stamp as far as they are there."""
    stamp = CloseStamp.objects.filter(election=election).values_list("token", flat=True).first()
    minutes = SealedMinutes.objects.filter(election=election).values_list("file", flat=True).first()
    return Package.of(
        manifest_of(election),
        entries_of(election),
        None if stamp is None else bytes(stamp),
        None if minutes is None else bytes(minutes),
    )


def composed(text: str) -> str:
    """In Unicode's composed form, which canonical JSON asks for."""
    return unicodedata.normalize("NFC", text)


def legible(text: str) -> str:
    """The same with “□” for each letter the board does not take: a reason is never lost for an odd letter."""
    lines = composed(text).replace("\r\n", "\n").replace("\t", " ")
    return "".join(letter if word(letter) else "□" for letter in lines)
