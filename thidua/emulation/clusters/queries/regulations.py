"""Questions about regulations: what other areas ask instead of knowing any place by name."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from thidua.emulation.clusters.models import Cluster, Cycle, Regulation, RegulationState


def regulation_of(cycle: Cycle, on: date) -> Regulation | None:
    """The regulation in force on a day: the last version adopted with effect by then."""
    return adopted(cycle.cluster_id).filter(effective_from__lte=on).first()


def adopted(cluster: Cluster | int) -> QuerySet[Regulation]:
    """Adopted versions, the latest in effect first."""
    kept = Regulation.objects.filter(cluster=cluster, state=RegulationState.ADOPTED)
    return kept.order_by("-effective_from", "-version")


def draft_of(cluster: Cluster | int) -> Regulation | None:
    """The version being written, if there is one."""
    return Regulation.objects.filter(cluster=cluster, state=RegulationState.DRAFT).first()
