"""The only door to the clock. Views, middleware and jobs ask it; everything below is given a moment.

In the demonstration the calendar stands on a chosen day, so that the years of the reports can be
walked through; the hour is always the real one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_standing_on: ContextVar[date | None] = ContextVar("standing_on", default=None)


def now() -> datetime:
    """This moment, with its zone; on the demonstration's day when one is set."""
    moment = timezone.localtime()
    day = _standing_on.get()
    return moment if day is None else moment.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """Today in Vietnam."""
    return now().date()


def local_day(moment: datetime) -> date:
    """The day in Vietnam on which a moment falls."""
    return timezone.localtime(moment).date()


@contextmanager
def stand_on(day: date | None) -> Iterator[None]:
    """Let the calendar stand on `day` for this request, job or test; None is the real day."""
    token = _standing_on.set(day)
    try:
        yield
    finally:
        _standing_on.reset(token)
