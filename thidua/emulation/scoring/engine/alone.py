"""One criterion's rule by itself: read, checked, told in words, and asked what a filing is worth.

What needs the whole cluster (the best of all, registered indicators, honours held) is not here: those rules
are computed with all filings at hand, by `compute`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.bands import Band
from thidua.emulation.scoring.engine.numbers import ZERO, rounded, said
from thidua.emulation.scoring.engine.reading import read_rule
from thidua.emulation.scoring.engine.rules import Bands, Count, PassFail, Rule, Steps
from thidua.emulation.scoring.engine.scored import written
from thidua.emulation.scoring.engine.shares import Percent
from thidua.emulation.scoring.engine.told import BadFile

ALONE = (PassFail, Count, Percent, Bands, Steps)  # one value filed is all they need
_BOUND = r"[+\-−]?[0-9]+(?:[.,][0-9]+)?"
_LINE = re.compile(
    rf"(?:(?P<low>từ|≥|>=|trên|>)\s*(?P<from>{_BOUND})\s*%?)?\s*"
    rf"(?:(?P<high>đến|≤|<=|dưới|<)\s*(?P<to>{_BOUND})\s*%?)?\s*:\s*(?P<points>{_BOUND})(?:\s*điểm)?",
    re.IGNORECASE,
)
_CLOSED = {"từ": "from", "≥": "from", ">=": "from", "đến": "to", "≤": "to", "<=": "to"}


@dataclass(frozen=True)
class Worth:
    """Points of a filing, rounded to the table's places, the steps that made them, what is wrong with it."""

    points: Decimal
    steps: str
    faults: tuple[str, ...]


def rule_of(told: Mapping[str, Any], place: str) -> Rule:
    """The rule of a line's data; raises BadFile, also for a rule that one value cannot answer."""
    rule = read_rule(told, place)
    if not isinstance(rule, ALONE):
        raise BadFile(f"{place}: quy tắc này cần kết quả của cả cụm, chưa dùng được ở đây.")
    return rule


def worth(told: Mapping[str, Any], most: Decimal, filed: str, places: int) -> Worth:
    """What a filing is worth by a rule; `most` is the criterion's maximum. Computed points round half up."""
    made = rule_of(told, "quy tắc").score(filed, most)
    points = rounded(min(max(made.points, ZERO), most), places)
    return Worth(points, "; ".join(written(step, places) for step in made.steps), made.faults)


def faults_of(told: Mapping[str, Any], most: Decimal) -> list[tuple[str, str]]:
    """(level, sentence) of everything seen to be wrong with a rule before anybody files."""
    try:
        rule = rule_of(told, "quy tắc")
    except BadFile as fault:
        return [("error", str(fault))]
    return [(level, sentence) for level, _, sentence in rule.faults(most)]


def in_words(told: Mapping[str, Any], most: Decimal) -> str:
    """A rule as officers say it: “0,5 điểm mỗi việc, nhiều nhất 3 điểm”."""
    rule = rule_of(told, "quy tắc")
    match rule:
        case PassFail():
            return f"Đạt được {said(most)} điểm, không đạt 0 điểm."
        case Count():
            cap = most if rule.cap is None else rule.cap
            return f"{said(rule.each)} điểm mỗi việc, nhiều nhất {said(cap)} điểm."
        case Percent():
            return f"{said(most)} điểm × phần trăm hoàn thành, không quá {said(most)} điểm."
        case Bands():
            rest = [] if rule.otherwise is None else [f"còn lại {said(rule.otherwise)} điểm"]
            return "; ".join([*(f"{band}: {said(band.points)} điểm" for band in rule.bands), *rest]) + "."
        case Steps():
            return _steps_in_words(rule, most)
    raise AssertionError(rule)  # pragma: no cover  rule_of lets no other through


def _steps_in_words(rule: Steps, most: Decimal) -> str:
    past = "Từ" if rule.inclusive else "Vượt"
    first = f"được {said(rule.first)} điểm, " if rule.first else ""
    cap = most if rule.cap is None else rule.cap
    return (
        f"{past} {said(rule.start)} {first}mỗi {said(rule.step)} tiếp theo thêm {said(rule.each)} điểm, "
        f"nhiều nhất {said(cap)} điểm."
    )


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
