"""Gói chứng cứ: manifest.json, board.json, perhaps close.tsr and minutes.pdf (section 11)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from thidua.voting.ballot_box.board import Entry, write_board
from thidua.voting.ballot_box.manifest import Manifest

MANIFEST_FILE, BOARD_FILE = "manifest.json", "board.json"
TIMESTAMP_FILE, MINUTES_FILE = "close.tsr", "minutes.pdf"
FILES = (MANIFEST_FILE, BOARD_FILE, TIMESTAMP_FILE, MINUTES_FILE)
LARGEST_FILE = 256 * 2**20  # bytes; a ballot of 60 people and 40 questions takes about 4 MB
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


UNREADABLE = (OSError, KeyError, RuntimeError, NotImplementedError, EOFError, zlib.error, zipfile.BadZipFile)


def read_package(path: Path) -> Package:
    """The package in a folder or a ZIP; ValueError when a file is missing, too large or there twice."""
    try:
        if path.is_dir():
            found = {name: (path / name).read_bytes() for name in FILES if (path / name).exists()}
        else:
            with zipfile.ZipFile(path) as archive:
                found = {name: _member(archive, name) for name in FILES if name in archive.namelist()}
        return Package(
            found[MANIFEST_FILE], found[BOARD_FILE], found.get(TIMESTAMP_FILE), found.get(MINUTES_FILE)
        )
    except UNREADABLE as error:
        raise ValueError("Không đọc được gói chứng cứ") from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.namelist().count(name) > 1:
        raise ValueError(f"Gói có hai tệp {name}")
    if archive.getinfo(name).file_size > LARGEST_FILE:
        raise ValueError(f"Tệp {name} trong gói quá lớn")
    return archive.read(name)
