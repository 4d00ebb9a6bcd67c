"""Scores of every unit in every layer, with the steps that made them; classes; the ranking and its digest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from thidua.emulation.scoring.engine.anomalies import dated_wrongly, named_wrongly, suspicions, told_wrongly
from thidua.emulation.scoring.engine.classing import class_of, flags_of
from thidua.emulation.scoring.engine.extras import NONE, add_up
from thidua.emulation.scoring.engine.filings import Filing, Filings
from thidua.emulation.scoring.engine.numbers import ZERO, rounded, said
from thidua.emulation.scoring.engine.points import (
    BONUS,
    MARK,
    NOT_FILED,
    PENALTY,
    RESCALE,
    Criterion,
    PointsTable,
)
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Direct, Full, number_of
from thidua.emulation.scoring.engine.scored import NOTHING, Scored, Step, clamp, written
from thidua.emulation.scoring.engine.shares import Registered

NOT_GIVEN = frozenset({"không giao", "khong giao"})  # what says that a criterion was not given to a unit


class Mark(NamedTuple):
    """One criterion: `points` = `base` + `bonus` − `deducted`, rounded; `claimed` is before caps."""

    code: str
    points: Decimal
    claimed: Decimal
    base: Decimal
    bonus: Decimal
    deducted: Decimal
    steps: tuple[Step, ...]
    faults: tuple[str, ...]

    @property
    def explanation(self) -> str:
        """The steps in words and figures."""
        places = -int(self.points.as_tuple().exponent)
        return "; ".join(written(step, places) for step in self.steps)


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


class Standing(NamedTuple):
    """A place; units with equal points share it and the next counts all before it."""

    place: int
    unit: str
    total: Decimal
    tied: bool


@dataclass(slots=True)
class Result:
    """Everything computed. `provisional` while somebody's filing of the ranked layer is missing or faulty."""

    table: PointsTable
    layer: str
    sheets: dict[str, dict[str, Sheet]]
    ranking: list[Standing]
    out: tuple[str, ...]
    provisional: tuple[str, ...]
    suspicions: tuple[str, ...] = ()


def compute(table: PointsTable, filings: Filings, layer: str = "") -> Result:
    """All layers; the ranking by `layer`, by the last that anybody wrote when none is named."""
    layers = filings.layers or ["final"]
    ranked = layer or layers[-1]
    sheets: dict[str, dict[str, Sheet]] = {unit: {} for unit in filings.units}
    for name in layers:
        filed = {u: own[name] for u, own in filings.units.items() if name in own}
        for unit, sheet in score_layer(table, name, filed).items():
            sheets[unit][name] = sheet
    for unit, own in filings.units.items():
        if not own:
            sheets[unit][ranked] = _judged(table, _empty(unit, ranked), Filing({}, (NOT_FILED,)))
    for unit, own in filings.units.items():
        claimed = {name: sheet.claimed for name, sheet in sheets[unit].items()}
        for name, filing in own.items():
            sheets[unit][name].faults += (
                *named_wrongly(table, filing),
                *dated_wrongly(filing),
                *told_wrongly(name, filing, claimed),
            )
    last = {unit: own[ranked] for unit, own in sheets.items() if ranked in own}
    waiting = _waiting(filings, last, ranked)
    return Result(
        table,
        ranked,
        sheets,
        rank(last),
        tuple(u for u, s in last.items() if s.out),
        waiting,
        tuple(suspicions(table, filings)),
    )


def _waiting(filings: Filings, last: Mapping[str, Sheet], layer: str) -> tuple[str, ...]:
    found = [f"{unit}: chưa có lớp {layer}" for unit, own in filings.units.items() if layer not in own]
    for unit, sheet in last.items():
        if sheet.missing and NOT_FILED not in sheet.flags:
            found.append(f"{unit}: còn {len(sheet.missing)} tiêu chí chưa ghi")
    return tuple(found)


def _empty(unit: str, layer: str) -> Sheet:
    return Sheet(unit, layer, {}, {}, ZERO, ZERO, ZERO, ZERO, (), (), ())


def score_layer(table: PointsTable, layer: str, filed: Mapping[str, Filing]) -> dict[str, Sheet]:
    """One layer of all units that wrote it; relative criteria by the best among them."""
    relative = {leaf.code: _relative(leaf, filed) for leaf in table.relative}
    return {
        unit: _judged(table, _sheet(table, unit, layer, filing, relative), filing)
        for unit, filing in filed.items()
    }


