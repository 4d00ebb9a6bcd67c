"""Founding clusters, their members, those who watch over them, the papers that guide them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.periods import Term
from thidua.base.text import address, day, normalise
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cluster, Membership, Oversight, OversightKind
from thidua.emulation.clusters.queries.joining import obstacles_to_joining, obstacles_to_leaving
from thidua.emulation.clusters.queries.oversight import standing_body_of
from thidua.organisations.models import Person, Unit

RESERVED = frozenset({"tao-moi"})  # words that stand where a cluster's address would


@dataclass(frozen=True, kw_only=True)
class ClusterDetails:
    """What is written of a cluster when it is founded; `last` is the last day it existed, if it ended."""

    kind: str
    level: str
    name: str
    short_name: str
    symbol: str
    starts: date
    last: date | None = None
    founding: str = ""
    address: str = ""


@act("clusters.create_cluster", on="authority")
def create_cluster(*, authority: Unit, details: ClusterDetails, by: Actor) -> Cluster:
    """Found a cluster organised by `authority`, served by its standing body of the day.

    Refuses a name or an address that another cluster has.
    """
    cluster = Cluster(authority=authority, standing_body=standing_body_of(authority, by.on))
    return _write(cluster, details)


@act("clusters.edit_cluster", on="cluster")
def edit_cluster(*, cluster: Cluster, details: ClusterDetails, by: Actor) -> Cluster:
    """Correct what is written of a cluster. Its address stays, since papers and links carry it."""
    body = standing_body_of(cluster.authority, by.on)
    if body is not None:
        cluster.standing_body = body
    return _write(cluster, details)


def _write(cluster: Cluster, details: ClusterDetails) -> Cluster:
    cluster.name, cluster.short_name = normalise(details.name), normalise(details.short_name)
    cluster.kind, cluster.level = details.kind, details.level
    cluster.symbol, cluster.founding = details.symbol.strip(), details.founding.strip()
    if details.last and details.last < details.starts:
        raise Refused("Ngày thôi hoạt động phải sau ngày thành lập.", field="last")
    cluster.existence = Term.through(details.starts, details.last)
    cluster.address = cluster.address or details.address or address(details.name)
    _refuse_taken(cluster)
    cluster.save()
    return cluster


def _refuse_taken(cluster: Cluster) -> None:
    others = Cluster.objects.exclude(pk=cluster.pk)
    if others.filter(name=cluster.name).exists():
        raise Refused("Đã có cụm, khối mang tên này.", field="name")
    if cluster.address in RESERVED or others.filter(address=cluster.address).exists():
        raise Refused("Tên trong địa chỉ đã dùng cho cụm, khối khác; anh/chị chọn tên khác.", field="address")


@act("clusters.add_members", on="cluster", keeps=("starts",))
def add_members(
    *, cluster: Cluster, units: Sequence[Unit], starts: date, by: Actor, reason: str = ""
) -> list[Membership]:
    """Let units join from a day, after the present members, in the order given.

    Refuses a unit that belongs to the cluster already, or did not exist on that day.
    """
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    joined = list(Membership.objects.filter(cluster=cluster))
    refuse_if(obstacles_to_joining(cluster, units, starts), field="units")
    last = max((m.position for m in joined), default=0)
    return [
        Membership.objects.create(
            cluster=cluster, unit=unit, position=last + place, term=Term(starts), reason=reason
        )
        for place, unit in enumerate(units, start=1)
    ]


@act("clusters.end_membership", on="membership", keeps=("last", "reason"))
def end_membership(*, membership: Membership, last: date, reason: str, by: Actor) -> Membership:
    """Let a member leave after its last day, with the reason. What it did this year stays.

    Refuses a day before it joined, no reason, and the head or a deputy of a year that goes on.
    """
    refuse_if(obstacles_to_leaving(membership, last), field="last")
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do đơn vị thôi tham gia.", field="reason")
    membership.term = Term.through(membership.term.lower, last)
    membership.reason = reason.strip()
    membership.save()
    return membership


@act("clusters.order_members", on="cluster")
def order_members(*, cluster: Cluster, order: Iterable[int], by: Actor) -> None:
    """Set the cluster's own order of members: `order` holds ids of memberships, first to last."""
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    memberships = {m.pk: m for m in Membership.objects.filter(cluster=cluster)}
    named = [memberships[pk] for pk in dict.fromkeys(order) if pk in memberships]
    rest = [m for m in memberships.values() if m not in named]
    for place, membership in enumerate([*named, *rest], start=1):
        if membership.position != place:
            membership.position = place
            membership.save(update_fields=["position"])


@act("clusters.assign_oversight", on="cluster", keeps=("kind",))
def assign_oversight(
    *,
    cluster: Cluster,
    person: Person,
    kind: OversightKind,
    starts: date,
    by: Actor,
    last: date | None = None,
) -> Oversight:
    """Put a person in charge of the cluster. Refuses a charge the person has on some of those days."""
    if last and last < starts:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.", field="last")
    term = Term.through(starts, last)
    same = Oversight.objects.filter(cluster=cluster, person=person, kind=kind, term__overlap=term).first()
    if same:
        raise Refused(f"{person} đã được phân công từ {day(same.term.lower)}.", field="person")
    return Oversight.objects.create(cluster=cluster, person=person, kind=kind, term=term)


@act("clusters.end_oversight", on="oversight")
def end_oversight(*, oversight: Oversight, by: Actor) -> None:
    """End a charge today; one that began today or later is taken back altogether."""
    if oversight.term.lower >= by.on:
        oversight.delete()
        return
    oversight.term = Term(oversight.term.lower, by.on)
    oversight.save()


@act("clusters.cite_guidance", on="cluster")
def cite_guidance(*, cluster: Cluster, papers: Iterable[Paper], by: Actor) -> None:
    """Set which papers of the standing body and from above guide the cluster."""
    cluster.guidance.set(papers)
