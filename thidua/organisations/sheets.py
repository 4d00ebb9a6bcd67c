"""Excel files of units and of people with their offices: out, and in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from thidua.base.accounts.actors import Actor
from thidua.base.periods import day_after, last_day_if_any
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects, Importer, offer
from thidua.organisations.actions import (
    create_person,
    create_unit,
    hold_office,
    remove_person,
    remove_tenure,
    remove_unit,
)
from thidua.organisations.models import Person, Tenure, Unit, UnitKind
from thidua.organisations.permissions import manages

KIND_WORDS = {kind.label: kind.value for kind in UnitKind}
UNIT_COLUMNS = (
    Column("Tên đơn vị", "name", width=44, required=True, also=("Tên", "Đơn vị")),
    Column("Tên gọn", "short_name", width=24, hint="Dùng trong bảng hẹp. Bỏ trống thì lấy tên đơn vị."),
    Column("Loại", "kind", width=28, required=True, choices=KIND_WORDS),
    Column("Ký hiệu", "symbol", width=12, hint="Phần sau của số, ký hiệu văn bản, ví dụ SNV."),
    Column(
        "Trực thuộc",
        "parent",
        width=36,
        also=("Cấp trên",),
        hint="Tên đơn vị cấp trên, đã có hoặc ở dòng trên.",
    ),
    Column("Từ ngày", "starts", "date", 14, hint="Ngày lập. Bỏ trống nếu đã có từ lâu."),
)
PEOPLE_COLUMNS = (
    Column("Họ và tên", "full_name", width=28, required=True, hint="Cùng tên, cùng đơn vị là một người."),
    Column("Đơn vị", "unit", width=40, required=True, hint="Tên đơn vị như trong danh sách đơn vị."),
    Column("Chức vụ", "office", width=28, required=True),
    Column("Là lãnh đạo", "is_leader", width=14, choices={"Có": True, "Không": False}),
    Column("Từ ngày", "starts", "date", 14, required=True),
    Column("Đến hết ngày", "ends", "date", 14, also=("Đến ngày",), hint="Bỏ trống nếu còn giữ chức vụ."),
)


def units_sheet(units: Iterable[Unit]) -> Sheet:
    """The list of units as Excel; it can be filled in and imported again."""
    rows = [
        {
            "name": unit.name,
            "short_name": unit.short_name,
            "kind": unit.get_kind_display(),
            "symbol": unit.symbol,
            "parent": unit.parent.name if unit.parent else "",
            "starts": unit.existence.lower,
        }
        for unit in units
    ]
    return Sheet("Đơn vị", UNIT_COLUMNS, rows)


def people_sheet(tenures: Iterable[Tenure]) -> Sheet:
    """People with the offices they hold, as Excel; it can be filled in and imported again."""
    rows = [
        {
            "full_name": tenure.person.full_name,
            "unit": tenure.office.unit.name,
            "office": tenure.office.name,
            "is_leader": tenure.office.is_leader,
            "starts": tenure.term.lower,
            "ends": last_day_if_any(tenure.term),
        }
        for tenure in tenures
    ]
    return Sheet("Cá nhân", PEOPLE_COLUMNS, rows)


def offer_imports() -> None:
    """Let the import pages take units and people."""
    offer(
        Importer(
            kind="units",
            address="don-vi",
            title="Nhập đơn vị từ Excel",
            noun="đơn vị",
            columns=UNIT_COLUMNS,
            permission="organisations.import_units",
            list_route="organisations:units",
            check=check_units,
            apply=import_units,
            undo=undo_units,
        )
    )
    offer(
        Importer(
            kind="people",
            address="ca-nhan",
            title="Nhập cá nhân và chức vụ từ Excel",
            noun="cá nhân",
            columns=PEOPLE_COLUMNS,
            permission="organisations.import_people",
            list_route="organisations:people",
            check=check_people,
            apply=import_people,
            undo=undo_people,
        )
    )


def check_units(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Parents must be known and the actor's to manage; names once under a parent."""
    known = _units_by_name({row["parent"] for row in rows})
    taken: set[tuple[str, str | None]] = set(
        Unit.objects.filter(name__in=[row["name"] for row in rows]).values_list("name", "parent__name")
    )
    above: set[str] = set()
    may = _manages_each(by)
    errors = []
    for row in rows:
        found, column = _fault_of_unit(row, known, taken, above, may)
        if found:
            errors.append(RowError(row.number, column, found))
        taken.add((row["name"], row["parent"]))
        above.add(row["name"] or "")
    return errors


def _fault_of_unit(
    row: Row,
    known: dict[str, list[Unit]],
    taken: set[tuple[str, str | None]],
    above: set[str],
    may: Callable[[Unit | None], bool],
) -> tuple[str, str]:
    """What is wrong with a row, and in which column; empty words when nothing is."""
    name, parent = row["name"], row["parent"]
    if name and (name, parent) in taken:
        return f"Đã có đơn vị tên {name} ở cấp này.", "Tên đơn vị"
    parents = known.get(parent or "", [])
    if parent and not parents and parent not in above:
        return f"Không tìm thấy đơn vị cấp trên “{parent}”. Anh/chị nhập đơn vị đó trước.", "Trực thuộc"
    if len(parents) > 1:
        return (
            f"Có {len(parents)} đơn vị tên “{parent}”. Anh/chị thêm đơn vị này bằng biểu mẫu.",
            "Trực thuộc",
        )
    if (not parent or parents) and not may(parents[0] if parents else None):
        return "Anh/chị không quản lý cấp này.", "Trực thuộc"
    return "", ""


