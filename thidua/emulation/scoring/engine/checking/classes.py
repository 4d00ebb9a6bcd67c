"""Every total must fall in exactly one class, with and without a nought or a low floor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from thidua.emulation.scoring.engine.bands import Band, faults, start_of
from thidua.emulation.scoring.engine.checking.findings import ERROR, WARNING, Finding, error, warning
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.points import ClassTest, PointsTable


def classes(table: PointsTable) -> Iterator[Finding]:
    """Titles used twice, classes nobody reaches, totals that fall in none or in two."""
    if not table.classes:
        return
    for title, times in Counter(test.title for test in table.classes).items():
        if times > 1:
            yield error("class", "", f"loại “{title}” ghi {times} lần")
    yield from _out_of_reach(table)
    top = table.most if table.most is not None else table.total
    has_gate = any(test.no_zero for test in table.classes)
    for zero in (False, True)[: 1 + has_gate]:
        for low in (False, True)[: 1 + _has_floors(table)]:
            left = [t for t in table.classes if not (t.no_zero and zero) and not (t.floors and low)]
            yield from _gaps(left, top, zero=zero, low=low)


def _has_floors(table: PointsTable) -> bool:
    return any(test.floors for test in table.classes) and any(line.floor for line in table.leaves)


def _out_of_reach(table: PointsTable) -> Iterator[Finding]:
    """Classes nobody can reach, and tests that ask for what the table does not have."""
    for test in table.classes:
        if table.most is not None and _starts_above(test.band, table.most):
            told = f"loại “{test.title}” đòi {test.band} điểm, bảng cao nhất {said(table.most)}"
            yield warning("never", "", told)
    for test, above in _with_nothing_left(table.classes):
        yield warning(
            "never", "", f"loại “{test.title}” không còn ai: loại “{above.title}” đứng trên đã nhận"
        )
    if any(test.floors for test in table.classes) and not _has_floors(table):
        yield warning("never", "", "có loại đòi mức tối thiểu nhưng không tiêu chí nào ghi “floor”")


def _starts_above(band: Band, most: Decimal) -> bool:
    return band.low is not None and (band.low > most or (band.low == most and not band.low_closed))


def _with_nothing_left(tests: Sequence[ClassTest]) -> Iterator[tuple[ClassTest, ClassTest]]:
    """Classes below one that takes all they could, and asks for nothing but points."""
    for at, test in enumerate(tests):
        plain = (one for one in tests[:at] if not one.no_zero and not one.floors)
        above = next((one for one in plain if _leaves_nothing(one.band, test.band)), None)
        if above is not None:
            yield test, above


def _leaves_nothing(above: Band, band: Band) -> bool:
    return above.high is None and band.high is None and start_of(above) <= start_of(band)


def _gaps(tests: Sequence[ClassTest], top: Decimal, *, zero: bool, low: bool) -> Iterator[Finding]:
    words = " khi có tiêu chí 0 điểm" * zero + " khi có tiêu chí dưới mức tối thiểu" * low
    for kind, sentence in faults(list(_judged(tests)), ZERO, top):
        level = ERROR if kind != "gap" or not words else WARNING
        yield Finding(level, f"class-{kind}", "", f"xếp loại{words}: {sentence.replace('mức', 'loại')}")
    if not tests:
        yield warning("class-gap", "", f"xếp loại{words}: không loại nào nhận")


def _judged(tests: Iterable[ClassTest]) -> Iterator[Band]:
    """Ranges as they are judged: a class without an upper end takes what those above it leave."""
    above: list[Band] = []
    for band in (test.band for test in tests):
        if any(_leaves_nothing(one, band) for one in above):
            continue
        yield _cut(band, above)
        above.append(band)


def _cut(band: Band, above: Iterable[Band]) -> Band:
    """An open upper end stops where the next better class begins."""
    better = [one for one in above if start_of(one) > start_of(band)]
    if band.high is not None or not better:
        return band
    following = min(better, key=start_of)
    return replace(band, high=following.low, high_closed=not following.low_closed)
