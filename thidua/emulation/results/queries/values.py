"""Questions about targets and results. They never write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import (
    CovenantState,
    CovenantTarget,
    Cycle,
    Direction,
    Gathering,
    Indicator,
    Qualifier,
    RegistrationTarget,
)
from thidua.emulation.clusters.queries import indicators_in, matching, members_now
from thidua.emulation.results.models import Confirmation, Origin, Period, Result, Said, Target, achievement
from thidua.emulation.results.queries.reports import reports_read_by
from thidua.emulation.results.queries.spans import Place, parts_of
from thidua.organisations.models import Unit

V = TypeVar("V", Target, Result, Confirmation)


@dataclass(frozen=True)
class Goal:
    """What a unit is to reach in a span, and where that was said."""

    said: Said
    origin: Origin
    version: int = 0
    note: str = ""


@dataclass
class Cell:
    """One unit, one indicator, one span: the goal, the result, and what the owner department says of it.

    `parts` are the results of the shorter spans that make up this one, of an indicator that accrues.
    """

    unit: Unit
    indicator: Indicator
    goal: Goal | None = None
    result: Result | None = None
    confirmed: Confirmation | None = None
    parts: list[Result] = field(default_factory=list)

    @property
    def reached(self) -> Said:
        """What was reached so far; empty without a result."""
        return self.result.said if self.result is not None else Said()

    @property
    def added(self) -> Said:
        """What the shorter spans come to together; empty where that is not one number."""
        return added(self.indicator, [part.said for part in self.parts])

    @property
    def added_from(self) -> str:
        """“6 tháng đầu năm, quý III, quý IV”."""
        return ", ".join(Period(part.period).label for part in self.parts)

    @property
    def drawn(self) -> Said:
        """What a report draws: the span's own figure, else what its shorter spans come to."""
        return self.added if self.reached.is_empty else self.reached

    @property
    def counted(self) -> Said:
        """What counts where units are put together: the owner department's figure, where it gave one."""
        said = self.confirmed.said if self.confirmed is not None else Said()
        return self.drawn if said.is_empty else said

    @property
    def disagreement(self) -> str:
        """Both figures where the owner department's is another one; empty where they agree."""
        if self.counted == self.drawn:
            return ""
        return disagreement(self.unit.short_name, self.counted, self.drawn)

    @property
    def verdict(self) -> str:
        """What the owner department said, in a few words; empty while it said nothing."""
        if self.confirmed is None or self.confirmed.said.is_empty:
            return ""
        if self.confirmed.said != self.reached:
            return f"ghi {self.confirmed.said.text}"
        return "đã xác nhận"

    @property
    def standing(self) -> str:
        """The same, and what is still to be looked at."""
        return self.verdict or ("–" if self.reached.is_empty else "chưa xác nhận")

    @property
    def percent(self) -> Decimal | None:
        """Result against target, in percent; only an exact result has one."""
        if self.goal is None or self.indicator.direction == Direction.RANGE:
            return None
        said = self.reached
        return achievement(said.qualifier, said.value, self.goal.said.value)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met for certain; None while that cannot be told."""
        return is_met(self.indicator, self.goal.said if self.goal else Said(), self.reached)


def disagreement(unit: str, counted: Said, told: Said) -> str:
    """“Sở Y tế: cơ quan theo dõi ghi 28, đơn vị báo 30”."""
    own = f"đơn vị báo {told.text}" if told.text else "đơn vị chưa báo"
    return f"{unit}: cơ quan theo dõi ghi {counted.text}, {own}"


def is_met(indicator: Indicator, goal: Said, reached: Said) -> bool | None:
    """The worst the result may mean is compared with the goal; a bound that reaches it is enough."""
    low, high = bounds(reached)
    if reached.is_empty:
        return None
    if indicator.direction == Direction.RANGE:
        return _within(indicator, low, high)
    if goal.value is None:
        return None
    if indicator.direction == Direction.MORE:
        return _reaches(low, high, goal.value)
    return _stays_under(low, high, goal.value)


def bounds(said: Said) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most it may mean; None where it has no end on that side."""
    if said.qualifier == Qualifier.RANGE:
        return said.value, said.upper
    low = said.qualifier in {Qualifier.EQUAL, Qualifier.AT_LEAST, Qualifier.ABOVE}
    high = said.qualifier in {Qualifier.EQUAL, Qualifier.AT_MOST, Qualifier.BELOW}
    return (said.value if low else None), (said.value if high else None)


def _reaches(low: Decimal | None, high: Decimal | None, goal: Decimal) -> bool | None:
    if low is not None and low >= goal:
        return True
    return False if high is not None and high < goal else None


