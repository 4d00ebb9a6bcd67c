"""The doors every page of a cluster and of its years goes through."""

from __future__ import annotations

import rules
from django.http import JsonResponse
from django.utils import timezone

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.requests import Request
from thidua.base.audit.refusals import Refused
from thidua.base.periods import now
from thidua.emulation.clusters.models import Cluster, Cycle
from thidua.emulation.clusters.queries import current_cycle, visible_cluster, visible_cycle


def in_cycle(request: Request, cluster: str, cycle: str) -> Cycle:
    """The year of this address, told to the page's frame; 404 outside what the person sees."""
    found = visible_cycle(request.actor, cluster, cycle)
    request.cycle = found
    return found


def in_cluster(request: Request, address: str) -> Cluster:
    """The cluster of this address; its year of today stands in the page's frame. 404 if not one's to see."""
    found = visible_cluster(request.actor, address)
    request.cycle = current_cycle(found, request.actor.on)
    return found


def may(by: Actor, subject: object, *verbs: str) -> dict[str, bool]:
    """Which of these verbs of this area the person may do on a subject, for showing or hiding a button."""
    return {verb: rules.has_perm(f"clusters.{verb}", by, subject) for verb in verbs}


def saved(revision: int) -> JsonResponse:
    """What an autosave answers: when it was saved, and the revision the next one is based on."""
    return JsonResponse({"saved": f"{timezone.localtime(now()):%H:%M}", "revision": revision})


def not_saved(reasons: Refused | str) -> JsonResponse:
    """What an autosave answers when nothing was saved, in one sentence."""
    if isinstance(reasons, Refused):
        return JsonResponse({"error": " ".join(reasons.reasons)}, status=reasons.status)
    return JsonResponse({"error": reasons}, status=422)
