"""10–11. Points by the best of the cluster, with those that have no target in a group of their own.

“Điều 6” of a police cluster's rules (cluster-operations 3, T6): below the target half the maximum in
proportion; at the target half; above it half again by e = (A − T)/T over the largest e; without a target
the maximum by A over the largest A of those without one. Where less is better T/A stands for A/T, T − A for
A − T, and the least A over A for A over the largest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from thidua.emulation.scoring.engine.given import as_points, is_points, measure_of, shown, value_of
from thidua.emulation.scoring.engine.numbers import HALF, ZERO
from thidua.emulation.scoring.engine.rules import Fault
from thidua.emulation.scoring.engine.scored import Scored, Step
from thidua.emulation.scoring.engine.told import Told

NO_TARGET = "chỉ tiêu bằng 0: để trống nếu không giao chỉ tiêu"


@dataclass(frozen=True, slots=True)
class Relative:
    """The rule itself; it is asked for all units at once."""

    name: ClassVar[str] = "relative"
    keys: ClassVar[tuple[str, ...]] = ("actual", "target")
    less_is_better: bool

    @classmethod
    def read(cls, told: Told) -> Relative:
        """`better: less` where a small value is the good one."""
        return cls(told.word("better", ("more", "less"), "more") == "less")

    def score_all(self, filed: Mapping[Any, Any], most: Decimal) -> dict[Any, Scored]:
        """Points of every unit that filed, each by the best of those that filed."""
        found: dict[Any, Scored] = {u: as_points(one, most) for u, one in filed.items() if is_points(one)}
        read = {u: _pair(value_of(one)) for u, one in filed.items() if u not in found}
        found |= {u: Scored(ZERO, ZERO, (), (one,)) for u, one in read.items() if isinstance(one, str)}
        pairs = {u: one for u, one in read.items() if not isinstance(one, str)}
        free = {u: actual for u, (actual, target) in pairs.items() if target is None}
        best_free = (min if self.less_is_better else max)(free.values(), default=ZERO)
        for unit, actual in free.items():
            found[unit] = self._of_the_free(most, actual, best_free)
        excess = {u: self._excess(a, t) for u, (a, t) in pairs.items() if t is not None}
        best = max(excess.values(), default=ZERO)
        for unit, over in excess.items():
            actual, target = pairs[unit]
            found[unit] = self._with_target(most, actual, target or ZERO, over, best)
        return found

    def _excess(self, actual: Decimal, target: Decimal) -> Decimal:
        return ((target - actual) if self.less_is_better else (actual - target)) / target

    def _with_target(
        self, most: Decimal, actual: Decimal, target: Decimal, over: Decimal, best: Decimal
    ) -> Scored:
        if over < 0:
            top, bottom = (target, actual) if self.less_is_better else (actual, target)
            points = HALF * most * top / bottom if bottom else ZERO
            return _not_below_nought(points, ("half", most, top, bottom, points))
        if over == 0:
            return Scored(HALF * most, HALF * most, (("met", most, HALF * most),))
        if over == best:
            return Scored(most, most, (("leader", most),))
        points = HALF * most + over / best * HALF * most
        return Scored(points, points, (("over", most, over, best, points),))

    def _of_the_free(self, most: Decimal, actual: Decimal, best: Decimal) -> Scored:
        if self.less_is_better and actual <= 0:
            return Scored(most, most, (("none", most),))
        top, bottom = (best, actual) if self.less_is_better else (actual, best)
        if bottom <= 0:
            return Scored(ZERO, ZERO, (("direct", ZERO),))
        points = most * top / bottom
        return _not_below_nought(points, ("no_target", most, top, bottom, points))

    def faults(self, _most: Decimal) -> Iterator[Fault]:
        """Nothing."""
        return iter(())


def _not_below_nought(points: Decimal, step: Step) -> Scored:
    return Scored(points, points, (step,)) if points >= 0 else Scored(ZERO, ZERO, (step, ("least", ZERO)))


def _pair(filed: Any) -> tuple[Decimal, Decimal | None] | str:
    """Actual and target; no target when none was written; a sentence when it cannot be read."""
    actual = measure_of(filed, "actual")
    if actual is None:
        return "phải ghi kết quả bằng số"
    given = filed.get("target") if isinstance(filed, Mapping) else None
    if given is None or given == "":
        return actual, None
    target = measure_of(filed, "target")
    if target is None:
        return f"không hiểu chỉ tiêu “{shown(given)}”"
    return NO_TARGET if target <= 0 else (actual, target)
