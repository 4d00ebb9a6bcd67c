"""A ZIP that two programs might read as two packages is read by nobody (section 11.1)."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.voting.ballot_box.browser import ask_all
from tests.voting.ballot_box.forgeries import with_minutes
from thidua.voting.ballot_box.package import Package, write_package
from tools import kiemphieu

LOCAL, CENTRAL, END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
Files = tuple[bytes, bytes, bytes | None] | None
Member = dict[str, Any]
OTHER = b'{"khac":1}'


@cache
def package() -> Package:
    return with_minutes()


def member(name: bytes, data: bytes, **more: Any) -> Member:
    """A file as the directory and its own head tell it; `more` lies about it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    stored = data if more.get("method") == 0 else packed
    told = {"name": name, "flags": 0, "method": 8, "crc": zlib.crc32(data), "whole": len(data)}
    return told | {"stored": stored, "packed": len(stored), "extra": b"", "own": {}, "start": None} | more


def whole(**more: Any) -> list[Member]:
    """The files of the package; `more` is about the first."""
    files = {name.encode(): data for name, data in package().files.items()}
    return [member(name, data, **more if at == 0 else {}) for at, (name, data) in enumerate(files.items())]


def zipped(
    members: list[Member], *, before: bytes = b"", gap: bytes = b"", after: bytes = b"", **end: int
) -> bytes:
    """A ZIP written by hand; `end` changes what its last part says."""
    files, directory = bytearray(before), bytearray()
    for one in members:
        start, own = len(files) if one["start"] is None else one["start"], one | one["own"]
        head = (own["flags"], own["method"], 0, 33, own["crc"], own["packed"], own["whole"])
        files += struct.pack(LOCAL, b"PK\3\4", 20, *head, len(own["name"]), len(own["extra"]))
        files += own["name"] + own["extra"] + one["stored"]
        head = (one["flags"], one["method"], 0, 33, one["crc"], one["packed"], one["whole"])
        sizes = (len(one["name"]), len(one["extra"]), 0, 0, 0, 0, start)
        directory += struct.pack(CENTRAL, b"PK\1\2", 20, 20, *head, *sizes) + one["name"] + one["extra"]
    files += gap
    told = {
        "disk": 0,
        "here": len(members),
        "count": len(members),
        "size": len(directory),
        "start": len(files),
    }
    told = told | {"note": 0} | end
    last = (told["disk"], 0, told["here"], told["count"], told["size"], told["start"], told["note"])
    return bytes(files + directory + struct.pack(END, b"PK\5\6", *last) + after)


