"""Questions about the catalogue of indicators. They never write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.text import search_key
from thidua.base.text.measures import same_measure
from thidua.emulation.clusters.models import Cluster, Cycle, Indicator
from thidua.emulation.clusters.queries.clusters import OWNER_KINDS, overlap


def indicators_of(cluster: Cluster) -> QuerySet[Indicator]:
    """The cluster's own and those of its standing body, ended ones too."""
    of = Q(cluster=cluster)
    if cluster.standing_body_id is not None:
        of |= Q(standing_body=cluster.standing_body_id)
    return Indicator.objects.filter(of).select_related("owner")


def indicators_in(cycle: Cycle) -> list[Indicator]:
    """Those in force during a year, in order; one query."""
    return [one for one in indicators_of(cycle.cluster) if overlap(one.term, cycle.term)]


def indicators_followed(cycle: Cycle, by: Actor) -> list[Indicator]:
    """Those in force whose owner department the person acts for."""
    own = by.units(*OWNER_KINDS)
    return [one for one in indicators_in(cycle) if one.owner_id in own] if own else []


def indicator_named(catalogue: Iterable[Indicator], name: str) -> Indicator | None:
    """The indicator of this name, whatever its marks and capitals."""
    key = search_key(name)
    return next((one for one in catalogue if one.search == key), None)


def matching(catalogue: Iterable[Indicator], name: str, measure: str) -> Indicator | None:
    """The indicator a line of these words is about: same name, and its measure or none."""
    found = indicator_named(catalogue, name)
    if found is None or (measure and not same_measure(measure, found.measure)):
        return None
    return found


def measure_fault(indicator: Indicator, measure: str) -> str:
    """Why another unit of measure is not taken; empty when it is the indicator's own or none was written."""
    if not measure.strip() or same_measure(measure, indicator.measure):
        return ""
    return f"“{indicator.name}” tính bằng {indicator.measure}, không tính bằng {measure.strip()}."


def obstacles_to_ending(indicator: Indicator, ends: date) -> list[str]:
    """Why an indicator cannot end before that day."""
    if ends <= indicator.term.lower:
        return [f"Chỉ tiêu áp dụng từ ngày {indicator.term.lower:%d/%m/%Y}. Ngày thôi phải sau ngày đó."]
    return []
