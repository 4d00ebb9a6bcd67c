"""Kiểm phiếu: một tệp để ai cũng kiểm được một cuộc bỏ phiếu kín PHIEUKIN-1, không cần mạng.

    python kiemphieu.py goi GÓI.zip [--bien-nhan TỆP.json ...] [--dau DÒNG=CHỮ ...] [--bien-ban TỆP.pdf ...]
    python kiemphieu.py so-sanh GÓI-TRƯỚC.zip GÓI-SAU.zip
    python kiemphieu.py kiem-may GÓI.zip PHIẾU-THỬ
    python kiemphieu.py kiem-may GÓI.zip PHIẾU HẠT-GIỐNG LỰA-CHỌN
    python kiemphieu.py manh-giai GÓI.zip --nguoi SỐ --khoa HEX --dau CHỮ --ra TỆP.json
    python kiemphieu.py manh-giai GÓI.zip --sao-luu CHỮ --mat-khau CHỮ --dau CHỮ --ra TỆP.json

Viết từ docs/spec/phieukin-1.md, chỉ dùng thư viện chuẩn của Python 3.11 trở lên, không dùng mã của
hệ thống. Kết thúc với 0 khi đúng, 1 khi có chỗ sai, 2 khi không đọc được.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import re
import secrets
import struct
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

# --- Nhóm (mục 2) -----------------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I_ROOT = pow(2, (P - 1) // 4, P)
A_MINUS_D = 54469307008909316920995813868745141605393597292927456921205312896311721017578
Point = tuple[int, int, int, int]
ZERO: Point = (0, 1, 1, 0)
NEUTRAL = bytes(32)


class Wrong(ValueError):
    """Gói không đọc được."""


def plus(one: Point, other: Point) -> Point:
    """Tổng hai điểm."""
    x1, y1, z1, t1 = one
    x2, y2, z2, t2 = other
    a, b = (y1 - x1) * (y2 - x2), (y1 + x1) * (y2 + x2)
    c, d = 2 * t1 * t2 * D, 2 * z1 * z2
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def minus(point: Point) -> Point:
    """Điểm đối."""
    return -point[0] % P, point[1], point[2], -point[3] % P


def double(point: Point) -> Point:
    """Hai lần điểm."""
    x, y, z, _ = point
    a, b = x * x % P, y * y % P
    h, g = a + b, a - b
    e, f = h - (x + y) * (x + y), 2 * z * z + g
    return e * f % P, g * h % P, f * g % P, e * h % P


@lru_cache(maxsize=64)
def multiples(point: Point) -> list[Point]:
    """Từ 0 đến 15 lần điểm."""
    table = [ZERO, point]
    for _ in range(14):
        table.append(plus(table[-1], point))
    return table


def times(number: int, point: Point) -> Point:
    """`number` lần điểm, không lấy dư cho L."""
    return both(number, point, 0, ZERO)


def both(one: int, first: Point, two: int, second: Point) -> Point:
    """`one` lần điểm đầu cộng `two` lần điểm sau, bốn bit một lượt."""
    ones, twos = multiples(first), multiples(second)
    total = ZERO
    for at in range((max(one, two).bit_length() + 3) // 4 * 4 - 4, -1, -4):
        total = double(double(double(double(total))))
        a, b = one >> at & 15, two >> at & 15
        total = plus(total, ones[a]) if a else total
        total = plus(total, twos[b]) if b else total
    return total


def even(value: int) -> int:
    """Trong ±value, số chẵn."""
    value %= P
    return P - value if value & 1 else value


def root(u: int, v: int) -> tuple[bool, int]:
    """Căn của u/v (RFC 9496, mục 4.2)."""
    found = u * pow(v, 3, P) * pow(u * pow(v, 7, P) % P, (P - 5) // 8, P) % P
    check = v * found * found % P
    if check in (-u % P, -u * I_ROOT % P):
        found = found * I_ROOT % P
    return check in (u % P, -u % P), even(found)


@lru_cache(maxsize=100_000)
def element(encoding: bytes) -> Point:
    """Phần tử ristretto255 (RFC 9496, mục 4.3.1)."""
    s = int.from_bytes(encoding, "little")
    if len(encoding) != 32 or s >= P or s & 1:
        raise Wrong("phần tử không viết theo dạng chuẩn")
    u1, u2 = (1 - s * s) % P, (1 + s * s) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    square, inverse = root(1, v * u2 * u2 % P)
    x = even(2 * s * inverse * u2)
    y = u1 * inverse * inverse * u2 * v % P
    if not square or y == 0 or x * y % P & 1:
        raise Wrong("phần tử không viết theo dạng chuẩn")
    return x, y, 1, x * y % P


def text_of(point: Point) -> bytes:
    """Cách viết duy nhất của phần tử (RFC 9496, mục 4.3.2)."""
    x, y, z, t = point
    u1, u2 = (z + y) * (z - y) % P, x * y % P
    inverse = root(1, u1 * u2 * u2 % P)[1]
    one, two = inverse * u1 % P, inverse * u2 % P
    z_inverse, last = one * two * t % P, two
    if t * z_inverse % P & 1:
        x, y, last = y * I_ROOT % P, x * I_ROOT % P, one * A_MINUS_D % P
    if x * z_inverse % P & 1:
        y = -y
    return even(last * (z - y)).to_bytes(32, "little")


def edwards(encoding: bytes) -> Point:
    """Điểm Ed25519 (RFC 8032, mục 5.1.3)."""
    number = int.from_bytes(encoding, "little")
    y, sign = number % 2**255, number >> 255
    square, x = root(y * y - 1, D * y * y + 1)
    if len(encoding) != 32 or y >= P or not square or (x == 0 and sign):
        raise Wrong("khóa Ed25519 không hợp lệ")
    x = P - x if sign else x
    return x, y, 1, x * y % P


def edwards_text(point: Point) -> bytes:
    """Cách viết của điểm Ed25519."""
    x, y, z, _ = point
    inverse = pow(z, -1, P)
    return (y * inverse % P | (x * inverse % P & 1) << 255).to_bytes(32, "little")


def is_neutral(point: Point) -> bool:
    """Điểm trung hòa của đường cong."""
    return point[0] % P == 0 and (point[1] - point[2]) % P == 0


@lru_cache(maxsize=10_000)
def is_key(key: bytes) -> bool:
    """Khóa Ed25519 cấp nguyên tố."""
    try:
        point = edwards(key)
    except Wrong:
        return False
    return not is_neutral(point) and is_neutral(times(L, point))


B = edwards((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
G = B


@lru_cache(maxsize=4096)
def of_number(number: int) -> Point:
    """Số nhỏ lần G."""
    return times(number % L, G)


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Chữ ký Ed25519, kiểm chặt."""
    if len(signature) != 64 or not is_key(key):
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    found = both(s, B, (L - h) % L, edwards(key))
    return not is_neutral(found) and edwards_text(found) == signature[:32]


# --- Băm (mục 3) ------------------------------------------------------------------------------------

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def u8(n: int) -> bytes:
    """Một byte."""
    return n.to_bytes(1, "big")


def u32(n: int) -> bytes:
    """Bốn byte."""
    return n.to_bytes(4, "big")


def u64(n: int) -> bytes:
    """Tám byte."""
    return n.to_bytes(8, "big")


def frame(purpose: str, parts: tuple[bytes, ...]) -> bytes:
    """Khung."""
    return b"".join(u32(len(x)) + x for x in (b"PHIEUKIN-1", purpose.encode(), *parts))


def h32(purpose: str, *parts: bytes) -> bytes:
    """SHA-256 của khung."""
    return hashlib.sha256(frame(purpose, parts)).digest()


def h64(purpose: str, *parts: bytes) -> bytes:
    """SHA-512 của khung."""
    return hashlib.sha512(frame(purpose, parts)).digest()


def challenge(purpose: str, *parts: bytes) -> int:
    """Thách thức."""
    return int.from_bytes(h64(purpose, *parts), "little") % L


