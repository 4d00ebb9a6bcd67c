"""A made-up unit with people, so that the pages of eligibility show something; marked as an illustration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from demo.world import World, add_person, add_unit, read, system
from thidua.base.periods import Term
from thidua.commendation.eligibility.actions import keep_verdict
from thidua.honours.actions import HonourText, record_history, revoke_honour
from thidua.honours.models import Honour
from thidua.organisations.actions import create_person, hold_office
from thidua.organisations.models import AppointmentKind, Person, Unit
from thidua.records.actions import (
    InitiativeText,
    RatingText,
    describe_person,
    describe_unit,
    record_discipline,
    record_initiative,
    record_leave,
    record_ratings,
    record_use,
    report_matter,
)

FILE = "trung-tam-y-te-minh-hoa"
FIRST = date(2019, 1, 2)
LAST = date(2025, 11, 28)
PROVINCE = ("province", "Chủ tịch UBND tỉnh")
ISSUERS = {
    **dict.fromkeys(("CSTD_TINH", "BK_TINH", "TT_LDXS"), PROVINCE),
    "BK_TTG": ("state", "Thủ tướng Chính phủ"),
}
LEVELS = {"X": "excellent", "T": "good", "H": "completed"}
Steps = Iterator[tuple[date, Callable[[], Any]]]


def steps(world: World) -> Steps:
    """The unit on the first day, what is on record of it on the last."""
    people: dict[str, Person] = {}
    yield FIRST, lambda: _found(world, people)
    yield LAST, lambda: _record(world, people)


def _found(world: World, people: dict[str, Person]) -> None:
    told = read(FILE)["unit"]
    line = [told[key] for key in ("kind", "name", "short_name", "symbol", "office")]
    add_unit(world, told["code"], line, "bn")
    unit = world.units[told["code"]]
    for one in read(FILE)["people"]:
        person = create_person(full_name=f"{one['office']}, {unit.short_name}", by=system(FIRST))
        hold_office(person=person, unit=unit, name=one["office"], starts=FIRST, by=system(FIRST))
        people[one["office"]] = person
    body, office = world.units["bn_snv"], "Chuyên viên xét điều kiện"
    add_person(
        world, "ttyt.snv", f"{office}, {body.short_name}", body, office, AppointmentKind.STANDING_OFFICER
    )


def _record(world: World, people: dict[str, Person]) -> None:
    told, by = read(FILE), system(LAST)
    unit = world.units[told["unit"]["code"]]
    describe_unit(
        unit=unit,
        is_remote=told["unit"]["remote"],
        founded_on=told["unit"]["founded"],
        gets_flags=True,
        by=by,
    )
    rows = _ratings(unit, None, told["unit"])
    honours = _honours(unit, None, told["unit"]["honours"])
    for one in told["people"]:
        person = people[one["office"]]
        rows += _ratings(unit, person, one)
        honours += _honours(unit, person, one.get("honours", {}))
        _circumstances(unit, person, one)
    record_ratings(rows=rows, by=by)
    record_history(rows=honours, by=by)
    for one in told["people"]:
        _judge(unit, people[one["office"]], one)


def _ratings(unit: Unit, person: Person | None, one: dict[str, Any]) -> list[RatingText]:
    first, symbol = one.get("since", read(FILE)["first_year"]), read(FILE)["decisions"]["ratings"]
    return [
        RatingText(
            unit=unit,
            person=person,
            year=year,
            level=LEVELS[letter],
            decision_symbol=symbol.format(year=year),
            decision_date=date(year, 11, 25),
        )
        for year, letter in enumerate(one["ratings"], start=first)
        if letter in LEVELS
    ]


def _honours(unit: Unit, person: Person | None, held: dict[str, list[Any]]) -> list[HonourText]:
    return [
        _honour(unit, person, kind, *([year, year] if isinstance(year, int) else year))
        for kind, years in held.items()
        for year in years
    ]


def _honour(unit: Unit, person: Person | None, kind: str, last: int, first: int) -> HonourText:
    tier, issuer = ISSUERS.get(kind, ("titles", "Giám đốc Trung tâm"))
    return HonourText(
        unit=None if person else unit,
        person=person,
        keeper=unit,
        recipient_name=person.full_name if person else unit.name,
        kind=kind,
        year=last,
        achievement=Term.through(date(first, 1, 1), date(last, 12, 31)),
        decision_symbol=read(FILE)["decisions"][tier].format(year=last),
        decision_date=date(last, 11, 27),
        issuer=issuer,
    )


def _judge(unit: Unit, person: Person, one: dict[str, Any]) -> None:
    """What was taken back, and the answers kept."""
    by = system(LAST)
    if "revoked" in one:
        kind, year, day = one["revoked"]
        revoke_honour(
            honour=Honour.objects.get(person=person, kind=kind, year=year, revokes=None),
            reason="Khai sai thành tích (minh họa)",
            decision_symbol="5/QĐ-TTYT-TH",
            decision_date=day,
            issuer="Giám đốc Trung tâm",
            by=by,
        )
    for kind, on in one.get("verdicts", []):
        keep_verdict(unit=unit, person=person, kind=kind, on=on, by=by)


def _circumstances(unit: Unit, person: Person, one: dict[str, Any]) -> None:
    by = system(LAST)
    describe_person(
        unit=unit, person=person, sex=one["sex"], is_direct=one["direct"], occupation="official", by=by
    )
    made = {}
    for year, scope, title in one.get("initiatives", []):
        text = InitiativeText(
            title=title,
            scope=scope,
            recognised_by="Giám đốc Sở Y tế" if scope == "province" else "Giám đốc Trung tâm",
            decision_symbol=f"{year}/QĐ-SK",
            decision_date=date(year, 10, 30),
            authors=[(person, None)],
        )
        made[title] = record_initiative(unit=unit, text=text, by=by)
    for title, kind, year in one.get("used", []):
        record_use(initiative=made[title], person=person, kind=kind, year=year, by=by)
    _troubles(unit, person, one)


def _troubles(unit: Unit, person: Person, one: dict[str, Any]) -> None:
    by = system(LAST)
    if "leave" in one:
        kind, first, last = one["leave"]
        record_leave(unit=unit, person=person, kind=kind, first=first, last=last, by=by)
    if "discipline" in one:
        form, starts, ends = one["discipline"]
        record_discipline(
            unit=unit,
            person=person,
            form=form,
            starts=starts,
            ends=ends,
            decision_symbol="7/QĐ-KL",
            decision_date=starts,
            by=by,
        )
    if "matter" in one:
        kind, since, told_by = one["matter"]
        report_matter(unit=unit, person=person, kind=kind, since=since, told_by=told_by, by=by)
