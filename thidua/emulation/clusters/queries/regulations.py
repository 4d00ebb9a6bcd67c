"""Questions about regulations: what other areas ask instead of knowing any place by name."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from thidua.base.text import day
from thidua.emulation.clusters.models import Cluster, Cycle, Regulation, RegulationState
from thidua.voting.counting import Share


def regulation_of(cycle: Cycle, on: date) -> Regulation | None:
    """The regulation in force on a day: the last version adopted with effect by then."""
    return regulation_on(cycle.cluster_id, on)


def regulation_on(cluster: Cluster | int, on: date) -> Regulation | None:
    """The regulation of a cluster in force on a day."""
    return adopted(cluster).filter(effective_from__lte=on).first()


def adopted(cluster: Cluster | int) -> QuerySet[Regulation]:
    """Adopted versions, the latest in effect first."""
    kept = Regulation.objects.filter(cluster=cluster, state=RegulationState.ADOPTED)
    return kept.order_by("-effective_from", "-version")


def draft_of(cluster: Cluster | int) -> Regulation | None:
    """The version being written, if there is one."""
    return Regulation.objects.filter(cluster=cluster, state=RegulationState.DRAFT).first()


def threshold(regulation: Regulation) -> Share:
    """The share of votes that chooses a leading unit."""
    strict = regulation.threshold_strict and regulation.threshold_numerator < regulation.threshold_denominator
    return Share(regulation.threshold_numerator, regulation.threshold_denominator, strict)


def quorum(regulation: Regulation) -> Share:
    """The share of members that must be present for a ballot."""
    return Share(regulation.quorum_numerator, regulation.quorum_denominator)


def obstacles_to_adopting(regulation: Regulation, effective_from: date | None) -> list[str]:
    """Why a draft cannot be adopted with effect from a day."""
    if regulation.state == RegulationState.ADOPTED:
        return ["Bản này đã được thông qua."]
    last = adopted(regulation.cluster_id).first()
    earlier = last and last.effective_from and effective_from and effective_from < last.effective_from
    if last is not None and earlier:
        return [
            f"Bản {last.version} áp dụng từ {day(last.effective_from)}; bản mới không thể áp dụng sớm hơn."
        ]
    return []
