"""Marks added up to a sheet: groups and the whole table hold bonuses and penalties, the total is rounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua.emulation.scoring.engine.filings import Filing
from thidua.emulation.scoring.engine.filling import Filled
from thidua.emulation.scoring.engine.given import is_points, number_of, value_of
from thidua.emulation.scoring.engine.marking import Mark, is_not_assigned
from thidua.emulation.scoring.engine.numbers import ZERO, rounded, said
from thidua.emulation.scoring.engine.points import BONUS, MARK, PENALTY, RESCALE, Criterion, PointsTable
from thidua.emulation.scoring.engine.scored import clamp


@dataclass(slots=True)
class Sheet:
    """One layer of one unit: marks by code, sums of the groups, what was not filed, class."""

    unit: str
    layer: str
    marks: dict[str, Mark]
    sums: dict[str, Decimal]
    total: Decimal
    claimed: Decimal
    bonus: Decimal
    deducted: Decimal
    missing: tuple[str, ...]
    excluded: tuple[str, ...]
    faults: tuple[str, ...]
    flags: tuple[str, ...] = ()
    class_title: str = ""
    class_reasons: tuple[str, ...] = ()
    out: bool = False


def added(table: PointsTable, unit: str, layer: str, told: Filled, filing: Filing) -> Sheet:
    """The sheet of a filing whose marks are known; class and flags come later."""
    parts, unlisted = _parts(table, told.marks), _not_listed(table, filing)
    sums, over = _sums(table, told.marks)
    base = _rescaled(table, parts.base, set(told.excluded)) if told.excluded else parts.base
    bonus = parts.bonus - over.bonus
    held = clamp(bonus, None, table.bonus_cap)
    taken = clamp(parts.deducted - over.penalty, None, table.penalty_cap)
    total = rounded(base + held - taken, table.places, table.rounding)
    claimed = parts.claimed + sum(unlisted.values(), ZERO)
    beyond = (f"Điểm thưởng {said(bonus)} vượt trần {said(held)} của cả bảng",) if held < bonus else ()
    faults = (
        *(f"{mark.code}: {fault}" for mark in told.marks.values() for fault in mark.faults),
        *(_unlisted(code, points, filing.values[code]) for code, points in unlisted.items()),
        *over.faults,
        *_of_groups(table, filing, sums),
        *beyond,
        *_wrong_hand(table, filing, layer),
    )
    return Sheet(
        unit, layer, told.marks, sums, total, claimed, held, taken, told.missing, told.excluded, faults
    )


@dataclass(slots=True)
class _Parts:
    """The leaves added up, before anything holds them."""

    base: Decimal = ZERO
    bonus: Decimal = ZERO
    deducted: Decimal = ZERO
    claimed: Decimal = ZERO


def _parts(table: PointsTable, marks: Mapping[str, Mark]) -> _Parts:
    found = _Parts()
    for code, mark in marks.items():
        kind = table.kinds[code]
        if kind == MARK:
            found.base += mark.base
            found.bonus += mark.bonus
            found.deducted += mark.deducted
        elif kind == BONUS:
            found.bonus += mark.points
        else:
            found.deducted += mark.points
        found.claimed += -mark.claimed if kind == PENALTY else mark.claimed
    return found


def _rescaled(table: PointsTable, base: Decimal, excluded: set[str]) -> Decimal:
    """What was given, as if on the whole scale, where the table says so."""
    if table.not_assigned != RESCALE:
        return base
    left = sum((x.most for x in table.leaves if x.kind == MARK and x.code not in excluded), ZERO)
    return base * table.total / left if left else ZERO


@dataclass(slots=True)
class _Over:
    """What groups of bonuses and of penalties hold back beyond their maximum."""

    bonus: Decimal = ZERO
    penalty: Decimal = ZERO
    faults: tuple[str, ...] = ()


def _sums(table: PointsTable, marks: Mapping[str, Mark]) -> tuple[dict[str, Decimal], _Over]:
    """What each group comes to; a group beside the scale never to more than its maximum."""
    found: dict[str, Decimal] = {}
    over = _Over()

    def add(line: Criterion) -> Decimal:
        if not line.children:
            return _of_leaf(line, marks.get(line.code))
        points = sum((add(child) for child in line.children), ZERO)
        found[line.code] = _held(line, points, over)
        return found[line.code]

    for top in table.criteria:
        add(top)
    return found, over


def _of_leaf(line: Criterion, mark: Mark | None) -> Decimal:
    if mark is None:
        return ZERO
    return -mark.points if line.kind == PENALTY else mark.points


def _held(line: Criterion, points: Decimal, over: _Over) -> Decimal:
    """A group's points under its maximum; what goes beyond is noted."""
    if line.kind == BONUS and points > line.most:
        over.bonus += points - line.most
        over.faults += (f"{line.code}: thưởng {said(points)} vượt tối đa {said(line.most)} của mục",)
        return line.most
    if line.kind == PENALTY and -points > line.most:
        over.penalty += -points - line.most
        return -line.most
    return points


def _of_groups(table: PointsTable, filing: Filing, sums: Mapping[str, Decimal]) -> Iterator[str]:
    """Points somebody wrote for a group, against what stands below it: those count, not these."""
    for code in filing.own & table.groups.keys():
        value = filing.values[code]
        if value is None or is_not_assigned(value):
            continue
        told = _points_asked(value)
        if told is None:
            yield f"{code}: mục có tiêu chí bên dưới, chỉ ghi ở các tiêu chí đó"
        elif told != sums[code]:
            yield f"{code}: phiếu ghi {said(told)}, bên dưới cộng lại {said(sums[code])}"


def _not_listed(table: PointsTable, filing: Filing) -> dict[str, Decimal]:
    """What was filed for codes the table does not have, with the points asked."""
    codes = [code for code in filing.values if code not in table.codes and code not in table.groups]
    return {code: _points_asked(filing.values[code]) or ZERO for code in codes}


def _points_asked(given: object) -> Decimal | None:
    return number_of(given, "points") if is_points(given) else number_of(value_of(given))


def _unlisted(code: str, points: Decimal, value: object) -> str:
    """A code that is no code; “{1: 9,5}” reads as 9 for 1, and 5 for nothing."""
    if value is None and code.isdecimal():
        return f"{code}: không có trong bảng điểm; trong dòng {{…}} số có dấu phẩy phải đặt trong ngoặc kép"
    return f"{code}: không có trong bảng điểm, {said(points)} điểm không tính"


def _wrong_hand(table: PointsTable, filing: Filing, layer: str) -> list[str]:
    """Codes this layer wrote though the table gives them to somebody else."""
    hands = (filing.by,) if isinstance(filing.by, str) else filing.by
    who = {name.lower() for name in (layer, *hands)} - {""}
    return [
        f"{leaf.code}: chỉ {', '.join(leaf.scored_by)} chấm"
        for leaf in table.leaves
        if leaf.scored_by and leaf.code in filing.own and not who & {n.lower() for n in leaf.scored_by}
    ]
