"""The year's scoring at a glance: who has sent which layer, and who scores whom across."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.queries import members_now, regulation_of
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.models import Scorecard
from thidua.emulation.scoring.queries import (
    LAYERS,
    OwnerProgress,
    SheetView,
    draft_of,
    may_see_sheet,
    owners_progress,
    scorecard_of,
    sealed,
    sheets_of,
    thematic_tables,
)
from thidua.emulation.scoring.views.shared import in_scope, in_scored_scope


@require_GET
def overview(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Units by layers, with totals where the person may see them."""
    scope = in_scored_scope(request, cluster, cycle)
    year = scope.cycle
    allow(request.actor, "scoring.view_scores", year)
    card = scorecard_of(*scope)
    views = in_order(sheets_of(card), members_now(year, request.actor.on)) if card else []
    hidden = card is not None and sealed(year, regulation_of(year, request.actor.on), views, card)
    rows = [_row(request, view, is_sealed=hidden) for view in views]
    manages = bool(runs_cycle(request.actor, year) or oversees(request.actor, year))
    if request.GET.get("xuat") == "excel":
        return _excel(rows, scope.slug)
    without = {m.unit_id for m in members_now(year, request.actor.on)} - {v.sheet.unit_id for v in views}
    context = {
        "cycle": year,
        "scope": scope,
        "card": card,
        "draft": draft_of(*scope) if manages else None,
        "rows": rows,
        "sealed": hidden,
        "manages": manages,
        "layers": LAYERS,
        "owners": _owners(request, card, manages=manages) if card else [],
        "thematic": thematic_tables(year) if scope.movement is None else [],
        "without_sheet": len(without) if card else 0,
        "places": views[0].table.places if views else 2,
    }
    return render(request, "scoring/overview.html", context)


def _owners(request: Request, card: Scorecard, *, manages: bool) -> list[OwnerProgress]:
    """Who appraises a part of its own: all of them for who runs or oversees the year, else one's own."""
    found = owners_progress(card)
    return found if manages else [one for one in found if one.owner.pk in request.actor.units()]


def in_order(views: list[SheetView], members: list) -> list[SheetView]:  # type: ignore[type-arg]
    """Sheets in the cluster's own order of members; units that left come last."""
    position = {m.unit_id: n for n, m in enumerate(members)}
    return sorted(views, key=lambda v: position.get(v.sheet.unit_id, len(position)))


def _row(request: Request, view: SheetView, *, is_sealed: bool) -> dict[str, object]:
    seen = may_see_sheet(request.actor, view, is_sealed=is_sealed)
    cells = [
        (kind, view.layers[kind], len(view.needed(kind)) - len(view.unwritten(kind)), len(view.needed(kind)))
        for kind in LAYERS
    ]
    return {"view": view, "unit": view.sheet.unit, "seen": seen, "cells": cells}


def _excel(rows: list[dict[str, object]], name: str) -> HttpResponse:
    columns = [Column("Đơn vị", "unit", width=40)]
    columns += [Column(kind.label, kind.value, kind="number", width=14) for kind in LAYERS]
    lines = []
    for row in rows:
        view = row["view"]
        assert isinstance(view, SheetView)
        points = {
            k.value: view.layers[k].total if row["seen"] and view.layers[k].sent else None for k in LAYERS
        }
        lines.append({"unit": view.sheet.unit.name, **points})
    return xlsx_response(f"cham-diem-{name}", [Sheet("Chấm điểm", columns, lines)])


@require_POST
def open_missing_sheets(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Give sheets to members who joined late."""
    card = scorecard_of(*in_scope(request, cluster, cycle))
    if card:
        actions.open_sheets(scorecard=card, by=request.actor)
        messages.success(request, "Đã lập phiếu điểm cho đơn vị mới.")
    return redirect("scoring:overview", cluster, cycle)
