"""Bảng công khai: entries chained by hash, each head signed by the server; receipts (section 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.canonical import Shape, hex_of, hex_text, maybe, natural, one_of, text
from thidua.voting.ballot_box.group import SIZE, group
from thidua.voting.ballot_box.hashing import PROTOCOL, h32, h64, u8, u64
from thidua.voting.ballot_box.manifest import Manifest

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
ENTRY: Shape = {
    "head": hex_of(32),
    "k": natural,
    "ms": natural,
    "payload": maybe(hex_text),
    "payload_hash": hex_of(32),
    "prev": hex_of(32),
    "signature": hex_of(64),
    "type": one_of(*TYPES),
}
BOARD: Shape = {"eh": hex_of(32), "entries": [ENTRY], "protocol": one_of(PROTOCOL)}
RECEIPT: Shape = {
    "eh": hex_of(32),
    "head": hex_of(32),
    "k": natural,
    "protocol": one_of(PROTOCOL),
    "signature": hex_of(64),
    "tracker": text,
}


@dataclass(frozen=True)
class Entry:
    """One line of the board. `payload` is None where a ballot was purged after the period of complaints."""

    k: int
    prev: bytes
    type: str
    payload_hash: bytes
    ms: int
    head: bytes
    signature: bytes
    payload: bytes | None

    @property
    def content(self) -> bytes:
        """The payload, empty when purged."""
        return self.payload or b""


def first_head(eh: bytes) -> bytes:
    """h_0 (section 8.1)."""
    return h32("board", eh)


def next_head(prev: bytes, k: int, kind: str, payload_hash: bytes, ms: int) -> bytes:
    """h_k from h_(k−1) and the entry (section 8.1)."""
    return h32("entry", prev, u64(k), kind.encode(), payload_hash, u64(ms))


def head_message(eh: bytes, k: int, head: bytes) -> bytes:
    """What the server signs of every head (section 8.2)."""
    return h64("head", eh, u64(k), head)


def make_entry(
    manifest: Manifest, last: Entry | None, kind: str, payload: bytes, ms: int, server_seed: bytes
) -> Entry:
    """The entry after `last`, received at `ms` (milliseconds since 1970, UTC), signed by the server."""
    if kind not in TYPES:
        raise ValueError(f"Bảng không có loại dòng {kind}")
    k, prev = (last.k + 1, last.head) if last else (1, first_head(manifest.eh))
    payload_hash = h32("payload", payload)
    head = next_head(prev, k, kind, payload_hash, ms)
    signature = group().sign(server_seed, head_message(manifest.eh, k, head))
    return Entry(k, prev, kind, payload_hash, ms, head, signature, payload)


def write_board(eh: bytes, entries: Iterable[Entry]) -> bytes:
    """board.json of the evidence package (section 11)."""
    told = [
        {
            "head": entry.head.hex(),
            "k": entry.k,
            "ms": entry.ms,
            "payload": None if entry.payload is None else entry.payload.hex(),
            "payload_hash": entry.payload_hash.hex(),
            "prev": entry.prev.hex(),
            "signature": entry.signature.hex(),
            "type": entry.type,
        }
        for entry in entries
    ]
    return canonical.write({"eh": eh.hex(), "entries": told, "protocol": PROTOCOL})


def read_board(data: bytes) -> tuple[bytes, tuple[Entry, ...]]:
    """The declared eh and the entries; ValueError for a wrong shape (V01)."""
    told = canonical.read(data, BOARD, "board")
    return bytes.fromhex(told["eh"]), tuple(_entry(line) for line in told["entries"])


def _entry(told: dict[str, Any]) -> Entry:
    payload = told["payload"]
    return Entry(
        k=told["k"],
        prev=bytes.fromhex(told["prev"]),
        type=told["type"],
        payload_hash=bytes.fromhex(told["payload_hash"]),
        ms=told["ms"],
        head=bytes.fromhex(told["head"]),
        signature=bytes.fromhex(told["signature"]),
        payload=None if payload is None else bytes.fromhex(payload),
    )


# --- Decisions: cast or audit -----------------------------------------------------------------------

CAST, AUDITED = 1, 2
KINDS = {"cast": CAST, "audited": AUDITED}
DECISION = 1 + 3 * SIZE + 64


@dataclass(frozen=True)
class Decision:
    """What a voter decided about a ballot on the board: cast it, or check the device (section 7.4)."""

    data: bytes

    @property
    def kind(self) -> int:
        return self.data[0] if self.data else 0

    @property
    def eh(self) -> bytes:
        return self.data[1 : 1 + SIZE]

    @property
    def credential(self) -> bytes:
        return self.data[1 + SIZE : 1 + 2 * SIZE]

    @property
    def ballot(self) -> bytes:
        """The hash of the ballot."""
        return self.data[1 + 2 * SIZE : 1 + 3 * SIZE]

    @property
    def signature(self) -> bytes:
        return self.data[1 + 3 * SIZE : DECISION]

    def is_signed(self) -> bool:
        """By its credential, over kind, election, credential and ballot."""
        message = h64("decision", u8(self.kind), self.eh, self.credential, self.ballot)
        return group().verify(self.credential, message, self.signature)


def make_decision(manifest: Manifest, credential_seed: bytes, kind: str, ballot: bytes) -> bytes:
    """A signed decision (“cast” or “audited”) about the ballot of that hash."""
    credential = group().public_key(credential_seed)
    parts = u8(KINDS[kind]), manifest.eh, credential, ballot
    return b"".join(parts) + group().sign(credential_seed, h64("decision", *parts))


# --- Receipts ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Receipt:
    """Biên nhận: the ballot of this tracker was cast in entry k. It tells nothing of the choice."""

    eh: bytes
    tracker: str
    k: int
    head: bytes
    signature: bytes


def write_receipt(manifest: Manifest, entry: Entry, tracker: str) -> bytes:
    """The receipt a voter keeps of the entry in which the ballot was cast (section 8.4)."""
    told = {
        "eh": manifest.eh.hex(),
        "head": entry.head.hex(),
        "k": entry.k,
        "protocol": PROTOCOL,
        "signature": entry.signature.hex(),
        "tracker": tracker,
    }
    return canonical.write(told)


def read_receipt(data: bytes) -> Receipt:
    """A receipt; ValueError for a wrong shape."""
    told = canonical.read(data, RECEIPT, "biên nhận")
    eh, head, signature = (bytes.fromhex(told[key]) for key in ("eh", "head", "signature"))
    return Receipt(eh, told["tracker"], told["k"], head, signature)
