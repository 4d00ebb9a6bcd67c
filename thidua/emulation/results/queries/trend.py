"""A unit's figures over the years, its forerunners' too, beside its targets and the cluster. Never writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle, Indicator, Qualifier
from thidua.emulation.clusters.queries import visible_cycles
from thidua.emulation.results.models import Period, Result, Said
from thidua.emulation.results.queries.values import Goal, goals_of, together
from thidua.organisations.models import Unit
from thidua.organisations.queries import forerunners

FEWEST = 3  # units a mean is told of: of two, one could tell the other's figure


@dataclass
class YearPoint:
    """One year of a strand: what was reached and asked, by which units, and the cluster's mean."""

    cycle: Cycle
    units: list[Unit] = field(default_factory=list)
    told: list[Said] = field(default_factory=list)
    goals: list[Said] = field(default_factory=list)
    mean: Decimal | None = None

    def said(self, indicator: Indicator) -> Said:
        """The one unit's figure; of several forerunners what they come to together, if that is a number."""
        return self.told[0] if len(self.told) == 1 else together(indicator, self.told)

    def goal(self, indicator: Indicator) -> Said:
        """The same of the targets."""
        return self.goals[0] if len(self.goals) == 1 else together(indicator, self.goals)


@dataclass
class Strand:
    """One indicator over the years."""

    indicator: Indicator
    years: dict[int, YearPoint] = field(default_factory=dict)

    @property
    def points(self) -> list[YearPoint]:
        """In the order of time."""
        return sorted(self.years.values(), key=lambda point: point.cycle.term.lower)


def trend_of(unit: Unit, period: Period, *, by: Actor) -> list[Strand]:
    """Every indicator the unit or its forerunners have figures of, in years the person sees.

    An indicator that was ended and defined anew under the same name and measure goes on as one strand.
    """
    line = [unit, *forerunners(unit.pk)]
    cycles = {cycle.pk: cycle for cycle in visible_cycles(by)}
    rows = Result.objects.filter(unit__in=line, cycle__in=cycles, period=period)
    strands: dict[tuple[str, str], Strand] = {}
    for row in rows.select_related("indicator", "unit").order_by("indicator__position", "pk"):
        if row.said.is_empty:
            continue
        indicator = row.indicator
        strand = strands.setdefault((indicator.search, indicator.measure), Strand(indicator))
        point = strand.years.setdefault(row.cycle_id, YearPoint(cycles[row.cycle_id]))
        point.units.append(row.unit)
        point.told.append(row.said)
    _add_goals(strands.values(), period)
    _add_means(strands.values(), period)
    return list(strands.values())


def _add_goals(strands: Iterable[Strand], period: Period) -> None:
    """What was asked of these units in these years; a few queries a year."""
    asked: dict[int, tuple[Cycle, dict[int, Unit], dict[int, Indicator]]] = {}
    for strand in strands:
        for point in strand.points:
            _, units, indicators = asked.setdefault(point.cycle.pk, (point.cycle, {}, {}))
            units |= {unit.pk: unit for unit in point.units}
            indicators[strand.indicator.pk] = strand.indicator
    goals = {
        pk: goals_of(cycle, period, list(units.values()), list(indicators.values()))
        for pk, (cycle, units, indicators) in asked.items()
    }
    for strand in strands:
        for point in strand.points:
            found = (goals[point.cycle.pk].get((unit.pk, strand.indicator.pk)) for unit in point.units)
            point.goals = [goal.said for goal in found if isinstance(goal, Goal)]


def _add_means(strands: Iterable[Strand], period: Period) -> None:
    """The mean of the exact figures of all members of the year, where enough of them told one."""
    kept = list(strands)
    cycles = {pk for strand in kept for pk in strand.years}
    rows = Result.objects.filter(
        cycle__in=cycles, period=period, qualifier=Qualifier.EQUAL, value__isnull=False
    ).values_list("cycle_id", "indicator__search", "indicator__measure", "value")
    told: dict[tuple[int, str, str], list[Decimal]] = defaultdict(list)
    for cycle, name, measure, value in rows:
        told[cycle, name, measure] += [value] if value is not None else []
    for strand in kept:
        one = strand.indicator
        places = Decimal(1).scaleb(-max(one.decimals, 1))
        for point in strand.points:
            values = told[point.cycle.pk, one.search, one.measure]
            if len(values) >= FEWEST:
                point.mean = (sum(values, Decimal(0)) / len(values)).quantize(places, ROUND_HALF_UP)
