"""What the conferences tell the rulebook: who leads its cluster. Before one chose, nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet

from thidua.emulation.clusters.models import ClusterLevel, Cycle
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.conferences.queries import Chosen, acclaimed

ORGANISED = (  # by a ministry or a province, as the standards of flags ask; or above them
    ClusterLevel.CENTRAL,
    ClusterLevel.INTER_PROVINCE,
    ClusterLevel.PROVINCE,
    ClusterLevel.SECTOR,
)


def of_units(units: Collection[int], year: int, on: date) -> dict[int, dict[str, bool]]:
    """Statements about the year's leading units and the members that are not; queries grow with clusters."""
    told: dict[int, dict[str, bool]] = defaultdict(dict)
    for cycle in _cycles(units, year):
        chosen = [one for one in acclaimed(cycle) if one.item.conference.day <= on]
        leading = {one.unit.pk: one for one in chosen}
        members = {member.unit_id for member in members_now(cycle, on)} if chosen else set()
        for unit in members & set(units):
            for key, is_so in _statements(cycle, leading.get(unit)).items():
                told[unit][key] = is_so or told[unit].get(key, False)
    return dict(told)


def _cycles(units: Collection[int], year: int) -> QuerySet[Cycle]:
    """Years of the clusters of these units whose last day lies in this one."""
    found = Cycle.objects.filter(
        cluster__level__in=ORGANISED,
        cluster__memberships__unit__in=units,
        cluster__memberships__term__overlap=F("term"),
        term__endswith__gt=date(year, 1, 1),
        term__endswith__lte=date(year + 1, 1, 1),
    )
    return found.select_related("cluster").distinct()


def _statements(cycle: Cycle, chosen: Chosen | None) -> dict[str, bool]:
    leads = chosen is not None
    found = {"dan_dau_cum_khoi": leads, "suy_ton_cum_khoi": leads}
    if cycle.cluster.level == ClusterLevel.CENTRAL:
        found["dan_dau_cum_khoi_trung_uong"] = leads
    if chosen is not None and chosen.by_ballot:
        found["phieu_tin_nhiem_cum_khoi"] = True
    return found
