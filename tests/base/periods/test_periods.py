"""Half-open terms, and the calendar of the demonstration."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.story import Story
from thidua.base.periods import Term, local_day, now, stand_on, term_text, today
from thidua.organisations.models import Appointment

DAY = st.dates(date(2000, 1, 1), date(2030, 1, 1))


@given(DAY, st.integers(0, 4000))
def test_the_last_day_belongs_to_the_term_and_the_next_does_not(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    term = Term.through(first, last)
    assert first in term
    assert last in term
    assert last + timedelta(days=1) not in term
    assert first - timedelta(days=1) not in term


def test_terms_in_words() -> None:
    assert term_text(Term.through(date(2019, 1, 1), date(2019, 12, 31))) == "01/01/2019 đến 31/12/2019"
    assert term_text(Term(date(2019, 1, 1))) == "từ 01/01/2019"


def test_the_calendar_stands_where_it_is_put_and_moves_on_after() -> None:
    with stand_on(date(2020, 8, 10)):
        assert today() == date(2020, 8, 10)
        with stand_on(None):
            assert today() == datetime.now(UTC).astimezone(now().tzinfo).date()
        assert now().date() == date(2020, 8, 10)
    assert today().year >= 2025


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    assert local_day(datetime(2019, 12, 31, 16, 59, tzinfo=UTC)) == date(2019, 12, 31)
    assert local_day(datetime(2019, 12, 31, 17, 0, tzinfo=UTC)) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("kind", "term", "is_refused"),
    [
        ("auditor", Term(date(2015, 1, 1), date(2016, 1, 1)), True),
        ("auditor", Term(date(2019, 12, 31)), True),
        ("auditor", Term(date(2020, 1, 1)), False),  # the day the first term ended
        ("auditor", Term(date(2013, 1, 1), date(2014, 1, 1)), False),
        ("approver", Term(date(2015, 1, 1), date(2016, 1, 1)), False),  # another kind
    ],
)
def test_the_database_refuses_overlapping_terms(year: Story, kind: str, term: Term, is_refused: bool) -> None:
    an, unit = year.people["an"], year.units["y_te"]
    Appointment.objects.create(
        person=an, unit=unit, kind="auditor", term=Term(date(2014, 1, 1), date(2020, 1, 1))
    )
    try:
        with transaction.atomic():
            Appointment.objects.create(person=an, unit=unit, kind=kind, term=term)
        refused = False
    except IntegrityError:
        refused = True
    assert refused is is_refused
