"""Where subjects stand: one, a unit's people, a list. Nothing here writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from thidua.commendation.eligibility.asking import (
    Judged,
    Line,
    ask,
    capital,
    in_the_way,
    kinds_for,
    line_of,
    summary_of,
)
from thidua.commendation.eligibility.gathering import facts_of_people, facts_of_units
from thidua.commendation.eligibility.models import Verdict
from thidua.honours.queries import held_honours
from thidua.organisations.models import Person, Unit, UnitKind
from thidua.records.models import Profile, Sex, UnitProfile
from thidua.records.queries import people_at
from thidua.rulebook.catalogue import HonourKindText
from thidua.rulebook.catalogue import kind as kind_of_code
from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.tables import rows as limits
from thidua.rulebook.engine.texts import Row

MOST_PEOPLE = 100
NEVER = 9999
SOLDIER = "quan_nhan"
WOMAN, DIRECT, REMOTE = "nữ", "trực tiếp", "vùng khó khăn"


@dataclass(frozen=True)
class Standing:
    """Where a subject stands for one kind: the answer, one sentence, the tree of reasons."""

    kind: HonourKindText
    judged: Judged
    summary: str
    reasons: Sequence[Line]
    notes: Sequence[str]
    missing: Sequence[str]
    to_judge: Sequence[str]
    earliest: int | None


def judge_one(
    *, unit: Unit, person: Person | None, kind: str, on: date, known: Mapping[str, Any] | None = None
) -> Judged:
    """Ask about a person, or the unit as a collective, with what else is known."""
    if person is not None:
        facts = facts_of_people([person.pk], on)[person.pk]
    else:
        facts = facts_of_units([unit.pk], on)[unit.pk]
    more = dict(known or {})
    more["statements"] = {**facts.statements, **more.get("statements", {})}
    return ask(replace(facts, **more), kind, on)


def standings_of_person(person: Person, on: date, *, sees_sensitive: bool) -> list[Standing]:
    """For each title and form of the day, where the person stands and why."""
    facts = facts_of_people([person.pk], on)[person.pk]
    kinds = kinds_for("ca_nhan", on, armed=facts.occupation == SOLDIER)
    return _nearest_first(facts, kinds, on, sees_sensitive=sees_sensitive)


def standings_of_collective(unit: Unit, on: date, *, sees_sensitive: bool) -> list[Standing]:
    """The same of a unit as a collective."""
    facts = facts_of_units([unit.pk], on)[unit.pk]
    kinds = kinds_for("tap_the", on, armed=unit.kind == UnitKind.ARMED_FORCE)
    return _nearest_first(facts, kinds, on, sees_sensitive=sees_sensitive)


def _nearest_first(
    facts: Facts, kinds: Sequence[HonourKindText], on: date, *, sees_sensitive: bool
) -> list[Standing]:
    """What can be had now before what needs a look, then by the year in which it can be reached."""
    found = [standing(facts, kind, on, sees_sensitive=sees_sensitive) for kind in kinds]
    order = ("eligible", "needs_review", "not_yet", "excluded")
    return sorted(found, key=lambda one: (order.index(one.judged.answer), one.earliest or NEVER))


def standing(facts: Facts, kind: HonourKindText, on: date, *, sees_sensitive: bool) -> Standing:
    """One answer, told to whom may hear it."""
    judged = ask(facts, kind.code, on)
    shown = judged.shown(sees_sensitive=sees_sensitive)
    return Standing(
        kind=kind,
        judged=judged,
        summary=summary_of(shown),
        reasons=[line_of(reason) for reason in shown.reasons],
        notes=shown.notes,
        missing=shown.missing,
        to_judge=shown.to_judge,
        earliest=shown.earliest if judged.answer != "eligible" else None,
    )


@dataclass(frozen=True)
class Cell:
    """A person and a kind."""

    kind: str
    answer: str
    earliest: int | None


@dataclass(frozen=True)
class PersonRow:
    """A person of the unit with the answers for every kind, in the order of the kinds."""

    person: Person
    tags: Sequence[str]
    cells: Sequence[Cell]
    eligible_for: Sequence[str]
    was_proposed: bool


@dataclass(frozen=True)
class Overview:
    """A unit's year: who is eligible for what, who was never proposed, how far quotas are used."""

    kinds: Sequence[HonourKindText]
    people: Sequence[PersonRow]
    left_out: int
    totals: Sequence[tuple[str, int]]
    quotas: Sequence[str]
    is_remote: bool
    unproposed: Sequence[PersonRow] = field(default=())


