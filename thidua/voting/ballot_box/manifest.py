"""Bản niêm phong: what is asked, of whom, under which keys; frozen before opening (section 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.canonical import (
    Shape,
    flag,
    hex_of,
    hex_text,
    maybe,
    natural,
    one_of,
    text,
    word,
)
from thidua.voting.ballot_box.hashing import PROTOCOL, h32
from thidua.voting.ballot_box.trustees import Trustees

FEWEST_BALLOTS = 5  # below that only paper is offered
MOST_TRUSTEES = 9
MOST_OPTIONS = 255
BARE_KEY, KEY_WITH_PROOF = 32, 64

THRESHOLD: Shape = {"base": maybe(natural), "den": natural, "num": natural, "strict": flag}
QUESTION: Shape = {
    "max": natural,
    "min": natural,
    "options": [{"title": text, "unit": word}],
    "own_unit": flag,
    "threshold": maybe(THRESHOLD),
    "title": text,
}
MANIFEST: Shape = {
    "client": hex_of(BARE_KEY),
    "closes_ms": natural,
    "committee": {"keys": [hex_of(BARE_KEY)], "needed": natural},
    "disclosure": one_of("counts", "outcome"),
    "held_by": text,
    "joint_key": hex_of(BARE_KEY),
    "kind": one_of("official", "rehearsal", "poll"),
    "meeting": text,
    "members": natural,
    "min_ballots": natural,
    "opens_ms": natural,
    "protocol": one_of(PROTOCOL),
    "questions": [QUESTION],
    "revote": flag,
    "roll": [{"key": hex_of(BARE_KEY), "unit": word}],
    "server_key": hex_of(BARE_KEY),
    "title": text,
    "trustees": {
        "commits": [hex_of(BARE_KEY)],
        "names": [text],
        "needed": natural,
        "round1": [hex_text],
        "sealed": [[hex_of(KEY_WITH_PROOF)]],
    },
}


@dataclass(frozen=True)
class Threshold:
    """Tỷ lệ phải đạt: num/den of `base` people, to be reached, or exceeded when `strict`.

    Without a base it is a share of those present, whose number the entry `close` tells.
    """

    num: int
    den: int
    base: int | None
    strict: bool

    def passes(self, votes: int, present: int) -> bool:
        """In whole numbers (section 9.5); nobody is chosen by no vote at all."""
        base = present if self.base is None else self.base
        mine, line = votes * self.den, self.num * base
        return votes > 0 and (mine > line if self.strict else mine >= line)


@dataclass(frozen=True)
class Question:
    """One question of the ballot with its options in the order shown."""

    title: str
    options: tuple[tuple[str, str], ...]  # title and the unit it stands for, or ""
    least: int
    most: int
    own_unit: bool  # nobody chooses their own unit
    threshold: Threshold | None

    def values(self, option: int, unit: str) -> tuple[int, ...]:
        """What a voter of `unit` may enter for an option: 0 or 1, only 0 for their own unit."""
        barred = self.own_unit and unit != "" and self.options[option][1] == unit
        return (0,) if barred else (0, 1)

    @property
    def sums(self) -> tuple[int, ...]:
        """How many options may be chosen."""
        return tuple(range(self.least, self.most + 1))


@dataclass(frozen=True)
class Manifest:
    """The sealed manifest and its hash `eh`, which names the election everywhere."""

    data: bytes
    told: Mapping[str, Any]

    @cached_property
    def eh(self) -> bytes:
        """The election's hash (section 4.3)."""
        return h32("manifest", self.data)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """In the order of the paper."""
        return tuple(_question(told) for told in self.told["questions"])

    @cached_property
    def roll(self) -> dict[bytes, int]:
        """The line of each credential."""
        return {bytes.fromhex(line["key"]): at for at, line in enumerate(self.told["roll"])}

    @cached_property
    def units(self) -> tuple[str, ...]:
        """The unit of each line of the roll, or ""."""
        return tuple(line["unit"] for line in self.told["roll"])

    @cached_property
    def trustees(self) -> Trustees:
        """Who holds the key."""
        told = self.told["trustees"]
        return Trustees(
            meeting=self.told["meeting"],
            needed=told["needed"],
            names=tuple(told["names"]),
            commits=_bytes(told["commits"]),
            round1=_bytes(told["round1"]),
            sealed=tuple(_bytes(row) for row in told["sealed"]),
        )

    @cached_property
    def joint_key(self) -> bytes:
        """Y, for which ballots are encrypted."""
        return bytes.fromhex(self.told["joint_key"])

    @cached_property
    def server_key(self) -> bytes:
        """The Ed25519 key that signs heads."""
        return bytes.fromhex(self.told["server_key"])

    @cached_property
    def committee(self) -> tuple[bytes, ...]:
        """The Ed25519 keys that together may replace a lost credential."""
        return _bytes(self.told["committee"]["keys"])


def _bytes(texts: list[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(text) for text in texts)


def _question(told: Mapping[str, Any]) -> Question:
    threshold = told["threshold"]
    return Question(
        title=told["title"],
        options=tuple((option["title"], option["unit"]) for option in told["options"]),
        least=told["min"],
        most=told["max"],
        own_unit=told["own_unit"],
        threshold=Threshold(**threshold) if threshold else None,
    )


def write_manifest(told: Mapping[str, Any]) -> Manifest:
    """Seal: the canonical bytes of `told`; ValueError when `read_manifest` would not read them."""
    return read_manifest(canonical.write(told))


def read_manifest(data: bytes) -> Manifest:
    """The manifest of these bytes; ValueError for a wrong shape or a question without sense (V01)."""
    told = canonical.read(data, MANIFEST, "manifest")
    for sound, fault in _sense(told):
        if not sound:
            raise ValueError(fault)
    manifest = Manifest(data, told)
    if not manifest.trustees.is_whole():
        raise ValueError("Số người giữ khóa và số phần khóa không khớp nhau")
    return manifest


def _sense(told: Mapping[str, Any]) -> list[tuple[bool, str]]:
    """What a manifest must satisfy beyond its shape (section 4.2), with the sentence that says so."""
    holders = len(told["trustees"]["names"])
    return [
        (len(told["questions"]) > 0, "Không có câu hỏi nào"),
        (
            all(_is_askable(question) for question in told["questions"]),
            "Số lựa chọn của câu hỏi không hợp lệ",
        ),
        (
            all(_is_reachable(q["threshold"], told["members"]) for q in told["questions"]),
            "Ngưỡng không hợp lệ",
        ),
        (told["opens_ms"] < told["closes_ms"], "Giờ đóng không sau giờ mở"),
        (holders <= MOST_TRUSTEES, f"Nhiều hơn {MOST_TRUSTEES} người giữ khóa"),
        (told["committee"]["needed"] >= 1, "Ban kiểm phiếu phải cần ít nhất một chữ ký"),
    ]


def _is_askable(question: Mapping[str, Any]) -> bool:
    count = len(question["options"])
    return 1 <= count <= MOST_OPTIONS and question["min"] <= question["max"] <= count


def _is_reachable(threshold: Mapping[str, Any] | None, members: int) -> bool:
    if threshold is None:
        return True
    num, den, base = threshold["num"], threshold["den"], threshold["base"]
    return bool(den >= 1 and num <= den - threshold["strict"] and (base is None or 1 <= base <= members))
