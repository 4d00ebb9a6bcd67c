"""Records as Excel: out, and in with preview and undo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects, Importer, offer
from thidua.base.text import decimal_text, loose_key, normalise, read_decimal, search_key
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import people_named, units_named
from thidua.records.actions import (
    InitiativeText,
    RatingText,
    record_discipline,
    record_initiative,
    record_ratings,
    remove_discipline,
    remove_initiative,
    remove_ratings,
)
from thidua.records.models import (
    Discipline,
    DisciplineForm,
    Initiative,
    InitiativeKind,
    InitiativeScope,
    Rating,
    RatingLevel,
)

UNIT = Column("Đơn vị", "unit", width=36, required=True, hint="Tên đơn vị như trong danh sách đơn vị.")
PERSON = Column(
    "Họ và tên", "person", width=28, also=("Cá nhân",), hint="Bỏ trống khi ghi cho chính tập thể đơn vị."
)
SYMBOL = Column("Số, ký hiệu", "decision_symbol", width=18, required=True, also=("Số quyết định",))
DAY = Column("Ngày", "decision_date", "date", 14, required=True, also=("Ngày quyết định", "Ngày văn bản"))
RATING_COLUMNS = (
    UNIT,
    PERSON,
    Column("Năm", "year", "number", 8, required=True),
    Column("Mức xếp loại", "level", width=30, required=True, choices={x.label: x.value for x in RatingLevel}),
    SYMBOL,
    DAY,
)
INITIATIVE_COLUMNS = (
    UNIT,
    Column("Tên sáng kiến", "title", width=48, required=True),
    Column("Loại", "kind", width=24, choices={x.label: x.value for x in InitiativeKind}),
    Column("Phạm vi", "scope", width=22, required=True, choices={x.label: x.value for x in InitiativeScope}),
    Column(
        "Tác giả",
        "authors",
        width=40,
        required=True,
        hint="Nhiều người cách nhau bằng dấu chấm phẩy, tỷ lệ trong ngoặc: Nguyễn Văn A (60); Trần B (40).",
    ),
    Column("Người công nhận", "recognised_by", width=30, required=True),
    SYMBOL,
    DAY,
)
DISCIPLINE_COLUMNS = (
    UNIT,
    PERSON,
    Column("Hình thức", "form", width=20, required=True, choices={x.label: x.value for x in DisciplineForm}),
    SYMBOL,
    DAY,
    Column("Hiệu lực từ", "starts", "date", 14, required=True),
    Column("Hết thời hạn", "ends", "date", 14, hint="Bỏ trống nếu chưa biết."),
)
FIRST_YEAR = 1945
AUTHOR = re.compile(r"(?P<name>[^()]+?)\s*(?:\(\s*(?P<share>[\d.,]+)\s*%?\s*\))?")


def ratings_sheet(rows: Iterable[Rating]) -> Sheet:
    """Ratings as they can be filled in and taken in again."""
    return Sheet(
        "Xếp loại",
        RATING_COLUMNS,
        [
            {
                "unit": row.unit.name,
                "person": row.person.full_name if row.person else "",
                "year": str(row.year),
                "level": row.get_level_display(),
                "decision_symbol": row.decision_symbol,
                "decision_date": row.decision_date,
            }
            for row in rows
        ],
    )


def initiatives_sheet(rows: Iterable[Initiative]) -> Sheet:
    """Initiatives with their authors."""
    return Sheet(
        "Sáng kiến",
        INITIATIVE_COLUMNS,
        [
            {
                "unit": row.unit.name,
                "title": row.title,
                "kind": row.get_kind_display(),
                "scope": row.get_scope_display(),
                "authors": "; ".join(_author_text(one.person, one.share) for one in row.authors.all()),
                "recognised_by": row.recognised_by,
                "decision_symbol": row.decision_symbol,
                "decision_date": row.decision_date,
            }
            for row in rows
        ],
    )


def _author_text(person: Person, share: Decimal | None) -> str:
    return str(person) if share is None else f"{person} ({decimal_text(share)})"


def offer_imports() -> None:
    """Let the import pages take ratings, initiatives and discipline."""
    offer(
        Importer(
            kind="ratings",
            address="xep-loai",
            title="Nhập xếp loại hằng năm từ Excel",
            noun="xếp loại",
            columns=RATING_COLUMNS,
            permission="records.import_records",
            check=check_ratings,
            apply=import_ratings,
            undo=lambda effects, by: remove_ratings(ids=effects["ratings"], by=by),
            list_route="records:index",
            shared=False,
        )
    )
    offer(
        Importer(
            kind="initiatives",
            address="sang-kien",
            title="Nhập sáng kiến từ Excel",
            noun="sáng kiến",
            columns=INITIATIVE_COLUMNS,
            permission="records.import_records",
            check=check_initiatives,
            apply=import_initiatives,
            undo=undo_initiatives,
            list_route="records:index",
            shared=False,
        )
    )
    offer(
        Importer(
            kind="discipline",
            address="ky-luat",
            title="Nhập kỷ luật từ Excel",
            noun="kỷ luật",
            columns=DISCIPLINE_COLUMNS,
            permission="records.import_discipline",
            check=check_discipline,
            apply=import_discipline,
            undo=undo_discipline,
            list_route="records:index",
            shared=False,
        )
    )


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


def _checked(rows: Sequence[Row], check: Callable[[Row], None], column: str) -> list[RowError]:
    """Faults of each row: the column it names, or the one given."""
    errors = []
    for row in rows:
        try:
            check(row)
        except ValueError as fault:
            where, words = fault.args if len(fault.args) > 1 else (column, fault.args[0])
            errors.append(RowError(row.number, where, words))
    return errors


def _subject(finder: Finder, row: Row) -> tuple[Unit, Person | None]:
    unit = finder.unit(row["unit"])
    try:
        return unit, finder.person(unit, row["person"]) if row["person"] else None
    except ValueError as fault:
        raise ValueError("Họ và tên", str(fault)) from fault


def _refuse_future(day: date | None, column: str, by: Actor) -> None:
    if day is not None and day > by.on:
        raise ValueError(column, "Ngày này ở sau hôm nay.")


def check_ratings(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units and people, years that were, nobody rated twice for a year."""
    finder = Finder(rows, by, "records.record_rating")
    years = {int(row["year"]) for row in rows if row["year"] is not None}
    taken: set[tuple[str, int, int]] = set()
    for unit, person, year in Rating.objects.filter(year__in=years).values_list(
        "unit_id", "person_id", "year"
    ):
        taken.add(("p", person, year) if person else ("u", unit, year))

    def check(row: Row) -> None:
        if None in (row["unit"], row["year"], row["level"]):
            return  # the cells themselves were found faulty
        unit, person = _subject(finder, row)
        if row["year"] % 1 or not FIRST_YEAR <= row["year"] <= by.on.year:
            raise ValueError("Năm", f"Năm phải từ {FIRST_YEAR} đến {by.on.year}.")
        _refuse_future(row["decision_date"], "Ngày", by)
        key = ("p", person.pk, int(row["year"])) if person else ("u", unit.pk, int(row["year"]))
        if key in taken:
            raise ValueError("Năm", f"{person or unit} đã có xếp loại năm {key[2]}.")
        taken.add(key)

    return _checked(rows, check, "Đơn vị")


