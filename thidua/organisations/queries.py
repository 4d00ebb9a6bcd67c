"""Questions about units, people and what they may do. They never write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Case, Q, QuerySet, When

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.periods import Term, local_day
from thidua.base.text import loose_key, search_key
from thidua.organisations.models import (
    Appointment,
    AppointmentKind,
    Office,
    Person,
    StandingBody,
    Tenure,
    Unit,
    UnitPast,
)


def actor(user: User, *, at: datetime) -> Actor:
    """The person of this account at that moment, with the appointments of that day."""
    on = local_day(at)
    grants = Appointment.objects.filter(person__user=user, term__contains=on).values_list(
        "kind", "unit_id", "person_id"
    )
    rows = list(grants)
    person_id = rows[0][2] if rows else Person.objects.filter(user=user).values_list("pk", flat=True).first()
    return Actor(user, at, frozenset((kind, unit) for kind, unit, _ in rows), person_id)


def offices_of(person: Person | int, *, on: date, unit: Unit | int | None = None) -> QuerySet[Tenure]:
    """The offices a person holds on a day, at one unit when it is named; leading offices first."""
    held = Tenure.objects.filter(person=person, term__contains=on).select_related("office__unit")
    if unit is not None:
        held = held.filter(office__unit=unit)
    return held.order_by("-office__is_leader", "pk")


def people_appointed(kinds: Iterable[str], units: Iterable[int], *, on: date) -> QuerySet[User]:
    """Accounts of those who hold one of `kinds` at one of `units` on a day."""
    appointed = Appointment.objects.filter(kind__in=list(kinds), unit__in=list(units), term__contains=on)
    return User.objects.filter(person__appointments__in=appointed, is_active=True).distinct()


def appointed_at(units: Iterable[int], *, on: date) -> frozenset[tuple[str, int]]:
    """Which kinds of appointment somebody holds at these units on a day, as (kind, unit)."""
    held = Appointment.objects.filter(unit__in=list(units), term__contains=on)
    return frozenset(held.values_list("kind", "unit_id").distinct())


def names_on(units: Iterable[int], day: date) -> dict[int, tuple[str, str]]:
    """Name and short name of each unit as they were on a day, in two queries however many."""
    ids = list(units)
    now = {
        pk: (name, short)
        for pk, name, short in Unit.objects.filter(pk__in=ids).values_list("pk", "name", "short_name")
    }
    past = UnitPast.objects.filter(unit__in=ids, term__contains=day).values_list(
        "unit_id", "name", "short_name"
    )
    return now | {pk: (name, short) for pk, name, short in past}


def find_units(words: str) -> QuerySet[Unit]:
    """Units whose present or past name, or short name, holds the words, with or without marks."""
    key = search_key(words)
    return Unit.objects.filter(
        Q(search__contains=key) | Q(short_name__icontains=words) | Q(pasts__search__contains=key)
    ).distinct()


def find_people(words: str) -> QuerySet[Person]:
    """People whose name holds the words, with or without marks."""
    return Person.objects.filter(search__contains=search_key(words))


def said_people(people: Iterable[Person]) -> list[str]:
    """“Nguyễn Văn An, Sở Y tế (12)”: each with the place of work and the number that tell namesakes apart."""
    found = list(people)
    places = workplaces(person.pk for person in found)
    return [
        ", ".join([one.full_name, *([places[one.pk].short_name] if one.pk in places else [])])
        + f" ({one.pk})"
        for one in found
    ]


def served_authorities(by: Actor) -> frozenset[int]:
    """Authorities whose standing body the actor serves on that day as its officer."""
    bodies = by.units(AppointmentKind.STANDING_OFFICER)
    if not bodies:
        return frozenset()
    return frozenset(
        StandingBody.objects.filter(unit__in=bodies, term__contains=by.on).values_list(
            "authority_id", flat=True
        )
    )


def lineage(unit_id: int) -> list[int]:
    """The unit and the units above it, nearest first."""
    found: list[int] = []
    above: int | None = unit_id
    while above is not None and above not in found:
        found.append(above)
        above = Unit.objects.filter(pk=above).values_list("parent_id", flat=True).first()
    return found


def leaders_on(unit: Unit | int, on: date) -> QuerySet[Tenure]:
    """Those in leading offices of the unit on a day, the head before deputies."""
    return (
        Tenure.objects.filter(office__unit=unit, office__is_leader=True, term__contains=on)
        .annotate(is_deputy=Case(When(office__name__istartswith="phó", then=1), default=0))
        .select_related("person", "office__unit")
        .order_by("is_deputy", "term", "pk")
    )


def people_of(unit: Unit, on: date) -> QuerySet[Tenure]:
    """Everybody in an office of the unit on a day: leaders first, then by given name."""
    return (
        Tenure.objects.filter(office__unit=unit, term__contains=on)
        .annotate(is_deputy=Case(When(office__name__istartswith="phó", then=1), default=0))
        .select_related("person", "office")
        .order_by("-office__is_leader", "is_deputy", "person__order", "pk")
    )


def units_on(on: date) -> QuerySet[Unit]:
    """Units that exist on a day."""
    return Unit.objects.filter(existence__contains=on)


def began_as_now(unit: Unit) -> date:
    """The day from which the unit has its present name and parent."""
    last = unit.pasts.order_by("-term").first()
    first: date = last.term.upper if last is not None else unit.existence.lower
    return first


def obstacles_to_change(unit: Unit, *, from_day: date, on: date) -> list[str]:
    """Why the unit cannot take a new name or parent from that day."""
    began = began_as_now(unit)
    found = []
    if from_day <= began:
        found.append(f"Tên hiện nay dùng từ ngày {began:%d/%m/%Y}. Anh/chị chọn ngày sau ngày đó.")
    if from_day > on:
        found.append("Việc đổi chỉ ghi được khi đã có hiệu lực. Anh/chị ghi vào đúng ngày hoặc sau đó.")
    if unit.existence.upper is not None and from_day >= unit.existence.upper:
        found.append(f"Đơn vị đã thôi hoạt động từ ngày {unit.existence.upper:%d/%m/%Y}.")
    return found


def obstacles_to_move(unit: Unit, parent: Unit | None) -> list[str]:
    """Why the unit cannot stand under that parent."""
    if parent is not None and unit.pk in lineage(parent.pk):
        return [f"{parent} đang trực thuộc {unit}, nên không thể là cấp trên của đơn vị này."]
    return []


def obstacles_to_end(unit: Unit, *, on: date) -> list[str]:
    """Why the unit cannot cease on that day."""
    found = []
    if unit.existence.upper is not None:
        found.append(f"Đơn vị đã thôi hoạt động từ ngày {unit.existence.upper:%d/%m/%Y}.")
    if on <= began_as_now(unit):
        found.append("Ngày thôi hoạt động phải sau ngày lập và sau lần đổi gần nhất.")
    below = Unit.objects.filter(parent=unit, existence__contains=on).count()
    if below:
        found.append(
            f"Còn {below} đơn vị trực thuộc đang hoạt động. Anh/chị chuyển hoặc kết thúc chúng trước."
        )
    return found


def obstacles_to_hold(person: Person, office: Office, term: Term) -> list[str]:
    """Why the person cannot hold the office during the term."""
    if Tenure.objects.filter(person=person, office=office, term__overlap=term).exists():
        return [f"{person} đã giữ chức vụ này trong thời gian đó. Anh/chị xem lại ngày."]
    return []


def obstacles_to_appoint(person: Person, unit: Unit, kind: str, term: Term, *, by: Actor) -> list[str]:
    """Why the person cannot be given this right at the unit during the term."""
    found = []
    if by.person_id == person.pk:
        found.append("Anh/chị không tự giao quyền cho mình được. Anh/chị nhờ người quản trị khác.")
    same = Appointment.objects.filter(person=person, unit=unit, kind=kind, term__overlap=term)
    if same.exists():
        found.append(f"{person} đã được giao quyền này tại {unit} trong thời gian đó. Anh/chị xem lại ngày.")
    return found


def users_whose_rights_ended(on: date) -> list[int]:
    """Accounts of those one of whose rights is over from this very day."""
    ended = Appointment.objects.filter(term__endswith=on, person__user__isnull=False)
    return list(ended.values_list("person__user_id", flat=True).distinct())


def units_named() -> dict[str, list[Unit]]:
    """Every unit under each way its present, short and past names are written (`loose_key`)."""
    found: dict[str, dict[int, Unit]] = {}
    for unit in Unit.objects.all():
        for name in (unit.name, unit.short_name):
            found.setdefault(loose_key(name), {})[unit.pk] = unit
    for past in UnitPast.objects.select_related("unit"):
        found.setdefault(loose_key(past.name), {})[past.unit_id] = past.unit
    return {key: list(units.values()) for key, units in found.items()}


def people_named(units: Iterable[int]) -> dict[tuple[int, str], list[Person]]:
    """Everybody who holds or held an office at these units, by unit and name (`loose_key`)."""
    found: dict[tuple[int, str], dict[int, Person]] = {}
    rows = Tenure.objects.filter(office__unit__in=list(units)).select_related("person", "office")
    for row in rows:
        found.setdefault((row.office.unit_id, loose_key(row.person.full_name)), {})[row.person_id] = (
            row.person
        )
    return {key: list(people.values()) for key, people in found.items()}


def people_called(names: Iterable[str], units: Iterable[int]) -> dict[str, list[tuple[Unit, Person]]]:
    """Everybody of these names in an office of these units, past or present, by name (`loose_key`)."""
    keys = {search_key(name) for name in names}
    found: dict[str, list[tuple[Unit, Person]]] = {}
    if not keys:
        return found
    rows = Tenure.objects.filter(person__search__in=keys, office__unit__in=list(units))
    for row in rows.select_related("person", "office__unit").order_by("term"):
        found.setdefault(loose_key(row.person.full_name), []).append((row.office.unit, row.person))
    return found


def workplaces(people: Iterable[int]) -> dict[int, Unit]:
    """Where each of these people holds, or last held, an office."""
    rows = Tenure.objects.filter(person__in=list(people)).select_related("office__unit").order_by("term")
    return {row.person_id: row.office.unit for row in rows}


def forerunners(unit_id: int) -> list[Unit]:
    """Units this one came from by merger, split or renaming, nearest first; a query for each generation."""
    found: dict[int, Unit] = {}
    asked = {unit_id}
    while asked:
        before = Unit.objects.filter(successions_out__successors__in=asked).distinct()
        new = {unit.pk: unit for unit in before if unit.pk not in found and unit.pk != unit_id}
        found |= new
        asked = set(new)
    return list(found.values())