def import_units(rows: Sequence[Row], by: Actor) -> Effects:
    """Create the units, top down as the rows stand."""
    units = {name: found[0] for name, found in _units_by_name({row["parent"] for row in rows}).items()}
    made = []
    for row in rows:
        unit = create_unit(
            kind=row["kind"],
            name=row["name"],
            short_name=row["short_name"] or "",
            symbol=row["symbol"] or "",
            parent=units.get(row["parent"] or ""),
            starts=row["starts"],
            by=by,
        )
        units[unit.name] = unit
        made.append(unit.pk)
    return {"units": made}


def undo_units(effects: Effects, by: Actor) -> None:
    """Remove the units again, bottom up."""
    found = Unit.objects.in_bulk(effects["units"])
    for pk in reversed(effects["units"]):
        if pk in found:
            remove_unit(unit=found[pk], by=by)


def check_people(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Units must be known and the actor's to manage; terms must not end before they begin, nor overlap."""
    known = _units_by_name({row["unit"] for row in rows})
    may = _manages_each(by)
    held = _terms_held(rows)
    errors = []
    for row in rows:
        found, column = _fault_of_person(row, known, may, held)
        if found:
            errors.append(RowError(row.number, column, found))
    return errors


Held = dict[tuple[str, str, str], list[tuple[date, date]]]


def _fault_of_person(
    row: Row, known: dict[str, list[Unit]], may: Callable[[Unit | None], bool], held: Held
) -> tuple[str, str]:
    if not (row["unit"] and row["starts"] and row["full_name"] and row["office"]):
        return "", ""  # the cells themselves were found faulty
    units = known.get(row["unit"], [])
    if len(units) != 1:
        how_many = "Không tìm thấy" if not units else f"Có {len(units)}"
        return f"{how_many} đơn vị tên “{row['unit']}”. Anh/chị ghi tên như trong danh sách.", "Đơn vị"
    if not may(units[0]):
        return "Anh/chị không quản lý đơn vị này.", "Đơn vị"
    if row["ends"] and row["ends"] < row["starts"]:
        return "Ngày cuối đứng trước ngày đầu.", "Đến hết ngày"
    mine = (row["starts"], day_after(row["ends"]) or date.max)
    terms = held.setdefault((row["full_name"], row["unit"], row["office"]), [])
    if any(mine[0] < ends and starts < mine[1] for starts, ends in terms):
        return f"{row['full_name']} đã giữ chức vụ này trong thời gian đó.", "Từ ngày"
    terms.append(mine)
    return "", ""


def _terms_held(rows: Sequence[Row]) -> Held:
    """What the people of the rows hold already, by name, unit and office."""
    held: Held = {}
    tenures = Tenure.objects.filter(
        person__full_name__in=[row["full_name"] for row in rows],
        office__unit__name__in=[row["unit"] for row in rows],
    ).select_related("person", "office__unit")
    for tenure in tenures:
        key = (tenure.person.full_name, tenure.office.unit.name, tenure.office.name)
        held.setdefault(key, []).append((tenure.term.lower, tenure.term.upper or date.max))
    return held


def import_people(rows: Sequence[Row], by: Actor) -> Effects:
    """Create the people not yet known at their unit, and the offices they hold."""
    units = {name: found[0] for name, found in _units_by_name({row["unit"] for row in rows}).items()}
    people: dict[tuple[str, str], Person] = {}
    made: dict[str, list[int]] = {"people": [], "tenures": []}
    for row in rows:
        key = (row["full_name"], row["unit"])
        if key not in people:
            people[key] = _person_at(units[row["unit"]], row["full_name"]) or create_person(
                full_name=row["full_name"], by=by
            )
            if not people[key].tenures.exists():
                made["people"].append(people[key].pk)
        tenure = hold_office(
            person=people[key],
            unit=units[row["unit"]],
            name=row["office"],
            is_leader=bool(row["is_leader"]),
            starts=row["starts"],
            ends=day_after(row["ends"]),
            by=by,
        )
        made["tenures"].append(tenure.pk)
    return dict(made)


def undo_people(effects: Effects, by: Actor) -> None:
    """Remove the offices and then the people again."""
    for tenure in Tenure.objects.filter(pk__in=effects["tenures"]).select_related("office"):
        remove_tenure(tenure=tenure, by=by)
    for person in Person.objects.filter(pk__in=effects["people"]):
        remove_person(person=person, by=by)


def _person_at(unit: Unit, full_name: str) -> Person | None:
    return Person.objects.filter(full_name=full_name, tenures__office__unit=unit).first()


def _units_by_name(names: set[Any]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(name__in=[name for name in names if name]):
        found.setdefault(unit.name, []).append(unit)
    return found


def _manages_each(by: Actor) -> Callable[[Unit | None], bool]:
    """Whether the actor manages a unit, asked once for each."""
    answers: dict[int | None, bool] = {}

    def may(unit: Unit | None) -> bool:
        key = unit.pk if unit else None
        if key not in answers:
            answers[key] = by.is_system or bool(manages.test(by, unit))
        return answers[key]

    return may
