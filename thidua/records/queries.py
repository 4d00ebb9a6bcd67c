"""Questions to the records. They never write."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.periods import Term, term_text
from thidua.organisations.models import AppointmentKind, Person, Tenure, Unit, UnitKind
from thidua.organisations.queries import served_authorities
from thidua.records.models import (
    Authorship,
    CareerPost,
    Discipline,
    Equivalence,
    Initiative,
    InitiativeUse,
    Leave,
    PendingMatter,
    Rating,
)
from thidua.rulebook.catalogue import kind as kind_of_code
from thidua.rulebook.catalogue import kinds
from thidua.rulebook.engine.conditions import Claimed, Denied, Stated
from thidua.rulebook.engine.posts import post_of
from thidua.rulebook.engine.reading import HIGHER_PENSION, tests_of
from thidua.rulebook.engine.standards import has_own, standard

TOLD_ELSEWHERE = {  # has a register or a page of its own, or is no officer's to tell
    "khong_thuoc_doi_tuong_co",
    "khuyet_diem_nghiem_trong",
}
OWN = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER)
REACHED = frozenset(  # where an office may be held equal to a post of the career tables
    {
        UnitKind.PROVINCE,
        UnitKind.DISTRICT,
        UnitKind.DEPARTMENT,
        UnitKind.PARTY_BODY,
        UnitKind.MASS_ORGANISATION,
        UnitKind.CENTRAL_BODY,
    }
)


def keepers_of(unit_id: int) -> frozenset[int]:
    """The unit, and the units above it of which it is a part: they keep its records."""
    found = [unit_id]
    above = (
        Unit.objects.filter(pk=unit_id, kind=UnitKind.SUB_UNIT).values_list("parent_id", flat=True).first()
    )
    while above is not None and above not in found:
        found.append(above)
        rows = Unit.objects.filter(pk=above, kind=UnitKind.SUB_UNIT)
        above = rows.values_list("parent_id", flat=True).first()
    return frozenset(found)


def below(roots: Collection[int], *, parts_only: bool) -> set[int]:
    """These units and all below them; with `parts_only` no further than their own parts."""
    found = set(roots)
    edge = found
    while edge:
        units = Unit.objects.filter(parent__in=edge)
        if parts_only:
            units = units.filter(kind=UnitKind.SUB_UNIT)
        edge = set(units.values_list("pk", flat=True)) - found
        found |= edge
    return found


def visible_units(by: Actor) -> QuerySet[Unit]:
    """Units whose records this person keeps or oversees."""
    if by.is_system:
        return Unit.objects.all()
    seen = below(by.units(*OWN), parts_only=True) | below(served_authorities(by), parts_only=False)
    return Unit.objects.filter(pk__in=seen).exclude(pk__in=served_authorities(by) - by.units(*OWN))


def sensitive_unit_ids(by: Actor) -> set[int]:
    """Units of whose discipline and pending matters this person may know."""
    led = by.units(AppointmentKind.UNIT_LEADER)
    return below(led, parts_only=True) | below(served_authorities(by), parts_only=False)


def units_of(person: Person, on: date) -> list[Unit]:
    """Units where the person holds an office on a day; where they held the last one, if none."""
    held = Tenure.objects.filter(person=person).select_related("office__unit").order_by("-term")
    rows = list(held)
    now = [row for row in rows if row.term.lower <= on and (row.term.upper is None or on < row.term.upper)]
    return [row.office.unit for row in (now or rows[:1])]


def people_at(units: Iterable[int], on: date) -> QuerySet[Person]:
    """Everybody in an office of these units on a day, each once."""
    held = Tenure.objects.filter(office__unit__in=list(units), term__contains=on)
    return Person.objects.filter(pk__in=held.values("person"))


def people_ever_at(unit: Unit) -> QuerySet[Person]:
    """Everybody who holds or held an office of the unit."""
    return Person.objects.filter(tenures__office__unit=unit).distinct()


def works_at(person: Person, unit: Unit) -> bool:
    """Holds or held an office of the unit, or of a part of it."""
    return Tenure.objects.filter(person=person, office__unit=unit).exists()


def ratings_by_year(unit: Unit, on: date, years: Iterable[int]) -> list[tuple[Person, list[Rating | None]]]:
    """The unit's people of a day, each with the rating of every year, in two queries."""
    columns = list(years)
    people = list(people_at([unit.pk], on))
    rows = Rating.objects.filter(person__in=people, year__in=columns)
    found = {(row.person_id, row.year): row for row in rows}
    return [(person, [found.get((person.pk, year)) for year in columns]) for person in people]