def _stays_under(low: Decimal | None, high: Decimal | None, goal: Decimal) -> bool | None:
    if high is not None and high <= goal:
        return True
    return False if low is not None and low > goal else None


def _within(indicator: Indicator, low: Decimal | None, high: Decimal | None) -> bool | None:
    assert indicator.lowest is not None
    assert indicator.highest is not None
    above, under = _reaches(low, high, indicator.lowest), _stays_under(low, high, indicator.highest)
    if above is False or under is False:
        return False
    return True if above and under else None


@dataclass
class Table:
    """Units × indicators of one span."""

    cycle: Cycle
    period: Period
    units: list[Unit]
    indicators: list[Indicator]
    cells: dict[Place, Cell] = field(default_factory=dict)

    def of_unit(self, unit: Unit) -> list[Cell]:
        """A unit's cells, in the order of the catalogue."""
        return [self.cells[unit.pk, indicator.pk] for indicator in self.indicators]

    def of_indicator(self, indicator: Indicator) -> list[Cell]:
        """An indicator's cells, in the order of the members."""
        return [self.cells[unit.pk, indicator.pk] for unit in self.units]

    def total(self, indicator: Indicator) -> Said:
        """What all units come to together; empty where that is not one number."""
        return together(indicator, [cell.reached for cell in self.of_indicator(indicator)])

    def drawn_total(self, indicator: Indicator) -> Said:
        """The same of what a report draws."""
        return together(indicator, [cell.counted for cell in self.of_indicator(indicator)])

    def goal_total(self, indicator: Indicator) -> Said:
        """The same of their targets."""
        goals = [cell.goal.said for cell in self.of_indicator(indicator) if cell.goal is not None]
        return together(indicator, goals)

    def over(self, indicator: Indicator) -> list[Unit]:
        """Units whose result certainly lies above the indicator's threshold."""
        return [c.unit for c in self.of_indicator(indicator) if is_over(indicator, c.reached)]


def is_over(indicator: Indicator, said: Said) -> bool:
    """“trên 50%” lies above 50; 50% itself does not."""
    low, _ = bounds(said)
    if indicator.threshold is None or low is None:
        return False
    strict = said.qualifier == Qualifier.ABOVE
    return low > indicator.threshold or (strict and low == indicator.threshold)


def together(indicator: Indicator, told: Sequence[Said]) -> Said:
    """Sum or mean of exact numbers; a bound when some are bounds the same way; else nothing.

    26 and “trên 10” together are “trên 36”; a range or words among them leave no number to give.
    """
    if indicator.gathering == Gathering.LIST:
        return Said()
    return added(indicator, told)


def added(indicator: Indicator, told: Sequence[Said]) -> Said:
    """The same of whatever was told, by the indicator's way of gathering."""
    given = [said for said in told if not said.is_empty]
    if not given:
        return Said()
    kinds = {said.qualifier for said in given} - {Qualifier.EQUAL}
    numbers = [said.value for said in given if said.value is not None]
    if len(kinds) > 1 or kinds & {Qualifier.RANGE, Qualifier.HUNDREDS, Qualifier.THOUSANDS}:
        return Said()
    total = sum(numbers, Decimal(0))
    if indicator.gathering == Gathering.MEAN:
        total = (total / len(numbers)).quantize(Decimal(1).scaleb(-indicator.decimals), ROUND_HALF_UP)
    return Said(kinds.pop() if kinds else Qualifier.EQUAL, total)


def table_of(cycle: Cycle, period: Period, units: Sequence[Unit]) -> Table:
    """The cells of some units in few queries, however many units and indicators."""
    catalogue = indicators_in(cycle)
    table = Table(cycle, period, list(units), catalogue)
    goals = goals_of(cycle, period, units, catalogue)
    found = {(one.unit_id, one.indicator_id): one for one in _kept(Result, cycle, period, units)}
    confirmed = _confirmed(cycle, period, units, catalogue)
    parts = parts_of(cycle, period, units, catalogue)
    for unit in units:
        for indicator in catalogue:
            place = (unit.pk, indicator.pk)
            if (result := found.get(place)) is not None:
                result.indicator = indicator
            said = confirmed.get(place)
            table.cells[place] = Cell(unit, indicator, goals.get(place), result, said, parts.get(place, []))
    return table


def _confirmed(
    cycle: Cycle, period: Period, units: Sequence[Unit], catalogue: Sequence[Indicator]
) -> dict[Place, Confirmation]:
    """What owner departments said; asked only where an indicator has one."""
    if not any(one.owner_id for one in catalogue):
        return {}
    return {(one.unit_id, one.indicator_id): one for one in _kept(Confirmation, cycle, period, units)}


