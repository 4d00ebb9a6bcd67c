"""Places by points, and where the points were lost."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import NotAllowed
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.documents.views import paper_response
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import audits, oversees, runs_cycle
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.scoring import actions, papers
from thidua.emulation.scoring.models import Scorecard
from thidua.emulation.scoring.queries import (
    board_of,
    document_of,
    obstacles_to_publishing,
    scorecard_of,
    sheets_of,
)
from thidua.emulation.scoring.standings import Standings, standings


def _published(request: Request, year: Cycle) -> Scorecard | None:
    """The table whose result this person may read: members only after it is published."""
    card = scorecard_of(year)
    before_others = (runs_cycle, oversees, audits)
    if card is None or card.published_at or any(let_in(request.actor, year) for let_in in before_others):
        return card
    raise NotAllowed("Kết quả chấm điểm chưa công bố trong cụm, khối.")


@require_GET
def ranking(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The ranking with points lost by group and self against final."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", year)
    card = _published(request, year)
    table = standings(year, card, request.actor) if card else None
    if table and request.GET.get("xuat") == "excel":
        return _excel(table, year.name)
    manages = bool(runs_cycle(request.actor, year))
    context = {
        "cycle": year,
        "card": card,
        "standings": table,
        "mode": request.GET.get("xem", "mat"),
        "manages": manages,
        "obstacles": obstacles_to_publishing(card, sheets_of(card)) if card and manages else [],
    }
    return render(request, "scoring/ranking.html", context)


def _excel(table: Standings, name: str) -> HttpResponse:
    columns = [Column("Hạng", "place", kind="number", width=8), Column("Đơn vị", "unit", width=44)]
    columns += [Column(g.code, g.code, kind="number", width=12) for g in table.groups]
    columns += [Column("Tổng điểm", "total", kind="number", width=12)]
    lines: list[dict[str, object]] = [
        {
            "place": row.place.place,
            "unit": row.unit.name,
            "total": row.place.points,
            **{g.code: row.groups[g.code] for g in table.groups},
        }
        for row in table.rows
    ]
    return xlsx_response(f"xep-hang-{name}", [Sheet("Xếp hạng", columns, lines)])


@require_POST
def publish(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Publish the result inside the cluster."""
    year = in_cycle(request, cluster, cycle)
    card = scorecard_of(year)
    if card is None:
        raise Http404
    actions.publish(scorecard=card, by=request.actor)
    messages.success(request, "Đã công bố kết quả chấm điểm trong cụm, khối.")
    return redirect("scoring:ranking", cluster, cycle)


@require_GET
def ranking_files(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Table and filings as the engine's commands read them, for whoever would compute the ranking again."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", year)
    card = _published(request, year)
    if card is None:
        raise Http404
    board = board_of(card)
    told = {
        "bang-diem.json": document_of(card, board.criteria),
        "ket-qua.json": board.document(),
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in told.items():
            archive.writestr(name, json.dumps(data, ensure_ascii=False, indent=1))
    response = HttpResponse(made.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="tinh-lai-{year.address}.zip"'
    return response


@require_GET
def ranking_paper(request: Request, cluster: str, cycle: str, fmt: str) -> HttpResponse:
    """The ranking as a paper."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", year)
    card = _published(request, year)
    if card is None or fmt not in {"pdf", "docx"}:
        raise Http404
    text = papers.ranking_paper(standings(year, card, request.actor))
    return paper_response(text, fmt, f"xep-hang-{year.address}")
