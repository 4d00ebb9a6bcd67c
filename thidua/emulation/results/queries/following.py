"""What owner departments have to look at. Never writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Q

from thidua.emulation.clusters.models import Cycle, Indicator
from thidua.emulation.clusters.queries import indicators_in, members_now
from thidua.emulation.results.models import WORDS_ALONE, Confirmation, Period, Result
from thidua.emulation.results.queries.values import Cell

EMPTY = Q(value=None) & ~Q(qualifier__in=WORDS_ALONE)  # taken back
Rows = Mapping[int, Collection[Cell]]


def cells_followed(
    cycle: Cycle, period: Period, indicators: Sequence[Indicator], *, on: date
) -> dict[int, list[Cell]]:
    """By indicator every member of a day with its figure and the department's, in three queries."""
    units = [membership.unit for membership in members_now(cycle, on)]
    asked = {"cycle": cycle, "period": period, "indicator__in": indicators, "unit__in": units}
    told = {(one.unit_id, one.indicator_id): one for one in Result.objects.filter(**asked)}
    found = {(one.unit_id, one.indicator_id): one for one in Confirmation.objects.filter(**asked)}
    cells: dict[int, list[Cell]] = {}
    for one in indicators:
        cells[one.pk] = [
            Cell(unit, one, result=told.get((unit.pk, one.pk)), confirmed=found.get((unit.pk, one.pk)))
            for unit in units
        ]
    return cells


def count_waiting(cells: Rows) -> int:
    """How many figures units told and the department has said nothing of."""
    return sum(not cell.reached.is_empty and not cell.verdict for row in cells.values() for cell in row)


def waiting_by_owner(cycle: Cycle, periods: Collection[Period], on: date) -> dict[Period, Counter[int]]:
    """By span and owner department how many figures wait for its word.

    One query where no indicator has an owner, three otherwise.
    """
    owner = {one.pk: one.owner_id for one in indicators_in(cycle) if one.owner_id is not None}
    found: dict[Period, Counter[int]] = {period: Counter() for period in periods}
    if not owner:
        return found
    units = [membership.unit_id for membership in members_now(cycle, on)]
    asked = {"cycle": cycle, "period__in": [*periods], "indicator__in": [*owner], "unit__in": units}
    place = ("period", "unit_id", "indicator_id")
    told = {
        (one.period, one.unit_id, one.indicator_id)
        for one in Result.objects.filter(**asked)
        if not one.said.is_empty
    }
    answered = set(Confirmation.objects.filter(**asked).exclude(EMPTY).values_list(*place))
    for period, _, indicator in told - answered:
        found[Period(period)][owner[indicator]] += 1
    return found
