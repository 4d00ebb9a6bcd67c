"""The units, offices, people and logins of the demonstration, and how its people act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.documents.actions import register_reference
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cluster, Cycle
from thidua.emulation.movements.models import Movement
from thidua.organisations.actions import (
    appoint,
    create_person,
    create_standing_body,
    create_unit,
    hold_office,
)
from thidua.organisations.models import AppointmentKind, Person, StandingBody, Unit
from thidua.organisations.queries import actor

DATA = Path(__file__).parent / "data"
PASSWORD = "thidua-minh-hoa"  # noqa: S105  works only while the system runs as a demonstration
FOUNDED = date(2010, 1, 1)
OFFICER = "Chuyên viên"


@cache
def read(name: str) -> dict[str, Any]:
    """One data file."""
    told: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return told


def moment(day: date, hour: int = 8, minute: int = 0) -> datetime:
    """An hour of a day in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


SYSTEM = Actor(None, moment(date(2019, 1, 1)))


def system(day: date) -> Actor:
    """The loader itself, where a report names no actor."""
    return Actor(None, moment(day))


@dataclass
class World:
    """What has been made so far, by the codes of the data files."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    bodies: dict[str, StandingBody] = field(default_factory=dict)
    clusters: dict[str, Cluster] = field(default_factory=dict)
    cycles: dict[tuple[str, str], Cycle] = field(default_factory=dict)
    movements: dict[str, Movement] = field(default_factory=dict)
    vote: str = "paper"  # how the bloc of Bắc Kạn votes for its leading unit

    def by(self, login: str, day: date, hour: int = 8, minute: int = 0) -> Actor:
        """This login's person, at that hour, with the appointments of that day."""
        user = self.people[login].user
        if user is None:
            raise LookupError(f"{login} không có tài khoản")
        return actor(user, at=moment(day, hour, minute))


def furnish(world: World) -> None:
    """Units, standing bodies, leaders, officers, further offices, directives."""
    told = read("units")
    for group in ("central", "bac_kan", "bac_ninh", "vinh_phuc", "provinces"):
        for code, line in told[group].items():
            add_unit(world, code, line, told["parents"].get(group))
    for authority, code in told["standing_bodies"].items():
        unit = world.units[code]
        world.bodies[authority] = create_standing_body(
            unit=unit, authority=world.units[authority], starts=FOUNDED, by=SYSTEM
        )
    for line in told["offices"]:
        _add_office(world, line)
    _add_watchers(world)
    for line in read("guidance")["papers"]:
        world.papers[line["code"]] = _reference(line)


def add_unit(world: World, code: str, line: list[str], parent: str | None) -> None:
    """A unit of the data files, with its leader and its officer."""
    kind, name, short_name, symbol, office = line
    above = world.units.get(parent or "") if code != parent else None
    unit = create_unit(
        kind=kind, name=name, short_name=short_name, symbol=symbol, parent=above, starts=FOUNDED, by=SYSTEM
    )
    world.units[code] = unit
    body = code in read("units")["standing_bodies"].values()
    officer = AppointmentKind.STANDING_OFFICER if body else AppointmentKind.UNIT_OFFICER
    add_person(
        world, f"{code}.ld", f"{office} {_of(name, office)}", unit, office, AppointmentKind.UNIT_LEADER
    )
    add_person(world, f"{code}.cv", f"{OFFICER} {name}", unit, OFFICER, officer)


@cache
def _hashed() -> str:
    """The one password, hashed once for a hundred accounts instead of a hundred times."""
    return make_password(PASSWORD)


def _of(name: str, office: str) -> str:
    """The unit after an office, without saying UBND twice."""
    if office.startswith("Chủ tịch UBND "):
        what = office.removeprefix("Chủ tịch UBND ")
        return name.removeprefix("UBND ").removeprefix(f"{what} ").removeprefix(f"{what.capitalize()} ")
    return name


def add_person(world: World, login: str, full_name: str, unit: Unit, office: str, kind: str) -> Person:
    """Somebody with an account, an office and an appointment; one who is known takes up a further office."""
    person = world.people.get(login)
    if person is None:
        user = User.objects.create(username=login, full_name=full_name, password=_hashed(), is_demo=True)
        person = create_person(full_name=full_name, user=user, by=SYSTEM)
        world.people[login] = person
    leads = kind in {AppointmentKind.UNIT_LEADER, AppointmentKind.COUNCIL_MEMBER}
    hold_office(person=person, unit=unit, name=office, is_leader=leads, starts=FOUNDED, by=SYSTEM)
    appoint(person=person, unit=unit, kind=kind, starts=FOUNDED, by=SYSTEM)
    return person


def _add_office(world: World, line: dict[str, str]) -> None:
    """A further office; whoever holds it first is made with it and sits on the council."""
    unit, login = world.units[line["unit"]], line["code"].replace(".lanhdao", ".ld")
    if login in world.people:
        hold_office(
            person=world.people[login],
            unit=unit,
            name=line["name"],
            is_leader=True,
            starts=FOUNDED,
            by=SYSTEM,
        )
    else:
        name = (
            f"{line['name']}"
            if line["name"].endswith(unit.short_name)
            else f"{line['name']} {unit.short_name}"
        )
        add_person(world, login, name, unit, line["name"], AppointmentKind.COUNCIL_MEMBER)


def _add_watchers(world: World) -> None:
    """Who stands behind the head, audits and administers."""
    for code in ("bhxh", "cdndt", "tamduong", "bk", "tuyenquang"):
        unit = world.units[code]
        role = "Chuyên viên giúp việc trưởng cụm, khối"
        add_person(world, f"{code}.gv", f"{role}, {unit.name}", unit, role, AppointmentKind.HEAD_OFFICER)
    for code in ("bk", "bn", "vp"):
        unit = world.units[code]
        add_person(
            world, f"{code}.tt", f"Thanh tra viên {unit.short_name}", unit, "Thanh tra viên", "auditor"
        )
        appoint(
            person=world.people[f"{code}.ld"],
            unit=unit,
            kind=AppointmentKind.APPROVER,
            starts=FOUNDED,
            by=SYSTEM,
        )
    add_person(
        world,
        "quantri",
        "Quản trị hệ thống",
        world.units["bk_tdkt"],
        "Quản trị viên",
        AppointmentKind.ADMINISTRATOR,
    )


def _reference(line: dict[str, Any]) -> Paper:
    return register_reference(
        kind=line["kind"],
        symbol=line["symbol"],
        dated=line["dated"],
        issuer_name=line["issuer"],
        subject=line["subject"],
        by=system(date(2019, 1, 1)),
    )


def open_logins(days: dict[str, date]) -> None:
    """Let every account work as a demonstration account, on the day its cluster's story stands at."""
    for prefix, day in days.items():
        User.objects.filter(username__startswith=prefix).update(demo_day=day)


def code_of(world: World, unit: Unit) -> str:
    """The code by which the data files call a unit."""
    return next(code for code, one in world.units.items() if one.pk == unit.pk)


def members_of(world: World, code: str) -> Iterator[tuple[str, Unit]]:
    """The members of a cluster file, in its order."""
    for unit in read(code)["cluster"]["members"]:
        yield unit, world.units[unit]
