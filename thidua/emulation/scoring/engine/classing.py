"""Classes by points, held down by noughts, floors and flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua.emulation.scoring.engine.numbers import said
from thidua.emulation.scoring.engine.points import MARK, NOT_FILED, Flag, PointsTable

OUT = "Không xếp loại"


@dataclass(frozen=True)
class Judged:
    """The class, why it is that one, and whether the unit stands in the ranking at all."""

    title: str
    reasons: tuple[str, ...]
    out: bool


def flags_of(table: PointsTable, told: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The flags the table knows, and a sentence for each it does not."""
    known = {flag.code for flag in table.flags} | {NOT_FILED}
    given = tuple(told)
    return tuple(c for c in given if c in known), tuple(
        f"Bảng không có cờ “{c}”" for c in given if c not in known
    )


def class_of(
    table: PointsTable, total: Decimal, points: Mapping[str, Decimal], flags: Iterable[str]
) -> Judged:
    """The best class whose test is passed and that no flag forbids; “” when the table has no classes."""
    raised = [flag for flag in table.flags if flag.code in set(flags)]
    if any(flag.out for flag in raised):
        return Judged(OUT, tuple(flag.title for flag in raised if flag.out), out=True)
    if not table.classes:
        return Judged("", (), out=False)
    zero = [leaf.code for leaf in table.leaves if leaf.kind == MARK and points.get(leaf.code) == 0]
    low = [x.code for x in table.leaves if x.code in points and points[x.code] < x.floor_points]
    passed = [
        test
        for test in table.classes
        if test.band.holds(total) and not (test.no_zero and zero) and not (test.floors and low)
    ]
    if not passed:
        return _held("", (_no_class(total, zero, low),), table, raised)
    return _held(passed[0].title, (), table, raised)


def _no_class(total: Decimal, zero: list[str], low: list[str]) -> str:
    words = [f"{said(total)} điểm"]
    if zero:
        words.append(f"tiêu chí {', '.join(zero)} bị 0 điểm")
    if low:
        words.append(f"tiêu chí {', '.join(low)} dưới mức tối thiểu")
    return f"{', '.join(words)}: không thuộc loại nào của bảng"


def _held(title: str, reasons: tuple[str, ...], table: PointsTable, raised: list[Flag]) -> Judged:
    """The class after the lowest ceiling of the flags raised."""
    order = [test.title for test in table.classes]
    for flag in raised:
        if flag.at_most in order and (title not in order or order.index(title) < order.index(flag.at_most)):
            title, reasons = flag.at_most, (*reasons, f"{flag.title}: cao nhất “{flag.at_most}”")
    return Judged(title, reasons, out=False)
