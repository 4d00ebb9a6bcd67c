"""What the records tell the rulebook, of many subjects in a few queries."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet

from thidua.organisations.models import Tenure
from thidua.records.models import (
    Authorship,
    CareerPost,
    Discipline,
    DisciplineForm,
    Equivalence,
    InitiativeKind,
    InitiativeScope,
    InitiativeUse,
    Leave,
    LeaveKind,
    MatterKind,
    OccupationKind,
    PendingMatter,
    Profile,
    Rating,
    RatingLevel,
    Sex,
    Statement,
    UnitProfile,
)
from thidua.records.queries import LedOffice, post_by_name
from thidua.rulebook.engine import facts as law
from thidua.rulebook.engine.conditions import Denied
from thidua.rulebook.engine.reading import tests_of
from thidua.rulebook.engine.texts import book

Told = dict[int, dict[str, Any]]  # by subject: some keywords of the engine's Facts

RATINGS = {
    RatingLevel.EXCELLENT: "HTXSNV",
    RatingLevel.GOOD: "HTTNV",
    RatingLevel.COMPLETED: "HTNV",
    RatingLevel.NOT_COMPLETED: "KHTNV",
    RatingLevel.NOT_RATED: "KXL",
}
REACHES = {
    InitiativeScope.UNIT: "co_so",
    InitiativeScope.PROVINCE: "tinh",
    InitiativeScope.NATION: "toan_quoc",
}
WORKS = {InitiativeKind.INITIATIVE: "sang_kien", InitiativeKind.TOPIC: "de_tai"}
DISCIPLINES = {
    DisciplineForm.REPRIMAND: "khien_trach",
    DisciplineForm.WARNING: "canh_cao",
    DisciplineForm.PAY_CUT: "ha_bac_luong",
    DisciplineForm.DEMOTION: "giang_chuc",
    DisciplineForm.REMOVAL: "cach_chuc",
    DisciplineForm.DISMISSAL: "buoc_thoi_viec",
    DisciplineForm.EXPULSION: "khai_tru",
}
MATTERS = {
    MatterKind.DISCIPLINE: "ky_luat",
    MatterKind.INSPECTION: "dieu_tra",
    MatterKind.COURT: "dieu_tra",
    MatterKind.COMPLAINT: "khieu_nai",
    MatterKind.PRESS: "bao_chi",
}
OCCUPATIONS = {
    OccupationKind.OFFICIAL: "cong_chuc",
    OccupationKind.WORKER: "cong_nhan",
    OccupationKind.FARMER: "nong_dan",
    OccupationKind.ENTREPRENEUR: "doanh_nhan",
    OccupationKind.ARMED_FORCES: "quan_nhan",
    OccupationKind.OTHER: "khac",
}
LEAVES = {
    LeaveKind.MATERNITY: "thai_san",
    LeaveKind.SICK: "om_dau",
    LeaveKind.STUDY: "hoc_tap",
    LeaveKind.UNPAID: "viec_rieng",
}
SEXES = {Sex.FEMALE: "nu", Sex.MALE: "nam"}


def of_people(people: Collection[int], on: date) -> Told:
    """Ratings, initiatives, discipline, pending matters, leave and circumstances of people, as of a day."""
    told: Told = {pk: {} for pk in people}
    _tell(told, "ratings", _ratings(Rating.objects.filter(person__in=people), "person_id"), {})
    _tell(told, "initiatives", _initiatives(people, on), ())
    _tell(told, "discipline", _disciplines(Discipline.objects.filter(person__in=people), "person_id", on), ())
    _tell(told, "pending", _matters(PendingMatter.objects.filter(person__in=people), "person_id", on), ())
    _tell(told, "leave", _leaves(people, on), ())
    for row in Profile.objects.filter(person__in=people):
        told[row.person_id] |= {
            "sex": SEXES.get(Sex(row.sex)) if row.sex else None,
            "occupation": OCCUPATIONS[OccupationKind(row.occupation)] if row.occupation else None,
            "recruited": row.recruited_on if row.recruited_on and row.recruited_on <= on else None,
        }
    return told


def of_units(units: Collection[int], on: date) -> Told:
    """The same of collectives."""
    told: Told = {pk: {} for pk in units}
    own = {"person": None, "unit__in": units}
    _tell(told, "ratings", _ratings(Rating.objects.filter(**own), "unit_id"), {})
    _tell(told, "discipline", _disciplines(Discipline.objects.filter(**own), "unit_id", on), ())
    _tell(told, "pending", _matters(PendingMatter.objects.filter(**own), "unit_id", on), ())
    for row in UnitProfile.objects.filter(unit__in=units):
        told[row.unit_id]["founded"] = row.founded_on
        if row.gets_flags is not None:
            told[row.unit_id]["statements"] = {"khong_thuoc_doi_tuong_co": not row.gets_flags}
    return told


def _tell(told: Told, name: str, found: dict[int, Any], nothing: Any) -> None:
    """Registers are complete: who is not in one has nothing there."""
    for pk, about in told.items():
        rows = found.get(pk)
        about[name] = nothing if rows is None else tuple(rows) if isinstance(rows, list) else rows


def _ratings(rows: QuerySet[Rating], subject: str) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for pk, year, level in rows.values_list(subject, "year", "level"):
        found[pk][year] = RATINGS[RatingLevel(level)]
    return found


def _initiatives(people: Collection[int], on: date) -> dict[int, list[law.Initiative]]:
    used: dict[tuple[int, int], list[str]] = defaultdict(list)
    for use in InitiativeUse.objects.filter(person__in=people).values_list("initiative", "person", "kind"):
        used[use[:2]].append(use[2])
    found = defaultdict(list)
    rows = Authorship.objects.filter(person__in=people, initiative__decision_date__lte=on)
    for row in rows.select_related("initiative"):
        one = row.initiative
        found[row.person_id].append(
            law.Initiative(
                year=one.decision_date.year,
                reach=REACHES[InitiativeScope(one.scope)],
                work=WORKS[InitiativeKind(one.kind)],
                name=one.title,
                used_for=tuple(used[one.pk, row.person_id]),
            )
        )
    return found


def _disciplines(rows: QuerySet[Discipline], subject: str, on: date) -> dict[int, list[law.Discipline]]:
    found = defaultdict(list)
    for row in rows.filter(starts__lte=on, annulled_on=None):
        one = law.Discipline(form=DISCIPLINES[DisciplineForm(row.form)], on=row.starts, ends=row.ends)
        found[getattr(row, subject)].append(one)
    return found


def _matters(rows: QuerySet[PendingMatter], subject: str, on: date) -> dict[int, list[law.Pending]]:
    found = defaultdict(list)
    for row in rows.filter(since__lte=on):
        over = row.cleared_on is not None and row.cleared_on <= on
        one = law.Pending(
            matter=MATTERS[MatterKind(row.kind)],
            since=row.since,
            until=row.cleared_on if over else None,
            cleared=over and row.violation is False,
        )
        found[getattr(row, subject)].append(one)
    return found


def _leaves(people: Iterable[int], on: date) -> dict[int, list[law.Leave]]:
    found = defaultdict(list)
    for row in Leave.objects.filter(person__in=people, term__startswith__lte=on):
        one = law.Leave(reason=LEAVES[LeaveKind(row.kind)], starts=row.term.lower, ends=row.term.upper)
        found[row.person_id].append(one)
    return found


def statements_of(rows: QuerySet[Statement], year: int, on: date) -> dict[int, list[Statement]]:
    """What papers confirmed by a day, for the year or for good, by subject; the year's own come last."""
    found: dict[int, list[Statement]] = defaultdict(list)
    told = rows.filter(decision_date__lte=on).filter(Q(year=None) | Q(year=year))
    for row in told.order_by(F("year").asc(nulls_first=True)):
        found[row.person_id or row.unit_id].append(row)
    return found


