"""Gói chứng cứ: the files anybody can check, manifest.json, board.json, perhaps close.tsr (section 11)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from thidua.voting.ballot_box.board import Entry, write_board
from thidua.voting.ballot_box.manifest import Manifest

MANIFEST_FILE, BOARD_FILE, TIMESTAMP_FILE = "manifest.json", "board.json", "close.tsr"
LARGEST_FILE = 256 * 2**20  # bytes; a ballot of 60 people and 40 questions takes about 4 MB
FIXED_TIME = (2000, 1, 1, 0, 0, 0)  # the same content gives the same ZIP


@dataclass(frozen=True)
class Package:
    """The bytes of the files, as found; `timestamp` is the RFC 3161 token over the head at the close."""

    manifest: bytes
    board: bytes
    timestamp: bytes | None = None

    @classmethod
    def of(cls, manifest: Manifest, entries: Iterable[Entry], timestamp: bytes | None = None) -> Package:
        """The package of a board."""
        return cls(manifest.data, write_board(manifest.eh, entries), timestamp)

    @property
    def files(self) -> dict[str, bytes]:
        """By name, in the order of the ZIP."""
        stamped = {} if self.timestamp is None else {TIMESTAMP_FILE: self.timestamp}
        return {MANIFEST_FILE: self.manifest, BOARD_FILE: self.board, **stamped}


def write_package(package: Package) -> bytes:
    """The ZIP; equal packages give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in package.files.items():
            archive.writestr(zipfile.ZipInfo(name, FIXED_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_package(path: Path) -> Package:
    """The package in a folder or a ZIP; ValueError when a file is missing or too large."""
    try:
        if path.is_dir():
            stamp = path / TIMESTAMP_FILE
            parts = (path / MANIFEST_FILE).read_bytes(), (path / BOARD_FILE).read_bytes()
            return Package(*parts, stamp.read_bytes() if stamp.exists() else None)
        with zipfile.ZipFile(path) as archive:
            stamped = TIMESTAMP_FILE in archive.namelist()
            parts = _member(archive, MANIFEST_FILE), _member(archive, BOARD_FILE)
            return Package(*parts, _member(archive, TIMESTAMP_FILE) if stamped else None)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError("Không đọc được gói chứng cứ") from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST_FILE:
        raise ValueError(f"Tệp {name} trong gói quá lớn")
    return archive.read(name)
