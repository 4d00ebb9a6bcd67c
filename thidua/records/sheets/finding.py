"""What the files have in common: whom a row means, and columns that stand in all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.columns import Column, Row, RowError
from thidua.base.text import loose_key, normalise
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import people_named, units_named
from thidua.records.models import OfSubject

UNIT = Column("Đơn vị", "unit", width=36, required=True, hint="Tên đơn vị như trong danh sách đơn vị.")
PERSON = Column(
    "Họ và tên", "person", width=28, also=("Cá nhân",), hint="Bỏ trống khi ghi cho chính tập thể đơn vị."
)
SYMBOL = Column("Số, ký hiệu", "decision_symbol", width=18, required=True, also=("Số quyết định",))
DAY = Column("Ngày", "decision_date", "date", 14, required=True, also=("Ngày quyết định", "Ngày văn bản"))
FIRST_YEAR = 1945


class Finder:
    """The units and people that rows name, found in a few queries for the whole file."""

    def __init__(self, rows: Sequence[Row], by: Actor, permission: str) -> None:
        self.by, self.permission = by, permission
        self.units = units_named()
        named = {loose_key(row["unit"] or "") for row in rows}
        self.people = people_named(unit.pk for key in named for unit in self.units.get(key, []))
        self.may: dict[int, bool] = {}

    def unit(self, name: str) -> Unit:
        """The unit of this name that is the actor's to keep; ValueError says why not."""
        found = self.units.get(loose_key(name), [])
        if len(found) != 1:
            how_many = "Không tìm thấy" if not found else f"Có {len(found)}"
            raise ValueError(f"{how_many} đơn vị tên “{name}”. Anh/chị ghi tên như trong danh sách.")
        unit = found[0]
        if unit.pk not in self.may:
            self.may[unit.pk] = self.by.is_system or rules.has_perm(self.permission, self.by, unit)
        if not self.may[unit.pk]:
            raise ValueError("Anh/chị không ghi được hồ sơ của đơn vị này.")
        return unit

    def person(self, unit: Unit, name: str) -> Person:
        """The person of this name at the unit; ValueError when there is none, or more than one."""
        found = self.people.get((unit.pk, loose_key(name)), [])
        exact = [person for person in found if person.full_name == normalise(name)]
        if len(exact or found) == 1:
            return (exact or found)[0]
        if found:
            raise ValueError(f"{unit} có {len(found)} người tên “{name}”. Anh/chị ghi bằng biểu mẫu.")
        raise ValueError(f"Không tìm thấy “{name}” ở {unit}. Anh/chị ghi chức vụ của người này trước.")


def checked(rows: Sequence[Row], check: Callable[[Row], None], column: str) -> list[RowError]:
    """Faults of each row: the column it names, or the one given."""
    errors = []
    for row in rows:
        try:
            check(row)
        except ValueError as fault:
            where, words = fault.args if len(fault.args) > 1 else (column, fault.args[0])
            errors.append(RowError(row.number, where, words))
    return errors


def subject(finder: Finder, row: Row) -> tuple[Unit, Person | None]:
    """The unit of a row, and its person if it names one."""
    unit = finder.unit(row["unit"])
    try:
        return unit, finder.person(unit, row["person"]) if row["person"] else None
    except ValueError as fault:
        raise ValueError("Họ và tên", str(fault)) from fault


def refuse_future(day: date | None, column: str, by: Actor) -> None:
    """A day that has not come yet is a fault of its column."""
    if day is not None and day > by.on:
        raise ValueError(column, "Ngày này ở sau hôm nay.")


def told_of_subject(row: OfSubject) -> dict[str, str]:
    """The two cells that say whom a row is about."""
    return {"unit": row.unit.name, "person": row.person.full_name if row.person else ""}