def _relative(leaf: Criterion, filed: Mapping[str, Filing]) -> dict[str, Scored]:
    assert isinstance(leaf.rule, Relative)
    given = {u: f.values[leaf.code] for u, f in filed.items() if _is_filed(f.values.get(leaf.code))}
    return leaf.rule.score_all(given, leaf.most)


def _is_filed(value: Any) -> bool:
    return value is not None and value != "" and not _is_not_assigned(value)


def _is_not_assigned(value: Any) -> bool:
    """The criterion was not given to the unit: it neither scores nor fails there."""
    if isinstance(value, str):
        return value.strip().lower() in NOT_GIVEN
    return isinstance(value, Mapping) and bool(value.get("not_assigned"))


def _sheet(
    table: PointsTable, unit: str, layer: str, filing: Filing, relative: Mapping[str, Mapping[str, Scored]]
) -> Sheet:
    marks: dict[str, Mark] = {}
    missing: list[str] = []
    excluded: list[str] = []
    values = filing.values
    away = _not_assigned_groups(table, values)
    for leaf in table.leaves:
        value = values.get(leaf.code)
        if leaf.code in away or (value is not None and _is_not_assigned(value)):
            excluded.append(leaf.code)
            continue
        scored: Scored | None = NOTHING
        if value is None or value == "":
            if leaf.must_be_filed:
                missing.append(leaf.code)
                continue
            if leaf.kind != MARK and not any(values.get(x.code) is not None for x in leaf.extras):
                continue
            if isinstance(leaf.rule, Full):
                scored = _base(leaf, value)
        else:
            scored = relative[leaf.code].get(unit) if isinstance(leaf.rule, Relative) else _base(leaf, value)
        marks[leaf.code] = _mark(table, leaf, scored or NOTHING, values)
    unlisted = [code for code in values if code not in table.codes and code not in table.groups]
    return _added(
        table, unit, layer, marks, tuple(missing), tuple(excluded), _not_listed(unlisted, values), filing
    )


def _not_assigned_groups(table: PointsTable, values: Mapping[str, Any]) -> frozenset[str]:
    """Leaves below a group that as a whole was not given to the unit."""
    found = [table.groups[code] for code in values if code in table.groups]
    return frozenset(
        line.code
        for group in found
        if values[group.code] is not None and _is_not_assigned(values[group.code])
        for line in group.walk()
    )


def _not_listed(codes: list[str], values: Mapping[str, Any]) -> dict[str, Decimal]:
    """What was filed for codes the table does not have, with the points asked."""
    found = {}
    for code in codes:
        given = values[code]
        points = number_of(given, "points") if isinstance(given, Mapping) else number_of(given)
        found[code] = points if points is not None else ZERO
    return found


def _base(leaf: Criterion, value: Any) -> Scored:
    assert leaf.rule is not None
    assert not isinstance(leaf.rule, Relative)
    scored = leaf.rule.score(value, leaf.most)
    if scored.points > leaf.most and not isinstance(leaf.rule, Registered):
        return Scored(leaf.most, scored.claimed, (*scored.steps, ("cap", leaf.most)), scored.faults)
    return scored


def _mark(table: PointsTable, leaf: Criterion, scored: Scored, values: Mapping[str, Any]) -> Mark:
    places, mode = table.places, table.rounding
    if not leaf.bonuses and not leaf.deductions:
        is_entered = (
            type(leaf.rule) is Direct
        )  # points somebody wrote stand as written; what was computed is rounded
        points = scored.points if is_entered else rounded(scored.points, places, mode)
        base = points - scored.bonus
        return Mark(leaf.code, points, scored.claimed, base, scored.bonus, ZERO, scored.steps, scored.faults)
    taken = add_up(leaf.deductions, values, leaf.deduction_cap, taking=True)
    given = add_up(leaf.bonuses, values, leaf.bonus_cap, clean=not taken.points)
    net = given.points - taken.points
    kept = net if leaf.net is None else clamp(net, *leaf.net)
    points = rounded(max(scored.points + kept, leaf.least), places, mode)
    base = rounded(scored.points - scored.bonus, places, mode)
    steps = (*scored.steps, *_signed("+", given), *_signed("−", taken))
    return Mark(
        leaf.code,
        points,
        scored.claimed + given.claimed - taken.claimed,
        base,
        max(points - base, ZERO),
        max(base - points, ZERO),
        steps,
        (*scored.faults, *given.faults, *taken.faults),
    )


def _signed(sign: str, extras: Any) -> tuple[Step, ...]:
    if extras is NONE or not extras.steps:
        return ()
    return (*extras.steps, ("sum", f"{sign}{said(extras.points)}"))


