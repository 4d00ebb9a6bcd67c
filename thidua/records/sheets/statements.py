"""Conditions that papers confirm, as Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import Refused
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects
from thidua.base.text import loose_key
from thidua.organisations.models import Person
from thidua.records.actions import StatementText, record_statement, remove_statement
from thidua.records.models import Statement
from thidua.records.queries import conditions_to_state
from thidua.records.sheets.finding import (
    DAY,
    FIRST_YEAR,
    PERSON,
    SYMBOL,
    UNIT,
    Finder,
    checked,
    refuse_future,
    subject,
    told_of_subject,
)

MET = {"Đạt": True, "Không đạt": False}
STATEMENT_COLUMNS = (
    UNIT,
    PERSON,
    Column(
        "Điều kiện", "condition", width=60, required=True, hint="Nguyên văn như ở trang Xác nhận điều kiện."
    ),
    Column("Kết quả", "is_met", width=12, required=True, choices=MET),
    Column("Năm", "year", "number", 8, hint="Bỏ trống nếu đúng cho mọi năm."),
    Column("Cơ quan, người xác nhận", "decided_by", width=34, required=True),
    SYMBOL,
    DAY,
)


def statements_sheet(rows: Iterable[Statement]) -> Sheet:
    """What was confirmed, as it can be taken in again."""
    words = {value: word for word, value in MET.items()}
    names = ("condition", "decided_by", "decision_symbol", "decision_date")
    told = [
        {
            **told_of_subject(row),
            "is_met": words[row.is_met],
            "year": "" if row.year is None else str(row.year),
            **{name: getattr(row, name) for name in names},
        }
        for row in rows
    ]
    return Sheet("Điều đã xác nhận", STATEMENT_COLUMNS, told)


def check_statements(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units, people and conditions; one row for a condition and a year."""
    finder = Finder(rows, by, "records.record_statement")
    taken = {
        (person or -unit, key, year)
        for unit, person, key, year in Statement.objects.values_list("unit", "person", "key", "year")
    }

    def check(row: Row) -> None:
        if None in (row["unit"], row["condition"], row["is_met"], row["decided_by"], row["decision_symbol"]):
            return  # the cells themselves were found faulty
        unit, person = subject(finder, row)
        year, key = row["year"], _key(row["condition"], person, by)
        if year is not None and (year % 1 or not FIRST_YEAR <= year <= by.on.year):
            raise ValueError("Năm", f"Năm phải từ {FIRST_YEAR} đến {by.on.year}.")
        refuse_future(row["decision_date"], "Ngày", by)
        mine = (person.pk if person else -unit.pk, key, None if year is None else int(year))
        if mine in taken:
            raise ValueError("Điều kiện", f"Điều này của {person or unit} đã ghi, cùng năm.")
        taken.add(mine)

    return checked(rows, check, "Đơn vị")


def _key(words: str, person: Person | None, by: Actor) -> str:
    """The condition that these words are; ValueError when the standards ask for none of that kind."""
    known = conditions_to_state("ca_nhan" if person else "tap_the", by.on)
    for key, condition in known.items():
        if loose_key(words) in {loose_key(condition.says), key}:
            return key
    raise ValueError(
        "Điều kiện", f"Không có điều kiện “{words[:60]}” cho {'cá nhân' if person else 'tập thể'}."
    )


def import_statements(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the rows in."""
    finder = Finder(rows, by, "records.record_statement")
    made = []
    for row in rows:
        unit, person = subject(finder, row)
        names = ("is_met", "decided_by", "decision_symbol", "decision_date")
        text = StatementText(
            key=_key(row["condition"], person, by),
            year=None if row["year"] is None else int(row["year"]),
            **{name: row[name] for name in names},
        )
        made.append(record_statement(unit=unit, person=person, text=text, by=by).pk)
    return {"statements": made}


def undo_statements(effects: Effects, by: Actor) -> None:
    """Remove them again; refused once one was corrected since."""
    rows = Statement.objects.filter(pk__in=effects["statements"])
    if rows.filter(events__pgh_label="update").exists():
        raise Refused("Có dòng đã được sửa sau khi nhập nên không hoàn tác cả lượt được.")
    for row in rows:
        remove_statement(statement=row, by=by)
