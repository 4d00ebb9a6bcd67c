"""Everything the areas know of people and collectives, as the rulebook reads it: few queries however many.

Results and movements tell nothing here. Of them the provisions ask whether the year's targets and tasks were
exceeded, and who led or excelled in a movement. A reported value beside a target does not speak for all the
tasks of a unit; a movement's review names nobody. Who appraises or proposes states it (`vuot_chi_tieu`,
`dan_dau_chuyen_de_3_nam`, `xuat_sac_phong_trao` …), and until somebody does it is not known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from thidua.emulation.clusters import facts as clusters
from thidua.emulation.conferences import facts as conferences
from thidua.honours import facts as honours
from thidua.honours.queries import held_honours
from thidua.organisations.models import Person, Tenure, Unit
from thidua.records import facts as records
from thidua.records.models import Discipline, DisciplineForm, Profile, Rating, RatingLevel, Sex
from thidua.rulebook.engine.facts import Facts, Members, Position
from thidua.rulebook.engine.posts import post_of

DONE = (RatingLevel.EXCELLENT, RatingLevel.GOOD, RatingLevel.COMPLETED)
REACHED = frozenset(  # where an office may be held equal to a post of the career tables
    {"province", "district", "department", "party_body", "mass_organisation", "central_body"}
)
SPAN = 12  # years back for which members of a collective are counted


def judged_year(on: date, year: int | None = None) -> int:
    """The year a verdict of this day is about, as the engine has it."""
    return Facts(recipient="ca_nhan", year=year).judged_year(on)


def facts_of_people(people: Collection[int], on: date, year: int | None = None) -> dict[int, Facts]:
    """The facts of people as of a day, for the year judged."""
    told = records.of_people(people, on)
    held = honours.of_people(people, on)
    judged = judged_year(on, year)
    registered = clusters.registered_people(people, judged, on)
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name"))
    positions = positions_of(people, on)
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
        )
        for pk in people
        if pk in names
    }


def facts_of_units(units: Collection[int], on: date, year: int | None = None) -> dict[int, Facts]:
    """The facts of collectives as of a day, with their members counted."""
    told = records.of_units(units, on)
    held = honours.of_units(units, on)
    judged = judged_year(on, year)
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
            **{**told[pk], "statements": {**told[pk].get("statements", {}), **leading.get(pk, {})}},
        )
        for pk in units
        if pk in names
    }


def positions_of(people: Collection[int], on: date) -> dict[int, tuple[Position, ...] | None]:
    """Offices held by each, those of leaders by the names of the career tables.

    None for who leads where the tables reach under a name they do not have: whether it is held equal to one
    of theirs is for a person to say, and until then it is not known.
    """
    found, unnamed = defaultdict(list), set()
    rows = Tenure.objects.filter(person__in=people, term__startswith__lte=on).select_related("office__unit")
    for row in rows:
        office, unit = row.office, row.office.unit
        post = post_of(office.name, unit.name) if office.is_leader else None
        if office.is_leader and post is None and unit.kind in REACHED:
            unnamed.add(row.person_id)
        told = post or f"{office.name}, {unit}"
        found[row.person_id].append(Position(post=told, starts=row.term.lower, ends=row.term.upper))
    return {pk: None if pk in unnamed else tuple(found[pk]) for pk in people}


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
