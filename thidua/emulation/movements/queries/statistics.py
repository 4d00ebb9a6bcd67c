"""How many movements a year had, as the statistical form asks (Thông tư 02/2023/TT-BNV, biểu 0601.N).

The form counts emulation movements; campaigns of the Front and mass organisations are told apart. How long a
movement lasts is read from its half-open term by the calendar: from 1 January to 31 December is one year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.emulation.movements.models import Movement, MovementKind, MovementLevel
from thidua.emulation.movements.queries.catalogue import Filter, catalogue

YEARS = ((1, "under_one"), (3, "one_to_three"), (5, "three_to_five"))
LENGTHS = {
    "under_one": "Dưới 1 năm",
    "one": "1 năm",
    "one_to_three": "Trên 1 năm đến dưới 3 năm",
    "three_to_five": "Từ 3 năm đến dưới 5 năm",
    "five": "Từ 5 năm trở lên",
}
SCOPES = {
    "national": "Phạm vi toàn quốc",
    "body": "Bộ, ngành, tỉnh",
    "cluster": "Cụm, khối thi đua",
    "unit": "Cơ quan, đơn vị",
}
SCOPE_OF = {
    MovementLevel.NATIONAL: "national",
    MovementLevel.PROVINCE: "body",
    MovementLevel.SECTOR: "body",
    MovementLevel.CLUSTER: "cluster",
    MovementLevel.UNIT: "unit",
}
FORMS = {"thematic": "Thi đua theo chuyên đề, theo đợt", "regular": "Thi đua thường xuyên"}


def length_of(movement: Movement) -> str:
    """The class of its length; a term without an end, or none, is “unknown”."""
    first, end = getattr(movement.term, "lower", None), getattr(movement.term, "upper", None)
    if first is None or end is None:
        return "unknown"
    if end == _after(first, 1):
        return "one"
    return next((name for years, name in YEARS if end < _after(first, years)), "five")


def _after(day: date, years: int) -> date:
    """The same day so many years later; 1 March where 29 February is missing."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass(frozen=True)
class StatisticsRow:
    """A line of the form: its code, words and number; `part` lines stand below the total."""

    code: str
    title: str
    count: int
    part: bool = True


@dataclass(frozen=True)
class Statistics:
    """The movements of a year by scope, length and form; what the form does not place is told apart.

    `endless` are counted movements whose length is not known, `campaigns` those of the Front.
    """

    year: int
    rows: list[StatisticsRow]
    endless: int
    campaigns: int


def statistics(by: Actor, year: int) -> Statistics:
    """Movements running in the year that the person sees, in one query."""
    found = list(catalogue(by, Filter(year=year)).prefetch_related(None))
    counted = [movement for movement in found if movement.kind != MovementKind.FRONT]
    lengths = [length_of(movement) for movement in counted]
    forms = ["regular" if one.kind == MovementKind.REGULAR else "thematic" for one in counted]
    rows = [
        StatisticsRow("01", "Tổng số phong trào thi đua", len(counted), part=False),
        *_lines(2, SCOPES, [SCOPE_OF[MovementLevel(movement.level)] for movement in counted]),
        *_lines(6, LENGTHS, lengths),
        *_lines(11, FORMS, forms),
    ]
    return Statistics(year, rows, lengths.count("unknown"), len(found) - len(counted))


def _lines(first: int, titles: dict[str, str], found: list[str]) -> list[StatisticsRow]:
    """Lines of the form from the code `first` on."""
    numbered = enumerate(titles.items(), first)
    return [StatisticsRow(f"{code:02}", title, found.count(key)) for code, (key, title) in numbered]
