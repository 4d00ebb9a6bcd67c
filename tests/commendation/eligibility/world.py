"""An of Sở Y tế with what a verdict needs: ratings, titles, initiatives, registrations of three years."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.story import Story
from thidua.base.periods import Term
from thidua.emulation.clusters.actions import submit_registration
from thidua.emulation.clusters.queries import RegisteredLine, RegistrationContent, registration_of
from thidua.honours.actions import record_honour
from thidua.organisations.models import Person
from thidua.records import actions
from thidua.records.actions import InitiativeText


def rated(story: Story, person: Person | None, years: range, level: str = "excellent") -> None:
    for year in years:
        actions.record_rating(
            unit=story.units["y_te"],
            person=person,
            year=year,
            level=level,
            decision_symbol=f"{year}/QĐ-SYT",
            decision_date=date(year, 12, 1),
            by=story.actor("dung"),
        )


def held(story: Story, person: Person, kind: str, years: range) -> None:
    for year in years:
        record_honour(
            person=person,
            kind=kind,
            year=year,
            achievement=Term(date(year, 1, 1), date(year + 1, 1, 1)),
            decision_symbol=f"{year}/QĐ-KT",
            decision_date=date(year, 12, 10),
            issuer="Giám đốc Sở Y tế",
            by=story.actor("dung"),
        )


def invented(story: Story, person: Person, year: int, scope: str = "unit", title: str = "") -> None:
    text = InitiativeText(
        title=title or f"Sáng kiến {scope} {year} của {person}",
        scope=scope,
        recognised_by="Giám đốc Sở Y tế",
        decision_symbol=f"{year}/QĐ-SK",
        decision_date=date(year, 11, 1),
        authors=[(person, Decimal(100))],
    )
    actions.record_initiative(unit=story.units["y_te"], text=text, by=story.actor("dung"))


def deserving(story: Story, name: str = "an") -> Person:
    """Three years of excellent work, each with its title, the last with an initiative of the province."""
    person = story.people[name]
    rated(story, person, range(2015, 2020))
    held(story, person, "LDTT", range(2016, 2019))
    held(story, person, "CSTD_CS", range(2016, 2019))
    invented(story, person, 2018, "province")
    return person


def registering(story: Story) -> None:
    """Sở Y tế registers itself and An for the year."""
    lines = (RegisteredLine("CO_TINH"), RegisteredLine("CSTD_CS", "Nguyễn Văn An"))
    submit_registration(
        registration=registration_of(story.cycle, story.units["y_te"]),
        content=RegistrationContent(lines),
        revision=0,
        by=story.actor("an"),
    )
