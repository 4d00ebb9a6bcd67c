"""A package under check, and what the checks say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from thidua.voting.ballot_box.board import Entry, Receipt, read_board
from thidua.voting.ballot_box.ledger import Ledger
from thidua.voting.ballot_box.manifest import Manifest, read_manifest
from thidua.voting.ballot_box.package import Package

Faults = Iterator[str]
VOTING = ("pending", "cast", "audited")
AFTER_CLOSE = ("aggregate", "share", "result", "void", "minutes")


@dataclass(frozen=True)
class Case:
    """A package with what its reader brings along: receipts, heads seen on the projector, the minutes."""

    package: Package
    receipts: Sequence[Receipt] = ()
    marks: Sequence[tuple[int, str]] = ()  # entry and the letters seen
    minutes: Sequence[bytes] = ()  # files

    @cached_property
    def manifest(self) -> Manifest:
        """ValueError when it cannot be read."""
        return read_manifest(self.package.manifest)

    @cached_property
    def declared(self) -> bytes:
        """The eh that the board claims."""
        return read_board(self.package.board)[0]

    @cached_property
    def ledger(self) -> Ledger:
        """ValueError when it cannot be read."""
        return Ledger(self.manifest, read_board(self.package.board)[1])

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.ledger.entries


@dataclass(frozen=True)
class Report:
    """What the checks found: nothing, or the code that failed with its faults."""

    code: str = ""
    faults: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    stage: str = ""  # "open", "closed", "counted", "void"; "" when refused
    partial: bool = False  # ballots were purged, so the count is checked from the aggregate on
    counts: tuple[tuple[int, ...], ...] = field(default=())

    @property
    def accepted(self) -> bool:
        """No check failed."""
        return not self.code
