"""One criterion of one sheet: what its rule gives, with its bonuses and deductions, rounded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from thidua.emulation.scoring.engine.extras import NONE, Extras, add_up, scored_by
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
    scored = scored_by(leaf.rule, value, leaf.most)
    if scored.points > leaf.most and not isinstance(leaf.rule, Registered):
        return Scored(leaf.most, scored.claimed, (*scored.steps, ("cap", leaf.most)), scored.faults)
    return scored


def mark_of(table: PointsTable, leaf: Criterion, scored: Scored, values: Mapping[str, Any]) -> Mark:
    """The criterion's points; points somebody wrote stand as written, what was computed is rounded."""
    if leaf.bonuses or leaf.deductions:
        return _with_extras(table, leaf, scored, values)
    is_entered = type(leaf.rule) is Direct
    kept, steps = _not_below(leaf.least, scored.points, scored.steps)
    points = kept if is_entered else rounded(kept, table.places, table.rounding)
    base = points - scored.bonus
    return Mark(leaf.code, points, scored.claimed, base, scored.bonus, ZERO, steps, scored.faults)


def _not_below(least: Decimal, points: Decimal, steps: tuple[Step, ...]) -> tuple[Decimal, tuple[Step, ...]]:
    """Points held up by the least the criterion gives."""
    return (points, steps) if points >= least else (least, (*steps, ("least", least)))


def _with_extras(table: PointsTable, leaf: Criterion, scored: Scored, values: Mapping[str, Any]) -> Mark:
    places, mode = table.places, table.rounding
    taken = add_up(leaf.deductions, values, leaf.deduction_cap, taking=True)
    given = add_up(leaf.bonuses, values, leaf.bonus_cap, clean=not taken.points)
    net = given.points - taken.points
    kept = net if leaf.net is None else clamp(net, *leaf.net)
    steps = (*scored.steps, *_signed("+", given), *_signed("−", taken))
    steps += (("net", net, kept),) * (net != kept)
    held, steps = _not_below(leaf.least, scored.points + kept, steps)
    points = rounded(held, places, mode)
    base = rounded(scored.points - scored.bonus, places, mode)
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


def _signed(sign: str, extras: Extras) -> tuple[Step, ...]:
    if extras is NONE or not extras.steps:
        return ()
    return (*extras.steps, ("sum", f"{sign}{said(extras.points)}"))