def unit_ratings(unit: Unit, years: Iterable[int]) -> list[Rating | None]:
    """The collective's own ratings, by year."""
    columns = list(years)
    found = {row.year: row for row in Rating.objects.filter(unit=unit, person=None, year__in=columns)}
    return [found.get(year) for year in columns]


@dataclass(frozen=True)
class Life:
    """What is on record of one subject over the years; discipline and matters for those who may know."""

    ratings: list[Rating]
    initiatives: list[Initiative] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    disciplines: list[Discipline] = field(default_factory=list)
    matters: list[PendingMatter] = field(default_factory=list)

    def held_by(self, on: date) -> list[PendingMatter]:
        """Matters that hold commendation back on a day."""
        return [
            one for one in self.matters if one.since <= on and (one.cleared_on is None or one.cleared_on > on)
        ]


def life_of_person(person: Person, *, sees_sensitive: bool) -> Life:
    """Everything of a person that has its place in time."""
    return Life(
        ratings=list(Rating.objects.filter(person=person)),
        initiatives=list(Initiative.objects.filter(authors__person=person)),
        leaves=list(Leave.objects.filter(person=person)),
        **(_sensitive({"person": person}) if sees_sensitive else {}),
    )


def life_of_collective(unit: Unit, *, sees_sensitive: bool) -> Life:
    """The same of a unit as a collective."""
    told = _sensitive({"unit": unit, "person": None}) if sees_sensitive else {}
    return Life(ratings=list(Rating.objects.filter(unit=unit, person=None)), **told)


def _sensitive(about: Mapping[str, object]) -> dict[str, Any]:
    return {
        "disciplines": list(Discipline.objects.filter(**about, annulled_on=None)),
        "matters": list(PendingMatter.objects.filter(**about)),
    }


def initiatives_of(unit: Unit) -> QuerySet[Initiative]:
    """The unit's initiatives with their authors and what they were used for."""
    return Initiative.objects.filter(unit=unit).prefetch_related("authors__person", "uses__person")


