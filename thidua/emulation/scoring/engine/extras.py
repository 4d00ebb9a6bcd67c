"""Bonuses and deductions beside a criterion's own points, with caps of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from thidua.emulation.scoring.engine.given import as_points, is_points, value_of
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.rules import Rule
from thidua.emulation.scoring.engine.scored import Scored, Step

ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Extra:
    """One bonus or deduction. Of those with the same `one_of` only the best counts.

    `needs_clean`: only while nothing is deducted from the criterion. `waivable`: not deducted when the unit
    found the fault itself.
    """

    code: str
    title: str
    rule: Rule
    cap: Decimal | None
    one_of: str = ""
    needs_clean: bool = False
    waivable: bool = False

    @property
    def most(self) -> Decimal | None:
        """The most it can ever be; None when nothing holds it."""
        return self.cap if self.cap is not None else self.rule.most

    def score(self, filed: Any) -> Scored:
        """Points of one filing, without a sign. `{points: 6}` files points instead of cases."""
        if not isinstance(filed, str) and isinstance(filed, Mapping) and filed.get("waived"):
            if self.waivable:
                return Scored(ZERO, ZERO, (("waived",),))
            found = self.score({key: one for key, one in filed.items() if key != "waived"})
            return found._replace(faults=(*found.faults, "bảng không cho miễn trừ ở dòng này"))
        most = ENDLESS if self.cap is None else self.cap
        found = scored_by(self.rule, filed, most)
        if self.cap is None or found.points <= self.cap:
            return found
        return Scored(self.cap, found.claimed, (*found.steps, ("cap", self.cap)), found.faults)


def scored_by(rule: Rule, filed: Any, most: Decimal) -> Scored:
    """What a rule makes of a filing; points written as such are held by the rule's own cap."""
    if is_points(filed):
        cap = getattr(rule, "cap", None)
        return as_points(filed, most if cap is None else min(cap, most))
    return rule.score(value_of(filed), most)


class Extras(NamedTuple):
    """All bonuses, or all deductions, of one criterion."""

    points: Decimal
    claimed: Decimal
    steps: tuple[Step, ...]
    faults: tuple[str, ...]


NONE = Extras(ZERO, ZERO, (), ())


def add_up(
    extras: Sequence[Extra],
    values: Mapping[str, Any],
    cap: Decimal | None,
    *,
    clean: bool = True,
    taking: bool = False,
) -> Extras:
    """The extras that were filed, the best of each choice, under the cap they share.

    More cases than a deduction's cap counts are no fault (`taking`): there the cap does its work.
    """
    if not extras:
        return NONE
    filed = [(one, one.score(values[one.code])) for one in extras if values.get(one.code) is not None]
    if not filed:
        return NONE
    counted = [(e, s) for e, s in filed if clean or not e.needs_clean]
    best = _best(counted)
    points = sum((scored.points for scored in best), ZERO)
    claimed = sum((scored.claimed for _, scored in filed), ZERO)
    steps: tuple[Step, ...] = tuple(step for _, scored in counted for step in scored.steps)
    steps += (("choice",),) * (len(best) < len(counted)) + (("unclean",),) * (len(counted) < len(filed))
    told = tuple(f"{e.code}: {fault}" for e, scored in filed for fault in scored.faults)
    told += () if taking else tuple(_over(filed))
    told += tuple(f"{e.code}: chỉ thưởng khi không bị trừ" for e, _ in filed if not clean and e.needs_clean)
    if cap is not None and points > cap:
        points, steps = cap, (*steps, ("cap", cap))
    return Extras(points, claimed, steps, told)


def _best(filed: Iterable[tuple[Extra, Scored]]) -> list[Scored]:
    """One of each choice, and all the rest."""
    found: dict[str, Scored] = {}
    for extra, scored in filed:
        name = extra.one_of or f"={extra.code}"
        if name not in found or scored.points > found[name].points:
            found[name] = scored
    return list(found.values())


def _over(filed: Iterable[tuple[Extra, Scored]]) -> Iterable[str]:
    for extra, scored in filed:
        if scored.claimed > scored.points and not scored.faults:
            yield f"{extra.code}: ghi {said(scored.claimed)}, trần {said(scored.points)}"