def overview_of_unit(unit: Unit, on: date) -> Overview:
    """Everything the unit's page shows, in a number of queries that does not grow with the people."""
    people = list(people_at([unit.pk], on))
    shown = people[:MOST_PEOPLE]
    facts = facts_of_people([person.pk for person in shown], on)
    kinds = kinds_for("ca_nhan", on, armed=unit.kind == UnitKind.ARMED_FORCE)
    remote = UnitProfile.objects.filter(unit=unit, is_remote=True).exists()
    rows = _rows(shown, facts, kinds, on, remote=remote)
    totals = [
        (kind.short, sum(row.cells[at].answer == "eligible" for row in rows)) for at, kind in enumerate(kinds)
    ]
    return Overview(
        kinds=kinds,
        people=rows,
        left_out=len(people) - len(shown),
        totals=totals,
        quotas=quotas_used([person.pk for person in people], on),
        is_remote=remote,
        unproposed=[row for row in rows if row.eligible_for and not row.was_proposed],
    )


def _rows(
    people: Sequence[Person],
    facts: dict[int, Facts],
    kinds: Sequence[HonourKindText],
    on: date,
    *,
    remote: bool,
) -> list[PersonRow]:
    ids = [person.pk for person in people]
    profiles = {row.person_id: row for row in Profile.objects.filter(person__in=ids)}
    proposed = set(
        Verdict.objects.filter(person__in=ids, for_proposal=True).values_list("person_id", flat=True)
    )
    held = set(held_honours().filter(person__in=ids).values_list("person_id", "kind", "year"))
    found = []
    for person in people:
        answers = [ask(facts[person.pk], kind.code, on).verdict for kind in kinds]
        cells = [
            Cell(kind.short, one.outcome, None if one.is_eligible else one.earliest)
            for kind, one in zip(kinds, answers, strict=True)
        ]
        open_for = [
            kind.short
            for kind, one in zip(kinds, answers, strict=True)
            if one.is_eligible and (person.pk, kind.code, one.year) not in held
        ]
        tags = _tags(profiles.get(person.pk), remote=remote)
        found.append(PersonRow(person, tags, cells, open_for, person.pk in proposed))
    return found


def _tags(profile: Profile | None, *, remote: bool) -> list[str]:
    """Those the law asks attention for."""
    marks = [
        (profile is not None and bool(profile.is_direct), DIRECT),
        (profile is not None and profile.sex == Sex.FEMALE, WOMAN),
        (remote, REMOTE),
    ]
    return [word for is_so, word in marks if is_so]


def quotas_used(people: Sequence[int], on: date) -> list[str]:
    """What the texts limit on a day, and how many of the people hold each title of the year."""
    held: dict[str, set[int]] = defaultdict(set)
    year = on.year if on.month >= 11 else on.year - 1  # noqa: PLR2004  the engine's review month
    for kind, person in held_honours().filter(person__in=people, year=year).values_list("kind", "person_id"):
        held[kind].add(person)
    told = [
        f"{one.name}: {len(held[one.code])}/{len(people)} người năm {year}."
        for one in kinds_for("ca_nhan", on)
        if held[one.code]
    ]
    counts = {kind: len(found) for kind, found in held.items()}
    return [*told, *(limit_told(row, counts) for row in limits("quotas", on, province=settings.PROVINCE))]


def limit_told(row: Row, counts: Mapping[str, int]) -> str:
    """A limit of the texts, with what it comes to here when it is a share of something counted."""
    used = sum(counts.get(kind, 0) for kind in row.kinds)
    words = f"{capital(row.says)} ({row.cited})."
    share, of = str(row.values.get("share", "")), str(row.values.get("of", ""))
    if not share.endswith("%") or of not in counts:
        return f"{words} Đang có {used}." if used else words
    allowed = int(Decimal(share.removesuffix("%")) * counts[of] / 100)  # rounding is not said: down
    over = f", vượt {used - allowed}" if used > allowed else ""
    return f"{words} {share} của {counts[of]} là {allowed}; đang có {used}{over}."


