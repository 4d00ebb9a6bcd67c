"""Annual ratings as Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects
from thidua.records.actions import RatingText, record_ratings
from thidua.records.models import Rating, RatingLevel
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

RATING_COLUMNS = (
    UNIT,
    PERSON,
    Column("Năm", "year", "number", 8, required=True),
    Column("Mức xếp loại", "level", width=30, required=True, choices={x.label: x.value for x in RatingLevel}),
    SYMBOL,
    DAY,
)


def ratings_sheet(rows: Iterable[Rating]) -> Sheet:
    """Ratings as they can be filled in and taken in again."""
    told = [
        {
            **told_of_subject(row),
            "year": str(row.year),
            "level": row.get_level_display(),
            "decision_symbol": row.decision_symbol,
            "decision_date": row.decision_date,
        }
        for row in rows
    ]
    return Sheet("Xếp loại", RATING_COLUMNS, told)


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
        unit, person = subject(finder, row)
        if row["year"] % 1 or not FIRST_YEAR <= row["year"] <= by.on.year:
            raise ValueError("Năm", f"Năm phải từ {FIRST_YEAR} đến {by.on.year}.")
        refuse_future(row["decision_date"], "Ngày", by)
        key = ("p", person.pk, int(row["year"])) if person else ("u", unit.pk, int(row["year"]))
        if key in taken:
            raise ValueError("Năm", f"{person or unit} đã có xếp loại năm {key[2]}.")
        taken.add(key)

    return checked(rows, check, "Đơn vị")


def import_ratings(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the ratings in."""
    finder = Finder(rows, by, "records.record_rating")
    texts = []
    for row in rows:
        unit, person = subject(finder, row)
        told = {name: row[name] for name in ("level", "decision_symbol", "decision_date")}
        texts.append(RatingText(unit=unit, person=person, year=int(row["year"]), **told))
    return {"ratings": [made.pk for made in record_ratings(rows=texts, by=by)]}
