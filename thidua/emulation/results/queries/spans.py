"""Results of shorter spans that make up a longer one. They never write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from thidua.emulation.clusters.models import Cycle, Indicator
from thidua.emulation.results.models import Period, Result
from thidua.organisations.models import Unit

Place = tuple[int, int]  # unit, indicator


def parts_of(
    cycle: Cycle, period: Period, units: Sequence[Unit], catalogue: Sequence[Indicator]
) -> dict[Place, list[Result]]:
    """Of indicators that accrue, the results that fill the span without a gap; of several ways the shortest.

    One query, and none where nothing accrues or the span has no shorter ones.
    """
    accruing = [one.pk for one in catalogue if one.accrues]
    if not accruing or not period.made_of:
        return {}
    told: dict[Place, dict[str, Result]] = defaultdict(dict)
    rows = Result.objects.filter(
        cycle=cycle,
        unit__in=[unit.pk for unit in units],
        indicator__in=accruing,
        period__in={part for way in period.made_of for part in way},
    )
    for row in rows:
        if not row.said.is_empty:
            told[row.unit_id, row.indicator_id][row.period] = row
    filled = {place: _filling(period, known) for place, known in told.items()}
    return {place: parts for place, parts in filled.items() if parts}


def _filling(period: Period, known: dict[str, Result]) -> list[Result]:
    for way in period.made_of:
        if all(part in known for part in way):
            return [known[part] for part in way]
    return []
