"""How the numbers of a file are written: decimal comma and dot in one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from thidua.emulation.scoring.engine.checking.findings import Finding, warning

_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_DECIMAL = re.compile(r"[+\-−–]?\d+([.,])\d+")
_WORDS = {"code", "title", "note", "source", "evidence", "format", "version", "effective_from", "measure"}


def decimal_marks(told: Any) -> Iterator[Finding]:
    """The first place of each mark, when both are used."""
    seen: dict[str, tuple[str, str]] = {}
    for code, number, mark in _decimals(told, ""):
        seen.setdefault(mark, (code, number))
    if len(seen) > 1:
        (one, first), (other, second) = seen.values()
        yield warning(
            "decimal",
            "",
            f"dấu phẩy và dấu chấm thập phân dùng lẫn nhau: “{first}” ở {one or 'đầu bảng'}, “{second}” ở "
            f"{other or 'đầu bảng'}",
        )


def thousands(told: Any) -> Iterator[Finding]:
    """“1.000” is read as one; whoever means a thousand writes 1000."""
    for code, number, _ in _decimals(told, ""):
        if _THOUSANDS.fullmatch(number):
            plain = number.replace(".", "").replace(",", "")
            yield warning("decimal", code, f"“{number}” là số lẻ; nếu là {plain} thì ghi {plain}")


def _decimals(told: Any, code: str) -> Iterator[tuple[str, str, str]]:
    """(code, number, mark) of every decimal written as such."""
    if isinstance(told, Mapping):
        here = str(told.get("code", code))
        for key, one in told.items():
            if key not in _WORDS:
                yield from _decimals(one, here)
    elif isinstance(told, list):
        for one in told:
            yield from _decimals(one, code)
    elif isinstance(told, str) and (found := _DECIMAL.fullmatch(told.strip())):
        yield code, told, found[1]
