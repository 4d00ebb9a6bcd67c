"""A unit's years: target beside result, unit beside cluster, drawn on the server."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.results import queries
from thidua.emulation.results.models import Period, Said
from thidua.emulation.results.queries import Strand, YearPoint
from thidua.organisations.queries import forerunners

WIDTH = 640.0
TOP, GROUND = 26.0, 152.0  # where the highest bar ends, and all begin
WIDEST = 56.0
HALF_MARK, ROOM = 6.0, 8.0  # of the mean's mark; between a label and what is under it


@dataclass(frozen=True)
class Bar:
    """One year in the picture, in its coordinates; `is_bound` for a figure that is not exact."""

    year: str
    x: float
    left: float
    width: float
    top: float
    height: float
    is_bound: bool
    label: str
    goal: float | None
    mean: float | None

    @property
    def above(self) -> float:
        """Where its label stands: over the bar, and over the mark of the mean where that is higher."""
        marked = self.top if self.mean is None else min(self.top, self.mean - HALF_MARK)
        return marked - ROOM

    @property
    def right(self) -> float:
        """Where the bar ends."""
        return self.left + self.width


@dataclass(frozen=True)
class Picture:
    """An indicator's years as bars with marks of the target and of the cluster's mean."""

    strand: Strand
    bars: list[Bar]
    rows: list[tuple[YearPoint, Said, Said]]

    @property
    def told(self) -> str:
        """The same in words, for those who cannot see it."""
        words = (f"{point.cycle.name}: {said.text or 'chưa rõ'}" for point, said, _ in self.rows)
        return "; ".join(words)


@require_safe
def trend(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """All indicators of a unit over the years of a span (`ky`, the whole year without one)."""
    year = in_cycle(request, cluster, cycle)
    units = [one for one in queries.units_read_by(year, request.actor) if one.pk == unit]
    if not units:
        raise Http404
    span = Period.of_word(request.GET.get("ky", "")) or Period.YEAR_END
    strands = queries.trend_of(units[0], span, by=request.actor)
    context = {
        "cycle": year,
        "unit": units[0],
        "period": span,
        "periods": list(Period),
        "pictures": [draw(strand) for strand in strands],
        "before": forerunners(unit),
    }
    return render(request, "results/trend.html", context)


def draw(strand: Strand) -> Picture:
    """Bars from nought, all to one scale."""
    one = strand.indicator
    rows = [(point, point.said(one), point.goal(one)) for point in strand.points]
    numbers = [
        number
        for point, said, goal in rows
        for number in (said.value, said.upper, goal.value, point.mean)
        if number is not None
    ]
    most = max([*numbers, Decimal(0)]) or Decimal(1)
    step = WIDTH / max(len(rows), 1)
    bars = [_bar(at, step, most, row) for at, row in enumerate(rows)]
    return Picture(strand, bars, rows)


def _bar(at: int, step: float, most: Decimal, row: tuple[YearPoint, Said, Said]) -> Bar:
    point, said, goal = row
    x, width = step * (at + 0.5), min(WIDEST, step * 0.5)
    ends = [number for number in (said.value, said.upper) if number is not None]
    top = _height(max(ends), most) if ends else GROUND
    foot = _height(min(ends), most) if len(ends) > 1 else GROUND
    return Bar(
        year=point.cycle.name,
        x=x,
        left=x - width / 2,
        width=width,
        top=top,
        height=max(foot - top, 0.0),
        is_bound=not said.is_exact,
        label=said.text or "–",
        goal=_height(goal.value, most) if goal.value is not None else None,
        mean=_height(point.mean, most) if point.mean is not None else None,
    )


def _height(number: Decimal, most: Decimal) -> float:
    return GROUND - float(max(number, Decimal(0)) / most) * (GROUND - TOP)
