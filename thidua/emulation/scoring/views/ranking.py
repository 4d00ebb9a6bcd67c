"""Places by points, and where the points were lost."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import NotAllowed
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.documents.views import paper_response
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.scoring import actions, papers
from thidua.emulation.scoring.models import LayerKind, Scope, Scorecard, ScoreLayer
from thidua.emulation.scoring.pictures import picture_of
from thidua.emulation.scoring.queries import (
    board_of,
    document_of,
    draft_of,
    may_read_ranking,
    obstacles_to_publishing,
    ranking_of,
    recompute,
    scorecard_of,
    sheets_of,
)
from thidua.emulation.scoring.standings import Standings, standings
from thidua.emulation.scoring.views.shared import in_scope, in_scored_scope

ON_ONE_WALL = 12  # rows that fit one below the other at 1080 lines


def _readable(request: Request, scope: Scope) -> Scorecard | None:
    """The table of the scope, if this person may read its ranking."""
    card = scorecard_of(*scope)
    if card is None or may_read_ranking(request.actor, card):
        return card
    raise NotAllowed("Kết quả chấm điểm chưa công bố trong cụm, khối.")


@require_GET
def ranking(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The ranking with points lost by group and self against final."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = _readable(request, scope)
    table = standings(card, request.GET.get("lop", "")) if card else None
    if table and request.GET.get("xuat") == "excel":
        return _excel(table, scope.slug)
    manages = bool(runs_cycle(request.actor, scope.cycle))
    again = "tinh-lai" in request.GET and table is not None and table.stored is not None
    context = {
        "cycle": scope.cycle,
        "scope": scope,
        "card": card,
        "standings": table,
        "manages": manages,
        "obstacles": obstacles_to_publishing(card, sheets_of(card), request.actor.on)
        if card and manages
        else [],
        "recomputed": recompute(table.stored) if again and table and table.stored else None,
    }
    return render(request, "scoring/ranking.html", context)


@require_GET
@vary_on_headers("HX-Request")
def summary(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """How far a movement's table has come, the places one may read: a page, or what its own page loads."""
    scope = in_scored_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = scorecard_of(*scope)
    manages = bool((runs_cycle | oversees)(request.actor, scope.cycle))
    layers = ScoreLayer.objects.filter(sheet__scorecard=card, kind=LayerKind.SELF) if card else None
    context = {
        "cycle": scope.cycle,
        "scope": scope,
        "card": card,
        "draft": draft_of(*scope) if manages else None,
        "manages": manages,
        "count": layers.count() if layers is not None else 0,
        "sent": layers.filter(submitted_at__isnull=False) if layers is not None else [],
        "standings": standings(card) if card and may_read_ranking(request.actor, card) else None,
    }
    part = "HX-Request" in request.headers
    return render(request, "scoring/summary.html" if part else "scoring/thematic.html", context)


@require_GET
def picture(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """A unit against its cluster, its own self-score and its years; what would change its place."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = _readable(request, scope)
    views = sheets_of(card) if card else []
    view = next((one for one in views if one.sheet.unit_id == unit), None)
    if card is None or view is None:
        raise Http404
    table = standings(card)
    drawn = picture_of(view, views, table)
    context = {
        "cycle": scope.cycle,
        "scope": scope,
        "unit": view.sheet.unit,
        "standings": table,
        "picture": drawn,
    }
    return render(request, "scoring/picture.html", context)


@require_GET
def projection(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The ranking as the conference sees it on the wall."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = _readable(request, scope)
    table = standings(card) if card else None
    rows = table.rows if table else []
    half = len(rows) if len(rows) <= ON_ONE_WALL else (len(rows) + 1) // 2
    columns = [part for part in (rows[:half], rows[half:]) if part]
    context = {"cycle": scope.cycle, "scope": scope, "card": card, "standings": table, "columns": columns}
    return render(request, "scoring/projection.html", context)


def _excel(table: Standings, name: str) -> HttpResponse:
    columns = [Column("Hạng", "place", kind="number", width=8), Column("Đơn vị", "unit", width=44)]
    columns += [Column(g.code, g.code, kind="number", width=12) for g in table.groups]
    columns += [Column("Tổng điểm", "total", kind="number", width=12), Column("Xếp loại", "class", width=30)]
    lines: list[dict[str, object]] = [
        {
            "place": row.place.place,
            "unit": row.unit.name,
            "total": row.place.points,
            "class": row.class_title,
            **{g.code: row.groups[g.code] for g in table.groups},
        }
        for row in table.rows
    ]
    return xlsx_response(f"xep-hang-{name}", [Sheet("Xếp hạng", columns, lines)])


@require_POST
def publish(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Publish the result inside the cluster."""
    card = scorecard_of(*in_scope(request, cluster, cycle))
    if card is None:
        raise Http404
    actions.publish(scorecard=card, by=request.actor)
    messages.success(request, "Đã công bố kết quả chấm điểm trong cụm, khối.")
    return redirect("scoring:ranking", cluster, cycle)


@require_GET
def ranking_files(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Table and filings as the engine's commands read them, for whoever would compute the ranking again."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = _readable(request, scope)
    if card is None:
        raise Http404
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in _documents(card).items():
            archive.writestr(name, json.dumps(data, ensure_ascii=False, indent=1))
    response = HttpResponse(made.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="tinh-lai-{scope.slug}.zip"'
    return response


def _documents(card: Scorecard) -> dict[str, object]:
    """As stored once the ranking is published; before, as they stand."""
    if stored := ranking_of(card):
        table, filings = stored.documents
        return {"bang-diem.json": table, "ket-qua.json": filings}
    board = board_of(card)
    return {"bang-diem.json": document_of(card, board.criteria), "ket-qua.json": board.document()}


@require_GET
def ranking_paper(request: Request, cluster: str, cycle: str, fmt: str) -> HttpResponse:
    """The ranking as a paper."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = _readable(request, scope)
    if card is None or fmt not in {"pdf", "docx"}:
        raise Http404
    text = papers.ranking_paper(standings(card))
    return paper_response(text, fmt, f"xep-hang-{scope.slug}")
