"""Gói chứng cứ: manifest.json, board.json, perhaps close.tsr and minutes.pdf (section 11)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from thidua.voting.ballot_box.board import Entry, write_board
from thidua.voting.ballot_box.manifest import Manifest

MANIFEST_FILE, BOARD_FILE = "manifest.json", "board.json"
TIMESTAMP_FILE, MINUTES_FILE = "close.tsr", "minutes.pdf"
FIXED_TIME = (2000, 1, 1, 0, 0, 0)  # the same content gives the same ZIP


@dataclass(frozen=True)
class Package:
    """The bytes of the files, as found.

    `timestamp` is the RFC 3161 token over the head at the close, `minutes` the file whose hash the board
    tells.
    """

    manifest: bytes
    board: bytes
    timestamp: bytes | None = None
    minutes: bytes | None = None

    @classmethod
    def of(
        cls,
        manifest: Manifest,
        entries: Iterable[Entry],
        timestamp: bytes | None = None,
        minutes: bytes | None = None,
    ) -> Package:
        """The package of a board."""
        return cls(manifest.data, write_board(manifest.eh, entries), timestamp, minutes)

    @property
    def files(self) -> dict[str, bytes]:
        """By name, in the order of the ZIP."""
        more = {TIMESTAMP_FILE: self.timestamp, MINUTES_FILE: self.minutes}
        found = {name: data for name, data in more.items() if data is not None}
        return {MANIFEST_FILE: self.manifest, BOARD_FILE: self.board, **found}


def write_package(package: Package) -> bytes:
    """The ZIP; equal packages give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in package.files.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