def _kept(model: type[V], cycle: Cycle, period: Period, units: Sequence[Unit]) -> QuerySet[V]:
    return model._default_manager.filter(cycle=cycle, period=period, unit__in=[unit.pk for unit in units])


def goals_of(
    cycle: Cycle, period: Period, units: Sequence[Unit], catalogue: Sequence[Indicator]
) -> dict[Place, Goal]:
    """What each unit is to reach: by plan, else by the covenant, else what it set itself.

    The covenant and the registration speak of the whole year; a target kept for a span is of that span.
    """
    found: dict[Place, Goal] = {}
    if period is Period.YEAR_END:
        found |= _registered(cycle, units, catalogue)
    own = {(t.unit_id, t.indicator_id): t for t in _kept(Target, cycle, period, units)}
    found |= {place: _goal(t) for place, t in own.items() if not t.said.is_empty}
    if period is Period.YEAR_END:
        promised = _promised(cycle, units, catalogue)
        planned = {place for place, goal in found.items() if goal.origin == Origin.PLAN}
        found |= {place: goal for place, goal in promised.items() if place not in planned}
    return found


def obstacle_of_given(goal: Goal) -> str:
    """Why a unit does not set a target itself that the covenant says or the plan gives it."""
    if goal.origin is Origin.PLAN:
        return f"Kế hoạch đã giao {goal.said.text}. Muốn đổi thì đề nghị trưởng giao lại."
    return f"Giao ước đã ghi {goal.said.text}. Muốn đổi thì sửa giao ước, hoặc trưởng giao theo kế hoạch."


def _goal(target: Target) -> Goal:
    return Goal(target.said, Origin(target.origin), target.version, target.note)


def _registered(cycle: Cycle, units: Sequence[Unit], catalogue: Sequence[Indicator]) -> dict[Place, Goal]:
    rows = RegistrationTarget.objects.filter(
        registration__cycle=cycle, registration__unit__in=[unit.pk for unit in units], value__isnull=False
    ).select_related("registration")
    return {
        (row.registration.unit_id, indicator): Goal(Said(row.qualifier, row.value), Origin.OWN)
        for row in rows
        if (indicator := _tied(row, catalogue)) is not None
    }


def _promised(cycle: Cycle, units: Sequence[Unit], catalogue: Sequence[Indicator]) -> dict[Place, Goal]:
    """The open covenant's targets: a unit's own before those for all."""
    rows = CovenantTarget.objects.filter(
        Q(unit=None) | Q(unit__in=[unit.pk for unit in units]),
        covenant__cycle=cycle,
        covenant__state=CovenantState.OPEN,
        value__isnull=False,
    )
    found: dict[Place, Goal] = {}
    for row in sorted(rows, key=lambda row: row.unit_id is not None):
        indicator = _tied(row, catalogue)
        named = [row.unit_id] if row.unit_id is not None else [unit.pk for unit in units]
        if indicator is not None:
            goal = Goal(Said(row.qualifier, row.value), Origin.COVENANT)
            found |= {(unit, indicator): goal for unit in named}
    return found


def _tied(row: CovenantTarget | RegistrationTarget, catalogue: Sequence[Indicator]) -> int | None:
    """The indicator a promise is about: tied when it was written, or of the same words."""
    if row.catalogued_id is not None:
        return row.catalogued_id
    found = matching(catalogue, row.indicator, row.measure)
    return found.pk if found is not None else None


def units_read_by(cycle: Cycle, by: Actor) -> list[Unit]:
    """Members whose figures the person reads: all for head, deputies and watchers, else one's own."""
    reading = reports_read_by(cycle, by)
    joined = [m.unit for m in members_now(cycle, by.on)]
    return [unit for unit in joined if reading.everything or unit.pk in reading.own]


@dataclass(frozen=True)
class Version:
    """A value as it stood after one entry."""

    number: int
    said: str
    author: str
    at: datetime
    source: str
    note: str


def history_of(result: Result | Confirmation) -> list[Version]:
    """Every version of a result, latest first, as the database kept it."""
    events: Any = type(result).pgh_event_model  # type: ignore[union-attr]
    return [
        Version(
            one.version,
            Said(one.qualifier, one.value, one.upper).text or "để trống",
            one.entered_name,
            one.entered_at,
            one.source,
            one.note,
        )
        for one in events.objects.filter(pgh_obj_id=result.pk).order_by("-pgh_id")
    ]


def filled(cells: Iterable[Cell]) -> int:
    """How many of these have a result."""
    return sum(not cell.reached.is_empty for cell in cells)
