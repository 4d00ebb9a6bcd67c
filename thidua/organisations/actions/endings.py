"""What ends together with something else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.sessions import drop_sessions
from thidua.base.periods import Term
from thidua.organisations.models import Appointment, Tenure, Unit


def end_all_at(unit: Unit, *, ends: date, by: Actor) -> None:
    """End the offices and rights held at a unit that ceases; sessions end with rights already over."""
    appointments = Appointment.objects.filter(unit=unit)
    cut_short = appointments.filter(term__contains=ends, person__user__isnull=False)
    users = list(cut_short.values_list("person__user_id", flat=True))
    _cut(appointments, ends)
    _cut(Tenure.objects.filter(office__unit=unit), ends)
    if ends <= by.on:
        drop_sessions(users)


def _cut(rows: QuerySet[Any], ends: date) -> None:
    """Let what runs on the day `ends` end there, and drop what would have begun later."""
    rows.filter(term__startswith__gte=ends).delete()
    for row in rows.filter(term__contains=ends):
        row.term = Term(row.term.lower, ends)
        row.save(update_fields=["term"])
