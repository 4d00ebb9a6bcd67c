"""The ranking as a picture: places, points by group, points lost, self against final."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.models import Criterion, CriterionKind, LayerKind, Scorecard
from thidua.emulation.scoring.queries import Place, SheetView, places_of, sheets_of
from thidua.organisations.models import Unit

LOST_WIDTH, DUMBBELL_WIDTH = 300, 200  # of the two pictures, in units of their view box


@dataclass(frozen=True)
class Bar:
    """A piece of a bar: where it starts, how wide it is, which series, its figure."""

    x: float
    width: float
    series: int
    points: Decimal


@dataclass(frozen=True)
class Row:
    """One unit in the ranking."""

    unit: Unit
    place: Place
    groups: dict[str, Decimal]
    bonus: Decimal
    lost: list[Bar]
    own: Decimal
    own_x: float
    final_x: float


@dataclass(frozen=True)
class Standings:
    """All units concluded, best first, with the scales of the pictures."""

    cycle: Cycle
    card: Scorecard
    groups: list[Criterion]
    rows: list[Row]
    lost_max: Decimal
    low: Decimal
    high: Decimal
    scale: Decimal
    places: int
    waiting: list[Unit]

    @property
    def most_inflated(self) -> Row | None:
        """Whose self-score stood highest above the final."""
        return max(self.rows, key=lambda row: row.own - row.place.points, default=None)

    @property
    def average_gap(self) -> Decimal:
        """How far self-scores stood above the final on average, in points."""
        gaps = [row.own - row.place.points for row in self.rows]
        return sum(gaps, Decimal(0)) / len(gaps) if gaps else Decimal(0)

    @property
    def lead(self) -> Decimal:
        """Points between the first and the second."""
        return self.rows[0].place.points - self.rows[1].place.points if len(self.rows) > 1 else Decimal(0)

    @property
    def weakest_group(self) -> tuple[Criterion, Decimal, Decimal] | None:
        """The group where the largest share of its points was lost: group, average, share lost."""
        if not self.rows:
            return None
        worst = None
        for group in self.groups:
            average = sum((row.groups[group.code] for row in self.rows), Decimal(0)) / len(self.rows)
            lost = 1 - average / group.max_points if group.max_points else Decimal(0)
            if worst is None or lost > worst[2]:
                worst = (group, average, lost)
        return worst

    @property
    def scale_x(self) -> float:
        """Where the full scale stands on the self-against-final picture."""
        return _along(self.scale, self.low, self.high, DUMBBELL_WIDTH)


def standings(cycle: Cycle, card: Scorecard, by: Actor) -> Standings:
    """Read the concluded sheets and lay out the pictures; deterministic, no clock."""
    views = sheets_of(card)
    scale, places = (views[0].table.total, views[0].table.places) if views else (Decimal(100), 2)
    done = {v.sheet.unit_id: v for v in views if v.layers[LayerKind.FINAL].sent}
    order = places_of(views)
    groups = [
        line
        for line in (views[0].criteria if views else [])
        if line.parent_id is None and not _is_extra(line, views[0])
    ]
    lost_max = max((_lost_total(done[p.unit], groups) for p in order), default=Decimal(1)) or Decimal(1)
    low, high = _range(list(done.values()), scale)
    rows = [_row(done[p.unit], p, groups, lost_max, low, high) for p in order]
    waiting = [v.sheet.unit for v in views if v.sheet.unit_id not in done]
    return Standings(cycle, card, groups, rows, lost_max, low, high, scale, places, waiting)


def _is_extra(line: Criterion, view: SheetView) -> bool:
    """A top line that holds only bonuses and penalties."""
    if line.kind != CriterionKind.GROUP:
        return line.kind != CriterionKind.MARK
    below = [x for x in view.criteria if x.parent_id == line.pk]
    return bool(below) and all(x.kind in {CriterionKind.BONUS, CriterionKind.PENALTY} for x in below)


def _lost_of(view: SheetView, group: Criterion) -> Decimal:
    return max(group.max_points - _points(view, group), Decimal(0))


def _points(view: SheetView, group: Criterion) -> Decimal:
    return view.layers[LayerKind.FINAL].points_of(group) or Decimal(0)


def _lost_total(view: SheetView, groups: list[Criterion]) -> Decimal:
    return sum((_lost_of(view, g) for g in groups), Decimal(0))


def _range(views: list[SheetView], scale: Decimal) -> tuple[Decimal, Decimal]:
    totals = [v.layers[k].total for v in views for k in (LayerKind.SELF, LayerKind.FINAL)]
    low = min([*totals, scale]) - 1
    return low, max([*totals, scale]) + 1


def _along(value: Decimal, low: Decimal, high: Decimal, width: int) -> float:
    return float((value - low) / (high - low) * width) if high > low else 0.0


def _row(
    view: SheetView, place: Place, groups: list[Criterion], lost_max: Decimal, low: Decimal, high: Decimal
) -> Row:
    final, own = view.layers[LayerKind.FINAL], view.layers[LayerKind.SELF].total
    bars, x = [], 0.0
    for series, group in enumerate(groups):
        lost = _lost_of(view, group)
        width = float(lost / lost_max * LOST_WIDTH)
        if lost:
            bars.append(Bar(x, width, series, lost))
        x += width
    points = {g.code: _points(view, g) for g in groups}
    return Row(
        unit=view.sheet.unit,
        place=place,
        groups=points,
        bonus=final.total - sum(points.values(), Decimal(0)),
        lost=bars,
        own=own,
        own_x=_along(own, low, high, DUMBBELL_WIDTH),
        final_x=_along(place.points, low, high, DUMBBELL_WIDTH),
    )
