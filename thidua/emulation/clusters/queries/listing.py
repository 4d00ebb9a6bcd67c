"""The list of clusters a person sees, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thidua.base.accounts.actors import Actor
from thidua.base.text import search_key
from thidua.emulation.clusters.models import Cluster, Cycle, Headship, HeadshipOffice, Membership
from thidua.emulation.clusters.queries.clusters import visible_clusters


@dataclass(frozen=True, kw_only=True)
class ClusterFilter:
    """What the list is narrowed to; empty words, kind and level mean all."""

    words: str = ""
    kind: str = ""
    level: str = ""


ORDERS = {"ten": ("order",), "thanh-vien": ("-members_count", "order"), "cap": ("level", "order")}


def listed_clusters(by: Actor, wanted: ClusterFilter, on: date, order: str = "ten") -> QuerySet[Cluster]:
    """Visible clusters, each with `members_count`, `year`, `year_name` and `head_name` of the day."""
    found = visible_clusters(by).select_related("authority")
    if wanted.words:
        found = found.filter(search__contains=search_key(wanted.words))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.level:
        found = found.filter(level=wanted.level)
    return with_facts(found, on).order_by(*ORDERS.get(order, ORDERS["ten"]))


def with_facts(clusters: QuerySet[Cluster], on: date) -> QuerySet[Cluster]:
    """Add the facts of a day that a list shows of each cluster."""
    joined = Membership.objects.filter(cluster=OuterRef("pk"), term__contains=on).order_by()
    count = joined.values("cluster").annotate(n=Count("pk")).values("n")
    year = Cycle.objects.filter(cluster=OuterRef("pk"), term__startswith__lte=on).order_by("-term")
    head = Headship.objects.filter(
        cycle__cluster=OuterRef("pk"), cycle__term__startswith__lte=on, office=HeadshipOffice.HEAD
    ).order_by("-cycle__term")
    return clusters.annotate(
        members_count=Coalesce(Subquery(count, output_field=IntegerField()), 0),
        year=Subquery(year.values("address")[:1]),
        year_name=Subquery(year.values("name")[:1]),
        head_name=Subquery(head.values("unit__name")[:1]),
    )
