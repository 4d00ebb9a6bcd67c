"""What changed between two texts, word by word. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

KEPT, ADDED, REMOVED = "kept", "added", "removed"
ALIKE = 0.5  # below this share of common words, whole texts are easier to read than scraps


@dataclass(frozen=True)
class Piece:
    """A run of words that was kept, added or removed."""

    fate: str
    text: str


@dataclass(frozen=True)
class Change:
    """A named part that differs: its pieces in reading order."""

    title: str
    pieces: list[Piece]


def compare(old: str, new: str) -> list[Piece]:
    """Pieces that make `new` from `old`; equal texts give one kept piece."""
    before, after = _words(old), _words(new)
    return list(_pieces(before, after))


def _words(text: str) -> list[str]:
    """Words with the space after them, so that words changed side by side make one piece."""
    return re.findall(r"\S+\s*|^\s+", text)


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if before and after and matcher.ratio() < ALIKE:
        yield Piece(REMOVED, "".join(before))
        yield Piece(ADDED, "".join(after))
        return
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(KEPT, "".join(before[i1:i2]))
            continue
        if i1 < i2:
            yield Piece(REMOVED, "".join(before[i1:i2]))
        if j1 < j2:
            yield Piece(ADDED, "".join(after[j1:j2]))