def bomb(size: int, **more: Any) -> Member:
    """So many noughts in a thousandth of the room."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stored = b"".join(packer.compress(bytes(2**20)) for _ in range(size >> 20)) + packer.flush()
    return member(b"board.json", b"", stored=stored, packed=len(stored), whole=size, crc=0) | more


BOARD, MANIFEST = (lambda: package().board), (lambda: package().manifest)
SOUND: dict[str, Callable[[], bytes]] = {
    "như máy chủ viết": lambda: write_package(package()),
    "không nén": lambda: zipped(whole(method=0)),
    "tên khác bị bỏ qua": lambda: zipped([*whole(), member(b"../board.json", OTHER), member(b"d/", b"")]),
    "phần thêm ở đầu mục": lambda: zipped(whole(extra=b"\x55\x54\1\0\0")),
    "tên viết UTF-8": lambda: zipped(whole(flags=0x0800)),
}
TRICKS: dict[str, Callable[[], bytes]] = {
    "hai tệp cùng tên": lambda: zipped([*whole(), member(b"board.json", OTHER)]),
    "hai tệp khác cùng tên": lambda: zipped([*whole(), member(b"x", b"1"), member(b"x", b"2")]),
    "mã hóa": lambda: zipped(whole(flags=1)),
    "mã hóa chỉ ở đầu mục": lambda: zipped(whole(own={"flags": 1})),
    "mã hóa ở tệp khác": lambda: zipped([*whole(), member(b"x", b"1", flags=1)]),
    "độ dài ghi sau": lambda: zipped(whole(flags=8)),
    "cách nén lạ": lambda: zipped(whole(method=99)),
    "quá lớn": lambda: zipped(whole(whole=2**31)),
    "CRC sai": lambda: zipped(whole(crc=1)),
    "CRC sai ở đầu tệp": lambda: zipped(whole(own={"crc": 1})),
    "CRC sai ở dấu thời gian": lambda: zipped([*whole(), member(b"close.tsr", b"1", crc=1)]),
    "tên ở hai nơi khác nhau": lambda: zipped(whole(own={"name": b"x"})),
    "hai tên đổi chỗ": lambda: zipped(
        [
            member(b"manifest.json", MANIFEST(), own={"name": b"board.json..."}),
            member(b"board.json", BOARD(), own={"name": b"manifest.j"}),
        ]
    ),
    "hai tên một chỗ": lambda: zipped([*whole(), member(b"close.tsr", OTHER, start=0)]),
    "ngắn hơn": lambda: zipped(whole(method=0, whole=len(MANIFEST()) - 1)),
    "dài hơn": lambda: zipped(whole(whole=len(MANIFEST()) + 1)),
    "sau luồng nén còn byte": lambda: zipped(
        whole(stored=(found := whole()[0]["stored"]) + b"con", packed=len(found) + 3)
    ),
    "luồng nén cụt": lambda: zipped(
        whole(stored=(found := whole()[0]["stored"])[:-9], packed=len(found) - 9)
    ),
    "bom": lambda: zipped([whole()[0], bomb(300 << 20)]),
    "bom nói dối": lambda: zipped([whole()[0], bomb(8 << 20, whole=100)]),
    "trước ZIP có chữ": lambda: zipped(whole(), before=b"#!/bin/sh\n"),
    "giữa ZIP có chữ": lambda: zipped(whole(), gap=b"chen vao"),
    "sau ZIP có chữ": lambda: zipped(whole(), after=b"\n"),
    "lời ghi": lambda: zipped(whole(), after=b"loi", note=3),
    "hai ZIP nối nhau": lambda: zipped(whole()) + zipped([member(b"board.json", OTHER)]),
    "đếm thiếu": lambda: zipped(whole(), count=2, here=2),
    "đếm thừa": lambda: zipped(whole(), count=4, here=4),
    "hai số đếm": lambda: zipped(whole(), here=2),
    "đĩa khác": lambda: zipped(whole(), disk=1),
    "thư mục ở chỗ khác": lambda: zipped(whole(), start=1),
    "rỗng": lambda: b"",
    "không có tệp nào": lambda: zipped([]),
    "thiếu bảng": lambda: zipped(whole()[:1]),
    "không phải ZIP": lambda: OTHER * 40,
}


def bent(seed: int) -> bytes:
    """One byte of the sound ZIP changed, cut out or put in; half of them where the directory stands."""
    chance, data = random.Random(seed), bytearray(write_package(package()))
    at = (
        chance.randrange(len(data) - 260 * (seed % 2), len(data)) if seed % 2 else chance.randrange(len(data))
    )
    kind = chance.randrange(3)
    if kind == 0:
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del data[at : at + chance.choice([1, 4, 22])]
    else:
        data[at:at] = chance.choice([b"\0", b"PK\5\6", bytes(22)])
    return bytes(data)


def by_file(path: Path) -> Files:
    try:
        manifest, board, minutes = kiemphieu.load(str(path))
    except kiemphieu.Wrong:
        return None
    return manifest, board, minutes[0] if minutes else None


def read(tmp_path: Path, *zips: bytes) -> list[tuple[Files, Files]]:
    """What the one-file verifier and the browser read of each."""
    paths = [tmp_path / f"{at}.zip" for at in range(len(zips))]
    for path, data in zip(paths, zips, strict=True):
        path.write_bytes(data)
    answers = ask_all({"ask": "zip", "path": str(path)} for path in paths)
    return [(by_file(path), by_browser(answer)) for path, answer in zip(paths, answers, strict=True)]


def by_browser(answer: dict[str, Any]) -> Files:
    if "refused" in answer:
        assert answer["code"] == "V01"
        return None
    manifest, board, minutes = (answer[name] for name in ("manifest", "board", "minutes"))
    return bytes.fromhex(manifest), bytes.fromhex(board), minutes and bytes.fromhex(minutes)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_zip_is_read_alike(name: str, tmp_path: Path) -> None:
    files = (package().manifest, package().board, package().minutes)
    assert read(tmp_path, SOUND[name]()) == [(files, files)]


def test_what_may_be_read_in_two_ways_is_read_by_nobody(tmp_path: Path) -> None:
    found = read(tmp_path, *(make() for make in TRICKS.values()))
    assert {name: one for name, one in zip(TRICKS, found, strict=True) if one != (None, None)} == {}


def test_other_programs_see_what_the_verifiers_see(tmp_path: Path) -> None:
    """The strict form is still a ZIP."""
    (tmp_path / "goi.zip").write_bytes(write_package(package()))
    with zipfile.ZipFile(tmp_path / "goi.zip") as archive:
        assert (archive.testzip(), archive.read("board.json")) == (None, package().board)


def test_a_bent_zip_is_never_read_as_two_packages(tmp_path: Path) -> None:
    found = read(tmp_path, *(bent(seed) for seed in range(400)))
    assert [one for one in found if one[0] != one[1]] == []
    assert any(one == (None, None) for one in found)
