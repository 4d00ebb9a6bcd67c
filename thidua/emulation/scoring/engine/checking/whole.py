"""Sums, ceilings, flags and rounding: what concerns the table as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from thidua.emulation.scoring.engine.checking.classes import classes
from thidua.emulation.scoring.engine.checking.findings import Finding, error, warning
from thidua.emulation.scoring.engine.checking.lines import titles, values_of
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.points import BONUS, MARK, PENALTY, Criterion, PointsTable
from thidua.emulation.scoring.engine.shares import Registered


def whole(table: PointsTable) -> Iterator[Finding]:
    """Everything about the whole."""
    yield from _sums(table)
    yield from titles(table.criteria)
    yield from _ceilings(table)
    yield from _rounding(table)
    yield from classes(table)
    yield from _flags(table)


def _sums(table: PointsTable) -> Iterator[Finding]:
    """1. Children make their parent, the top lines the whole."""
    if table.total <= 0:
        yield error("sum", "", f"thang điểm {said(table.total)} phải lớn hơn 0")
    counted = sum((line.most for line in table.criteria if line.kind == MARK), ZERO)
    if counted != table.total:
        told = f"các mục lớn cộng lại {said(counted)}, khác thang điểm {said(table.total)}"
        yield error("sum", "", told + _off(counted - table.total) + _with_bonus(table, counted))
    for line in table.lines:
        below = sum((child.most for child in line.children if child.kind == line.kind), ZERO)
        if not line.children or below == line.most:
            continue
        sentence = f"tối đa {said(line.most)} nhưng bên dưới cộng lại {said(below)}{_off(below - line.most)}"
        if line.kind == MARK:
            yield error("sum", line.code, sentence)
        else:
            word = "thưởng" if line.kind == BONUS else "trừ"
            held = f"; chỉ {word} đến {said(line.most)}" if below > line.most else ""
            yield warning("sum", line.code, sentence + held)


def _with_bonus(table: PointsTable, counted: Decimal) -> str:
    """“1.000 = 950 + 50”: the scale was written with its bonus points."""
    beside = sum((line.most for line in table.criteria if line.kind == BONUS), ZERO)
    is_all = beside and counted + beside == table.total
    return f"; thang không kể {said(beside)} điểm thưởng, ghi {said(counted)}" if is_all else ""


def _off(by: Decimal) -> str:
    return f" ({'thừa' if by > 0 else 'thiếu'} {said(abs(by))})"


def _ceilings(table: PointsTable) -> Iterator[Finding]:
    bonus = any(line.kind == BONUS or line.bonuses or _gives_bonus(line) for line in table.leaves)
    penalty = any(line.kind == PENALTY or line.deductions for line in table.leaves)
    for word, cap, has in (("thưởng", table.bonus_cap, bonus), ("trừ", table.penalty_cap, penalty)):
        if cap is None:
            continue
        if cap < 0:
            yield error("negative", "", f"trần {word} {said(cap)} không được âm; ghi số dương")
        elif cap == 0 and has:
            yield error("never", "", f"trần {word} của cả bảng là 0 nên không bao giờ {word}")
        if not has:
            yield warning("never", "", f"có trần {word} {said(cap)} nhưng bảng không có điểm {word}")
    if bonus and table.most is None:
        yield warning("uncapped", "", "tổng điểm không có giới hạn trên vì có điểm thưởng không trần")


def _gives_bonus(line: Criterion) -> bool:
    return isinstance(line.rule, Registered) and line.rule.bonus > 0


def _rounding(table: PointsTable) -> Iterator[Finding]:
    """Points finer than what is rounded to."""
    code, finest = max(_numbers(table), key=lambda one: _places(one[1]), default=("", ZERO))
    if _places(finest) > table.places:
        told = f"{said(finest)} điểm lẻ hơn cách làm tròn của bảng ({table.places} số lẻ)"
        yield warning("rounding", code, told)


def _numbers(table: PointsTable) -> Iterator[tuple[str, Decimal]]:
    """Every number of points that stands in the table, with its code."""
    for line in table.lines:
        yield line.code, line.most
        if line.rule is not None:
            yield from ((line.code, value) for value in values_of(line.rule))
        for extra in line.extras:
            yield from ((extra.code, value) for value in values_of(extra.rule))


def _places(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))


def _flags(table: PointsTable) -> Iterator[Finding]:
    titles = [test.title for test in table.classes]
    for code, times in Counter(flag.code for flag in table.flags).items():
        if times > 1:
            yield error("flag", code, f"cờ khống chế ghi {times} lần")
    for flag in table.flags:
        if flag.at_most and flag.at_most not in titles:
            yield error("flag", flag.code, f"không có loại “{flag.at_most}” trong bảng")
        elif flag.at_most and flag.out:
            yield warning("never", flag.code, "đã không xếp loại thì mức cao nhất được xếp không có tác dụng")
        elif flag.at_most and flag.at_most == titles[0]:
            yield warning("never", flag.code, f"“{flag.at_most}” là loại cao nhất nên cờ này không hạ ai")
        if not flag.at_most and not flag.out:
            yield error("never", flag.code, "cờ này không hạ loại cũng không loại ra, nên không có tác dụng")
