"""The door every page under a cluster's year goes through."""

from __future__ import annotations

from thidua.base.accounts.requests import Request
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import visible_cycle


def in_cycle(request: Request, cluster: str, cycle: str) -> Cycle:
    """The year of this address, told to the page's frame; 404 outside what the person sees."""
    found = visible_cycle(request.actor, cluster, cycle)
    request.cycle = found
    return found
