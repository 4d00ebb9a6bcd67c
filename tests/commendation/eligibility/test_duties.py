"""Ratings of the year are asked of every member, by the day the year gives them."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.commendation.eligibility.world import rated
from tests.story import ALWAYS, Story, moment, set_due
from thidua.base.duties import State
from thidua.base.periods import Term
from thidua.commendation.eligibility import duties


def asked(year: Story, on: date = date(2019, 12, 16)):
    (act,) = duties.acts(year.cycle, by=year.actor("dung", at=moment(on)))
    return act, {duty.unit_id: duty for duty in act.duties}


def test_members_are_asked_until_everybody_is_rated(year: Story, as_user) -> None:
    set_due(year.cycle, "ratings", date(2019, 12, 5))
    y_te = year.units["y_te"].pk
    act, told = asked(year)
    assert act.state is State.OVERDUE
    assert told[y_te].state is State.OVERDUE
    assert "Nhập xếp loại năm 2019" in as_user("an").get("/").text
    rated(year, year.people["an"], range(2019, 2020))
    _, told = asked(year, date(2019, 12, 1))
    assert (told[y_te].state, told[y_te].fact) == (State.DOING, "1/2")
    rated(year, year.people["lan"], range(2019, 2020))
    act, told = asked(year)
    assert told[y_te].state is State.DONE
    assert act.state is State.OVERDUE, "two members still owe theirs"
    assert "Nhập xếp loại năm 2019" not in as_user("an").get("/").text


def test_the_station_asks_the_same_questions_of_one_and_of_many(year: Story) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            asked(year)
        return len(queries)

    year.bloc.memberships.exclude(unit=year.units["y_te"]).update(
        term=Term(date(2010, 1, 1), date(2011, 1, 1))
    )
    few = count()
    year.bloc.memberships.update(term=ALWAYS)
    rated(year, year.people["an"], range(2019, 2020))
    assert count() == few
