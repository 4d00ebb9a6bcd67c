"""A unit's year: who is eligible for what, who never was proposed, how far quotas are used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import compress

import numpy as np
from django.conf import settings

from thidua.commendation.eligibility.asking import ask, kinds_for
from thidua.commendation.eligibility.gathering import facts_of_people, judged_year
from thidua.commendation.eligibility.models import Verdict
from thidua.commendation.eligibility.registers import register_of_people
from thidua.honours.queries import held_honours
from thidua.organisations.models import Person, Unit, UnitKind
from thidua.records.models import Profile, Sex, UnitProfile
from thidua.records.queries import people_at
from thidua.rulebook.catalogue import HonourKindText
from thidua.rulebook.engine.differences import sentence
from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.lists import quota
from thidua.rulebook.engine.outcomes import OUTCOMES
from thidua.rulebook.engine.scanning import scan
from thidua.rulebook.engine.tables import rows as limits
from thidua.rulebook.engine.texts import Row

MOST_PEOPLE = 100
YEARS_BACK = 3  # for which it is asked who was eligible and passed over
WOMAN, DIRECT, REMOTE = "nữ", "trực tiếp", "vùng khó khăn"
Held = set[tuple[int, str, int]]  # person, kind, year


@dataclass(frozen=True)
class Cell:
    """A person and a kind."""

    kind: str
    answer: str
    earliest: int | None
    is_held: bool

    @property
    def tells(self) -> bool:
        """It is met, held already, or can be in a year that is known."""
        return self.answer == "eligible" or self.is_held or self.earliest is not None


@dataclass(frozen=True)
class PersonRow:
    """A person of the unit with the answers for every kind, in the order of the kinds."""

    person: Person
    tags: Sequence[str]
    cells: Sequence[Cell]
    eligible_for: Sequence[str]
    was_eligible: Sequence[str]  # “2023: LĐTT, CSTĐCS”, for years before
    was_proposed: bool


@dataclass(frozen=True)
class Quota:
    """A limit of the texts: in words, and as a share of a bar where it can be counted."""

    says: str
    cited: str
    used: int
    base: int = 0  # what it is a share of, counted
    most: int | None = None  # None: the law sets no number that can be counted here

    @property
    def over(self) -> int:
        """How many too many."""
        return max(0, self.used - self.most) if self.most is not None else 0


@dataclass(frozen=True)
class Overview:
    """Everything the unit's page shows."""

    kinds: Sequence[HonourKindText]
    people: Sequence[PersonRow]
    left_out: int
    totals: Sequence[tuple[str, int]]
    year: int
    held: Sequence[tuple[str, int]]
    quotas: Sequence[Quota]
    is_remote: bool
    unproposed: Sequence[PersonRow] = field(default=())
    silent: Sequence[HonourKindText] = field(default=())  # nobody qualifies, holds it or may hope for a year

    @property
    def marked(self) -> Sequence[tuple[str, int]]:
        """How many of those never proposed the law asks attention for."""
        return [(tag, sum(tag in row.tags for row in self.unproposed)) for tag in (DIRECT, WOMAN, REMOTE)]


def overview_of_unit(unit: Unit, on: date) -> Overview:
    """In a number of queries that does not grow with the people."""
    people = list(people_at([unit.pk], on))
    shown = people[:MOST_PEOPLE]
    kinds = kinds_for("ca_nhan", on, armed=unit.kind == UnitKind.ARMED_FORCE)
    remote = UnitProfile.objects.filter(unit=unit, is_remote=True).exists()
    kinds, silent, rows = _telling(kinds, _rows(shown, kinds, on, remote=remote))
    year = judged_year(on)
    held = held_in([person.pk for person in people], year)
    return Overview(
        kinds=kinds,
        people=rows,
        left_out=len(people) - len(shown),
        totals=[
            (kind.short, sum(row.cells[at].answer == "eligible" for row in rows))
            for at, kind in enumerate(kinds)
        ],
        year=year,
        held=[(one.name, held[one.code]) for one in kinds if held.get(one.code)],
        quotas=quotas_of(held, on),
        is_remote=remote,
        unproposed=[row for row in rows if (row.eligible_for or row.was_eligible) and not row.was_proposed],
        silent=silent,
    )


