"""One line of time: the years with their ratings, above them the honours, below them what else counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from thidua.base.periods import last_day_if_any
from thidua.honours.models import Honour
from thidua.records.models import Discipline, Initiative, Leave, Rating
from thidua.records.queries import Life
from thidua.rulebook.catalogue import kind
from thidua.rulebook.engine.texts import Era, book

STEP, LEFT = 108, 4  # width of a year, margin before the first
ROW, BAR = 22, 18  # height of a label's row, of a year's rating
MOST_YEARS = 30
LETTER = 6  # width of a letter of the smallest text
LEVELS = ("co_so", "tinh", "nha_nuoc")  # the highest stands on top
SCOPES = {"unit": "cơ sở", "province": "tỉnh", "nation": "toàn quốc"}


@dataclass(frozen=True)
class Mark:
    """Something at a place of the picture."""

    x: int
    y: int
    text: str
    title: str
    look: str
    width: int = STEP - 6

    @property
    def middle(self) -> int:
        """Where a label is centred."""
        return self.width // 2


@dataclass(frozen=True)
class TimeLine:
    """The picture, measured: `honours` above the axis, `ratings` on it, years, `others` and `eras` below."""

    width: int
    height: int
    axis: int
    honours: Sequence[Mark]
    ratings: Sequence[Mark]
    years: Sequence[Mark]
    others: Sequence[Mark]
    eras: Sequence[Mark]

    @property
    def told(self) -> str:
        """The same in words, for those who cannot see it."""
        marks = (*self.honours, *self.ratings, *self.others)
        return "; ".join(mark.title for mark in marks) or "Chưa có gì được ghi."


class Scale:
    """From the first thing known to the year of the day; at most the last thirty years."""

    def __init__(self, known: Iterable[int], on: date) -> None:
        first = max(min([on.year - 5, *known]), on.year - MOST_YEARS)
        self.years = range(first, on.year + 1)

    def x(self, year: int) -> int:
        """Where a year begins."""
        return LEFT + (year - self.years[0]) * STEP

    def at(self, day: date) -> int:
        """Where a day stands, within the picture."""
        first = date(day.year, 1, 1)
        return min(max(self.x(day.year) + (day - first).days * STEP // 366, LEFT), self.end)

    @property
    def end(self) -> int:
        """Where the last year ends."""
        return LEFT + len(self.years) * STEP


def time_line(honours: Sequence[Honour], life: Life, on: date) -> TimeLine:
    """The picture of a subject as of a day."""
    held = [one for one in honours if one.decision_date <= on]
    rated = [one for one in life.ratings if one.year <= on.year]
    scale = Scale([*(one.year for one in held), *(one.year for one in rated)], on)
    stacked = _stacked(held, scale)
    axis = 8 + max((len(rows) for rows in stacked.values()), default=1) * ROW
    below = axis + BAR + 26
    others = _others(life, scale, on, below)
    bottom = below + (1 + max((mark.y - below for mark in others), default=-ROW) // ROW) * ROW
    return TimeLine(
        width=scale.end + LEFT,
        height=bottom + ROW,
        axis=axis,
        honours=[
            _honour(one, scale.x(year), axis - ROW * (at + 1))
            for year, rows in stacked.items()
            for at, one in enumerate(rows)
        ],
        ratings=[_rating(one, scale.x(one.year), axis) for one in rated if one.year in scale.years],
        years=[
            Mark(scale.x(year), axis + BAR + 16, str(year), "", "now" if year == on.year else "")
            for year in scale.years
        ],
        others=others,
        eras=_eras(scale, bottom + 4),
    )


def _stacked(held: Iterable[Honour], scale: Scale) -> dict[int, list[Honour]]:
    """By year, the lowest first."""
    found: dict[int, list[Honour]] = {}
    order = {one.pk: LEVELS.index(kind(one.kind, one.decision_date).level) for one in held}
    for one in sorted(held, key=lambda one: order[one.pk]):
        if one.year in scale.years:
            found.setdefault(one.year, []).append(one)
    return found


def _honour(honour: Honour, x: int, y: int) -> Mark:
    told = kind(honour.kind, honour.decision_date)
    revocation = getattr(honour, "revocation", None)
    taken = ", đã thu hồi" if revocation else ""
    title = f"{told.name} năm {honour.year}, {honour.decision_symbol}{taken}"
    return Mark(x, y, told.short, title, "taken" if revocation else told.level)


def _rating(row: Rating, x: int, y: int) -> Mark:
    return Mark(x, y, row.short, f"{row.get_level_display()} năm {row.year}", row.level)


def _others(life: Life, scale: Scale, on: date, top: int) -> list[Mark]:
    """Initiatives, leave, discipline: each kind on rows of its own."""
    rows: list[list[Mark]] = []
    for made in (
        [_initiative(one, scale) for one in life.initiatives if one.decision_date <= on],
        [_leave(one, scale, on) for one in life.leaves if one.term.lower <= on],
        [_discipline(one, scale, on) for one in life.disciplines if one.starts <= on],
    ):
        rows += _in_rows([mark for mark in made if mark.x + mark.width > LEFT])
    return [
        Mark(mark.x, top + at * ROW, mark.text, mark.title, mark.look, mark.width)
        for at, row in enumerate(rows)
        for mark in row
    ]


def _in_rows(marks: Iterable[Mark]) -> list[list[Mark]]:
    """So that none covers another."""
    rows: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda mark: mark.x):
        row = next((row for row in rows if row[-1].x + row[-1].width <= mark.x), None)
        if row is None:
            rows.append(row := [])
        row.append(mark)
    return rows


def _initiative(one: Initiative, scale: Scale) -> Mark:
    scope = SCOPES[one.scope]
    work = "Sáng kiến" if one.kind == "initiative" else "Đề tài"
    title = f"{work} {scope} “{one.title}”, {one.decision_symbol} ngày {one.decision_date:%d/%m/%Y}"
    return Mark(scale.x(one.decision_date.year), 0, f"{work} {scope}", title, "initiative")


def _leave(one: Leave, scale: Scale, on: date) -> Mark:
    last = last_day_if_any(one.term) or on
    title = f"{one.get_kind_display()} từ {one.term.lower:%d/%m/%Y} đến {last:%d/%m/%Y}"
    return _span(scale, one.term.lower, last, one.get_kind_display(), title, "leave")


def _discipline(one: Discipline, scale: Scale, on: date) -> Mark:
    until = f"đến {one.ends:%d/%m/%Y}" if one.ends else "chưa rõ thời hạn"
    title = f"Kỷ luật {one.get_form_display().lower()} từ {one.starts:%d/%m/%Y}, {until}"
    return _span(scale, one.starts, one.ends or on, f"Kỷ luật {one.get_form_display().lower()}", title, "bad")


def _span(scale: Scale, first: date, last: date, text: str, title: str, look: str) -> Mark:
    """As wide as it lasted; never too narrow for its words."""
    x = scale.at(first)
    width = max(scale.at(last) - x, STEP - 6)
    return Mark(min(x, scale.end - width), 0, text, title, look, width)


def _eras(scale: Scale, y: int) -> list[Mark]:
    """Whose law was in force, told once for neighbours with the same law and decree."""
    found: list[Mark] = []
    for one in book().eras:
        label = _short(one)
        start, end = scale.at(one.starts), scale.at(one.ends) if one.ends else scale.end
        if end <= start:
            continue
        if found and found[-1].text == label:
            start = found.pop().x
        found.append(Mark(start, y, label, one.name, "era", end - start))
    return [mark if mark.width > LETTER * len(mark.text) else replace(mark, text="") for mark in found]


def _short(era: Era) -> str:
    """“Luật 06/2022 · NĐ 152”, from the era's name."""
    laws = ", ".join(dict.fromkeys(re.findall(r"Luật (\d+/\d{4})", era.name)))
    decree = re.search(r"Nghị định (\d+)", era.name)
    return f"Luật {laws} · NĐ {decree[1]}" if decree else f"Luật {laws}"
