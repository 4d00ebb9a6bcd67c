"""One criterion of one sheet: what its rule gives, with its bonuses and deductions, rounded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from thidua.emulation.scoring.engine.extras import NONE, Extras, add_up
from thidua.emulation.scoring.engine.numbers import ZERO, rounded, said
from thidua.emulation.scoring.engine.points import Criterion, PointsTable
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Direct
from thidua.emulation.scoring.engine.scored import Scored, Step, clamp, written
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


def is_not_assigned(value: Any) -> bool:
    """The criterion was not given to the unit: it neither scores nor fails there."""
    if isinstance(value, str):
        return value.strip().lower() in NOT_GIVEN
    return isinstance(value, Mapping) and bool(value.get("not_assigned"))


def base_of(leaf: Criterion, value: Any) -> Scored:
    """What the rule makes of a filing, held by the criterion's maximum."""
    assert leaf.rule is not None
    assert not isinstance(leaf.rule, Relative)
    scored = leaf.rule.score(value, leaf.most)
    if scored.points > leaf.most and not isinstance(leaf.rule, Registered):
        return Scored(leaf.most, scored.claimed, (*scored.steps, ("cap", leaf.most)), scored.faults)
    return scored


def mark_of(table: PointsTable, leaf: Criterion, scored: Scored, values: Mapping[str, Any]) -> Mark:
    """The criterion's points; points somebody wrote stand as written, what was computed is rounded."""
    if leaf.bonuses or leaf.deductions:
        return _with_extras(table, leaf, scored, values)
    is_entered = type(leaf.rule) is Direct
    points = scored.points if is_entered else rounded(scored.points, table.places, table.rounding)
    base = points - scored.bonus
    return Mark(leaf.code, points, scored.claimed, base, scored.bonus, ZERO, scored.steps, scored.faults)


def _with_extras(table: PointsTable, leaf: Criterion, scored: Scored, values: Mapping[str, Any]) -> Mark:
    places, mode = table.places, table.rounding
    taken = add_up(leaf.deductions, values, leaf.deduction_cap, taking=True)
    given = add_up(leaf.bonuses, values, leaf.bonus_cap, clean=not taken.points)
    net = given.points - taken.points
    kept = net if leaf.net is None else clamp(net, *leaf.net)
    points = rounded(max(scored.points + kept, leaf.least), places, mode)
    base = rounded(scored.points - scored.bonus, places, mode)
    return Mark(
        leaf.code,
        points,
        scored.claimed + given.claimed - taken.claimed,
        base,
        max(points - base, ZERO),
        max(base - points, ZERO),
        (*scored.steps, *_signed("+", given), *_signed("−", taken)),
        (*scored.faults, *given.faults, *taken.faults),
    )


def _signed(sign: str, extras: Extras) -> tuple[Step, ...]:
    if extras is NONE or not extras.steps:
        return ()
    return (*extras.steps, ("sum", f"{sign}{said(extras.points)}"))
