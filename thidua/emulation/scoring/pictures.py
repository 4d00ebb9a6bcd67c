"""A unit's scores as pictures: against the cluster, against its own, over the years, to the next place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.base.periods import local_day
from thidua.emulation.scoring.models import Criterion, CriterionKind, LayerKind, Ranking, Scorecard
from thidua.emulation.scoring.queries import LayerView, SheetView
from thidua.emulation.scoring.standings import Row, Standings
from thidua.organisations.queries import forerunners, names_on

WIDTH = 320  # of every picture, in units of its view box
YEARS_HEIGHT = 120
MOST_GAINS = 5
HUNDRED, ZERO = Decimal(100), Decimal(0)


@dataclass(frozen=True)
class GroupBar:
    """A group of criteria: the unit's points, the cluster's average and best, the unit's self-score."""

    line: Criterion
    points: Decimal
    average: Decimal
    best: Decimal
    own: Decimal
    x: float
    average_x: float
    best_x: float
    own_x: float


@dataclass(frozen=True)
class YearDot:
    """A year's published total as a share of its scale, and the place."""

    name: str
    total: Decimal
    place: int
    of: int
    x: float
    y: float


@dataclass(frozen=True)
class Gain:
    """A criterion on which points were lost: what all of it would bring, and the place it would give."""

    line: Criterion
    points: Decimal
    lost: Decimal
    place: int


@dataclass(frozen=True)
class UnitPicture:
    """Everything the page of a unit's comparison draws."""

    view: SheetView
    row: Row | None
    groups: list[GroupBar]
    years: list[YearDot]
    gains: list[Gain]

    @property
    def path(self) -> str:
        """The line through the years."""
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.years)


def picture_of(view: SheetView, views: list[SheetView], table: Standings) -> UnitPicture:
    """Draw a unit's last layer against the same layer of the others."""
    row = next((one for one in table.rows if one.unit.pk == view.sheet.unit_id), None)
    layer = view.layers[table.layer]
    others = [one.layers[table.layer] for one in views if one.layers[table.layer].sent]
    return UnitPicture(
        view=view,
        row=row,
        groups=[_bar(line, layer, others, view.layers[LayerKind.SELF]) for line in table.groups],
        years=years_of(table.card, view.sheet.unit_id),
        gains=gains_of(view, layer, table) if row else [],
    )


def _bar(line: Criterion, layer: LayerView, others: list[LayerView], own: LayerView) -> GroupBar:
    all_points = [one.points_of(line) or ZERO for one in others]
    points, self_points = layer.points_of(line) or ZERO, own.points_of(line) or ZERO
    best = max(all_points, default=ZERO)
    average = sum(all_points, ZERO) / len(all_points) if all_points else ZERO
    end = max(line.max_points, best, self_points) or Decimal(1)

    def along(value: Decimal) -> float:
        return float(max(value, ZERO) / end * WIDTH)

    return GroupBar(
        line=line,
        points=points,
        average=average,
        best=best,
        own=self_points,
        x=along(points),
        average_x=along(average),
        best_x=along(best),
        own_x=along(self_points),
    )


def gains_of(view: SheetView, layer: LayerView, table: Standings) -> list[Gain]:
    """Criteria by points lost, the most first, with the place the unit would have with all of them."""
    mine = view.sheet.unit_id
    others = [row.place.points for row in table.rows if row.unit.pk != mine]
    total, found = layer.total, []
    for line in view.leaves:
        points = layer.points_of(line)
        if line.kind != CriterionKind.MARK or points is None or points >= line.max_points:
            continue
        lost = line.max_points - points
        place = 1 + sum(other > total + lost for other in others)
        found.append(Gain(line, points, lost, place))
    return sorted(found, key=lambda gain: -gain.lost)[:MOST_GAINS]


def years_of(card: Scorecard, unit_id: int) -> list[YearDot]:
    """The unit, or those it came from, in the cluster's published rankings up to this year, oldest first.

    By the years' own tables, or by those of the same movement when the table scores one.
    """
    cycle = card.cycle
    rows = Ranking.objects.filter(
        scorecard__cycle__cluster=cycle.cluster_id,
        scorecard__cycle__term__startswith__lte=cycle.term.lower,
        scorecard__movement__movement=card.movement.movement_id if card.movement else None,
    )
    line = [unit_id, *(unit.pk for unit in forerunners(unit_id))]
    found = []
    for one in rows.select_related("scorecard__cycle").order_by("scorecard__cycle__term"):
        names = {name for name, _ in names_on(line, local_day(one.frozen_at)).values()}
        if (place := _place(json.loads(one.result), names)) is not None:
            found.append((one.scorecard, *place))
    return _dots(found)


def _place(result: dict[str, Any], names: set[str]) -> tuple[Decimal, int, int] | None:
    mine = next((one for one in result["ranking"] if one["unit"] in names), None)
    return (Decimal(mine["total"]), mine["place"], len(result["ranking"])) if mine else None


def _dots(found: Iterable[tuple[Scorecard, Decimal, int, int]]) -> list[YearDot]:
    rows = list(found)
    shares = [total / Decimal(str(card.settings.get("total") or HUNDRED)) for card, total, _, _ in rows]
    low, high = min(shares, default=ZERO), max(shares, default=ZERO)
    step = WIDTH / max(len(rows) - 1, 1)
    dots = []
    for at, (card, total, place, of) in enumerate(rows):
        up = float((shares[at] - low) / (high - low)) if high > low else 0.5
        y = YEARS_HEIGHT - 20 - up * (YEARS_HEIGHT - 40)
        dots.append(YearDot(card.cycle.name, total, place, of, at * step if len(rows) > 1 else WIDTH / 2, y))
    return dots
