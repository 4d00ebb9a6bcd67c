"""One line of time: a subject's years with their ratings, and above them the honours held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thidua.honours.models import Honour
from thidua.records.models import Rating
from thidua.rulebook.catalogue import kind

STEP, LEFT = 76, 8  # width of a year, margin before the first
ROW, BAR = 22, 18  # height of an honour's label, of a year's rating
MOST_YEARS = 30


@dataclass(frozen=True)
class Mark:
    """Something at a place of the picture."""

    x: int
    y: int
    text: str
    title: str
    look: str


@dataclass(frozen=True)
class TimeLine:
    """The picture, measured; `honours` above the axis, `ratings` on it, `years` below."""

    width: int
    height: int
    axis: int
    honours: Sequence[Mark]
    ratings: Sequence[Mark]
    years: Sequence[Mark]

    @property
    def told(self) -> str:
        """The same in words, for those who cannot see it."""
        return "; ".join(mark.title for mark in (*self.honours, *self.ratings)) or "Chưa có gì được ghi."


def time_line(honours: Iterable[Honour], ratings: Iterable[Rating], this_year: int) -> TimeLine:
    """From the first thing known to the year to come; at most the last thirty years."""
    held, rated = list(honours), list(ratings)
    known = [honour.year for honour in held] + [rating.year for rating in rated]
    first = max(min([this_year - 4, *known]), this_year - MOST_YEARS)
    years = range(first, this_year + 2)
    stacked: dict[int, list[Honour]] = {}
    for honour in held:
        stacked.setdefault(honour.year, []).append(honour)
    tallest = max((len(rows) for rows in stacked.values()), default=1)
    axis = 8 + tallest * ROW
    place = {year: LEFT + at * STEP for at, year in enumerate(years)}
    return TimeLine(
        width=LEFT * 2 + STEP * len(years),
        height=axis + BAR + 28,
        axis=axis,
        honours=[
            _honour(honour, place[year], axis - ROW * (at + 1))
            for year, rows in stacked.items()
            if year in place
            for at, honour in enumerate(rows)
        ],
        ratings=[
            Mark(place[row.year], axis, row.short, f"{row.get_level_display()} năm {row.year}", row.level)
            for row in rated
            if row.year in place
        ],
        years=[
            Mark(x, axis + BAR + 18, str(year), "", "now" if year == this_year else "")
            for year, x in place.items()
        ],
    )


def _honour(honour: Honour, x: int, y: int) -> Mark:
    told = kind(honour.kind, honour.decision_date)
    title = f"{told.name} năm {honour.year}, {honour.decision_symbol}"
    look = "taken" if getattr(honour, "revocation", None) else told.level
    return Mark(x, y, told.short, title, look)
