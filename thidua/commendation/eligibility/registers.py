"""Everybody at once: the same facts as `gathering` tells of one, as arrays straight from the database.

Each table is read by one COPY that brings the years of a person as bits, so that a province's register is a
few hundred thousand short rows. A test holds the answers of a scan equal to those of the one-person path.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from thidua.emulation.clusters.facts import registered_people
from thidua.organisations.models import Tenure
from thidua.records.facts import (
    DISCIPLINES,
    MATTERS,
    OCCUPATIONS,
    REACHES,
    WORKS,
    positions_of,
    stated,
    statements_of,
)
from thidua.records.models import Sex, Statement
from thidua.rulebook.catalogue import eras
from thidua.rulebook.engine.bits import ALL, SPAN
from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.reading import posts
from thidua.rulebook.engine.register import FORMS, JOBS, NOT_KNOWN, Register
from thidua.rulebook.engine.register import MATTERS as MATTER_BITS
from thidua.rulebook.engine.sight import LEVELS, MANY_MONTHS, TITLES, UNSTATED, WIDER, WORK_FAMILIES, Sight

Ints = npt.NDArray[np.int64]
KINDS = sorted({era.code for era in eras()})
BIT = f"(1::bigint << LEAST(%(year)s - year, {SPAN - 1}))"

RATED = f"""
    SELECT person_id,
        bit_or(CASE WHEN level IN ('completed', 'good', 'excellent') THEN {BIT} ELSE 0 END),
        bit_or(CASE WHEN level IN ('good', 'excellent') THEN {BIT} ELSE 0 END),
        bit_or(CASE WHEN level = 'excellent' THEN {BIT} ELSE 0 END),
        bit_or(CASE WHEN level = 'not_completed' THEN {BIT} ELSE 0 END),
        bit_or(CASE WHEN level IN ('not_completed', 'completed') THEN {BIT} ELSE 0 END),
        bit_or(CASE WHEN level IN ('not_completed', 'completed', 'good') THEN {BIT} ELSE 0 END),
        min(year)
    FROM records_rating WHERE person_id IS NOT NULL AND year <= %(year)s GROUP BY person_id
"""  # noqa: S608  our own words
HELD = f"""
    SELECT person_id, array_position(%(kinds)s, kind::text) - 1, bit_or({BIT})
    FROM (
        SELECT person_id, kind, COALESCE(extract(year FROM upper(achievement) - 1)::int, year) AS year
        FROM honours_honour AS given
        WHERE person_id IS NOT NULL AND revokes_id IS NULL AND decision_date <= %(on)s
            AND (ground = 'merit' OR ground = 'movement' AND kind = ANY(%(titles)s))
            AND NOT EXISTS (SELECT 1 FROM honours_honour AS later WHERE later.revokes_id = given.id)
    ) AS held WHERE year <= %(year)s GROUP BY person_id, kind
"""  # noqa: S608  our own words
INVENTED = """
    SELECT author.person_id, extract(year FROM decision_date)::int,
        array_position(%(works)s, initiative.kind::text) - 1, array_position(%(scopes)s, scope::text) - 1,
        COALESCE(bool_or(used.kind <> ALL(%(titles)s)), false)::int,
        COALESCE(bool_or(used.kind = ANY(%(titles)s)), false)::int
    FROM records_authorship AS author
    JOIN records_initiative AS initiative ON initiative.id = author.initiative_id
    LEFT JOIN records_initiativeuse AS used
        ON used.initiative_id = initiative.id AND used.person_id = author.person_id
    WHERE decision_date <= %(on)s AND extract(year FROM decision_date) <= %(year)s
    GROUP BY author.id, initiative.id
"""
HANGING = """
    SELECT person_id, array_position(%(matters)s, kind::text) - 1,
        (cleared_on = %(on)s AND NOT violation)::int
    FROM records_pendingmatter
    WHERE person_id IS NOT NULL AND since <= %(on)s AND (cleared_on IS NULL OR cleared_on >= %(on)s)
"""
PUNISHED = """
    SELECT person_id, array_position(%(forms)s, form::text) - 1, extract(year FROM starts)::int,
        COALESCE(extract(year FROM ends)::int, 9999)
    FROM records_discipline WHERE person_id IS NOT NULL AND annulled_on IS NULL AND starts <= %(on)s
