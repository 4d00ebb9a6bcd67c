"""May they? Predicates over (actor, subject); subject is a cluster, a year, or a row that belongs to one."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cluster, Cycle
from thidua.emulation.clusters.queries import (
    AUTHORITY_KINDS,
    MEMBER_KINDS,
    STANDING_KINDS,
    authorities_for,
    head_unit_id,
    latest_leading_unit_ids,
    leading_unit_ids,
    visible_clusters,
)
from thidua.organisations.models import AppointmentKind

LEADS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)


def cycle_of(subject: Any) -> Cycle | None:
    """The year a subject belongs to; None for a cluster without one."""
    return subject if isinstance(subject, Cycle) else getattr(subject, "cycle", None)


def cluster_of(subject: Any) -> Cluster:
    """The cluster a subject belongs to."""
    if isinstance(subject, Cluster):
        return subject
    cycle = cycle_of(subject)
    found: Cluster = cycle.cluster if cycle is not None else subject.cluster
    return found


@rules.predicate
def administers(by: Actor, _subject: Any) -> bool:
    """Looks after the system."""
    return by.holds(AppointmentKind.ADMINISTRATOR)


@rules.predicate
def oversees(by: Actor, subject: Any) -> bool:
    """Is an officer of the standing body in charge of the cluster."""
    body = cluster_of(subject).standing_body
    return body is not None and by.holds(AppointmentKind.STANDING_OFFICER, unit=body.unit_id)


@rules.predicate
def runs_cycle(by: Actor, subject: Any) -> bool:
    """Acts for the head of the year (or its deputy, who helps and stands in: cluster-operations 1.4)."""
    cycle = cycle_of(subject)
    return cycle is not None and any(by.holds(*LEADS, unit=unit) for unit in leading_unit_ids(cycle))


@rules.predicate
def heads_cycle(by: Actor, subject: Any) -> bool:
    """Is the leader of the head unit itself: what only the head may sign."""
    cycle = cycle_of(subject)
    head = head_unit_id(cycle) if cycle is not None else None
    return head is not None and by.holds(AppointmentKind.UNIT_LEADER, unit=head)


@rules.predicate
def acts_for_unit(by: Actor, subject: Any) -> bool:
    """Is officer or leader of the unit the subject belongs to."""
    return by.holds(*MEMBER_KINDS, unit=subject.unit_id)


@rules.predicate
def signs_for_unit(by: Actor, subject: Any) -> bool:
    """Is a leader of the unit the subject belongs to."""
    return by.holds(AppointmentKind.UNIT_LEADER, unit=subject.unit_id)


@rules.predicate
def belongs_to_cluster(by: Actor, subject: Any) -> bool:
    """Acts for some member of the cluster, now or in another year."""
    units = by.units(*MEMBER_KINDS)
    return bool(units) and cluster_of(subject).memberships.filter(unit__in=units).exists()


@rules.predicate
def sees_cycle(by: Actor, subject: Any) -> bool:
    """The cluster is among those the person sees; same answer as `visible_clusters`."""
    cluster = cluster_of(subject)
    body = cluster.standing_body
    if by.holds(AppointmentKind.ADMINISTRATOR) or by.holds(*AUTHORITY_KINDS, unit=cluster.authority_id):
        return True
    if body is not None and by.holds(*STANDING_KINDS, unit=body.unit_id):
        return True
    return visible_clusters(by).filter(pk=cluster.pk).exists()


rules.add_perm("clusters.view_cycle", sees_cycle)


@rules.predicate
def serves_authority(by: Actor, authority: Any) -> bool:
    """Is an officer of the standing body that serves this authority."""
    return authorities_for(by).filter(pk=authority.pk).exists()


@rules.predicate
def runs_cluster(by: Actor, subject: Any) -> bool:
    """Acts for the head or a deputy of the cluster's latest year begun that has one."""
    units = by.units(*LEADS)
    return bool(units) and bool(units & latest_leading_unit_ids(cluster_of(subject), by.on))


@rules.predicate
def signs_as(by: Actor, unit: Any) -> bool:
    """Is a leader of this very unit."""
    return by.holds(AppointmentKind.UNIT_LEADER, unit=unit.pk)


manages = oversees | administers
arranges_year = runs_cycle | manages
arranges_cluster = runs_cluster | oversees

rules.add_perm("clusters.view_cluster", sees_cycle)
rules.add_perm("clusters.create_cluster", serves_authority)
for verb in (
    "edit_cluster",
    "add_members",
    "end_membership",
    "order_members",
    "assign_oversight",
    "end_oversight",
    "cite_guidance",
    "choose_heads",
    "reopen_cycle",
):
    rules.add_perm(f"clusters.{verb}", manages)
rules.add_perm("clusters.open_cycle", runs_cluster | manages)
for verb in ("edit_cycle", "set_due_dates", "close_cycle"):
    rules.add_perm(f"clusters.{verb}", arranges_year)
for verb in ("draft_regulation", "edit_regulation", "drop_regulation", "adopt_regulation"):
    rules.add_perm(f"clusters.{verb}", arranges_cluster)
for verb in ("draft_covenant", "edit_covenant", "drop_covenant", "open_covenant"):
    rules.add_perm(f"clusters.{verb}", runs_cycle | oversees)
rules.add_perm("clusters.sign_covenant", signs_as)


@rules.predicate
def keeps_indicator(by: Actor, indicator: Any) -> bool:
    """One of a cluster: its head or standing body; one for all clusters: the standing body it is of."""
    if indicator.cluster_id is not None:
        return bool(arranges_cluster(by, indicator))
    return by.holds(AppointmentKind.STANDING_OFFICER, unit=indicator.standing_body.unit_id)


rules.add_perm("clusters.define_indicator", arranges_cluster)
for verb in ("describe_indicator", "end_indicator"):
    rules.add_perm(f"clusters.{verb}", keeps_indicator)


@rules.predicate
def audits(by: Actor, subject: Any) -> bool:
    """Checks the cluster for its authority or the standing body: reads every figure, writes none."""
    cluster = cluster_of(subject)
    body = cluster.standing_body
    at = [cluster.authority_id, *([body.unit_id] if body is not None else [])]
    return any(by.holds(AppointmentKind.AUDITOR, unit=unit) for unit in at)


@rules.predicate
def watches(by: Actor, subject: Any) -> bool:
    """Reads what members handed in: the authority, its standing body, auditor and administrator."""
    cluster = cluster_of(subject)
    body = cluster.standing_body
    return (
        by.holds(AppointmentKind.ADMINISTRATOR)
        or by.holds(*AUTHORITY_KINDS, unit=cluster.authority_id)
        or (body is not None and by.holds(*STANDING_KINDS, unit=body.unit_id))
    )


rules.add_perm("clusters.view_registration", acts_for_unit | runs_cycle | watches)
rules.add_perm("clusters.view_registrations", runs_cycle | watches)
for verb in ("save_registration", "submit_registration", "withdraw_registration"):
    rules.add_perm(f"clusters.{verb}", acts_for_unit)
rules.add_perm("clusters.return_registration", runs_cycle | oversees)
rules.add_perm("clusters.forward_registrations", runs_cycle)
