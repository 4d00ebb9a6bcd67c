"""The door every page of a conference goes through."""

from __future__ import annotations

from typing import Any

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.conferences.models import Conference
from thidua.emulation.conferences.permissions import heads, keeps_list, manages
from thidua.emulation.conferences.queries import visible_conference
from thidua.organisations.models import Unit


def the_conference(request: Request, pk: int, cluster: str, cycle: str) -> Conference:
    """The conference of this address, told to the page's frame; 404 outside what the person sees."""
    found = visible_conference(request.actor, pk, cluster, cycle)
    allow(request.actor, "conferences.view_conference", found)
    request.cycle = found.cycle
    return found


def rights(request: Request, conference: Conference) -> dict[str, bool]:
    """What the person may do here, for the buttons."""
    by = request.actor
    return {
        "manages": bool(manages(by, conference)),
        "heads": bool(heads(by, conference)),
        "keeps_list": bool(keeps_list(by, conference)),
    }


def context(request: Request, conference: Conference, **more: Any) -> dict[str, Any]:
    """What every page of a conference shows."""
    return {"conference": conference, "cycle": conference.cycle, **rights(request, conference), **more}


def units_of(conference: Conference) -> list[Unit]:
    """Units one may name in a form of this conference: members and standing body, or those invited."""
    if conference.cycle is None:
        own = [conference.unit] if conference.unit is not None else []
        invited = [i.unit for i in conference.invitations.select_related("unit") if i.unit is not None]
        return own + invited
    body = conference.cycle.cluster.standing_body
    members = [member.unit for member in members_now(conference.cycle, conference.day)]
    invited = [i.unit for i in conference.invitations.select_related("unit") if i.unit is not None]
    extra = [unit for unit in [body.unit if body else None, *invited] if unit is not None]
    return members + [unit for unit in dict.fromkeys(extra) if unit not in members]