def check_rows(rows: Sequence[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    """The answers for rows of a pasted list, as they are kept."""
    people = [row["person_id"] for row in rows if row["person_id"]]
    units = [row["unit_id"] for row in rows if row["unit_id"] and not row["person_id"]]
    facts = {f"p{pk}": one for pk, one in facts_of_people(set(people), on).items()}
    facts |= {f"u{pk}": one for pk, one in facts_of_units(set(units), on).items()}
    return [_checked(row, facts, on) for row in rows]


def _checked(row: dict[str, Any], facts: dict[str, Facts], on: date) -> dict[str, Any]:
    key = f"p{row['person_id']}" if row["person_id"] else f"u{row['unit_id']}"
    warnings = [row["twin"]] if row["twin"] else []
    if row["fault"] or key not in facts:
        return {"answer": "", "reasons": [row["fault"]], "earliest": None, "warnings": warnings, "used": []}
    about = facts[key]
    judged = ask(about, row["kind"], on)
    verdict = judged.shown(sees_sensitive=row["sees_sensitive"])
    already = [one for one in about.honours or () if one.kind == row["kind"] and one.year == verdict.year]
    warnings += [f"Đã có danh hiệu, hình thức này năm {one.year} ({one.decision})." for one in already]
    reasons = [_sentence(line_of(reason)) for reason in in_the_way(verdict)] or [summary_of(verdict)]
    return {
        "answer": verdict.outcome,
        "reasons": reasons,
        "earliest": None if verdict.is_eligible else verdict.earliest,
        "warnings": warnings,
        "used": _initiatives_counted(about, verdict.year),
    }


def _sentence(line: Line) -> str:
    """A reason in one line, with its article."""
    told = f"{line.says}: {line.found}" if line.found else line.says
    told += f" – {line.doubt}" if line.doubt else ""
    return f"{told} ({line.article})" if line.article else told


def _initiatives_counted(facts: Facts, year: int) -> list[str]:
    """Initiatives of the last years that a proposal of this year would rest on."""
    return [one.name for one in facts.initiatives or () if year - 1 <= one.year <= year]


def notes_of_list(rows: Sequence[dict[str, Any]], results: Sequence[dict[str, Any]], on: date) -> list[str]:
    """What is to be said of the whole: duplicates, initiatives used twice, how many for each kind, quotas."""
    twins = sum(bool(row["twin"]) for row in rows)
    found = [f"{twins} dòng trùng hoặc gần giống dòng khác."] if twins else []
    found += _used_twice(rows, results)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["kind"]] += bool(row["kind"])
    rows_of_law = limits("quotas", on, province=settings.PROVINCE)
    found += [limit_told(row, counts) for row in rows_of_law if any(counts.get(kind) for kind in row.kinds)]
    return found


def _used_twice(rows: Sequence[dict[str, Any]], results: Sequence[dict[str, Any]]) -> list[str]:
    """A person proposed for a title and for a form, or for two forms, on the same initiative."""
    by_person: dict[int, list[tuple[dict[str, Any], list[str]]]] = defaultdict(list)
    for row, result in zip(rows, results, strict=True):
        if row["person_id"] and result["used"] and not row["twin"]:
            by_person[row["person_id"]].append((row, result["used"]))
    found = []
    for told in by_person.values():
        shared = set.intersection(*(set(used) for _, used in told)) if len(told) > 1 else set()
        forms = [row for row, _ in told if not kind_of_code(row["kind"]).is_title]
        if shared and forms:
            lines = ", ".join(str(row["number"]) for row, _ in told)
            name = "; ".join(f"“{one}”" for one in sorted(shared))
            found.append(
                f"Dòng {lines} ({told[0][0]['name']}): sáng kiến {name} chỉ dùng được cho một đề nghị."
            )
    return found