def letters(digest: bytes, count: int) -> str:
    """Chữ cho người đọc, thành nhóm bốn."""
    bits = int.from_bytes(digest, "big") >> len(digest) * 8 - count * 5
    plain = "".join(LETTERS[bits >> 5 * at & 31] for at in range(count - 1, -1, -1))
    return "-".join(plain[at : at + 4] for at in range(0, count, 4))


def typed(text: str) -> str:
    """Chữ người ta gõ lại."""
    return "".join(text.split()).replace("-", "").upper().translate(str.maketrans("OIL", "011"))


# --- Gói (mục 4, 8, 11) -------------------------------------------------------------------------------

LARGEST = 256 * 2**20
BIG = 2**53 - 1
ALLOWED = re.compile(
    "[\n -~\u00a0-\u00ac\u00ae-\u034e\u0350-\u052f\u1e00-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2bff]*"
)


def number(value: Any) -> bool:
    """Số nguyên không âm."""
    return type(value) is int and 0 <= value <= BIG


def flag(value: Any) -> bool:
    """Đúng hoặc sai."""
    return isinstance(value, bool)


def word(value: Any) -> bool:
    """Chữ được dùng, ở dạng NFC (mục 4.1)."""
    allowed = isinstance(value, str) and ALLOWED.fullmatch(value) is not None
    return allowed and unicodedata.is_normalized("NFC", value)


def words(value: Any) -> bool:
    """Chữ có ít nhất một ký tự lớn hơn dấu cách."""
    return word(value) and any(letter > " " for letter in value)


def hexes(size: int | None = None) -> Callable[[Any], bool]:
    """Byte viết bằng hex thường."""
    return lambda value: (
        isinstance(value, str)
        and len(value) % 2 == 0
        and set(value) <= set("0123456789abcdef")
        and (size is None or len(value) == 2 * size)
    )


def among(*choices: str) -> Callable[[Any], bool]:
    """Một trong các từ."""
    return lambda value: isinstance(value, str) and value in choices


def perhaps(shape: Any) -> Callable[[Any], bool]:
    """Cấu trúc đó, hoặc null."""
    return lambda value: value is None or fits(shape, value)


def fits(shape: Any, value: Any) -> bool:
    """Đúng cấu trúc."""
    if callable(shape):
        return bool(shape(value))
    if isinstance(shape, dict):
        return (
            isinstance(value, dict)
            and value.keys() == shape.keys()
            and all(fits(shape[k], value[k]) for k in shape)
        )
    return isinstance(value, list) and all(fits(shape[0], one) for one in value)


TYPES = (
    "manifest",
    "replace",
    "pending",
    "cast",
    "audited",
    "close",
    "aggregate",
    "share",
    "result",
    "void",
    "minutes",
)
MANIFEST = {
    "client": hexes(32),
    "closes_ms": number,
    "committee": {"keys": [hexes(32)], "needed": number},
    "disclosure": among("counts", "outcome"),
    "held_by": words,
    "joint_key": hexes(32),
    "kind": among("official", "rehearsal", "poll"),
    "meeting": words,
    "members": number,
    "min_ballots": number,
    "opens_ms": number,
    "protocol": among("PHIEUKIN-1"),
    "questions": [
        {
            "max": number,
            "min": number,
            "options": [{"title": words, "unit": word}],
            "own_unit": flag,
            "threshold": perhaps({"base": perhaps(number), "den": number, "num": number, "strict": flag}),
            "title": words,
        }
    ],
    "revote": flag,
    "roll": [{"key": hexes(32), "unit": word}],
    "server_key": hexes(32),
    "title": words,
    "trustees": {
        "commits": [hexes(32)],
        "names": [words],
        "needed": number,
        "round1": [hexes()],
        "sealed": [[hexes(64)]],
    },
}
ENTRY = {
    "head": hexes(32),
    "k": number,
    "ms": number,
    "payload": perhaps(hexes()),
    "payload_hash": hexes(32),
    "prev": hexes(32),
    "signature": hexes(64),
    "type": among(*TYPES),
}
BOARD = {"eh": hexes(32), "entries": [ENTRY], "protocol": among("PHIEUKIN-1")}
RECEIPT = {
    "eh": hexes(32),
    "head": hexes(32),
    "k": number,
    "protocol": among("PHIEUKIN-1"),
    "signature": hexes(64),
    "tracker": words,
}
OPENING = {
    "ballot": hexes(32),
    "choices": [[number]],
    "counter": number,
    "credential": hexes(32),
    "eh": hexes(32),
    "protocol": among("PHIEUKIN-1"),
    "seed": hexes(32),
}
CONTENT = {
    "replace": {
        "new": hexes(32),
        "old": hexes(32),
        "reason": words,
        "signatures": [{"member": number, "signature": hexes(64)}],
    },
    "close": {"last": number, "present": number},
    "aggregate": {"ballots": number, "close": hexes(32), "sums": [[hexes(64)]]},
    "share": {"factors": [[hexes(32)]], "proofs": [[hexes(64)]], "trustee": number},
    "result": {"ballots": number, "counts": [[number]], "decisions": [perhaps([flag])], "trustees": [number]},
    "void": {"reason": words},
    "minutes": {"sha256": hexes(32)},
}
VOTING = ("pending", "cast", "audited")