def initiative_counts(units: Iterable[int], term: Term) -> dict[int, Counter[str]]:
    """How many initiatives were recognised in the term, by unit and scope of effect; for reports."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Initiative.objects.filter(unit__in=list(units), decision_date__gte=term.lower)
    if term.upper is not None:
        rows = rows.filter(decision_date__lt=term.upper)
    for unit, scope in rows.values_list("unit_id", "scope"):
        found[unit][scope] += 1
    return dict(found)


def unrated(units: Iterable[int], year: int, on: date) -> dict[int, tuple[int, int]]:
    """For each unit: how many of its people of a day are rated for the year, and how many there are."""
    ids = list(units)
    held = Tenure.objects.filter(office__unit__in=ids, term__contains=on)
    people: dict[int, set[int]] = {pk: set() for pk in ids}
    for unit, person in held.values_list("office__unit_id", "person_id"):
        people[unit].add(person)
    rated = set(
        Rating.objects.filter(person__in=held.values("person"), year=year).values_list("person_id", flat=True)
    )
    return {unit: (len(found & rated), len(found)) for unit, found in people.items()}


@dataclass(frozen=True)
class Condition:
    """A condition only a paper can answer: in the words of the law, and for which kinds it is asked."""

    says: str
    kinds: tuple[str, ...]


def conditions_to_state(recipient: str, on: date) -> dict[str, Condition]:
    """By key, what the standards of a day ask and no register tells; not what is weighed in a vote."""
    return _conditions(recipient, on, settings.PROVINCE)


@functools.lru_cache(maxsize=8)
def _conditions(recipient: str, on: date, province: str) -> dict[str, Condition]:
    found: dict[str, Condition] = {}
    for kind in kinds(on):
        if not kind.suits(recipient) or not has_own(kind.code, recipient, on, province):
            continue
        for part in standard(kind.code, recipient, on, province).parts:
            for key, says in _asked_of_papers(part.test):
                known = found.get(key, Condition(says, ()))
                found[key] = Condition(known.says, tuple(dict.fromkeys([*known.kinds, kind.short])))
    return found


def _asked_of_papers(whole: object) -> Iterator[tuple[str, str]]:
    for test in tests_of(whole):
        if isinstance(test, Stated | Claimed | Denied) and test.key not in TOLD_ELSEWHERE:
            yield test.key, test.says
        if getattr(test, "unless", ""):
            yield test.unless, HIGHER_PENSION


def obstacles_to_use(initiative: Initiative, person: Person, kind: str) -> list[str]:
    """Why an author cannot use the initiative for this title or form (letter 5007/BNV-TĐKT, III.5.c).

    What served a title does not serve a form, nor the other way round, nor two forms. A title after a
    lower title is not forbidden.
    """
    if not Authorship.objects.filter(initiative=initiative, person=person).exists():
        return [f"{person} không phải tác giả của sáng kiến này."]
    is_title = kind_of_code(kind).is_title
    uses = InitiativeUse.objects.filter(initiative=initiative, person=person)
    clash = [use for use in uses if not (is_title and kind_of_code(use.kind).is_title)]
    return [
        f"Sáng kiến này {person} đã dùng để xét {kind_of_code(use.kind).name} năm {use.year}; "
        "một sáng kiến chỉ dùng một lần."
        for use in clash
    ]


@dataclass(frozen=True)
class LedOffice:
    """A leader's office beside the career tables: the post by its name, what was stated, or neither."""

    tenure: Tenure
    by_name: str | None
    stated: Sequence[Equivalence]

    @property
    def held(self) -> str:
        """From when to when, in words."""
        return term_text(self.tenure.term)

    @property
    def name_of_post(self) -> str:
        """The post that its name is, as officers say it."""
        return CareerPost(self.by_name).label if self.by_name else ""

    @property
    def is_whole(self) -> bool:
        """One paper speaks of all the time it is held."""
        return len(self.stated) == 1 and not self.unsaid

    @property
    def unsaid(self) -> list[Term]:
        """The time of which no paper says anything."""
        found, start = [], self.tenure.term.lower
        last = self.tenure.term.upper or date.max
        for one in sorted(self.stated, key=lambda one: one.term.lower):
            if start < one.term.lower:
                found.append(Term(start, one.term.lower))
            start = one.term.upper or date.max
        if start < last:
            found.append(Term(start, self.tenure.term.upper))
        return found

    def is_open_on(self, on: date) -> bool:
        """The tables reach there, do not name the office, and nobody said what it was equal to until then."""
        office = self.tenure.office
        is_asked = office.is_leader and self.by_name is None and office.unit.kind in REACHED
        return is_asked and any(part.lower <= on for part in self.unsaid)


def post_by_name(tenure: Tenure) -> str | None:
    """The post that a leader's office is by its own name."""
    office = tenure.office
    return post_of(office.name, office.unit.name) if office.is_leader else None


def led_offices(held: QuerySet[Tenure]) -> list[LedOffice]:
    """Those of these holdings that lead, or of which something was stated; in two queries."""
    rows = held.filter(Q(office__is_leader=True) | Q(equivalences__isnull=False)).distinct()
    rows = rows.select_related("person", "office__unit").prefetch_related("equivalences")
    return [
        LedOffice(row, post_by_name(row), list(row.equivalences.all()))
        for row in rows.order_by("-term", "person__order", "pk")
    ]


def obstacles_to_equal(tenure: Tenure, term: Term, *, besides: Equivalence | None = None) -> list[str]:
    """Why an office cannot be stated equal to a post for this time."""
    held = tenure.term
    if term.lower < held.lower or (
        held.upper is not None and (term.upper is None or term.upper > held.upper)
    ):
        return [f"Thời gian tính phải nằm trong thời gian giữ chức vụ ({term_text(held)})."]
    others = Equivalence.objects.filter(tenure=tenure, term__overlap=term)
    if (others.exclude(pk=besides.pk) if besides else others).exists():
        return ["Thời gian này đã ghi chức vụ tương đương. Anh/chị sửa dòng đã ghi."]
    return []
