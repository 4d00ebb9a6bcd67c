"""What the clusters tell the rulebook: who registered for emulation. Who is on no list is not known."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from thidua.base.text import loose_key
from thidua.emulation.clusters.models import Registration, RegistrationLine
from thidua.emulation.clusters.queries import SENT
from thidua.organisations.models import Tenure


def registered_units(units: Collection[int], year: int, on: date) -> set[int]:
    """Units that had sent a registration for the year by that day."""
    return set(_sent(year, on).filter(unit__in=units).values_list("unit_id", flat=True))


def registered_people(people: Collection[int] | None, year: int, on: date) -> set[int]:
    """People named on a list their unit had sent for the year by that day; all of them without `people`."""
    lines = RegistrationLine.objects.filter(registration__in=_sent(year, on), is_unit=False)
    named = {(unit, loose_key(name)) for unit, name in lines.values_list("registration__unit", "recipient")}
    held = Tenure.objects.filter(office__unit__in={unit for unit, _ in named})
    if people is not None:
        held = held.filter(person__in=people)
    names = held.values_list("office__unit", "person", "person__full_name")
    return {person for unit, person, name in names if (unit, loose_key(name)) in named}


def _sent(year: int, on: date) -> QuerySet[Registration]:
    """Sent by the day, for a year whose last day lies in this one."""
    return Registration.objects.filter(
        state__in=SENT,
        submitted_at__date__lte=on,
        cycle__term__endswith__gt=date(year, 1, 1),
        cycle__term__endswith__lte=date(year + 1, 1, 1),
    )
