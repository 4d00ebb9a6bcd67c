"""The people of the tests' stories.

A province has a bloc of three members: Sở Y tế (An is its officer, Lan its leader), Sở Văn hóa
(the head of 2019; Bình runs the bloc as the head's officer, Hải is its leader) and Sở Giáo dục
(Giang is its officer, Mai its leader). Chi is an officer, and Khang the leader, of Ban Dân tộc, which
stands in another bloc and must see nothing. Dung is an officer of the standing body, Phúc sits on the
council, Quân approves, Sơn audits, Tâm administers.

    def test_an_signs(year, as_user): ...
        page = as_user("lan").get(...)

`year` is a `Story`: year.bloc, year.cycle (2019), year.units["y_te"], year.people["an"],
`year.actor("an", at=…)`. `as_user(name)` is a Django client signed in as that person; the calendar
stands on 16 December 2019 unless `as_user(name, on=date(…))` says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

import pytest
from django.test import Client
from django.utils import timezone

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.periods import Term
from thidua.emulation.clusters.models import Cluster, Cycle, DueDate, Headship, Membership, Regulation
from thidua.organisations.models import Appointment, Office, Person, StandingBody, Tenure, Unit
from thidua.organisations.queries import actor

ALWAYS = Term(date(2010, 1, 1))
TODAY = date(2019, 12, 16)

PEOPLE = {  # name: (full name, unit, kind of appointment, office, leads the unit)
    "an": ("Nguyễn Văn An", "y_te", "unit_officer", "Chuyên viên", False),
    "lan": ("Trần Thị Lan", "y_te", "unit_leader", "Giám đốc", True),
    "binh": ("Lê Văn Bình", "van_hoa", "head_officer", "Chuyên viên", False),
    "hai": ("Phạm Văn Hải", "van_hoa", "unit_leader", "Giám đốc", True),
    "giang": ("Vũ Thị Giang", "giao_duc", "unit_officer", "Chuyên viên", False),
    "mai": ("Hoàng Thị Mai", "giao_duc", "unit_leader", "Giám đốc", True),
    "chi": ("Đỗ Thị Chi", "dan_toc", "unit_officer", "Chuyên viên", False),
    "khang": ("Bùi Văn Khang", "dan_toc", "unit_leader", "Trưởng ban", True),
    "dung": ("Ngô Thị Dung", "ban_tdkt", "standing_officer", "Chuyên viên", False),
    "phuc": ("Đặng Văn Phúc", "tinh", "council_member", "Ủy viên Hội đồng", True),
    "quan": ("Dương Văn Quân", "tinh", "approver", "Chủ tịch", True),
    "son": ("Lý Văn Sơn", "tinh", "auditor", "Thanh tra viên", False),
    "tam": ("Mạc Thị Tâm", "tinh", "administrator", "Quản trị viên", False),
}
UNITS = {
    "tinh": ("province", "UBND tỉnh Mẫu", "UBND tỉnh", "UBND", None),
    "ban_tdkt": ("department", "Ban Thi đua – Khen thưởng tỉnh Mẫu", "Ban TĐKT", "BTĐKT", "tinh"),
    "y_te": ("department", "Sở Y tế", "Sở Y tế", "SYT", "tinh"),
    "van_hoa": ("department", "Sở Văn hóa, Thể thao và Du lịch", "Sở VH, TT và DL", "SVHTTDL", "tinh"),
    "giao_duc": ("department", "Sở Giáo dục và Đào tạo", "Sở GD và ĐT", "SGDĐT", "tinh"),
    "dan_toc": ("department", "Ban Dân tộc", "Ban Dân tộc", "BDT", "tinh"),
}
MEMBERS = ("van_hoa", "y_te", "giao_duc")


def moment(day: date, hour: int = 9) -> datetime:
    """A morning hour of that day in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass
