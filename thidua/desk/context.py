"""What the desk adds to the frame of every page: menu, clusters, years, unread notices."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.notices.queries import unread_count
from thidua.desk.menu import menu_for
from thidua.desk.queries import chosen_cycle, clusters_of, standing_of


def desk(request: HttpRequest) -> dict[str, object]:
    """Nothing for strangers; for the signed-in, the frame around their page (five queries at most)."""
    by: Actor | None = getattr(request, "actor", None)
    if by is None or by.user is None:
        return {}
    clusters = clusters_of(by)
    cycle = getattr(request, "cycle", None) or chosen_cycle(request.session, by, clusters)
    if cycle is not None:
        request.session["cycle"] = cycle.pk
    area = _area(request)
    return {
        "cycle": cycle,
        "clusters": [_cluster_link(one, by) for one in clusters],
        "years": _years(clusters, cycle),
        "menu": menu_for(by, cycle, request.path, area),
        "unread": unread_count(by.user),
        "standing": standing_of(by),
        "search_url": reverse("honours:index"),
    }


def _area(request: HttpRequest) -> str:
    """The area of the page, by its address's namespace; the cycle page counts as the clusters'."""
    match = request.resolver_match
    if match is None:
        return ""
    return "clusters" if match.view_name == "desk:cycle" else match.namespace


def _cluster_link(cluster: object, by: Actor) -> dict[str, str]:
    from thidua.emulation.clusters.models import Cluster  # for the type alone

    assert isinstance(cluster, Cluster)
    cycles = sorted(cluster.cycles.all(), key=lambda one: one.term.lower, reverse=True)
    begun = [one for one in cycles if one.term.lower <= by.on]
    best = (begun or cycles[-1:] or [None])[0]
    url = (
        reverse("desk:cycle", args=[cluster.address, best.address])
        if best
        else reverse("clusters:detail", args=[cluster.address])
    )
    return {"name": cluster.name, "address": cluster.address, "url": url}


def _years(clusters: list, cycle: object) -> list[dict[str, object]]:  # type: ignore[type-arg]
    from thidua.emulation.clusters.models import Cycle  # for the type alone

    if not isinstance(cycle, Cycle):
        return []
    siblings = next((one.cycles.all() for one in clusters if one.pk == cycle.cluster_id), [])
    return [
        {
            "title": one.title,
            "url": reverse("desk:cycle", args=[cycle.cluster.address, one.address]),
            "current": one.pk == cycle.pk,
        }
        for one in siblings
    ]