def _telling(
    kinds: Sequence[HonourKindText], rows: list[PersonRow]
) -> tuple[list[HonourKindText], list[HonourKindText], list[PersonRow]]:
    """The kinds that tell something of somebody, those that do not, and the rows without these."""
    said = [any(row.cells[at].tells for row in rows) for at in range(len(kinds))]
    kept = [replace(row, cells=[*compress(row.cells, said)]) for row in rows]
    return [*compress(kinds, said)], [*compress(kinds, [not one for one in said])], kept


def _rows(
    people: Sequence[Person], kinds: Sequence[HonourKindText], on: date, *, remote: bool
) -> list[PersonRow]:
    ids = [person.pk for person in people]
    facts = facts_of_people(ids, on)
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=ids)}
    kept = Verdict.objects.filter(person__in=ids, for_proposal=True)
    proposed = set(kept.values_list("person_id", flat=True))
    held: Held = set(held_honours().filter(person__in=ids).values_list("person_id", "kind", "year"))
    before = passed_over(ids, on, held)
    found = []
    for person in people:
        cells = [_cell(facts[person.pk], kind, on, person.pk, held) for kind in kinds]
        open_for = [cell.kind for cell in cells if cell.answer == "eligible" and not cell.is_held]
        tags = _tags(profiles.get(person.pk), remote=remote)
        past = before.get(person.pk, [])
        found.append(PersonRow(person, tags, cells, open_for, past, person.pk in proposed))
    return found


def _cell(facts: Facts, kind: HonourKindText, on: date, person: int, held: Held) -> Cell:
    one = ask(facts, kind.code, on).verdict
    earliest = None if one.is_eligible else one.earliest
    return Cell(kind.short, one.outcome, earliest, (person, kind.code, one.year) in held)


def passed_over(people: Sequence[int], on: date, held: Held) -> dict[int, list[str]]:
    """For each of the years before: what people met by the law of that year's end and did not receive."""
    ids = np.array(sorted(people), np.int64)
    found: dict[int, list[str]] = defaultdict(list)
    for year in range(judged_year(on) - 1, judged_year(on) - 1 - YEARS_BACK, -1):
        day = date(year, 12, 31)
        names = {one.code: one.short for one in kinds_for("ca_nhan", day) if _is_worth_telling(one)}
        answers = scan(register_of_people(ids, day, year), list(names), province=settings.PROVINCE, threads=1)
        for at, person in enumerate(int(pk) for pk in ids):
            met = [
                name
                for code, name in names.items()
                if OUTCOMES[answers[code][at]] == "eligible" and (person, code, year) not in held
            ]
            if met:
                found[person].append(f"{year}: {', '.join(met)}")
    return found


def _is_worth_telling(kind: HonourKindText) -> bool:
    """Not the certificates every unit gives for work well done."""
    return kind.is_title or kind.level != "co_so"


def _tags(profile: Profile | None, *, remote: bool) -> list[str]:
    """Those the law asks attention for."""
    marks = [
        (profile is not None and bool(profile.is_direct), DIRECT),
        (profile is not None and profile.sex == Sex.FEMALE, WOMAN),
        (remote, REMOTE),
    ]
    return [word for is_so, word in marks if is_so]


def held_in(people: Sequence[int], year: int) -> dict[str, int]:
    """How many of these people hold each kind of the year."""
    found: dict[str, set[int]] = defaultdict(set)
    rows = held_honours().filter(person__in=people, year=year)
    for kind, person in rows.values_list("kind", "person_id"):
        found[kind].add(person)
    return {kind: len(holders) for kind, holders in found.items()}


def quotas_of(counts: Mapping[str, int], on: date) -> list[Quota]:
    """The limits of a day's texts beside these counts."""
    return [_quota(row, counts, on) for row in limits("quotas", on, province=settings.PROVINCE)]


def _quota(row: Row, counts: Mapping[str, int], on: date) -> Quota:
    """The share is counted where what it is a share of stands in the counts; the engine rounds."""
    used = sum(counts.get(kind, 0) for kind in row.kinds)
    of = str(row.values.get("of", ""))
    found = quota(row.kinds[0], on, counts[of], settings.PROVINCE) if of in counts else None
    most = found.most if found else None
    return Quota(sentence(row.says), row.cited, used, counts.get(of, 0), most)
