"""Codes used twice, written in two ways, or jumping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from thidua.emulation.scoring.engine.checking.findings import Finding, error, warning
from thidua.emulation.scoring.engine.extras import Extra
from thidua.emulation.scoring.engine.points import Criterion, PointsTable

_LAST = re.compile(r"^(.*?)(\d+|[IVXL]+|[A-Za-zĐđ])$")
_BESIDE_A_LETTER = re.compile(r"(?<=[^\W\d])[^\w]+|[^\w]+(?=[^\W\d])|[^\w]+$")
_BETWEEN = re.compile(r"[^\w]+")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_LETTERS = ("abcdefghijklmnopqrstuvwxyz", "abcdđeghiklmnopqrstuvxy", "abcdđefghijklmnopqrstuvwxyz")


def codes(table: PointsTable) -> Iterator[Finding]:
    """Everything about codes."""
    used = [line.code for line in table.lines]
    used += [one.code for line in table.lines for one in (*line.bonuses, *line.deductions)]
    for code, times in Counter(used).items():
        if not code:
            yield error("code", "", "có tiêu chí không có mã")
        elif times > 1:
            yield error("code", code, f"mã dùng {times} lần")
    spelled: dict[str, str] = {}
    for code in dict.fromkeys(used):
        if spelled.setdefault(plain(code), code) != code and code:
            yield warning("code", code, f"dễ lẫn với mã “{spelled[plain(code)]}”")
    yield from _jumps([line.code for line in table.criteria])
    for line in table.lines:
        extras = (*line.bonuses, *line.deductions)
        yield from _jumps([child.code for child in line.children])
        yield from _jumps(sorted((one.code for one in extras), key=_by_number))
        yield from _styles(line, extras)


def plain(code: str) -> str:
    """A code without the dots people put or leave out: “a.7.1”, “A7.1.” are one, 1.11 is not 11.1."""
    return _BETWEEN.sub(".", _BESIDE_A_LETTER.sub("", code)).lower()


def _by_number(code: str) -> tuple[str, int]:
    """Bonuses and deductions are numbered through, whichever column they stand in."""
    found = _LAST.match(code)
    return (found[1], int(found[2])) if found and found[2].isdecimal() else (code, 0)


def _jumps(told: Sequence[str]) -> Iterator[Finding]:
    """5.3 then 5.5, I then III, a then c."""
    parts = [_LAST.match(code) for code in told]
    ends = [found[2] for found in parts if found]
    is_roman = len(ends) > 1 and ends[0] in {"I", "II"} and all(re.fullmatch("[IVXL]+", end) for end in ends)
    for (one, before), (other, after) in pairwise(zip(told, parts, strict=True)):
        if before is None or after is None or before[1] != after[1] or one == other:
            continue
        if not _follows(before[2], after[2], is_roman=is_roman):
            yield warning("jump", other, f"mã nhảy từ {one} sang {other}")


def _follows(one: str, other: str, *, is_roman: bool) -> bool:
    if one.isdecimal() and other.isdecimal():
        return int(other) == int(one) + 1
    if is_roman:
        return roman(other) == roman(one) + 1
    first, second = one.lower(), other.lower()
    if len(first) != 1 or len(second) != 1 or first.isdecimal() or second.isdecimal():
        return True
    return any(first in letters and letters[letters.index(first) + 1 :][:1] == second for letters in _LETTERS)


def roman(letters: str) -> int:
    """4 of IV."""
    values = [_ROMAN[letter] for letter in letters]
    return sum(-one if one < other else one for one, other in zip(values, [*values[1:], 0], strict=True))


def _styles(line: Criterion, extras: tuple[Extra, ...]) -> Iterator[Finding]:
    """“a.7.1” under “a7”: the same place written in another way."""
    for extra in extras:
        is_below = plain(extra.code).startswith(plain(line.code))
        if is_below and not extra.code.startswith(line.code):
            yield warning("code", extra.code, f"cách đánh mã khác với mã “{line.code}” của tiêu chí")
