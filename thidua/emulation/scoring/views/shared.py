"""The door of scoring's pages: who sees the cluster, and who is named to appraise part of its table."""

from __future__ import annotations

from django.http import Http404

from thidua.base.accounts.requests import Request
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.scoring.permissions import scores_part


def in_scored_cycle(request: Request, cluster: str, cycle: str) -> Cycle:
    """The year of this address; 404 unless one sees the cluster or appraises some of its criteria."""
    try:
        return in_cycle(request, cluster, cycle)
    except Http404:
        rows = Cycle.objects.select_related("cluster__standing_body__unit", "cluster__authority")
        found = rows.filter(cluster__address=cluster, address=cycle).first()
        if found is None or not scores_part(request.actor, found):
            raise
        return found
