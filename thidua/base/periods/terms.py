"""Terms: from a first day up to, but not including, a day of end; no end means still running."""

from __future__ import annotations

from datetime import date, timedelta
from typing import overload

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F, Func, Q, Value
from django.db.models.fields import BigIntegerField


class Term(DateRange):  # type: ignore[misc]  # psycopg's range is generic only at run time
    """A half-open span of days [starts, ends). `Term.through(first, last)` takes the last day itself."""

    def __init__(self, starts: date, ends: date | None = None) -> None:
        super().__init__(starts, ends, "[)")

    @classmethod
    def through(cls, first: date, last: date | None) -> Term:
        """The term whose last day is `last`, as papers write it; with no last day it runs on."""
        return cls(first, day_after(last))


@overload
def day_after(last: date) -> date: ...
@overload
def day_after(last: None) -> None: ...
@overload
def day_after(last: date | None) -> date | None: ...
def day_after(last: date | None) -> date | None:
    """The end of a half-open term whose last day is `last`; None for a term that runs on."""
    return None if last is None else last + timedelta(days=1)


def last_day(term: DateRange) -> date:
    """The last day of a term that has an end, as papers write it."""
    last: date = term.upper - timedelta(days=1)
    return last


def last_day_if_any(term: DateRange | None) -> date | None:
    """The last day of a term; None while it runs on, or without a term."""
    return last_day(term) if term and term.upper else None


def no_overlap(
    name: str,
    *columns: str,
    term: str = "term",
    same_text: tuple[str, ...] = (),
    when: Q | None = None,
) -> ExclusionConstraint:
    """Refuse two rows with the same numbers in `columns` and words in `same_text` whose terms share a day.

    Numbers are compared as one-element ranges, words as their hash in such a range, so that
    PostgreSQL needs no extension.
    """
    numbers: list[F | Func] = [F(column) for column in columns]
    hashes: list[F | Func] = [
        Func(F(column), Value(0), function="hashtextextended", output_field=BigIntegerField())
        for column in same_text
    ]
    same = [
        (Func(number, number, Value("[]"), function="int8range", output_field=BigIntegerField()), "&&")
        for number in (*numbers, *hashes)
    ]
    return ExclusionConstraint(name=name, expressions=[*same, (F(term), "&&")], condition=when)


def term_text(term: DateRange) -> str:
    """“01/01/2019 đến 31/12/2019”, or “từ 01/01/2019” for a term still running."""
    starts = f"{term.lower:%d/%m/%Y}"
    if term.upper is None:
        return f"từ {starts}"
    return f"{starts} đến {last_day(term):%d/%m/%Y}"
