"""Deadlines as a regulation writes them: a day and a month, in the year or the one after."""

from __future__ import annotations

import calendar
import re
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

_WRITTEN = re.compile(r"^\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*(.*?)\s*$")
_STORED = re.compile(r"^(?:\+(\d)-)?(\d{2})-(\d{2})$")
_NEXT = {"": 0, "năm sau": 1, "nam sau": 1, "+1": 1}


def read_deadline(text: str) -> str:
    """What is kept of “15/3” or “10/1 năm sau”: “03-15”, “+1-01-10”. Raises ValueError."""
    found = _WRITTEN.match(text.casefold())
    if not found or found[3] not in _NEXT:
        raise ValueError(text)
    day, month, later = int(found[1]), int(found[2]), _NEXT[found[3]]
    date(2000, month, day)  # a leap year: 29/2 is a day
    return f"+{later}-{month:02d}-{day:02d}" if later else f"{month:02d}-{day:02d}"


def deadline_text(kept: str) -> str:
    """“15/3”, “10/1 năm sau”; empty for what is not a deadline."""
    found = _STORED.match(kept)
    if not found:
        return ""
    return f"{int(found[3])}/{int(found[2])}" + (" năm sau" if found[1] else "")


def deadline_in(kept: str, term: DateRange) -> date | None:
    """The date in an emulation year: the first such day on or after its first, or as many years later.

    So “25/2” of a court's year (1 December 2018 to 30 November 2019) is 25 February 2019, and
    “10/1 năm sau” of the calendar year 2019 is 10 January 2020.
    """
    found = _STORED.match(kept)
    if not found:
        return None
    month, day = int(found[2]), int(found[3])
    begun: date = term.lower
    year = begun.year + ((month, day) < (begun.month, begun.day)) + int(found[1] or 0)
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def dates_in(deadlines: dict[str, str], term: DateRange) -> dict[str, date]:
    """The due date of every act a regulation gives one."""
    dates = {act: deadline_in(kept, term) for act, kept in deadlines.items()}
    return {act: day for act, day in dates.items() if day is not None}
