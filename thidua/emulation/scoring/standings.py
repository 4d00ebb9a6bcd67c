"""The ranking as a picture: places, points by group, points lost, self against the layer ranked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.models import Criterion, CriterionKind, LayerKind, Ranking, Scorecard
from thidua.emulation.scoring.queries import (
    Board,
    Place,
    board_of,
    last_layer,
    names_of,
    outline,
    places_of,
    ranked,
    ranking_of,
)
from thidua.organisations.models import Unit

LOST_WIDTH, DUMBBELL_WIDTH = 300, 200  # of the two pictures, in units of their view box
ZERO = Decimal(0)


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
    class_title: str
    to_next: Decimal | None  # points to the next place above; None at the top


@dataclass(frozen=True)
class Standings:
    """All units ranked, best first, with the scales of the pictures."""

    card: Scorecard
    layer: LayerKind
    layers: list[LayerKind]  # that anybody has sent
    stored: Ranking | None
    groups: list[Criterion]
    rows: list[Row]
    lost_max: Decimal
    low: Decimal
    high: Decimal
    scale: Decimal
    places: int
    waiting: list[Unit]
    out: list[tuple[Unit, str]]  # who has no place, and why

    @property
    def is_provisional(self) -> bool:
        """Points may still move: nothing is published."""
        return self.stored is None and self.card.published_at is None

    @property
    def has_classes(self) -> bool:
        """The table sorts units into classes."""
        return any(row.class_title for row in self.rows)

    @property
    def most_inflated(self) -> Row | None:
        """Whose self-score stood highest above the layer ranked."""
        return max(self.rows, key=lambda row: row.own - row.place.points, default=None)

    @property
    def average_gap(self) -> Decimal:
        """How far self-scores stood above the layer ranked on average, in points."""
        gaps = [row.own - row.place.points for row in self.rows]
        return sum(gaps, ZERO) / len(gaps) if gaps else ZERO

    @property
    def lead(self) -> Decimal:
        """Points between the first and the second."""
        return self.rows[0].place.points - self.rows[1].place.points if len(self.rows) > 1 else ZERO

    @property
    def weakest_group(self) -> tuple[Criterion, Decimal, Decimal] | None:
        """The group where the largest share of its points was lost: group, average, share lost."""
        if not self.rows:
            return None
        worst = None
        for group in self.groups:
            average = sum((row.groups[group.code] for row in self.rows), ZERO) / len(self.rows)
            lost = 1 - average / group.max_points if group.max_points else ZERO
            if worst is None or lost > worst[2]:
                worst = (group, average, lost)
        return worst

    @property
    def scale_x(self) -> float:
        """Where the full scale stands on the self-against-final picture."""
        return _along(self.scale, self.low, self.high, DUMBBELL_WIDTH)


def standings(card: Scorecard, asked: str = "") -> Standings:
    """The ranking by the layer asked for, else the last that anybody sent; as stored once it is published."""
    board = board_of(card)
    stored = ranking_of(card)
    kind = _layer_shown(board, stored, asked)
    told = json.loads(stored.result) if stored else outline(ranked(board, kind)[1])
    return _Laid(board, told, kind).standings(card, stored)


def _layer_shown(board: Board, stored: Ranking | None, asked: str) -> LayerKind:
    if stored is not None:
        return next(kind for kind in LayerKind if kind.label == stored.layer)
    if asked in LayerKind.values:
        return LayerKind(asked)
    return last_layer(list(board.layers.values()))


class _Laid:
    """A result told as data, laid out."""

    def __init__(self, board: Board, told: Mapping[str, Any], kind: LayerKind) -> None:
        self.board, self.told, self.kind = board, told, kind
        self.names = names_of(board.sheets)
        self.unit_of = {sheet.unit_id: sheet.unit for sheet in board.sheets}
        self.groups = [
            line for line in board.criteria if line.parent_id is None and not _is_extra(line, board.criteria)
        ]
        self.order = places_of(board, told)

    def sheet(self, unit: int, kind: LayerKind) -> Mapping[str, Any] | None:
        """A layer of a unit, when it counts."""
        found: Mapping[str, Any] | None = self.told["units"].get(self.names[unit], {}).get(kind.label)
        return found

    def total(self, unit: int, kind: LayerKind) -> Decimal:
        """The total of a layer."""
        sheet = self.sheet(unit, kind)
        return Decimal(sheet["total"]) if sheet else ZERO

    def points(self, unit: int, group: Criterion) -> Decimal:
        """Points of a top line in the layer ranked."""
        sheet = self.sheet(unit, self.kind) or {"groups": {}, "marks": {}}
        found = sheet["groups"].get(group.code)
        if found is None:
            found = sheet["marks"].get(group.code, {}).get("points", 0)
        return Decimal(found)

    def lost(self, unit: int, group: Criterion) -> Decimal:
        """Points of a group that the unit did not get."""
        return max(group.max_points - self.points(unit, group), ZERO)

    def standings(self, card: Scorecard, stored: Ranking | None) -> Standings:
        """Everything the page shows."""
        scale = self.board.table.total
        losses = [sum((self.lost(p.unit, g) for g in self.groups), ZERO) for p in self.order]
        lost_max = max(losses, default=Decimal(1)) or Decimal(1)
        totals = [self.total(p.unit, k) for p in self.order for k in (LayerKind.SELF, self.kind)]
        low, high = min([*totals, scale]) - 1, max([*totals, scale]) + 1
        sent = {k for own in self.board.layers.values() for k, layer in own.items() if layer.submitted_at}
        return Standings(
            card=card,
            layer=self.kind,
            layers=[kind for kind in LayerKind if kind in sent],
            stored=stored,
            groups=self.groups,
            rows=[self._row(n, lost_max, low, high) for n in range(len(self.order))],
            lost_max=lost_max,
            low=low,
            high=high,
            scale=scale,
            places=self.board.table.places,
            waiting=[
                sheet.unit
                for sheet in self.board.sheets
                if self.board.layers[sheet.pk][self.kind].submitted_at is None
            ],
            out=[self._out(pk) for pk in self.unit_of if self.names[pk] in self.told["out"]],
        )

    def _out(self, unit: int) -> tuple[Unit, str]:
        sheet = self.sheet(unit, self.kind)
        return self.unit_of[unit], "; ".join(sheet["class_reasons"]) if sheet else ""

    def _row(self, at: int, lost_max: Decimal, low: Decimal, high: Decimal) -> Row:
        place = self.order[at]
        unit, own = place.unit, self.total(place.unit, LayerKind.SELF)
        groups = {g.code: self.points(unit, g) for g in self.groups}
        above = [p.points for p in self.order if p.points > place.points]
        sheet = self.sheet(unit, self.kind) or {}
        return Row(
            unit=self.unit_of[unit],
            place=place,
            groups=groups,
            bonus=place.points - sum(groups.values(), ZERO),
            lost=self._bars(unit, lost_max),
            own=own,
            own_x=_along(own, low, high, DUMBBELL_WIDTH),
            final_x=_along(place.points, low, high, DUMBBELL_WIDTH),
            class_title=sheet.get("class", ""),
            to_next=min(above) - place.points if above else None,
        )

    def _bars(self, unit: int, lost_max: Decimal) -> list[Bar]:
        bars, x = [], 0.0
        for series, group in enumerate(self.groups):
            lost = self.lost(unit, group)
            width = float(lost / lost_max * LOST_WIDTH)
            if lost:
                bars.append(Bar(x, width, series, lost))
            x += width
        return bars


def _is_extra(line: Criterion, criteria: list[Criterion]) -> bool:
    """A top line that holds only bonuses and penalties."""
    if line.kind != CriterionKind.GROUP:
        return line.kind != CriterionKind.MARK
    below = [x for x in criteria if x.parent_id == line.pk]
    return bool(below) and all(x.kind in {CriterionKind.BONUS, CriterionKind.PENALTY} for x in below)


def _along(value: Decimal, low: Decimal, high: Decimal, width: int) -> float:
    return float((value - low) / (high - low) * width) if high > low else 0.0
