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
    head_unit_id,
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
