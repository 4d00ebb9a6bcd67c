"""The doors of scoring's pages: the year or a movement of it, also for who appraises part of a table."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from thidua.base.accounts.requests import Request
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.scoring.models import Scope
from thidua.emulation.scoring.permissions import scores_part


def in_scope(request: Request, cluster: str, address: str) -> Scope:
    """The year, or the movement of it, at this address; 404 outside what the person sees."""
    year, _, movement = address.partition("/phong-trao/")
    return _scope(in_cycle(request, cluster, year), movement)


def in_scored_scope(request: Request, cluster: str, address: str) -> Scope:
    """The same, also for whoever appraises some of its criteria without seeing the cluster."""
    year, _, movement = address.partition("/phong-trao/")
    return _scope(_in_scored_cycle(request, cluster, year), movement)


def _scope(year: Cycle, movement: str) -> Scope:
    if not movement:
        return Scope(year)
    found = get_object_or_404(year.movements.select_related("movement"), pk=movement)
    found.cycle = year
    return Scope(year, found)


def _in_scored_cycle(request: Request, cluster: str, cycle: str) -> Cycle:
    try:
        return in_cycle(request, cluster, cycle)
    except Http404:
        rows = Cycle.objects.select_related("cluster__standing_body__unit", "cluster__authority")
        found = rows.filter(cluster__address=cluster, address=cycle).first()
        if found is None or not scores_part(request.actor, found):
            raise
        return found