def _added(
    table: PointsTable,
    unit: str,
    layer: str,
    marks: dict[str, Mark],
    missing: tuple[str, ...],
    excluded: tuple[str, ...],
    unlisted: Mapping[str, Decimal],
    filing: Filing,
) -> Sheet:
    """Sum the leaves, hold the bonuses and penalties under the table's own ceilings, round the total."""
    base = bonus = deducted = claimed = ZERO
    for code, mark in marks.items():
        kind = table.kinds[code]
        if kind == MARK:
            base, bonus, deducted = base + mark.base, bonus + mark.bonus, deducted + mark.deducted
            claimed += mark.claimed
        elif kind == BONUS:
            bonus, claimed = bonus + mark.points, claimed + mark.claimed
        else:
            deducted, claimed = deducted + mark.points, claimed - mark.claimed
    sums, over = _sums(table, marks)
    bonus, deducted = bonus - over.bonus, deducted - over.penalty
    if table.not_assigned == RESCALE and excluded:
        base = _rescaled(table, base, set(excluded))
    held = clamp(bonus, None, table.bonus_cap)
    taken = clamp(deducted, None, table.penalty_cap)
    total = rounded(base + held - taken, table.places, table.rounding)
    faults = tuple(f"{mark.code}: {fault}" for mark in marks.values() for fault in mark.faults)
    faults += tuple(_unlisted(code, points, filing.values[code]) for code, points in unlisted.items())
    faults += over.faults + tuple(_of_groups(table, filing, sums))
    if held < bonus:
        faults += (f"Điểm thưởng {said(bonus)} vượt trần {said(held)} của cả bảng",)
    faults += tuple(_wrong_hand(table, filing, layer))
    return Sheet(
        unit,
        layer,
        marks,
        sums,
        total,
        claimed + sum(unlisted.values(), ZERO),
        held,
        taken,
        missing,
        excluded,
        faults,
    )


def _unlisted(code: str, points: Decimal, value: Any) -> str:
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


def _rescaled(table: PointsTable, base: Decimal, excluded: set[str]) -> Decimal:
    """What was given, as if on the whole scale."""
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
            mark = marks.get(line.code)
            if mark is None:
                return ZERO
            return -mark.points if line.kind == PENALTY else mark.points
        points = sum((add(child) for child in line.children), ZERO)
        if line.kind == BONUS and points > line.most:
            over.bonus += points - line.most
            over.faults += (f"{line.code}: thưởng {said(points)} vượt tối đa {said(line.most)} của mục",)
            points = line.most
        elif line.kind == PENALTY and -points > line.most:
            over.penalty += -points - line.most
            points = -line.most
        found[line.code] = points
        return points

    for top in table.criteria:
        add(top)
    return found, over


def _of_groups(table: PointsTable, filing: Filing, sums: Mapping[str, Decimal]) -> Iterator[str]:
    """Points somebody wrote for a group, against what stands below it: those count, not these."""
    for code in filing.own & table.groups.keys():
        value = filing.values[code]
        if value is None or _is_not_assigned(value):
            continue
        told = number_of(value)
        if told is None:
            yield f"{code}: mục có tiêu chí bên dưới, chỉ ghi ở các tiêu chí đó"
        elif told != sums[code]:
            yield f"{code}: phiếu ghi {said(told)}, bên dưới cộng lại {said(sums[code])}"


def _judged(table: PointsTable, sheet: Sheet, filing: Filing) -> Sheet:
    """Class and flags."""
    sheet.flags, unknown = flags_of(table, filing.flags)
    sheet.faults += unknown
    points = {code: mark.points for code, mark in sheet.marks.items()}
    judged = class_of(table, sheet.total, points, sheet.flags)
    sheet.class_title, sheet.class_reasons, sheet.out = judged.title, judged.reasons, judged.out
    return sheet


def rank(sheets: Mapping[str, Sheet]) -> list[Standing]:
    """Highest first; ties share a place and keep the given order. Who has not filed has no place yet."""
    inside = [sheet for sheet in sheets.values() if not sheet.out and NOT_FILED not in sheet.flags]
    totals = sorted((sheet.total for sheet in inside), reverse=True)
    first = {total: totals.index(total) + 1 for total in set(totals)}
    count = {total: totals.count(total) for total in set(totals)}
    ordered = sorted(inside, key=lambda sheet: -sheet.total)
    return [Standing(first[s.total], s.unit, s.total, count[s.total] > 1) for s in ordered]
