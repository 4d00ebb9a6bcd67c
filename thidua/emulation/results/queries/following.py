"""What owner departments have to look at. Never writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from thidua.emulation.clusters.models import Cycle, Indicator
from thidua.emulation.clusters.queries import indicators_in, members_now
from thidua.emulation.results.models import Confirmation, Period, Result
from thidua.emulation.results.queries.values import Cell

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


def waiting_by_owner(cycle: Cycle, period: Period, on: date) -> Counter[int]:
    """By owner department how many figures wait for its word; nothing is asked where none is named."""
    owned = [one for one in indicators_in(cycle) if one.owner_id is not None]
    found: Counter[int] = Counter()
    if not owned:
        return found
    for rows in cells_followed(cycle, period, owned, on=on).values():
        for cell in rows:
            if cell.indicator.owner_id is not None and not cell.reached.is_empty and not cell.verdict:
                found[cell.indicator.owner_id] += 1
    return found
