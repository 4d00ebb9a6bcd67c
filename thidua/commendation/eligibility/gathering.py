"""Everything the areas know of people and collectives, as the rulebook reads it: few queries however many.

Results and movements tell nothing here. Of them the provisions ask whether the year's targets and tasks were
exceeded, and who led or excelled in a movement. A reported value beside a target does not speak for all the
tasks of a unit; a movement's review names nobody. Who keeps the records states it by a paper
(`records.Statement`), and until somebody does it is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from thidua.emulation.clusters import facts as clusters
from thidua.emulation.conferences import facts as conferences
from thidua.honours import facts as honours
from thidua.honours.queries import held_honours
from thidua.organisations.models import Person, Tenure, Unit
from thidua.records import facts as records
from thidua.records.models import Discipline, DisciplineForm, Profile, Rating, RatingLevel, Sex, Statement
from thidua.rulebook.engine.facts import Facts, Members

DONE = (RatingLevel.EXCELLENT, RatingLevel.GOOD, RatingLevel.COMPLETED)
SPAN = 12  # years back for which members of a collective are counted


def judged_year(on: date, year: int | None = None) -> int:
    """The year a verdict of this day is about, as the engine has it."""
    return Facts(recipient="ca_nhan", year=year).judged_year(on)


def facts_of_people(people: Collection[int], on: date, year: int | None = None) -> dict[int, Facts]:
    """The facts of people as of a day, for the year judged."""
    told = records.of_people(people, on)
    papers = records.statements_of(Statement.objects.filter(person__in=people), judged_year(on, year), on)
    held = honours.of_people(people, on)
    judged = judged_year(on, year)
    registered = clusters.registered_people(people, judged, on)
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name"))
    positions = records.positions_of(people, on)
    return {
        pk: Facts(
            recipient="ca_nhan",
            id=f"p{pk}",
            name=names[pk],
            year=year,
            registered=(judged,) if pk in registered else None,
            honours=held[pk],
            positions=positions[pk],
            **told[pk],
            **_confirmed(papers.get(pk, ())),
        )
        for pk in people
        if pk in names
    }


def facts_of_units(units: Collection[int], on: date, year: int | None = None) -> dict[int, Facts]:
    """The facts of collectives as of a day, with their members counted."""
    told = records.of_units(units, on)
    held = honours.of_units(units, on)
    judged = judged_year(on, year)
    own = Statement.objects.filter(unit__in=units, person=None)
    papers = records.statements_of(own, judged, on)
    registered = clusters.registered_units(units, judged, on)
    leading = conferences.of_units(units, judged, on)
    names = dict(Unit.objects.filter(pk__in=units).values_list("pk", "name"))
    last = year or on.year
    members = members_of(units, range(last - SPAN, last + 1), on)
    return {
        pk: Facts(
            recipient="tap_the",
            id=f"u{pk}",
            name=names[pk],
            year=year,
            registered=(judged,) if pk in registered else None,
            honours=held[pk],
            members=members.get(pk, {}),
            **{
                **told[pk],
                **_confirmed(papers.get(pk, ()), told[pk].get("statements", {}), leading.get(pk, {})),
            },
        )
        for pk in units
        if pk in names
    }


def _confirmed(papers: Iterable[Statement], *known: Mapping[str, bool]) -> dict[str, Any]:
    """What papers confirmed, with their grounds, behind what the system knows by itself."""
    said, grounds = records.stated(papers)
    for one in known:
        said |= one
        grounds = {key: paper for key, paper in grounds.items() if key not in one}
    return {"statements": said, "grounds": grounds}


def members_of(units: Collection[int], years: Iterable[int], on: date) -> dict[int, dict[int, Members]]:
    """Who belonged to each collective at the end of each year, counted by what they achieved in it."""
    tenures = Tenure.objects.filter(office__unit__in=units).values_list(
        "office__unit_id", "person_id", "term"
    )
    belongs = list(tenures)
    people = {person for _, person, _ in belongs}
    done = _people_by_year(
        Rating.objects.filter(person__in=people, level__in=DONE).values_list("person_id", "year")
    )
    rated = _people_by_year(Rating.objects.filter(person__in=people).values_list("person_id", "year"))
    held = held_honours().filter(person__in=people, decision_date__lte=on)
    advanced = _people_by_year(held.filter(kind="LDTT").values_list("person_id", "year"))
    fighters = _people_by_year(held.filter(kind="CSTD_CS").values_list("person_id", "year"))
    warned = _people_by_year(
        Discipline.objects.filter(person__in=people, annulled_on=None, starts__lte=on)
        .exclude(form=DisciplineForm.REPRIMAND)
        .values_list("person_id", "starts__year")
    )
    women = set(Profile.objects.filter(person__in=people, sex=Sex.FEMALE).values_list("person_id", flat=True))
    found: dict[int, dict[int, Members]] = defaultdict(dict)
    for year in years:
        there: dict[int, set[int]] = defaultdict(set)
        last = min(date(year, 12, 31), on)
        for unit, person, term in belongs:
            if term.lower <= last and (term.upper is None or last < term.upper):
                there[unit].add(person)
        for unit, members in there.items():
            if members & (rated[year] | advanced[year]):  # a year nobody wrote anything of is not known
                found[unit][year] = Members(
                    total=len(members),
                    advanced=len(members & advanced[year]),
                    completed=len(members & done[year]),
                    fighters=len(members & fighters[year]),
                    warned=len(members & warned[year]),
                    women=len(members & women),
                )
    return found


def _people_by_year(rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for person, year in rows:
        found[year].add(person)
    return found