class Story:
    """A bloc's year and everybody in it."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    bloc: Cluster = field(init=False)
    other_bloc: Cluster = field(init=False)
    cycle: Cycle = field(init=False)
    other_cycle: Cycle = field(init=False)
    standing_body: StandingBody = field(init=False)
    regulation: Regulation = field(init=False)

    def actor(self, name: str, at: datetime | None = None) -> Actor:
        """This person, at a moment (the morning of 16 December 2019 when none is given)."""
        user = self.people[name].user
        assert user is not None
        return actor(user, at=at or moment(TODAY))

    def address(self, *words: str) -> str:
        """The address of a page under the bloc's year."""
        return "/".join(["/cum-thi-dua", self.bloc.address, self.cycle.address, *words]) + "/"


def tell_story() -> Story:
    """Write the units, people, blocs and the year 2019 into the database."""
    story = Story()
    for key, (kind, name, short, symbol, parent) in UNITS.items():
        story.units[key] = Unit.objects.create(
            kind=kind,
            name=name,
            short_name=short,
            symbol=symbol,
            parent=story.units.get(parent or ""),
            existence=ALWAYS,
        )
    for key, (full_name, unit, kind, office_name, leads) in PEOPLE.items():
        add_person(story, key, full_name, unit, kind, office_name, leads=leads)
    story.standing_body = StandingBody.objects.create(
        unit=story.units["ban_tdkt"], authority=story.units["tinh"], term=ALWAYS
    )
    story.bloc, story.cycle = add_bloc(story, "Khối thi đua Văn hóa – Xã hội tỉnh Mẫu", "khoi-vhxh", MEMBERS)
    story.other_bloc, story.other_cycle = add_bloc(
        story, "Khối thi đua Nội chính tỉnh Mẫu", "khoi-noi-chinh", ("dan_toc",)
    )
    story.regulation = Regulation.objects.create(
        cluster=story.bloc,
        version=1,
        state="adopted",
        effective_from=date(2019, 1, 1),
        adopted_at=moment(date(2019, 1, 1)),
        adopted_by="Hội nghị khối",
    )
    return story


def add_person(
    story: Story, key: str, full_name: str, unit: str, kind: str, office_name: str, *, leads: bool = False
) -> Person:
    """One more person with an account (username = key), an office and an appointment."""
    user = User.objects.create_user(key, None, full_name=full_name)
    person = Person.objects.create(full_name=full_name, user=user)
    at = story.units[unit]
    office, _ = Office.objects.get_or_create(unit=at, name=office_name, defaults={"is_leader": leads})
    Tenure.objects.create(person=person, office=office, term=ALWAYS)
    Appointment.objects.create(person=person, kind=kind, unit=at, term=ALWAYS)
    story.people[key] = person
    return person


def add_bloc(story: Story, name: str, address: str, members: tuple[str, ...]) -> tuple[Cluster, Cycle]:
    """A bloc with its members and the year 2019, headed by the first of them."""
    bloc = Cluster.objects.create(
        kind="bloc",
        level="province",
        name=name,
        short_name=name.removeprefix("Khối thi đua ").removesuffix(" tỉnh Mẫu"),
        address=address,
        symbol="KTĐ",
        authority=story.units["tinh"],
        standing_body=story.standing_body,
        existence=ALWAYS,
    )
    for position, member in enumerate(members, start=1):
        Membership.objects.create(cluster=bloc, unit=story.units[member], position=position, term=ALWAYS)
    cycle = Cycle.objects.create(
        cluster=bloc, name="2019", address="2019", term=Term(date(2019, 1, 1), date(2020, 1, 1))
    )
    Headship.objects.create(cycle=cycle, unit=story.units[members[0]], office="head")
    return bloc, cycle


def set_due(cycle: Cycle, act: str, day: date) -> None:
    """Give an act of the year its due date."""
    DueDate.objects.update_or_create(cycle=cycle, act=act, defaults={"due": day})


@pytest.fixture
def year(db: None) -> Story:
    """The whole story, fresh for one test."""
    return tell_story()


@pytest.fixture
def as_user(settings: object) -> Callable[..., Client]:
    """Sign in as a person of the story: `as_user("an")`, on a chosen day of the demonstration calendar."""
    settings.DEMO = True  # type: ignore[attr-defined]

    def sign_in(name: str, on: date = TODAY) -> Client:
        client = Client()
        User.objects.filter(username=name).update(is_demo=True, demo_day=on)
        client.force_login(
            User.objects.get(username=name), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        return client

    return sign_in
