"""Questions about units, people and what they may do. They never write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.periods import local_day
from thidua.base.text import search_key
from thidua.organisations.models import Appointment, Person, Tenure, Unit, UnitPast


def actor(user: User, *, at: datetime) -> Actor:
    """The person of this account at that moment, with the appointments of that day."""
    on = local_day(at)
    grants = Appointment.objects.filter(
        person__user=user, term__contains=on
    ).values_list("kind", "unit_id", "person_id")
    rows = list(grants)
    person_id = (
        rows[0][2]
        if rows
        else Person.objects.filter(user=user).values_list("pk", flat=True).first()
    )
    return Actor(user, at, frozenset((kind, unit) for kind, unit, _ in rows), person_id)


def offices_of(
    person: Person | int, *, on: date, unit: Unit | int | None = None
) -> QuerySet[Tenure]:
    """The offices a person holds on a day, at one unit when it is named; leading offices first."""
    held = Tenure.objects.filter(person=person, term__contains=on).select_related(
        "office__unit"
    )
    if unit is not None:
        held = held.filter(office__unit=unit)
    return held.order_by("-office__is_leader", "pk")


def people_appointed(
    kinds: Iterable[str], units: Iterable[int], *, on: date
) -> QuerySet[User]:
    """Accounts of those who hold one of `kinds` at one of `units` on a day."""
    appointed = Appointment.objects.filter(
        kind__in=list(kinds), unit__in=list(units), term__contains=on
    )
    return User.objects.filter(
        person__appointments__in=appointed, is_active=True
    ).distinct()


def names_on(units: Iterable[int], day: date) -> dict[int, tuple[str, str]]:
    """Name and short name of each unit as they were on a day, in two queries however many."""
    ids = list(units)
    now = {
        pk: (name, short)
        for pk, name, short in Unit.objects.filter(pk__in=ids).values_list(
            "pk", "name", "short_name"
        )
    }
    past = UnitPast.objects.filter(unit__in=ids, term__contains=day).values_list(
        "unit_id", "name", "short_name"
    )
    return now | {pk: (name, short) for pk, name, short in past}


def find_units(words: str) -> QuerySet[Unit]:
    """Units whose present or past name holds the words, with or without marks."""
    key = search_key(words)
    return Unit.objects.filter(
        Q(search__contains=key) | Q(pasts__name__icontains=words)
    ).distinct()
