"""Bands as officers type them, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from thidua.emulation.scoring.engine.bands import Band
from thidua.emulation.scoring.engine.numbers import said
from thidua.emulation.scoring.engine.reading import read_rule
from thidua.emulation.scoring.engine.rules import Bands
from thidua.emulation.scoring.engine.told import BadFile

_BOUND = r"[+\-−]?[0-9]+(?:[.,][0-9]+)?"
_LINE = re.compile(
    rf"(?:(?P<low>từ|≥|>=|trên|>)\s*(?P<from>{_BOUND})\s*%?)?\s*"
    rf"(?:(?P<high>đến|≤|<=|dưới|<)\s*(?P<to>{_BOUND})\s*%?)?\s*:\s*(?P<points>{_BOUND})(?:\s*điểm)?",
    re.IGNORECASE,
)
_CLOSED = {"từ": "from", "≥": "from", ">=": "from", "đến": "to", "≤": "to", "<=": "to"}


def read_bands(text: str) -> list[dict[str, str]]:
    """Bands typed a line each, “từ 95 đến 100: 5” or “≥ 90 < 95: 4”; raises BadFile naming the line."""
    lines = [line.strip() for line in text.splitlines()]
    return [_read_band(at, line) for at, line in enumerate(lines, 1) if line]


def _read_band(at: int, line: str) -> dict[str, str]:
    found = _LINE.fullmatch(line.rstrip(".;"))
    if found is None or not (found["low"] or found["high"]):
        raise BadFile(f"Dòng {at}: không hiểu “{line}”. Ghi như “từ 95 đến 100: 5” hoặc “dưới 50: 0”.")
    band = {"points": found["points"]}
    if found["low"]:
        band[_CLOSED.get(found["low"].lower(), "over")] = found["from"]
    if found["high"]:
        band[_CLOSED.get(found["high"].lower(), "below")] = found["to"]
    return band


def write_bands(told: Iterable[Mapping[str, Any]]) -> str:
    """Bands as `read_bands` reads them."""
    rule = read_rule({"type": "bands", "bands": list(told)}, "mức")
    bands: tuple[Band, ...] = rule.bands if isinstance(rule, Bands) else ()
    return "\n".join(f"{band}: {said(band.points)}" for band in bands)
