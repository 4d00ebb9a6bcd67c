"""Questions about those outside a cluster who organise it and watch over it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from thidua.base.accounts.actors import Actor
from thidua.documents.models import Paper, PaperDirection
from thidua.emulation.clusters.models import Cluster, Oversight
from thidua.organisations.models import AppointmentKind, StandingBody, Unit


def standing_body_of(authority: Unit, on: date) -> StandingBody | None:
    """The body that does the council's daily work for an authority on a day."""
    return StandingBody.objects.filter(authority=authority, term__contains=on).first()


def authorities_for(by: Actor) -> QuerySet[Unit]:
    """Units for which the person may found clusters: those the standing body serves, or all."""
    if by.is_system or by.holds(AppointmentKind.ADMINISTRATOR):
        return Unit.objects.all()
    serving = StandingBody.objects.filter(
        unit__in=by.units(AppointmentKind.STANDING_OFFICER), term__contains=by.on
    )
    return Unit.objects.filter(served_by__in=serving).distinct()


def oversights(cluster: Cluster, on: date) -> list[Oversight]:
    """Who is in charge of the cluster on a day."""
    return list(
        cluster.oversights.filter(term__contains=on)
        .select_related("person")
        .order_by("kind", "person__order")
    )


def papers_to_cite() -> QuerySet[Paper]:
    """Papers of others that may be cited."""
    return Paper.objects.filter(direction=PaperDirection.REFERENCE).order_by("-dated", "pk")
