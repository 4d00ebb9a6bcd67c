"""What the desk adds to the frame of every page: menu, clusters, years, unread notices."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.notices.queries import unread_count
from thidua.desk.menu import menu_for
from thidua.desk.queries import chosen_cycle, clusters_of, standing_of, year_of_today
from thidua.emulation.clusters.models import Cluster, Cycle

OTHER_PLACES = {  # pages of the desk that the menu counts as another's
    "desk:cycle": "clusters",
    "desk:log": "clusters",
    "desk:whole_log": "audit",
}


@dataclass(frozen=True)
class Link:
    """A choice of the top bar."""

    title: str
    url: str
    current: bool


def desk(request: HttpRequest) -> dict[str, object]:
    """Nothing for strangers; for the signed-in, the frame around their page (five queries at most).

    `here` is the year one stands in: the page's own, else the one last opened, else today's.
    """
    by: Actor | None = getattr(request, "actor", None)
    if by is None or by.user is None:
        return {}
    clusters = clusters_of(by)
    of_page: Cycle | None = getattr(request, "cycle", None)
    here = of_page or chosen_cycle(request.session.get("cycle"), by.on, clusters)
    if here is not None and request.session.get("cycle") != here.pk:
        request.session["cycle"] = here.pk
    siblings = next((list(c.cycles.all()) for c in clusters if here and c.pk == here.cluster_id), [])
    now = year_of_today(siblings, by.on)
    return {
        "here": here,
        "clusters": [_cluster_link(one, by, here) for one in clusters],
        "years": [_year_link(one, here) for one in siblings],
        "year_now": _year_link(now, here) if of_page and now and now.pk != of_page.pk else None,
        "menu": menu_for(by, here, _area(request)),
        "unread": unread_count(by.user),
        "standing": standing_of(by),
        "search_url": reverse("honours:search"),
    }


def _area(request: HttpRequest) -> str:
    """The area of the page, by the namespace of its address."""
    match = request.resolver_match
    if match is None:
        return ""
    return OTHER_PLACES.get(match.view_name, match.namespace)


def _cluster_link(cluster: Cluster, by: Actor, here: Cycle | None) -> Link:
    """To the cluster's year of today; to its own page before any year was opened."""
    year = year_of_today(list(cluster.cycles.all()), by.on)
    url = (
        reverse("desk:cycle", args=[cluster.address, year.address])
        if year
        else reverse("clusters:cluster", args=[cluster.address])
    )
    return Link(cluster.name, url, here is not None and here.cluster_id == cluster.pk)


def _year_link(cycle: Cycle, here: Cycle | None) -> Link:
    url = reverse("desk:cycle", args=[cycle.cluster.address, cycle.address])
    return Link(cycle.title, url, here is not None and here.pk == cycle.pk)