def import_ratings(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the ratings in."""
    finder = Finder(rows, by, "records.record_rating")
    texts = []
    for row in rows:
        unit, person = _subject(finder, row)
        told = {name: row[name] for name in ("level", "decision_symbol", "decision_date")}
        texts.append(RatingText(unit=unit, person=person, year=int(row["year"]), **told))
    return {"ratings": [made.pk for made in record_ratings(rows=texts, by=by)]}


def check_initiatives(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units and authors; the same initiative by the same decision once."""
    finder = Finder(rows, by, "records.record_initiative")
    taken = {
        (search_key(title), search_key(symbol))
        for title, symbol in Initiative.objects.values_list("title", "decision_symbol")
    }

    def check(row: Row) -> None:
        if None in (row["unit"], row["title"], row["authors"], row["decision_symbol"]):
            return
        _authors(finder, finder.unit(row["unit"]), row["authors"])
        _refuse_future(row["decision_date"], "Ngày", by)
        key = (search_key(row["title"]), search_key(row["decision_symbol"]))
        if key in taken:
            raise ValueError("Tên sáng kiến", "Sáng kiến này đã có, theo cùng quyết định.")
        taken.add(key)

    return _checked(rows, check, "Đơn vị")


def _authors(finder: Finder, unit: Unit, text: str) -> list[tuple[Person, Decimal | None]]:
    try:
        return read_authors(text, lambda name: finder.person(unit, name))
    except ValueError as fault:
        raise ValueError("Tác giả", str(fault)) from fault


def read_authors(text: str, find: Callable[[str], Person]) -> list[tuple[Person, Decimal | None]]:
    """“Nguyễn Văn A (60); Trần B (40)” as people with their shares; ValueError says what is wrong."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        told = AUTHOR.fullmatch(part)
        if told is None:
            raise ValueError(f"Không đọc được “{part}”. Anh/chị ghi như: Nguyễn Văn A (60); Trần B (40).")
        found.append((find(told["name"]), read_decimal(told["share"]) if told["share"] else None))
    shares = sum((share or Decimal(0) for _, share in found), Decimal(0))
    if shares > 100 or any(share is not None and share <= 0 for _, share in found):  # noqa: PLR2004  a percentage
        raise ValueError("Tổng tỷ lệ đóng góp phải trên 0 và không quá 100.")
    return found


def import_initiatives(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the initiatives in."""
    finder = Finder(rows, by, "records.record_initiative")
    made = []
    for row in rows:
        unit = finder.unit(row["unit"])
        told = {
            name: row[name]
            for name in ("title", "scope", "recognised_by", "decision_symbol", "decision_date")
        }
        text = InitiativeText(
            authors=_authors(finder, unit, row["authors"]),
            kind=row["kind"] or InitiativeKind.INITIATIVE,
            **told,
        )
        made.append(record_initiative(unit=unit, text=text, by=by).pk)
    return {"initiatives": made}


def undo_initiatives(effects: Effects, by: Actor) -> None:
    """Remove them again; refused once one was used."""
    for row in Initiative.objects.filter(pk__in=effects["initiatives"]):
        remove_initiative(initiative=row, by=by)


def check_discipline(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units and people, one row for a decision."""
    finder = Finder(rows, by, "records.record_discipline")
    taken: set[tuple[Any, ...]] = set(
        Discipline.objects.values_list("unit_id", "person_id", "decision_symbol", "decision_date")
    )

    def check(row: Row) -> None:
        if None in (row["unit"], row["decision_symbol"], row["decision_date"], row["starts"]):
            return
        unit, person = _subject(finder, row)
        _refuse_future(row["decision_date"], "Ngày", by)
        if row["ends"] and row["ends"] < row["starts"]:
            raise ValueError("Hết thời hạn", "Ngày hết thời hạn đứng trước ngày có hiệu lực.")
        key = (unit.pk, person and person.pk, row["decision_symbol"], row["decision_date"])
        if key in taken:
            raise ValueError("Số, ký hiệu", "Quyết định kỷ luật này đã ghi.")
        taken.add(key)

    return _checked(rows, check, "Đơn vị")


def import_discipline(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the rows in."""
    finder = Finder(rows, by, "records.record_discipline")
    made = []
    for row in rows:
        unit, person = _subject(finder, row)
        names = ("form", "decision_symbol", "decision_date", "starts", "ends")
        told = {name: row[name] for name in names}
        made.append(record_discipline(unit=unit, person=person, by=by, **told).pk)
    return {"disciplines": made}


def undo_discipline(effects: Effects, by: Actor) -> None:
    """Remove them again."""
    for row in Discipline.objects.filter(pk__in=effects["disciplines"]):
        remove_discipline(discipline=row, by=by)