def stated(rows: Iterable[Statement]) -> tuple[dict[str, bool], dict[str, str]]:
    """As the engine's statements, and their papers. What is denied is so when its condition is not met."""
    told = list(rows)
    return {row.key: row.is_met != (row.key in denied_keys()) for row in told}, {
        row.key: row.paper for row in told
    }


@functools.cache
def denied_keys() -> frozenset[str]:
    """Keys that stand in the way when they are so."""
    tests = (test for one in book().provisions for test in tests_of(one.test))
    return frozenset(test.key for test in tests if isinstance(test, Denied))


def positions_of(people: Collection[int], on: date) -> dict[int, tuple[law.Position, ...] | None]:
    """Offices held by each, as posts of the career tables: as stated by papers, else by their names.

    None for who leads where the tables reach under a name they do not have, until somebody states to which
    post it is equal, or that it equals none.
    """
    found: dict[int, list[law.Position]] = defaultdict(list)
    open_to = set()
    stated = Equivalence.objects.filter(decision_date__lte=on)
    rows = Tenure.objects.filter(person__in=people, term__startswith__lte=on).select_related("office__unit")
    for row in rows.prefetch_related(Prefetch("equivalences", stated, to_attr="stated")):
        office = LedOffice(row, post_by_name(row), row.stated)
        if office.is_open_on(on):
            open_to.add(row.person_id)
        found[row.person_id] += _positions(office)
    return {pk: None if pk in open_to else tuple(found[pk]) for pk in people}


def _positions(office: LedOffice) -> Iterator[law.Position]:
    """What papers say of it, and the time of which they say nothing."""
    row = office.tenure
    name = f"{row.office.name}, {row.office.unit}"
    for one in office.stated:
        ends = min(one.term.upper or date.max, row.term.upper or date.max)
        yield law.Position(
            post=name if one.post == CareerPost.NONE else one.post,
            starts=one.term.lower,
            ends=None if ends == date.max else ends,
            ground=f"{name}: {one.told}",
        )
    for part in office.unsaid:
        ground = name if office.by_name else ""
        yield law.Position(post=office.by_name or name, starts=part.lower, ends=part.upper, ground=ground)
