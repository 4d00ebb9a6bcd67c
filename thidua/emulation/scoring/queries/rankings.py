"""Questions about the ranking: live while it is provisional, stored once it is published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.engine import (
    Filings,
    PointsTable,
    Result,
    Sheet,
    compute,
    digest,
    read_filings,
    read_table,
)
from thidua.emulation.scoring.models import LayerKind, Ranking, Scorecard, ScoreSheet
from thidua.emulation.scoring.queries.cards import due_of, scorecard_of
from thidua.emulation.scoring.queries.filings import LAYERS, computed, names_of
from thidua.emulation.scoring.queries.sheets import Board, SheetView, board_of


class Place(NamedTuple):
    """One unit's place among the others."""

    unit: int
    points: Decimal
    place: int
    tied: bool


def ranking_of(scorecard: Scorecard) -> Ranking | None:
    """The ranking as it was published; None while it is provisional."""
    return Ranking.objects.filter(scorecard=scorecard).first()


def ranking(cycle: Cycle, on: date) -> list[Place]:
    """Places by the final points: as published, else of the sheets concluded so far."""
    scorecard = scorecard_of(cycle)
    if scorecard is None:
        return []
    board = board_of(scorecard)
    stored = ranking_of(scorecard)
    told = json.loads(stored.result) if stored else outline(ranked(board, LayerKind.FINAL)[1])
    return places_of(board, told)


def thematic_rankings(cycle: Cycle) -> dict[int, list[Place]]:
    """Places by the published tables of the year's movements, by id of the movement, in two queries."""
    rows = Ranking.objects.filter(scorecard__cycle=cycle, scorecard__movement__isnull=False)
    found = rows.select_related("scorecard__movement").prefetch_related("scorecard__sheets__unit")
    return {
        stored.scorecard.movement.movement_id: _places(
            stored.scorecard.sheets.all(), json.loads(stored.result)
        )
        for stored in found
        if stored.scorecard.movement
    }


def ranked(board: Board, kind: str) -> tuple[Filings, Result]:
    """Everything sent, computed, ranked by a layer; nobody is ranked by one that nobody sent."""
    return computed(board.table, board.document(), LayerKind(kind).label)


def places_of(board: Board, told: Mapping[str, Any]) -> list[Place]:
    """The places of a result told as data, by id of unit."""
    return _places(board.sheets, told)


def _places(sheets: Iterable[ScoreSheet], told: Mapping[str, Any]) -> list[Place]:
    unit_of = {name: unit for unit, name in names_of(sheets).items()}
    return [
        Place(unit_of[one["unit"]], Decimal(one["total"]), one["place"], one["tied"])
        for one in told["ranking"]
        if one["unit"] in unit_of
    ]


def outline(result: Result) -> dict[str, Any]:
    """What the page of the ranking shows of a result, in the words of the engine's own output."""
    top = [line.code for line in result.table.criteria]
    return {
        "layer": result.layer,
        "provisional": list(result.provisional),
        "ranking": [one._asdict() for one in result.ranking],
        "out": list(result.out),
        "units": {
            unit: {layer: _sheet(sheet, top) for layer, sheet in own.items()}
            for unit, own in result.sheets.items()
        },
    }


def _sheet(sheet: Sheet, top: Iterable[str]) -> dict[str, Any]:
    return {
        "total": sheet.total,
        "class": sheet.class_title,
        "class_reasons": list(sheet.class_reasons),
        "groups": sheet.sums,
        "marks": {code: {"points": sheet.marks[code].points} for code in top if code in sheet.marks},
    }


def last_layer(views: Iterable[SheetView] | Iterable[Mapping[str, Any]]) -> LayerKind:
    """The last layer that anybody has sent; the self-score while nobody has sent any."""
    sent = {kind for view in views for kind in LAYERS if _is_sent(view, kind)}
    return max(sent, key=LAYERS.index, default=LayerKind.SELF)


def _is_sent(view: SheetView | Mapping[str, Any], kind: LayerKind) -> bool:
    if isinstance(view, SheetView):
        return view.layers[kind].sent
    return kind in view and view[kind].submitted_at is not None


def obstacles_to_publishing(scorecard: Scorecard, views: Iterable[SheetView], on: date) -> list[str]:
    """Why the result cannot be published yet; after its deadline it no longer waits for who is late.

    A thematic table has one day only: after it, who has not scored itself is no longer waited for.
    """
    if scorecard.published_at:
        return ["Kết quả đã công bố."]
    rows = list(views)
    concluded = [v for v in rows if v.layers[LayerKind.FINAL].sent]
    if not concluded:
        return ["Chưa có đơn vị nào được kết luận điểm."]
    waiting = [view for view in rows if not view.layers[LayerKind.FINAL].sent]
    if _is_over(scorecard, ActKey.FINAL_SCORE, on):
        waiting = []
    elif _is_over(scorecard, ActKey.SELF_SCORE, on) and scorecard.movement_id:
        waiting = [view for view in waiting if view.layers[LayerKind.SELF].sent]
    if waiting:
        return [f"Chưa có kết luận điểm của: {', '.join(v.sheet.unit.short_name for v in waiting)}."]
    return []


def _is_over(scorecard: Scorecard, act: ActKey, on: date) -> bool:
    """The day on which an act is due has passed."""
    last = due_of(scorecard, act)
    return last is not None and on > last


@dataclass(frozen=True)
class Recomputed:
    """A published ranking computed again from what was stored with it."""

    digest: str
    is_same: bool


def recompute(stored: Ranking) -> Recomputed:
    """Compute a published ranking again, from its own documents alone."""
    table, filings = stored.documents
    mark, _ = digest_of(read_table(table), read_filings(filings), stored.layer)
    return Recomputed(mark, mark == stored.digest)


def digest_of(table: PointsTable, filings: Filings, layer: str) -> tuple[str, Result]:
    """The digest of table, filings and ranking, and the result it is of."""
    result = compute(table, filings, layer)
    return digest(table, filings, result), result
