"""Questions about the ranking."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.engine import rank
from thidua.emulation.scoring.models import LayerKind, Scorecard
from thidua.emulation.scoring.queries.cards import scorecard_of
from thidua.emulation.scoring.queries.sheets import SheetView, sheets_of


class Place(NamedTuple):
    """One unit's place among the others."""

    unit: int
    points: Decimal
    place: int
    tied: bool


def ranking(cycle: Cycle, on: date) -> list[Place]:
    """Places by the final points of the sheets concluded; empty until one is."""
    scorecard = scorecard_of(cycle)
    return places_of(sheets_of(scorecard)) if scorecard else []


def places_of(views: Iterable[SheetView], kind: str = LayerKind.FINAL) -> list[Place]:
    """Places of the units by a layer they have sent; who is disqualified has none."""
    scored = {
        view.sheet.unit_id: sheet
        for view in views
        if view.layers[kind].sent and (sheet := view.layers[kind].scored) is not None
    }
    by_key = {str(unit): sheet for unit, sheet in scored.items()}
    unit_of = {sheet.unit: unit for unit, sheet in scored.items()}
    return [Place(unit_of[one.unit], one.total, one.place, one.tied) for one in rank(by_key)]


def obstacles_to_publishing(scorecard: Scorecard, views: Iterable[SheetView]) -> list[str]:
    """Why the result cannot be published in the cluster yet."""
    if scorecard.published_at:
        return ["Kết quả đã công bố."]
    waiting = [v.sheet.unit.short_name for v in views if not v.layers[LayerKind.FINAL].sent]
    return [f"Chưa có kết luận điểm của: {', '.join(waiting)}."] if waiting else []
