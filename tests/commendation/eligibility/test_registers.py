"""Everybody at once gives the same answers as each alone."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.commendation.eligibility.world import deserving, registering
from tests.story import ALWAYS, Story, moment
from thidua.base.accounts.actors import Actor
from thidua.commendation.eligibility.gathering import facts_of_people
from thidua.commendation.eligibility.registers import people_of_register, register_of_people
from thidua.honours.models import Honour
from thidua.organisations.models import Office, Person, Tenure
from thidua.records import models
from thidua.rulebook.engine import judge
from thidua.rulebook.engine.outcomes import OUTCOMES
from thidua.rulebook.engine.scanning import scan

KINDS = ("LDTT", "CSTD_CS", "CSTD_TINH", "CSTD_TQ", "BK_TINH", "BK_TTG")
SYSTEM = Actor(None, moment(date(2025, 12, 1)))
WRITTEN = {"recorded_at": SYSTEM.at}


def fill(story: Story, chance: random.Random, count: int) -> None:
    """People with records of every sort, at random."""
    unit = story.units["y_te"]
    office = Office.objects.create(unit=unit, name="Nhân viên")
    for number in range(count):
        person = Person.objects.create(full_name=f"Người {number}")
        Tenure.objects.create(person=person, office=office, term=ALWAYS)
        steady = chance.random() < 0.6
        for year in range(2015, 2026):
            if chance.random() < 0.93:
                levels = ["excellent", "good"] if steady else list(models.RatingLevel.values)
                told = {"decision_symbol": "1/QĐ", "decision_date": date(year, 12, 1)}
                models.Rating.objects.create(
                    unit=unit, person=person, year=year, level=chance.choice(levels), **told, **WRITTEN
                )
            for kind, often in (("LDTT", 0.8), ("CSTD_CS", 0.7), ("CSTD_TINH", 0.3), ("BK_TINH", 0.2)):
                if steady and chance.random() < often:
                    Honour.objects.create(
                        person=person,
                        recipient_name=person.full_name,
                        kind=kind,
                        year=year,
                        ground=chance.choice(["merit", "merit", "merit", "movement", "sudden"]),
                        decision_symbol=f"{kind}{year}",
                        decision_date=date(year, 12, 20),
                        issuer="Chủ tịch",
                        **WRITTEN,
                    )
        for at in range(chance.randrange(4)):
            made = models.Initiative.objects.create(
                unit=unit,
                title=f"Sáng kiến {number}.{at}",
                scope=chance.choice(models.InitiativeScope.values),
                kind=chance.choice(models.InitiativeKind.values),
                recognised_by="Giám đốc",
                decision_symbol=f"{number}.{at}",
                decision_date=date(chance.randrange(2022, 2026), 6, 1),
                **WRITTEN,
            )
            models.Authorship.objects.create(initiative=made, person=person)
            if chance.random() < 0.4:
                kind = chance.choice(["CSTD_CS", "BK_TINH"])
                models.InitiativeUse.objects.create(
                    initiative=made, person=person, kind=kind, year=2024, **WRITTEN
                )
        _troubles(unit, person, chance)


def _troubles(unit, person: Person, chance: random.Random) -> None:
    if chance.random() < 0.3:
        since = date(2025, 11, 1)
        over = chance.choice([None, date(2025, 11, 20), date(2025, 12, 1), date(2026, 1, 5)])
        done = {"cleared_on": over, "violation": chance.random() < 0.5, "conclusion": "5/KL"} if over else {}
        models.PendingMatter.objects.create(
            unit=unit,
            person=person,
            kind=chance.choice(models.MatterKind.values),
            since=since,
            told_by="Thanh tra",
            **done,
            **WRITTEN,
        )
    if chance.random() < 0.3:
        starts = date(chance.randrange(2020, 2026), 3, 1)
        models.Discipline.objects.create(
            unit=unit,
            person=person,
            form=chance.choice(models.DisciplineForm.values),
            starts=starts,
            ends=chance.choice([None, starts + timedelta(days=365)]),
            decision_symbol="3/QĐ",
            decision_date=starts,
            annulled_on=None if chance.random() < 0.8 else starts,
            annulled_by="7/QĐ",
            **WRITTEN,
        )
    if chance.random() < 0.6:
        models.Profile.objects.create(
            person=person,
            sex=chance.choice(["", "female", "male"]),
            occupation=chance.choice(["", *models.OccupationKind.values]),
            recruited_on=chance.choice([None, date(2025, 7, 15), date(2025, 2, 1), date(2010, 1, 1)]),
            **WRITTEN,
        )


@pytest.mark.parametrize("on", [date(2019, 12, 16), date(2025, 12, 1)])
def test_a_scan_answers_as_each_alone(year: Story, on: date) -> None:
    fill(year, random.Random(on.year), 60)
    people = people_of_register()
    facts = facts_of_people([int(pk) for pk in people], on, on.year)
    found = scan(register_of_people(people, on, on.year), KINDS)
    wrong = [
        (facts[int(pk)].name, kind, OUTCOMES[found[kind][at]], alone)
        for at, pk in enumerate(people)
        for kind in KINDS
        if (alone := judge(facts[int(pk)], kind=kind, on=on).outcome) != OUTCOMES[found[kind][at]]
    ]
    assert wrong == []
    assert len({code for codes in found.values() for code in np.unique(codes)}) >= 2, "answers differ"


def test_who_registered_is_known_to_the_scan_too(year: Story) -> None:
    day = date(2019, 12, 16)
    deserving(year)
    registering(year)
    people = people_of_register()
    found = scan(register_of_people(people, day, 2019), ("LDTT",))["LDTT"]
    at = {int(pk): OUTCOMES[found[place]] for place, pk in enumerate(people)}
    assert at[year.people["an"].pk] == "eligible"
    assert at[year.people["lan"].pk] == "needs_review"


def test_the_register_asks_the_same_questions_however_many(year: Story) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            register_of_people(people_of_register(), date(2025, 12, 1), 2025)
        return len(asked)

    few = count()
    fill(year, random.Random(1), 5)
    assert count() == few