"""
DESCRIBED = """
    SELECT person_id, array_position(%(sexes)s, sex::text) - 1,
        array_position(%(jobs)s, occupation::text) - 1,
        ((extract(year FROM %(on)s::date) - extract(year FROM recruited_on)) * 12
            + extract(month FROM %(on)s::date) - extract(month FROM recruited_on)
            - (extract(day FROM %(on)s::date) < extract(day FROM recruited_on))::int)::int
    FROM records_profile
"""


def people_of_register() -> Ints:
    """Everybody on record, by number."""
    return _copied("SELECT id FROM organisations_person ORDER BY id", {}, 1)[:, 0]


def register_of_people(people: Ints, on: date, year: int) -> Register:
    """The facts of everybody as of a day, for the year judged, in ten reads of the database."""
    made = Register(size=len(people), year=year, on=on, recipient="ca_nhan")
    asked: dict[str, Any] = {"year": year, "on": on, "titles": sorted(TITLES), "kinds": KINDS}
    first = _add_ratings(made, people, asked)
    _add_honours(made, people, asked)
    _add_initiatives(made, people, asked)
    _add_matters(made, people, asked)
    _add_discipline(made, people, asked)
    _add_circumstances(made, people, asked, first)
    _add_registrations(made, people, on)
    _add_posts(made, people, on)
    _add_statements(made, people, year, on)
    return made


def _add_statements(made: Register, people: Ints, year: int, on: date) -> None:
    """What papers confirmed; nobody stated the rest."""
    rows = statements_of(Statement.objects.exclude(person=None), year, on)
    known = {*people.tolist()} & {*rows}
    for at, person in zip(np.searchsorted(people, list(known)), known, strict=True):
        for key, is_so in stated(rows[person])[0].items():
            made.statements.setdefault(key, np.full(made.size, UNSTATED, np.uint8))[at] = is_so


def _add_posts(made: Register, people: Ints, on: date) -> None:
    """Months in the posts of the career tables, of those who lead or led; nobody else held one."""
    made.posts = {post: np.zeros(made.size, np.int32) for post in ("", *posts())}
    leading = Tenure.objects.filter(office__is_leader=True, term__startswith__lte=on)
    held = positions_of({*people.tolist()} & {*leading.values_list("person_id", flat=True)}, on)
    for at, person in zip(np.searchsorted(people, list(held)), held, strict=True):
        if held[person] is None:
            made.posts[""][at] = NOT_KNOWN
        else:
            facts = Facts(recipient="ca_nhan", positions=held[person])
            one = Sight(facts, made.year, on, purpose="danh_hieu", resets=False, reuse=False)
            for post in posts():
                made.posts[post][at] = one.months_in(post)


def _copied(sql: str, asked: Mapping[str, Any], columns: int) -> Ints:
    """The numbers of a query, a row each; what is null is −1."""
    with connection.cursor() as cursor:
        statement = cursor.mogrify(f"COPY ({sql}) TO STDOUT (NULL '-1')", asked)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        text = b"".join(copy)
    return np.array(text.split(), dtype=np.int64).reshape(-1, columns)


def _rows(sql: str, people: Ints, asked: Mapping[str, Any], columns: int) -> tuple[Ints, Ints]:
    """Which of the people each row is about, and its other columns."""
    found = _copied(sql, asked, columns)
    at = np.searchsorted(people, found[:, 0])
    known = (at < len(people)) & (people[np.minimum(at, len(people) - 1)] == found[:, 0])
    return at[known], found[known, 1:]


def _zeros(made: Register) -> Any:
    return np.zeros(made.size, np.uint32)


def _add_ratings(made: Register, people: Ints, asked: dict[str, Any]) -> Ints:
    """The three grades with what may still be; the first year rated of each."""
    at, rows = _rows(RATED, people, asked, 8)
    first = np.full(made.size, 9999, np.int64)
    first[at] = rows[:, 6]
    for place, name in enumerate(("HTNV", "HTTNV", "HTXSNV")):
        low, upper = _zeros(made), np.full(made.size, ALL, np.uint32)
        low[at] = rows[:, place]
        upper[at] = (ALL & ~rows[:, place + 3]) | rows[:, place]
        made.words[name], made.upper[name] = (low,), (upper,)
    return first


def _add_honours(made: Register, people: Ints, asked: dict[str, Any]) -> None:
    at, rows = _rows(HELD, people, asked, 3)
    for place, code in enumerate(KINDS):
        word, mine = _zeros(made), rows[:, 0] == place
        word[at[mine]] = rows[mine, 1]
        made.words[code] = (word,)


def _add_initiatives(made: Register, people: Ints, asked: dict[str, Any]) -> None:
    scopes = {scope.value: reach for scope, reach in REACHES.items()}
    works = {work.value: name for work, name in WORKS.items()}
    at, rows = _rows(INVENTED, people, {**asked, "works": list(works), "scopes": list(scopes)}, 6)
    names, reaches = list(works.values()), list(scopes.values())
    free = {
        "danh_hieu": rows[:, 3] == 0,
        "hinh_thuc": (rows[:, 3] + rows[:, 4]) == 0,
        "reuse": rows[:, 3] >= 0,
    }
    for family, (work, reach) in WORK_FAMILIES.items():
        wide = np.isin(rows[:, 2], [reaches.index(one) for one in WIDER[reach]])
        fits = wide & (rows[:, 1] == names.index(work))
        for purpose, may in free.items():
            made.words[f"{family}/{purpose}"] = _levels(made, at[fits & may], rows[fits & may, 0])


def _levels(made: Register, at: Ints, years: Ints) -> tuple[Any, ...]:
    """Words by how many stand in a year: the first where one does, the second where two do, and on."""
    words = tuple(_zeros(made) for _ in range(LEVELS))
    shift = np.minimum(made.year - years, SPAN - 1)
    keys, counts = np.unique(at * SPAN + shift, return_counts=True)
    for level, word in enumerate(words):
        here = keys[counts > level]
        np.bitwise_or.at(word, here // SPAN, np.uint32(1) << (here % SPAN).astype(np.uint32))
    return words


def _add_matters(made: Register, people: Ints, asked: dict[str, Any]) -> None:
    matters = {matter.value: MATTER_BITS.index(name) for matter, name in MATTERS.items()}
    at, rows = _rows(HANGING, people, {**asked, "matters": list(matters)}, 3)
    bits = np.array([1 << place for place in matters.values()], np.uint8)[rows[:, 0]]
    made.pending, made.pending_cleared = (np.zeros(made.size, np.uint8) for _ in range(2))
    np.bitwise_or.at(made.pending, at, bits)
    still = rows[:, 1] != 1
    np.bitwise_or.at(made.pending_cleared, at[still], bits[still])


def _add_discipline(made: Register, people: Ints, asked: dict[str, Any]) -> None:
    forms = {form.value: FORMS.index(name) for form, name in DISCIPLINES.items()}
    at, rows = _rows(PUNISHED, people, {**asked, "forms": list(forms)}, 4)
    made.disciplined = np.zeros(made.size, np.uint8)
    now = rows[:, 1] == made.year
    bits = np.array([1 << place for place in forms.values()], np.uint8)[rows[:, 0]]
    np.bitwise_or.at(made.disciplined, at[now], bits[now])
    latest = np.full(made.size, made.year - SPAN - 1, np.int64)
    np.maximum.at(latest, at, rows[:, 2])
    years = np.clip(made.year - latest, 0, SPAN)
    made.counted = ((np.int64(1) << years) - 1).astype(np.uint32)


def _add_circumstances(made: Register, people: Ints, asked: dict[str, Any], first: Ints) -> None:
    sexes = [Sex.MALE.value, Sex.FEMALE.value]
    jobs = {job.value: JOBS.index(name) for job, name in OCCUPATIONS.items()}
    at, rows = _rows(DESCRIBED, people, {**asked, "sexes": sexes, "jobs": list(jobs)}, 4)
    made.women = np.full(made.size, 2, np.uint8)
    told = rows[:, 0] >= 0
    made.women[at[told]] = rows[told, 0]
    made.occupation = np.full(made.size, JOBS.index("cong_chuc"), np.uint8)
    told = rows[:, 1] >= 0
    made.occupation[at[told]] = np.array(list(jobs.values()), np.uint8)[rows[told, 1]]
    made.months = np.where(first < made.year, MANY_MONTHS, NOT_KNOWN).astype(np.int32)
    told = rows[:, 2] >= 0
    made.months[at[told]] = rows[told, 2]


def _add_registrations(made: Register, people: Ints, on: date) -> None:
    """Who is on a list registered for the year; of the others it is not known."""
    named = np.array(sorted(registered_people(None, made.year, on)), np.int64)
    low, upper = _zeros(made), np.full(made.size, ALL, np.uint32)
    mine = np.isin(people, named)
    low[mine] = upper[mine] = 1
    made.words["DANG_KY"], made.upper["DANG_KY"] = (low,), (upper,)
