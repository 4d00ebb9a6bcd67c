"""Questions about clusters, their years and their members."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from thidua.base.accounts.actors import Actor
from thidua.base.periods import last_day
from thidua.emulation.clusters.models import (
    Cluster,
    Cycle,
    Headship,
    HeadshipOffice,
    Indicator,
    Membership,
)
from thidua.organisations.models import AppointmentKind

MEMBER_KINDS = (
    AppointmentKind.UNIT_OFFICER,
    AppointmentKind.UNIT_LEADER,
    AppointmentKind.HEAD_OFFICER,
)
OWNER_KINDS = (*MEMBER_KINDS, AppointmentKind.STANDING_OFFICER)  # of a department that follows an indicator
AUTHORITY_KINDS = (AppointmentKind.COUNCIL_MEMBER, AppointmentKind.APPROVER, AppointmentKind.AUDITOR)
STANDING_KINDS = (AppointmentKind.STANDING_OFFICER, AppointmentKind.AUDITOR)


def visible_clusters(by: Actor) -> QuerySet[Cluster]:
    """Clusters the person belongs to, watches over, appraises, follows an indicator of or administers."""
    if by.is_system or by.holds(AppointmentKind.ADMINISTRATOR):
        return Cluster.objects.all()
    return Cluster.objects.filter(
        Q(pk__in=Membership.objects.filter(unit__in=by.units(*MEMBER_KINDS)).values("cluster"))
        | _is_followed(by)
        | Q(authority__in=by.units(*AUTHORITY_KINDS))
        | Q(standing_body__unit__in=by.units(*STANDING_KINDS))
    )


def followed_clusters(by: Actor) -> QuerySet[Cluster]:
    """Clusters that measure something whose owner department the person acts for."""
    return Cluster.objects.filter(_is_followed(by))


def _is_followed(by: Actor) -> Q:
    rows = Indicator.objects.filter(owner__in=by.units(*OWNER_KINDS))
    return Q(pk__in=rows.values("cluster")) | Q(standing_body__in=rows.values("standing_body"))


def visible_cycles(by: Actor) -> QuerySet[Cycle]:
    """Years of the clusters one sees, with what the pages always need."""
    return (
        Cycle.objects.filter(cluster__in=visible_clusters(by))
        .select_related("cluster__standing_body__unit", "cluster__authority")
        .prefetch_related(
            Prefetch("headships", Headship.objects.select_related("unit").order_by("-office", "position")),
            "due_dates",
            "cluster__memberships",
        )
    )


def visible_cycle(by: Actor, cluster: str, cycle: str) -> Cycle:
    """The year at this address; raises Http404 when there is none or it is not the person's to see."""
    found = visible_cycles(by).filter(cluster__address=cluster, address=cycle).first()
    if found is None:
        raise Http404
    return found


def visible_cluster(by: Actor, address: str) -> Cluster:
    """The cluster at this address; raises Http404 when there is none or it is not the person's to see."""
    found = visible_clusters(by).select_related("authority", "standing_body__unit").filter(address=address)
    cluster = found.first()
    if cluster is None:
        raise Http404
    return cluster


def current_cycle(cluster: Cluster, on: date) -> Cycle | None:
    """The year that holds the day; else the latest one begun."""
    begun = cluster.cycles.filter(term__startswith__lte=on).order_by("-term")
    return begun.first() or cluster.cycles.order_by("term").first()


def members(cycle: Cycle, on: date | None = None) -> list[Membership]:
    """Members on a day, in the cluster's own order; without a day, whoever belonged during the year.

    Reads the memberships `visible_cycle` fetched; asks the database for a year that came otherwise.
    """
    joined = list(cycle.cluster.memberships.all())
    if on is None:
        return [m for m in joined if overlap(m.term, cycle.term)]
    return [m for m in joined if on in m.term]


def overlap(one: DateRange, other: DateRange) -> bool:
    """Two half-open terms share a day."""
    starts_before_end = one.upper is None or other.lower < one.upper
    return starts_before_end and (other.upper is None or one.lower < other.upper)


def member_on(cycle: Cycle, on: date) -> date:
    """The day on which membership of a year is read: `on`, kept inside the year."""
    first: date = cycle.term.lower
    return min(max(on, first), last_day(cycle.term))


def members_now(cycle: Cycle, on: date) -> list[Membership]:
    """Members as they stand on `on`; before the year its first day counts, after it the last."""
    return members(cycle, member_on(cycle, on))


def head_unit_id(cycle: Cycle) -> int | None:
    """The unit that heads the year; None before one is chosen. Reads the prefetched headships."""
    heads = [h.unit_id for h in cycle.headships.all() if h.office == HeadshipOffice.HEAD]
    return heads[0] if heads else None


def leading_unit_ids(cycle: Cycle) -> set[int]:
    """Head and deputies."""
    return {h.unit_id for h in cycle.headships.all()}


def latest_leading_unit_ids(cluster: Cluster, on: date) -> set[int]:
    """Head and deputies of the latest year begun that has any: they run the cluster between years too."""
    rows = Headship.objects.filter(cycle__cluster=cluster, cycle__term__startswith__lte=on)
    found = list(rows.order_by("-cycle__term").values_list("cycle_id", "unit_id"))
    return {unit for cycle, unit in found if cycle == found[0][0]}


def due(cycle: Cycle, act: str) -> date | None:
    """The due date of an act in this year, from the prefetched dates; None when the cluster set none."""
    for row in cycle.due_dates.all():
        if row.act == act:
            return row.due
    return None
