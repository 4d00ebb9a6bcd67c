"""The door every page of a package goes through."""

from __future__ import annotations

from typing import Any

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.commendation.nominations.models import Package
from thidua.commendation.nominations.queries import visible_package
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.views.shared import in_cycle


def the_package(request: Request, cluster: str, cycle: str, number: int) -> Package:
    """The package of this address, told to the page's frame; 404 outside what the person sees."""
    year = in_cycle(request, cluster, cycle)
    found = visible_package(request.actor, year, number)
    allow(request.actor, "nominations.view_nominations", found)
    return found


def context(request: Request, found: Package, **more: Any) -> dict[str, Any]:
    """What every page of a package shows."""
    return {
        "cycle": found.cycle,
        "package": found,
        "manages": bool(runs_cycle(request.actor, found)),
        "oversees": bool(oversees(request.actor, found)),
        **more,
    }
