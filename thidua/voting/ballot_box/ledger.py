"""The board read with its manifest: who may vote, which ballots lie on it, which count (section 9.1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.ballots import Ballot
from thidua.voting.ballot_box.board import Decision, Entry
from thidua.voting.ballot_box.canonical import Shape, flag, hex_of, maybe, natural, text
from thidua.voting.ballot_box.group import SIZE
from thidua.voting.ballot_box.manifest import Manifest

SHAPES: dict[str, Shape] = {
    "replace": {
        "new": hex_of(32),
        "old": hex_of(32),
        "reason": text,
        "signatures": [{"member": natural, "signature": hex_of(64)}],
    },
    "close": {"last": natural, "present": natural},
    "aggregate": {"ballots": natural, "close": hex_of(32), "sums": [[hex_of(64)]]},
    "share": {"factors": [[hex_of(32)]], "proofs": [[hex_of(64)]], "trustee": natural},
    "result": {
        "ballots": natural,
        "counts": [[natural]],
        "decisions": [maybe([flag])],
        "trustees": [natural],
    },
    "void": {"reason": text},
    "minutes": {"sha256": hex_of(32)},
}


@dataclass(frozen=True)
class Ledger:
    """The entries of one election's board in order; nothing of them is believed before `checks.verify`."""

    manifest: Manifest
    entries: tuple[Entry, ...]

    def of(self, *types: str) -> list[Entry]:
        """Entries of these types, in order."""
        return [entry for entry in self.entries if entry.type in types]

    def told(self, entry: Entry) -> Any:
        """The JSON of an entry; ValueError for a wrong shape (V01)."""
        return canonical.read(entry.content, SHAPES[entry.type], f"dòng {entry.k} ({entry.type})")

    @cached_property
    def close(self) -> Entry | None:
        """The first close."""
        return next(iter(self.of("close")), None)

    @property
    def present(self) -> int:
        """How many took part, as the close says; none before it."""
        return int(self.told(self.close)["present"]) if self.close else 0

    @property
    def is_void(self) -> bool:
        return bool(self.of("void"))

    @cached_property
    def is_purged(self) -> bool:
        """Ballots were deleted after the period of complaints; hashes, aggregate and result remain."""
        return any(entry.payload is None for entry in self.entries)

    @cached_property
    def lines(self) -> dict[bytes, int]:
        """The line of the roll of every credential, replacements included."""
        found = dict(self.manifest.roll)
        for entry in self.of("replace"):
            told = self.told(entry)
            line = found.get(bytes.fromhex(told["old"]))
            if line is not None:
                found.setdefault(bytes.fromhex(told["new"]), line)
        return found

    @cached_property
    def units(self) -> dict[bytes, str]:
        """The unit of every credential that may vote now; those replaced may not."""
        gone = {bytes.fromhex(self.told(entry)["old"]) for entry in self.of("replace")}
        return {key: self.manifest.units[line] for key, line in self.lines.items() if key not in gone}

    @cached_property
    def ballots(self) -> dict[int, Ballot]:
        """Ballots that wait or were decided, by the entry they came in."""
        units = self.manifest.units
        found = {}
        for entry in self.of("pending"):
            if entry.payload is not None:
                line = self.lines.get(entry.payload[1 + SIZE : 1 + 2 * SIZE])
                unit = "" if line is None else units[line]
                found[entry.k] = Ballot(self.manifest, unit, entry.payload)
        return found

    @cached_property
    def by_hash(self) -> dict[bytes, Ballot]:
        """The same ballots by their hash."""
        return {ballot.hash: ballot for ballot in self.ballots.values()}

    def decisions(self, *types: str) -> list[tuple[Entry, Decision]]:
        """Decisions of these types in order."""
        return [(entry, Decision(entry.content)) for entry in self.of(*types)]

    @cached_property
    def counted(self) -> dict[int, bytes]:
        """For each line of the roll that cast, the hash of its last ballot cast before the close."""
        end = self.close.k if self.close else len(self.entries) + 1
        found = {}
        for entry, decision in self.decisions("cast"):
            line = self.lines.get(decision.credential)
            if entry.k < end and line is not None:
                found[line] = decision.ballot
        return found

    @property
    def counted_ballots(self) -> list[Ballot]:
        """The ballots that count, in the order of the roll."""
        return [self.by_hash[mine] for _, mine in sorted(self.counted.items()) if mine in self.by_hash]
