"""Gói chứng cứ: the files anybody can check, manifest.json and board.json (section 11)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from thidua.voting.ballot_box.board import Entry, write_board
from thidua.voting.ballot_box.manifest import Manifest

MANIFEST_FILE, BOARD_FILE = "manifest.json", "board.json"
LARGEST_FILE = 256 * 2**20  # bytes; a ballot of 60 people and 40 questions takes about 4 MB
FIXED_TIME = (2000, 1, 1, 0, 0, 0)  # the same content gives the same ZIP


@dataclass(frozen=True)
class Package:
    """The bytes of the two files, as found."""

    manifest: bytes
    board: bytes

    @classmethod
    def of(cls, manifest: Manifest, entries: Iterable[Entry]) -> Package:
        """The package of a board."""
        return cls(manifest.data, write_board(manifest.eh, entries))


def write_package(package: Package) -> bytes:
    """The ZIP; equal packages give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ((MANIFEST_FILE, package.manifest), (BOARD_FILE, package.board)):
            archive.writestr(zipfile.ZipInfo(name, FIXED_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_package(path: Path) -> Package:
    """The package in a folder or a ZIP; ValueError when a file is missing or too large."""
    try:
        if path.is_dir():
            return Package((path / MANIFEST_FILE).read_bytes(), (path / BOARD_FILE).read_bytes())
        with zipfile.ZipFile(path) as archive:
            return Package(_member(archive, MANIFEST_FILE), _member(archive, BOARD_FILE))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ValueError("Không đọc được gói chứng cứ") from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LARGEST_FILE:
        raise ValueError(f"Tệp {name} trong gói quá lớn")
    return archive.read(name)