def canonical(value: Any) -> bytes:
    """JSON chuẩn."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def parse(data: bytes, shape: Any, what: str) -> Any:
    """Đọc JSON chuẩn đúng cấu trúc."""
    try:
        value = json.loads(data.decode())
        same = canonical(value) == data
    except (ValueError, RecursionError) as fault:
        raise Wrong(f"{what} không phải JSON đọc được") from fault
    if not same or not fits(shape, value):
        raise Wrong(f"{what} không viết theo dạng chuẩn hoặc sai cấu trúc")
    return value


class Ballot:
    """Một lá phiếu đọc theo bố cục (mục 7.1)."""

    def __init__(self, box: Box, unit: str, data: bytes) -> None:
        self.box, self.data, self.unit = box, data, unit
        self.eh, self.credential = data[1:33], data[33:65]
        self.counter = int.from_bytes(data[65:69], "big")
        self.hash = h32("tracker", data)
        self.places = box.places(unit)
        sizes = [64 * len(v) for _, _, v in self.places] + [64 * len(s) for s in box.sums]
        self.size = 69 + 64 * len(self.places) + sum(sizes) + 64
        at = 69
        self.pairs = [
            (data[at + 64 * n : at + 64 * n + 32], data[at + 64 * n + 32 : at + 64 * n + 64])
            for n in range(len(self.places))
        ]
        at += 64 * len(self.places)
        self.proofs = []
        for size in sizes:
            self.proofs.append(data[at : at + size])
            at += size
        self.body, self.signature = data[:at], data[at:]

    @cached_property
    def bh(self) -> bytes:
        """Điều mọi chứng minh gắn vào."""
        return bound(self.eh, self.credential, self.counter, self.box.key, self.pairs)

    def of_question(self, q: int) -> list[tuple[bytes, bytes]]:
        """Các cặp của một câu."""
        return [pair for (asked, _, _), pair in zip(self.places, self.pairs, strict=True) if asked == q]


def bound(eh: bytes, credential: bytes, counter: int, key: bytes, pairs: list[tuple[bytes, bytes]]) -> bytes:
    """Băm bh của mục 7.2."""
    return h32("ballot-ct", eh, credential, u32(counter), key, b"".join(a + b for a, b in pairs))


def add_up(pairs: list[tuple[bytes, bytes]]) -> tuple[bytes, bytes]:
    """Mã hóa của tổng."""
    if len(pairs) == 1:
        return pairs[0]
    alpha = beta = ZERO
    for a, b in pairs:
        alpha, beta = plus(alpha, element(a)), plus(beta, element(b))
    return text_of(alpha), text_of(beta)


class Box:
    """Một gói: bản niêm phong và bảng."""

    def __init__(
        self,
        manifest: bytes,
        board: bytes,
        receipts: list[dict[str, Any]] | None = None,
        marks: list[tuple[int, str]] | None = None,
        minutes: list[bytes] | None = None,
    ) -> None:
        self.data, self.receipts, self.marks = manifest, receipts or [], marks or []
        self.minutes = minutes or []
        self.told = parse(manifest, MANIFEST, "manifest.json")
        told = parse(board, BOARD, "board.json")
        self.declared, self.entries = bytes.fromhex(told["eh"]), told["entries"]
        self.eh = h32("manifest", manifest)
        self.key = bytes.fromhex(self.told["joint_key"])
        self.server = bytes.fromhex(self.told["server_key"])
        holders = self.told["trustees"]
        self.names, self.needed = holders["names"], holders["needed"]
        self.round1 = [bytes.fromhex(one) for one in holders["round1"]]
        self.roll = {bytes.fromhex(line["key"]): at for at, line in enumerate(self.told["roll"])}
        self.committee = [bytes.fromhex(one) for one in self.told["committee"]["keys"]]
        for entry in self.entries:
            entry["data"] = None if entry["payload"] is None else bytes.fromhex(entry["payload"])

    @cached_property
    def sums(self) -> list[tuple[int, ...]]:
        """Các tổng được phép của mỗi câu."""
        return [tuple(range(q["min"], q["max"] + 1)) for q in self.told["questions"]]

    @cached_property
    def present(self) -> int:
        """Số có mặt ghi ở dòng đóng phiếu."""
        return int(self.read(self.close)["present"]) if self.close else 0

    def places(self, unit: str) -> list[tuple[int, int, tuple[int, ...]]]:
        """Câu, phương án, giá trị được phép."""
        return [
            (q, i, (0,) if asked["own_unit"] and unit and option["unit"] == unit else (0, 1))
            for q, asked in enumerate(self.told["questions"])
            for i, option in enumerate(asked["options"])
        ]

    def of(self, *types: str) -> list[dict[str, Any]]:
        """Các dòng thuộc những loại này."""
        return [entry for entry in self.entries if entry["type"] in types]

    def read(self, entry: dict[str, Any]) -> Any:
        """Nội dung JSON của một dòng."""
        return parse(entry["data"] or b"", CONTENT[entry["type"]], f"dòng {entry['k']} ({entry['type']})")

    @cached_property
    def close(self) -> dict[str, Any] | None:
        """Dòng đóng đầu tiên."""
        return next(iter(self.of("close")), None)

    @property
    def purged(self) -> bool:
        """Nội dung phiếu đã hủy."""
        return any(entry["data"] is None for entry in self.entries)

    @cached_property
    def lines(self) -> dict[bytes, int]:
        """Dòng danh sách của mỗi mã, kể cả mã thay."""
        found = dict(self.roll)
        for entry in self.of("replace"):
            told = self.read(entry)
            line = found.get(bytes.fromhex(told["old"]))
            if line is not None:
                found.setdefault(bytes.fromhex(told["new"]), line)
        return found

    @cached_property
    def ballots(self) -> dict[int, Ballot]:
        """Phiếu theo dòng chúng đến."""
        found = {}
        for entry in self.of("pending"):
            if entry["data"] is not None:
                line = self.lines.get(entry["data"][33:65])
                unit = "" if line is None else self.told["roll"][line]["unit"]
                found[entry["k"]] = Ballot(self, unit, entry["data"])
        return found

    def decisions(self, *types: str) -> Iterator[tuple[dict[str, Any], bytes, bytes, bytes]]:
        """Dòng, eh, mã, băm phiếu của các quyết định."""
        for entry in self.of(*types):
            data = entry["data"] or b""
            yield entry, data[1:33], data[33:65], data[65:97]

    @cached_property
    def counted(self) -> dict[int, bytes]:
        """Với mỗi dòng danh sách đã bỏ, băm của phiếu được tính."""
        end = self.close["k"] if self.close else len(self.entries) + 1
        found = {}
        for entry, _, credential, ballot in self.decisions("cast"):
            if entry["k"] < end and credential in self.lines:
                found[self.lines[credential]] = ballot
        return found

    @cached_property
    def aggregate_sums(self) -> list[list[str]]:
        """Tổng mã hóa tự tính."""
        by_hash = {ballot.hash: ballot for ballot in self.ballots.values()}
        mine = [by_hash[h] for _, h in sorted(self.counted.items()) if h in by_hash]
        found = []
        for q, asked in enumerate(self.told["questions"]):
            rows = [ballot.of_question(q) for ballot in mine]
            sums = [
                add_up([row[i] for row in rows]) if rows else (NEUTRAL, NEUTRAL)
                for i in range(len(asked["options"]))
            ]
            found.append([(a + b).hex() for a, b in sums])
        return found

    @cached_property
    def public_keys(self) -> list[bytes]:
        """X_0 … X_n."""
        found = [self.round1[0][3:35]]
        for j in range(1, len(self.names) + 1):
            total = ZERO
            for data in self.round1[1:]:
                total = plus(total, committed(data, j))
            found.append(text_of(total))
        return found


def committed(round1: bytes, at: int) -> Point:
    """Giá trị cam kết của đa thức tại `at`, lần G."""
    body = round1[3:-64][32:]
    total = ZERO
    for start in range(len(body) - 32, -1, -32):
        total = plus(times(at, total), element(body[start : start + 32]))
    return total


# --- Kiểm tra V01–V20 (mục 10) --------------------------------------------------------------------------


def v01(box: Box) -> Iterator[str]:
    """Cấu trúc, độ dài."""
    faults = list(sense(box))
    yield from faults
    if faults:
        return
    if [entry["k"] for entry in box.of("manifest")] != [box.entries[0]["k"] if box.entries else None]:
        yield "bảng phải bắt đầu bằng đúng một bản niêm phong"
    for entry in box.entries:
        yield from content(box, entry)
    for k, ballot in box.ballots.items():
        if len(ballot.data) != ballot.size or ballot.data[:1] != u8(1) or not ballot.counter:
            yield f"dòng {k}: phiếu sai độ dài hoặc sai phần đầu"
    gone = [entry["type"] for entry in box.entries if entry["data"] is None]
    if gone and (gone != ["pending"] * len(box.of("pending")) or not box.of("result", "void")):
        yield "nội dung bị thiếu ở chỗ không được thiếu"


def sense(box: Box) -> Iterator[str]:
    """Bản niêm phong có nghĩa (mục 4.2)."""
    told, count = box.told, len(box.names)
    for asked in told["questions"]:
        if not 1 <= len(asked["options"]) <= 255 or not asked["min"] <= asked["max"] <= len(asked["options"]):
            yield "số lựa chọn của câu hỏi không hợp lệ"
        line = asked["threshold"]
        if line and not reachable(line, told["members"]):
            yield "ngưỡng không hợp lệ"
    sizes = [3 + 32 * (1 if n == 0 else 1 + box.needed) + 64 for n in range(count + 1)]
    sound = [
        bool(told["questions"]),
        told["opens_ms"] < told["closes_ms"],
        count <= 9,
        told["committee"]["needed"] >= 1,
        min(count, 1) <= box.needed <= count,
        [len(one) for one in box.round1] == sizes,
        len(told["trustees"]["commits"]) == count + 1,
        [len(row) for row in told["trustees"]["sealed"]] == [count] * count,
    ]
    if not all(sound):
        yield "bản niêm phong không có nghĩa"


def reachable(line: dict[str, Any], members: int) -> bool:
    """Ngưỡng có thể đạt."""
    share_of_base = line["den"] >= 1 and line["num"] <= line["den"] - line["strict"]
    return bool(share_of_base and (line["base"] is None or 1 <= line["base"] <= members))


def content(box: Box, entry: dict[str, Any]) -> Iterator[str]:
    """Nội dung một dòng đúng cấu trúc, đủ chỗ."""
    shapes = [len(asked["options"]) for asked in box.told["questions"]]
    k, kind, data = entry["k"], entry["type"], entry["data"] or b""
    if kind in CONTENT:
        read = box.read(entry)
        tables = [read[key] for key in ("sums", "factors", "proofs", "counts") if key in read]
        if any([len(row) for row in table] != shapes for table in tables):
            yield f"dòng {k} không có đủ chỗ cho mọi phương án"
        if kind == "result" and len(read["decisions"]) != len(shapes):
            yield f"dòng {k} không có đủ kết luận"
    if kind in ("cast", "audited") and (len(data) != 161 or data[0] != (1 if kind == "cast" else 2)):
        yield f"quyết định ở dòng {k} sai độ dài hoặc sai loại"


def scalars(data: bytes) -> bool:
    """Mọi số nhỏ hơn L."""
    return all(int.from_bytes(data[at : at + 32], "little") < L for at in range(0, len(data), 32))


def elements(*encodings: bytes) -> bool:
    """Mọi phần tử viết chuẩn."""
    try:
        for one in encodings:
            element(one)
    except Wrong:
        return False
    return True


def v02(box: Box) -> Iterator[str]:
    """Cách viết."""
    keys = [box.server, *box.committee, *(bytes.fromhex(line["key"]) for line in box.told["roll"])]
    if not all(map(is_key, keys)):
        yield "có khóa Ed25519 không hợp lệ"
    bodies = [data[3:-64] for data in box.round1]
    parts = [box.key, *(body[at : at + 32] for body in bodies for at in range(0, len(body), 32))]
    if not elements(*parts) or NEUTRAL in parts or not all(scalars(data[-64:]) for data in box.round1):
        yield "có khóa mã hóa hoặc chứng minh của người giữ khóa không viết chuẩn"
    for k, ballot in box.ballots.items():
        whole = all(elements(a, b) and a != NEUTRAL for a, b in ballot.pairs)
        if not whole or not all(map(scalars, ballot.proofs)):
            yield f"dòng {k}: phiếu có phần không viết chuẩn"
    for entry in box.of("aggregate", "share"):
        told = box.read(entry)
        halves = [one for row in told.get("sums", []) for pair in row for one in (pair[:64], pair[64:])]
        halves += [one for row in told.get("factors", []) for one in row]
        proofs = [bytes.fromhex(one) for row in told.get("proofs", []) for one in row]
        if not elements(*map(bytes.fromhex, halves)) or not all(map(scalars, proofs)):
            yield f"dòng {entry['k']} có số không viết chuẩn"


def v03(box: Box) -> Iterator[str]:
    """Thuộc bản niêm phong này."""
    if box.declared != box.eh or box.entries[0]["data"] != box.data:
        yield "bảng không thuộc bản niêm phong này"
    yield from (f"dòng {k}: phiếu của cuộc khác" for k, ballot in box.ballots.items() if ballot.eh != box.eh)
    yield from (
        f"dòng {e['k']}: quyết định của cuộc khác"
        for e, eh, _, _ in box.decisions("cast", "audited")
        if eh != box.eh
    )


def v04(box: Box) -> Iterator[str]:
    """Buổi tạo khóa."""
    if not box.names and box.told["kind"] != "poll":
        yield "phiếu kín phải có người giữ khóa ngoài máy chủ"
    meeting = box.told["meeting"].encode()
    for n, data in enumerate(box.round1):
        c, s = (int.from_bytes(data[at : at + 32], "little") for at in (len(data) - 64, len(data) - 32))
        first = element(data[3:35] if n == 0 else data[35:67])
        shown = text_of(both(s, G, c, first))
        sound = (
            data[:3] == u8(n) + u8(len(box.names)) + u8(box.needed)
            and h32("dkg-commit", meeting, data).hex() == box.told["trustees"]["commits"][n]
            and challenge("zk-pok", meeting, data[:-64], shown) == c
        )
        if not sound:
            yield f"phần khóa số {n} không đúng cam kết hoặc thiếu chứng minh"


def v05(box: Box) -> Iterator[str]:
    """Khóa chung."""
    total = element(box.round1[0][3:35])
    for data in box.round1[1:]:
        total = plus(total, element(data[35:67]))
    if text_of(total) != box.key:
        yield "khóa mã hóa không phải tổng các phần khóa"


def v06(box: Box) -> Iterator[str]:
    """Danh sách cử tri."""
    told = box.told
    if len(box.roll) != len(told["roll"]) or not 1 <= len(told["roll"]) <= told["members"]:
        yield "danh sách cử tri có mã trùng nhau hoặc quá số thành viên"
    others = [box.server, *box.committee]
    if len({*others, *box.roll}) != len(others) + len(box.roll):
        yield "một khóa đứng ở hai vai: máy chủ, ban kiểm phiếu, cử tri phải khác khóa nhau"
    if told["min_ballots"] < (1 if told["kind"] == "rehearsal" else 5):
        yield "số phiếu tối thiểu quá nhỏ"
    allowed, issued = set(box.roll), {*others, *box.roll}
    for entry in box.entries:
        if entry["type"] == "replace":
            yield from replaced(box, entry, allowed, issued)
        elif entry["type"] in VOTING and entry["data"] is not None and entry["data"][33:65] not in allowed:
            yield f"dòng {entry['k']}: mã cử tri không có trong danh sách"


def replaced(box: Box, entry: dict[str, Any], allowed: set[bytes], issued: set[bytes]) -> Iterator[str]:
    """Thay một mã, hoặc điều sai của việc thay (mục 5.6)."""
    read, needed = box.read(entry), box.told["committee"]["needed"]
    old, new = bytes.fromhex(read["old"]), bytes.fromhex(read["new"])
    given = {line["member"]: bytes.fromhex(line["signature"]) for line in read["signatures"]}
    message = h64("replace", box.eh, old, new)
    sound = [m < len(box.committee) and signed(box.committee[m], message, s) for m, s in given.items()]
    if old not in allowed or new in issued or not is_key(new):
        yield f"dòng {entry['k']}: thay mã cử tri không hợp lệ"
    if not all(sound) or len(sound) < needed or len(given) != len(read["signatures"]):
        yield f"dòng {entry['k']}: thiếu chữ ký của ban kiểm phiếu"
    allowed.discard(old)
    allowed.add(new)
    issued.add(new)


def v07(box: Box) -> Iterator[str]:
    """Chuỗi."""
    head = h32("board", box.eh)
    for n, entry in enumerate(box.entries, start=1):
        digest = bytes.fromhex(entry["payload_hash"])
        whole = entry["data"] is None or h32("payload", entry["data"]) == digest
        follows = h32("entry", head, u64(n), entry["type"].encode(), digest, u64(entry["ms"]))
        if not whole or entry["k"] != n or entry["prev"] != head.hex() or entry["head"] != follows.hex():
            yield f"dòng {n} không nối tiếp dòng trước hoặc đã bị sửa"
        head = bytes.fromhex(entry["head"])


def v08(box: Box) -> Iterator[str]:
    """Chữ ký của máy chủ."""
    for entry in box.entries:
        message = h64("head", box.eh, u64(entry["k"]), bytes.fromhex(entry["head"]))
        if not signed(box.server, message, bytes.fromhex(entry["signature"])):
            yield f"chữ ký của máy chủ ở dòng {entry['k']} không đúng"


def v10(box: Box) -> Iterator[str]:
    """Chữ ký của cử tri."""
    for k, ballot in box.ballots.items():
        if not signed(ballot.credential, h64("ballot-sig", ballot.body), ballot.signature):
            yield f"dòng {k}: chữ ký của phiếu không đúng"
    for entry, eh, credential, ballot_hash in box.decisions("cast", "audited"):
        message = h64("decision", entry["data"][:1], eh, credential, ballot_hash)
        if not signed(credential, message, entry["data"][97:161]):
            yield f"dòng {entry['k']}: chữ ký của quyết định không đúng"


def one_of(
    purpose: str,
    context: list[bytes],
    key: bytes,
    pair: tuple[bytes, bytes],
    values: tuple[int, ...],
    proof: bytes,
) -> bool:
    """Cặp mã hóa một trong các giá trị (mục 6)."""
    alpha, beta, y = element(pair[0]), element(pair[1]), element(key)
    total, shown = 0, []
    for n, value in enumerate(values):
        c, s = (int.from_bytes(proof[64 * n + at : 64 * n + at + 32], "little") for at in (0, 32))
        shifted = plus(beta, minus(of_number(value))) if value else beta
        first, second = both(s, G, c, alpha), both(s, y, c, shifted)
        shown.append(text_of(first) + text_of(second))
        total += c
    return (total - challenge(purpose, *context, *pair, *shown)) % L == 0


def v11(box: Box) -> Iterator[str]:
    """Từng phương án."""
    for k, ballot in box.ballots.items():
        for (q, i, values), pair, proof in zip(ballot.places, ballot.pairs, ballot.proofs, strict=False):
            if not one_of("zk-opt", [ballot.bh, u32(q), u32(i)], box.key, pair, values, proof):
                yield f"dòng {k}: chứng minh của phương án {i + 1}, câu {q + 1} không đúng"


def v12(box: Box) -> Iterator[str]:
    """Tổng từng câu."""
    for k, ballot in box.ballots.items():
        for q, values in enumerate(box.sums):
            pair, proof = add_up(ballot.of_question(q)), ballot.proofs[len(ballot.places) + q]
            if not one_of("zk-sum", [ballot.bh, u32(q)], box.key, pair, values, proof):
                yield f"dòng {k}: chứng minh số lựa chọn của câu {q + 1} không đúng"


def v13(box: Box) -> Iterator[str]:
    """Thứ tự phiếu và quyết định."""
    if box.purged:
        return
    newest: dict[bytes, Ballot] = {}
    decided: set[tuple[str, bytes]] = set()
    cast: list[int] = []
    for entry in box.of(*VOTING):
        if entry["type"] == "pending":
            ballot = box.ballots[entry["k"]]
            if ballot.credential in newest and newest[ballot.credential].counter >= ballot.counter:
                yield f"dòng {entry['k']}: số lần của phiếu không tăng"
            newest[ballot.credential] = ballot
            continue
        credential, chosen = entry["data"][33:65], entry["data"][65:97]
        latest = newest.get(credential)
        if latest is None or latest.hash != chosen or (entry["type"], chosen) in decided:
            yield f"dòng {entry['k']}: quyết định không thuộc phiếu mới nhất của cử tri"
        decided.add((entry["type"], chosen))
        cast += [box.lines[credential]] * (entry["type"] == "cast")
    if not box.told["revote"] and len(cast) != len(set(cast)):
        yield "có cử tri bỏ phiếu hai lần trong khi không được bỏ lại"


def v14(box: Box) -> Iterator[str]:
    """Phiếu đã mở để kiểm tra máy."""
    opened = {chosen for _, _, _, chosen in box.decisions("audited")}
    yield from (
        f"dòng {e['k']}: phiếu đã dùng để kiểm tra máy lại được bỏ"
        for e, _, _, one in box.decisions("cast")
        if one in opened
    )


def v15(box: Box) -> Iterator[str]:
    """Đóng phiếu."""
    close, before = box.close, set[str]()
    if close and box.read(close)["last"] != close["k"] - 1:
        yield "dòng đóng phiếu không ghi đúng dòng cuối"
    if close and not len(box.counted) <= box.present <= len(box.roll):
        yield "số có mặt ở dòng đóng phiếu ít hơn số phiếu hoặc nhiều hơn danh sách"
    for entry in box.entries:
        if not may_follow(entry["type"], before):
            yield f"dòng {entry['k']} ({entry['type']}) không được có ở chỗ này của bảng"
        before.add(entry["type"])


def may_follow(kind: str, before: set[str]) -> bool:
    """Dòng loại này được đứng sau các dòng đã có (mục 8.5)."""
    if kind == "minutes":
        return "minutes" not in before and bool(before & {"result", "void"})
    if "void" in before or ("minutes" in before and kind != "void"):
        return False
    counting = ("aggregate", "share", "result")
    return kind in (*counting, "void") if "close" in before else kind not in counting


def v16(box: Box) -> Iterator[str]:
    """Tổng mã hóa."""
    found = box.of("aggregate")
    if not found:
        if box.of("share", "result"):
            yield "có mảnh giải hoặc kết quả mà không có tổng mã hóa"
        return
    told = box.read(found[0])
    if len(found) > 1 or any(entry["k"] < found[0]["k"] for entry in box.of("share", "result")):
        yield "chỉ được có một tổng mã hóa, trước mọi mảnh giải"
    if told["ballots"] != len(box.counted) or len(box.counted) < box.told["min_ballots"]:
        yield "số phiếu được tính không đúng hoặc ít hơn mức tối thiểu"
    if box.close is None or told["close"] != box.close["head"]:
        yield "tổng mã hóa không thuộc lần đóng phiếu này"
    if not box.purged and told["sums"] != box.aggregate_sums:
        yield "tổng mã hóa không phải tổng các phiếu được tính"


def factor_holds(
    box: Box, close: bytes, j: int, at: tuple[int, int], pair: bytes, factor: bytes, proof: bytes
) -> bool:
    """Một mảnh giải đúng (mục 9.3)."""
    c, s = int.from_bytes(proof[:32], "little"), int.from_bytes(proof[32:], "little")
    key, alpha = box.public_keys[j], element(pair[:32])
    first = text_of(both(s, G, c, element(key)))
    second = text_of(both(s, alpha, c, element(factor)))
    place = (u8(j), u32(at[0]), u32(at[1]))
    return challenge("zk-dec", box.eh, close, *place, key, pair[:32], pair[32:], factor, first, second) == c


def v17(box: Box) -> Iterator[str]:
    """Mảnh giải."""
    seen: set[int] = set()
    total = box.read(box.of("aggregate")[0]) if box.of("aggregate") else None
    for entry in box.of("share"):
        told = box.read(entry)
        j = told["trustee"]
        sound = total is not None and j <= len(box.names) and j not in seen
        if sound and total is not None:
            close = bytes.fromhex(total["close"])
            sound = all(
                factor_holds(
                    box,
                    close,
                    j,
                    (q, i),
                    bytes.fromhex(pair),
                    bytes.fromhex(told["factors"][q][i]),
                    bytes.fromhex(told["proofs"][q][i]),
                )
                for q, row in enumerate(total["sums"])
                for i, pair in enumerate(row)
            )
        if not sound:
            yield f"dòng {entry['k']}: mảnh giải không đúng"
        seen.add(j)


def opened(
    box: Box, sums: list[list[str]], shares: dict[int, Any], holders: list[int], most: int
) -> list[list[int | None]]:
    """Số phiếu giải ra (mục 9.4)."""
    weights = {}
    for j in holders:
        above = below = 1
        for other in holders:
            if other != j:
                above, below = above * other % L, below * (other - j) % L
        weights[j] = above * pow(below, -1, L) % L
    table = {text_of(of_number(n)): n for n in range(most + 1)}
    found = []
    for q, row in enumerate(sums):
        line: list[int | None] = []
        for i, pair in enumerate(row):
            mask = element(bytes.fromhex(shares[0]["factors"][q][i]))
            for j, weight in weights.items():
                mask = plus(mask, times(weight, element(bytes.fromhex(shares[j]["factors"][q][i]))))
            line.append(table.get(text_of(plus(element(bytes.fromhex(pair)[32:]), minus(mask)))))
        found.append(line)
    return found


def v18(box: Box) -> Iterator[str]:
    """Số phiếu."""
    results, totals = box.of("result"), box.of("aggregate")
    if not results or not totals:
        return
    told, total = box.read(results[0]), box.read(totals[0])
    given = {
        (one := box.read(entry))["trustee"]: one for entry in box.of("share") if entry["k"] < results[0]["k"]
    }
    holders = told["trustees"]
    enough = len(holders) == box.needed and holders == sorted(set(holders) - {0})
    if len(results) > 1 or not enough or not {0, *holders} <= set(given):
        yield "kết quả không dựa trên đủ mảnh giải"
        return
    if (
        opened(box, total["sums"], given, holders, total["ballots"]) != told["counts"]
        or told["ballots"] != total["ballots"]
    ):
        yield "số phiếu công bố khác số phiếu giải ra"


def passes(line: dict[str, Any], votes: int, present: int) -> bool:
    """Ngưỡng bằng số nguyên, tính trên số có mặt khi bản niêm phong không ghi số (mục 9.5)."""
    base = present if line["base"] is None else line["base"]
    mine, wanted = votes * line["den"], line["num"] * base
    return votes > 0 and (mine > wanted if line["strict"] else mine >= wanted)


def v19(box: Box) -> Iterator[str]:
    """Kết luận."""
    for entry in box.of("result"):
        told = box.read(entry)
        lines = [asked["threshold"] for asked in box.told["questions"]]
        if told["decisions"] != [
            [passes(t, v, box.present) for v in row] if t else None
            for t, row in zip(lines, told["counts"], strict=True)
        ]:
            yield "kết luận theo ngưỡng không đúng"


def v20(box: Box) -> Iterator[str]:
    """Giờ."""
    before, opens, closes = 0, box.told["opens_ms"], box.told["closes_ms"]
    for entry in box.entries:
        ms, kind = entry["ms"], entry["type"]
        outside = kind in VOTING and not opens <= ms < closes
        if ms < before or outside or (kind == "manifest" and ms > opens) or (kind == "close" and ms < opens):
            yield f"dòng {entry['k']} có giờ không đúng"
        before = ms


def v09(box: Box) -> Iterator[str]:
    """Biên nhận, dấu và biên bản có trên bảng."""
    cast = {entry["k"]: (entry, chosen) for entry, _, _, chosen in box.decisions("cast")}
    for one in box.receipts:
        entry, chosen = cast.get(one["k"], (None, b""))
        message = h64("head", bytes.fromhex(one["eh"]), u64(one["k"]), bytes.fromhex(one["head"]))
        sound = (
            entry is not None
            and one["eh"] == box.eh.hex()
            and entry["head"] == one["head"]
            and signed(box.server, message, bytes.fromhex(one["signature"]))
            and typed(letters(chosen, 20)) == typed(one["tracker"])
        )
        if not sound:
            yield f"phiếu {one['tracker']} của biên nhận không có trên bảng ở dòng {one['k']}"
    heads = {entry["k"]: letters(bytes.fromhex(entry["head"]), 16) for entry in box.entries}
    for k, seen in box.marks:
        if k not in heads or typed(heads[k]) != typed(seen):
            yield f"dấu {seen} của dòng {k} khác dấu trên bảng"
    told = {box.read(entry)["sha256"] for entry in box.of("minutes")}
    if any(hashlib.sha256(data).hexdigest() not in told for data in box.minutes):
        yield "biên bản không phải biên bản ghi trên bảng"


CHECKS = {
    "V01": v01,
    "V02": v02,
    "V03": v03,
    "V04": v04,
    "V05": v05,
    "V06": v06,
    "V07": v07,
    "V08": v08,
    "V09": v09,
    "V10": v10,
    "V11": v11,
    "V12": v12,
    "V13": v13,
    "V14": v14,
    "V15": v15,
    "V16": v16,
    "V17": v17,
    "V18": v18,
    "V19": v19,
    "V20": v20,
}


def check(
    manifest: bytes,
    board: bytes,
    told: list[dict[str, Any]] | None = None,
    marks: list[tuple[int, str]] | None = None,
    minutes: list[bytes] | None = None,
) -> tuple[str, list[str]]:
    """Mã và lời của kiểm tra đầu tiên không qua; hai chuỗi rỗng khi đúng cả."""
    try:
        box = Box(manifest, board, told, marks, minutes)
    except (Wrong, ValueError, KeyError, TypeError) as fault:
        return "V01", [str(fault)]
    return first_fault(box)


def first_fault(box: Box) -> tuple[str, list[str]]:
    """Mã và lời của kiểm tra đầu tiên trong CHECKS không qua."""
    for code, one in CHECKS.items():
        try:
            faults = list(one(box))
        except (Wrong, ValueError, LookupError, TypeError, ArithmeticError) as fault:
            faults = [f"không đọc được gói: {fault}"]
        if faults:
            return code, faults
    return "", []


# --- Lệnh -------------------------------------------------------------------------------------------------


FILES = ("manifest.json", "board.json", "minutes.pdf", "close.tsr")


def load(path: str) -> tuple[bytes, bytes, list[bytes]]:
    """Hai tệp của gói và biên bản nếu có, từ ZIP hoặc thư mục."""
    place = Path(path)
    try:
        if place.is_dir():
            found = {name: (place / name).read_bytes() for name in FILES if (place / name).exists()}
        else:
            found = unzipped(place.read_bytes())
    except (OSError, struct.error, zlib.error) as fault:
        raise Wrong(f"không đọc được gói {path}") from fault
    if not {"manifest.json", "board.json"} <= set(found):
        raise Wrong(f"gói {path} thiếu manifest.json hoặc board.json")
    return found["manifest.json"], found["board.json"], [found[name] for name in FILES[2:3] if name in found]


LOCAL, CENTRAL, END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
NAMING = 0x0806  # các cờ không đổi cách đọc: mức nén, tên viết UTF-8


def unzipped(data: bytes) -> dict[str, bytes]:
    """Các tệp của một ZIP chỉ đọc được theo một cách (mục 11.1)."""
    end = max(len(data) - 22, 0)
    sign, disk, first, here, count, size, start, note = struct.unpack("<4s4H2IH", data[end:])
    if sign != END or disk or first or note or here != count or start + size != end:
        raise Wrong("phần cuối của ZIP không viết theo mục 11.1")
    names, found, at, place = set[bytes](), dict[str, bytes](), start, 0
    for _ in range(count):
        name, content, at, place = member(data, at, place)
        if name in names:
            raise Wrong("ZIP có hai tệp cùng tên")
        names.add(name)
        if name.decode("latin-1") in FILES:
            found[name.decode()] = content()
    if at != end or place != start:
        raise Wrong("ZIP có chỗ trống hoặc chỗ chồng lên nhau")
    return found


def member(data: bytes, at: int, place: int) -> tuple[bytes, Callable[[], bytes], int, int]:
    """Tên và nội dung của một mục; mục sau ở đâu trong thư mục và trong tệp."""
    told = struct.unpack("<4s6H3I5H2I", data[at : at + 46])
    local = struct.unpack("<4s5H3I2H", data[place : place + 30])
    size, extra, comment = told[10:13]
    name, begin = data[at + 46 : at + 46 + size], place + 30 + size + local[10]
    same = told[3:10] == local[2:9] and size == local[9] and name == data[place + 30 : place + 30 + size]
    if (told[0], local[0]) != (CENTRAL, LOCAL) or told[16] != place or not same or told[13]:
        raise Wrong("thư mục của ZIP không khớp các tệp của nó")
    flags, method, crc, packed, whole = told[3], told[4], *told[7:10]
    if flags & ~NAMING or method not in (0, 8) or whole > LARGEST:
        raise Wrong("ZIP có tệp mã hóa, nén lạ hoặc quá lớn")
    content = partial(inflated, data[begin : begin + packed], method, whole, crc)
    return name, content, at + 46 + size + extra + comment, begin + packed


def inflated(data: bytes, method: int, size: int, crc: int) -> bytes:
    """Nội dung của một tệp, đúng độ dài và CRC."""
    if method == 8:
        stream = zlib.decompressobj(-15)
        data = stream.decompress(data, size + 1)
        if not stream.eof or stream.unused_data:
            raise Wrong("tệp trong ZIP không nén đúng")
    if len(data) != size or zlib.crc32(data) != crc:
        raise Wrong("tệp trong ZIP sai độ dài hoặc sai CRC")
    return data


def verify(asked: argparse.Namespace) -> int:
    """Lệnh goi."""
    manifest, board, minutes = load(asked.goi)
    told = [parse(Path(path).read_bytes(), RECEIPT, path) for path in asked.bien_nhan]
    marks = [(int(one.split("=")[0]), one.split("=", 1)[1]) for one in asked.dau]
    minutes += [Path(path).read_bytes() for path in asked.bien_ban]
    code, faults = check(manifest, board, told, marks, minutes)
    if code:
        print(f"SAI ở {code}:")
        for fault in faults:
            print(f"  {fault}")
        return 1
    report(Box(manifest, board), bool(minutes))
    return 0


def report(box: Box, with_minutes: bool) -> None:
    """Điều đã kiểm, điều chưa kiểm, số phiếu."""
    print(
        f"ĐÚNG: {box.told['title']}, {box.told['held_by']}. Qua đủ 20 kiểm tra trên {len(box.entries)} dòng."
    )
    print(f"Dấu bản niêm phong: {letters(box.eh, 20)}, phải là dấu trên màn chiếu hôm bỏ phiếu.")
    if box.purged:
        print("Nội dung phiếu đã hủy theo thời hạn: số phiếu được kiểm từ tổng mã hóa trở đi.")
    if box.of("void"):
        print("Cuộc bỏ phiếu này đã bị hủy.")
    if box.of("minutes"):
        told = "đúng biên bản ghi trên bảng" if with_minutes else "có trên bảng nhưng không kèm trong gói"
        print(f"Biên bản kiểm phiếu: {told}.")
    results = box.of("result")
    if not results:
        print("Chưa có kết quả." if box.close else "Chưa đóng phiếu.")
        return
    for asked_one, row in zip(box.told["questions"], box.read(results[0])["counts"], strict=True):
        print(asked_one["title"])
        for option, votes in zip(asked_one["options"], row, strict=True):
            line = asked_one["threshold"]
            reached = f", {'đạt' if passes(line, votes, box.present) else 'không đạt'} tỷ lệ" if line else ""
            print(f"  {option['title']}: {votes} phiếu{reached}")


def compare(asked: argparse.Namespace) -> int:
    """Lệnh so-sanh: gói sau phải nối tiếp gói trước."""
    parts = [load(path)[:2] for path in (asked.mot, asked.hai)]
    for path, files in zip((asked.mot, asked.hai), parts, strict=True):
        code, faults = check(*files)
        if code:
            print(f"SAI ở {code} trong {path}: {faults[0]}. Gói sai không làm chứng được điều gì.")
            return 1
    one, other = (Box(*files) for files in parts)
    if one.eh != other.eh:
        print("KHÁC: hai gói thuộc hai cuộc bỏ phiếu.")
        return 1
    for first, second in zip(one.entries, other.entries, strict=False):
        if first["head"] != second["head"]:
            print(
                f"KHÁC từ dòng {first['k']}: máy chủ đã đưa ra hai bảng khác nhau. "
                "Hai chữ ký của máy chủ là bằng chứng."
            )
            return 1
    if len(other.entries) < len(one.entries):
        print(f"THIẾU: gói sau không còn {len(one.entries) - len(other.entries)} dòng cuối của gói trước.")
        return 1
    print(f"KHỚP: {len(one.entries)} dòng của gói trước còn nguyên trong gói sau.")
    return 0


def prove(
    statement: tuple[str, list[bytes], bytes, tuple[bytes, bytes], tuple[int, ...]],
    value: int,
    r: int,
    scalar: Callable[[bytes, int], int],
) -> bytes:
    """Dựng lại chứng minh của máy bỏ phiếu (mục 6, 7.3)."""
    purpose, context, key, pair, values = statement
    if value not in values:
        raise Wrong("lựa chọn không được phép")
    alpha, beta, y = element(pair[0]), element(pair[1]), element(key)
    answers = {v: (scalar(b"c", v), scalar(b"s", v)) for v in values if v != value}
    nonce, shown = scalar(b"k", value), []
    for v in values:
        if v == value:
            shown.append(text_of(times(nonce, G)) + text_of(times(nonce, y)))
        else:
            c, s = answers[v]
            shifted = plus(beta, minus(of_number(v)))
            shown.append(text_of(both(s, G, c, alpha)) + text_of(both(s, y, c, shifted)))
    c = (challenge(purpose, *context, *pair, *shown) - sum(c for c, _ in answers.values())) % L
    answers[value] = (c, (nonce - c * r) % L)
    return b"".join(n.to_bytes(32, "little") for v in values for n in answers[v])


def rebuilt(box: Box, credential: bytes, counter: int, seed: bytes, choices: list[int]) -> bytes:
    """Phiếu, trừ chữ ký, như máy phải tạo từ hạt giống và lựa chọn (mục 7.3)."""
    unit = box.told["roll"][box.lines[credential]]["unit"] if credential in box.lines else ""
    spots = box.places(unit)
    if len(choices) != len(spots):
        raise Wrong(f"phải có {len(spots)} lựa chọn")
    base = h64("seed", seed, box.eh, credential, u32(counter), bytes(choices))

    def scalar(q: int, i: int, label: bytes, v: int) -> int:
        return challenge("random", base, label, u32(q), u32(i), u32(v))

    y = element(box.key)
    rs = [scalar(q, i, b"r", 0) for q, i, _ in spots]
    pairs = [
        (text_of(times(r, G)), text_of(plus(times(r, y), of_number(m))))
        for r, m in zip(rs, choices, strict=True)
    ]
    bh = bound(box.eh, credential, counter, box.key, pairs)
    parts = [u8(1) + box.eh + credential + u32(counter), *(a + b for a, b in pairs)]
    for (q, i, values), r, m, pair in zip(spots, rs, choices, pairs, strict=True):
        statement = ("zk-opt", [bh, u32(q), u32(i)], box.key, pair, values)
        parts.append(prove(statement, m, r, partial(scalar, q, i)))
    for q, values in enumerate(box.sums):
        mine = [at for at, (asked, _, _) in enumerate(spots) if asked == q]
        statement = ("zk-sum", [bh, u32(q)], box.key, add_up([pairs[at] for at in mine]), values)
        r, m = sum(rs[at] for at in mine), sum(choices[at] for at in mine)
        parts.append(prove(statement, m, r, partial(scalar, q, 2**32 - 1)))
    return b"".join(parts)


def shown(box: Box, text: str) -> tuple[bytes, bytes, list[int]]:
    """Phiếu trên bảng, hạt giống và lựa chọn mà mã QR của phiếu thử nói tới (mục 7.5)."""
    told = parse(text.encode(), OPENING, "phiếu thử")
    if [len(row) for row in told["choices"]] != [len(asked["options"]) for asked in box.told["questions"]]:
        raise Wrong("phiếu thử không có đủ chỗ cho mọi phương án")
    found = [one.data for one in box.ballots.values() if one.hash.hex() == told["ballot"]]
    if told["eh"] != box.eh.hex() or not found:
        raise Wrong("gói này không có phiếu thử ấy")
    if (found[0][33:65].hex(), int.from_bytes(found[0][65:69], "big")) != (
        told["credential"],
        told["counter"],
    ):
        raise Wrong("phiếu thử nói khác phiếu trên bảng")
    return found[0], bytes.fromhex(told["seed"]), [one for row in told["choices"] for one in row]


def audit(asked: argparse.Namespace) -> int:
    """Lệnh kiem-may: máy đã mã hóa đúng lựa chọn hay chưa."""
    manifest, board, _ = load(asked.goi)
    box = Box(manifest, board)
    if faults := [fault for one in (v01, v02, v03) for fault in one(box)]:
        raise Wrong(faults[0])
    text = asked.phieu if len(asked.phieu) > 200 else Path(asked.phieu).read_text(encoding="utf-8").strip()
    if asked.hat_giong:
        ballot, seed = bytes.fromhex(text), bytes.fromhex(asked.hat_giong)
        choices = [int(one) for one in asked.lua_chon.replace(",", " ").split()]
    else:
        ballot, seed, choices = shown(box, text)
    credential, counter = ballot[33:65], int.from_bytes(ballot[65:69], "big")
    expected = rebuilt(box, credential, counter, seed, choices)
    if ballot[: len(expected)] != expected or len(ballot) != len(expected) + 64:
        print("SAI: máy đã mã hóa khác với lựa chọn này. Không dùng máy này để bỏ phiếu; báo ban kiểm phiếu.")
        return 1
    code = letters(h32("tracker", ballot), 20)
    print(f"ĐÚNG: máy đã mã hóa đúng lựa chọn. Mã tra cứu {code}; {fate(box, ballot)}.")
    return 0


def fate(box: Box, ballot: bytes) -> str:
    """Bảng ghi gì về một phiếu đã mở; đã mở mà lại được tính thì lựa chọn của người ấy bị lộ."""
    found = {
        entry["type"] for entry, _, _, one in box.decisions(*VOTING[1:]) if one == h32("tracker", ballot)
    }
    if "cast" in found:
        return "nhưng bảng ghi phiếu này ĐÃ BỎ: ai thấy hạt giống biết lựa chọn của người ấy"
    return "phiếu này không được bỏ" if found else "bảng chưa ghi phiếu này là kiểm tra máy"


def share(asked: argparse.Namespace) -> int:
    """Lệnh manh-giai: mảnh giải của người giữ khóa, sau khi tự kiểm bảng."""
    manifest, board, _ = load(asked.goi)
    code, faults = check(manifest, board)
    box = Box(manifest, board)
    j, transport = restored(box, asked) if asked.sao_luu else (asked.nguoi, int(asked.khoa, 16))
    if not 1 <= j <= len(box.names):
        raise Wrong("không có người giữ khóa số này")
    refusal = f"bảng sai ở {code}: {faults[0]}" if code else obstacle(box, asked.dau)
    if not refusal and not own_part(box, j, transport):
        refusal = "bản niêm phong không dùng phần khóa của khóa này; báo ngay ban kiểm phiếu"
    kept, closed = opened_before(), box.close["head"] if box.close else ""
    if not refusal and kept.get(box.eh.hex(), closed) != closed:
        refusal = "máy này đã giải một lần đóng phiếu khác của cuộc này"
    secret = None if refusal else key_share(box, j, transport)
    if secret is None:
        print(f"KHÔNG GIẢI: {refusal or 'có mảnh khóa nhận được không khớp cam kết'}.")
        return 1
    sums = enumerate(box.aggregate_sums)
    made = [[factor_of(box, j, secret, (q, i), told) for i, told in enumerate(row)] for q, row in sums]
    factors, proofs = ([[one[part].hex() for one in row] for row in made] for part in (0, 1))
    MEMORY.write_bytes(canonical(kept | {box.eh.hex(): closed}))
    Path(asked.ra).write_bytes(canonical({"factors": factors, "proofs": proofs, "trustee": j}))
    print(f"Đã ghi mảnh giải của người số {j} vào {asked.ra}.")
    return 0


MEMORY = Path.home() / ".phieukin-da-giai.json"


def opened_before() -> dict[str, str]:
    """Lần đóng đã giải của mỗi cuộc trên máy này (mục 9.3)."""
    return dict(json.loads(MEMORY.read_bytes())) if MEMORY.exists() else {}


def restored(box: Box, asked: argparse.Namespace) -> tuple[int, int]:
    """Số và khóa chuyển từ bản sao lưu trên giấy (mục 5.7)."""
    plain = typed(asked.sao_luu)
    if len(plain) != 106 or not set(plain) <= set(LETTERS):
        raise Wrong("bản sao lưu gõ thiếu hoặc sai chữ")
    number_told = sum(LETTERS.index(letter) << 5 * at for at, letter in enumerate(reversed(plain)))
    data = (number_told >> 2).to_bytes(66, "big")
    salt = h32("backup", box.told["meeting"].encode(), data[1:2], data[2:18])
    phrase = unicodedata.normalize("NFC", asked.mat_khau.strip()).encode()
    keys = hashlib.scrypt(phrase, salt=salt, n=2**15, r=8, p=1, maxmem=2**26, dklen=64)
    if data[0] != 1 or hmac.digest(keys[32:], data[:50], "sha256")[:16] != data[50:]:
        raise Wrong("sai mật khẩu, hoặc bản sao lưu của cuộc họp khác")
    return data[1], int.from_bytes(bytes(a ^ b for a, b in zip(data[18:50], keys, strict=False)), "little")


def obstacle(box: Box, mark: str) -> str:
    """Vì sao chưa được giải."""
    if box.of("void"):
        return "cuộc bỏ phiếu này đã bị hủy"
    if box.close is None or typed(letters(bytes.fromhex(box.close["head"]), 16)) != typed(mark):
        return "chưa đóng phiếu, hoặc dấu trên màn chiếu khác dấu của bảng này"
    return "số phiếu ít hơn mức tối thiểu" if len(box.counted) < box.told["min_ballots"] else ""


def own_part(box: Box, j: int, transport: int) -> bool:
    """Phần tiết lộ của người j trong bản niêm phong là phần khóa này sinh ra (mục 5.1, 5.8)."""
    own, seed = u8(j) + u8(len(box.names)) + u8(box.needed), (transport % L).to_bytes(32, "little")
    meeting = box.told["meeting"].encode()
    numbers = [transport, *(challenge("poly", meeting, own, seed, u32(k)) for k in range(box.needed))]
    return own + b"".join(text_of(times(n % L, G)) for n in numbers) == box.round1[j][:-64]


def key_share(box: Box, j: int, transport: int) -> int | None:
    """Phần khóa x_j từ khóa chuyển (mục 5.3); None khi một mảnh không khớp cam kết của người gửi."""
    secret, meeting = 0, box.told["meeting"].encode()
    for i in range(1, len(box.names) + 1):
        sealed = bytes.fromhex(box.told["trustees"]["sealed"][i - 1][j - 1])
        common = text_of(times(transport, element(sealed[:32])))
        pad = h64("seal", meeting, u8(i), u8(j), sealed[:32], common)[:32]
        value = int.from_bytes(bytes(a ^ b for a, b in zip(sealed[32:], pad, strict=True)), "little")
        if value >= L or text_of(times(value, G)) != text_of(committed(box.round1[i], j)):
            return None
        secret = (secret + value) % L
    return secret


def factor_of(box: Box, j: int, secret: int, at: tuple[int, int], told: str) -> tuple[bytes, bytes]:
    """Mảnh giải của một phương án và chứng minh của nó (mục 9.3)."""
    assert box.close is not None
    alpha, beta = bytes.fromhex(told)[:32], bytes.fromhex(told)[32:]
    factor = text_of(times(secret, element(alpha)))
    nonce = secrets.randbelow(L - 1) + 1
    shown = text_of(times(nonce, G)), text_of(times(nonce, element(alpha)))
    place = (bytes.fromhex(box.close["head"]), u8(j), u32(at[0]), u32(at[1]), box.public_keys[j])
    c = challenge("zk-dec", box.eh, *place, alpha, beta, factor, *shown)
    return factor, c.to_bytes(32, "little") + ((nonce - c * secret) % L).to_bytes(32, "little")


def main(words: list[str] | None = None) -> int:
    """Đọc lệnh."""
    parser = argparse.ArgumentParser(
        prog="kiemphieu.py", description="Kiểm tra một cuộc bỏ phiếu kín PHIEUKIN-1."
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    one = commands.add_parser("goi", help="kiểm tra một gói chứng cứ")
    one.add_argument("goi")
    one.add_argument("--bien-nhan", nargs="*", default=[])
    one.add_argument("--dau", nargs="*", default=[], metavar="DÒNG=CHỮ")
    one.add_argument("--bien-ban", nargs="*", default=[])
    one.set_defaults(run=verify)
    one = commands.add_parser("so-sanh", help="gói sau có nối tiếp gói trước của cùng một cuộc")
    one.add_argument("mot")
    one.add_argument("hai")
    one.set_defaults(run=compare)
    one = commands.add_parser("kiem-may", help="kiểm tra một phiếu thử đã mở")
    for name in ("goi", "phieu"):
        one.add_argument(name)
    for name in ("hat_giong", "lua_chon"):
        one.add_argument(name, nargs="?", default="")
    one.set_defaults(run=audit)
    one = commands.add_parser("manh-giai", help="tạo mảnh giải của người giữ khóa")
    one.add_argument("goi")
    one.add_argument("--nguoi", type=int, default=0)
    one.add_argument("--khoa", default="0")
    one.add_argument("--sao-luu", default="")
    one.add_argument("--mat-khau", default="")
    one.add_argument("--dau", required=True)
    one.add_argument("--ra", required=True)
    one.set_defaults(run=share)
    asked = parser.parse_args(words)
    try:
        return int(asked.run(asked))
    except (Wrong, OSError, ValueError, KeyError) as fault:
        print(f"Không đọc được: {fault}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
