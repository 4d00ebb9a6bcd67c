"""Handing over the headship."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.documents.views import paper_response
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import runs_cycle
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.conferences import actions, papers
from thidua.emulation.conferences.forms import HandoverForm, HandoverFormSet, typed
from thidua.emulation.conferences.models import Handover, HandoverSide
from thidua.emulation.conferences.permissions import side_of
from thidua.emulation.conferences.queries import (
    conferences_of,
    handover_of,
    obstacles_to_handing_over,
    obstacles_to_opening_next,
    obstacles_to_signing_handover,
    proposed_next_head,
)


@require_GET
def handover(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The handover: to whom by the regulation, what is handed over, who signed, the year that follows."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_cycle", year)
    found = handover_of(year)
    side = side_of(request.actor, found) if found else ""
    context = {
        "cycle": year,
        "handover": found,
        "proposed": proposed_next_head(year, request.actor.on),
        "manages": bool(runs_cycle(request.actor, year)),
        "obstacles": obstacles_to_handing_over(year),
        "sides": _sides(found) if found else [],
        "side": side,
        "sign_obstacles": obstacles_to_signing_handover(found, side) if found and side else [],
        "open_obstacles": obstacles_to_opening_next(found) if found else [],
    }
    return render(request, "conferences/handover.html", context)


def _sides(found: Handover) -> list[dict[str, Any]]:
    signed = {one.side: one for one in found.signatures.all()}
    units = {HandoverSide.OUTGOING: found.outgoing, HandoverSide.INCOMING: found.incoming}
    return [
        {"label": side.label, "unit": unit, "signature": signed.get(side)} for side, unit in units.items()
    ]


@require_http_methods(["GET", "POST"])
def edit_handover(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Draw up the handover, or change it until one side has signed."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "conferences.prepare_handover", year)
    found = handover_of(year)
    units = [member.unit for member in members_now(year, request.actor.on)]
    form = HandoverForm(
        request.POST or None,
        initial=_initial(request, year, found),
        units=units,
        conferences=conferences_of(year),
    )
    rows = HandoverFormSet(request.POST or None, initial=_rows(found), prefix="items")
    if form.is_valid() and rows.is_valid() and attempt(form, lambda: _save(request, year, found, form, rows)):
        messages.success(request, "Đã lưu biên bản bàn giao.")
        return redirect("conferences:handover", cluster, cycle)
    context = {"cycle": year, "form": form, "formset": rows, "handover": found}
    return render(request, "conferences/edit_handover.html", context)


def _initial(request: Request, year: Cycle, found: Handover | None) -> dict[str, Any]:
    if found is not None:
        names = ("incoming", "ground", "day", "place", "conference", "note", "revision")
        return {name: getattr(found, name) for name in names} | {"deputies": list(found.deputies.all())}
    proposed = proposed_next_head(year, request.actor.on)
    held = conferences_of(year).filter(kind="year_end").first()
    return {
        "incoming": proposed.unit,
        "deputies": proposed.deputies,
        "ground": proposed.ground,
        "day": held.day if held else request.actor.on,
        "place": held.place if held else "",
        "conference": held,
    }


def _rows(found: Handover | None) -> list[dict[str, Any]]:
    if found is None:
        return [{"text": text} for text in actions.USUAL_ITEMS]
    return [
        {name: getattr(row, name) for name in ("text", "count", "done", "note")} for row in found.items.all()
    ]


def _save(request: Request, year: Cycle, found: Handover | None, form: HandoverForm, rows: Any) -> None:
    text = form.text(typed(rows))
    if found is None:
        actions.prepare_handover(cycle=year, text=text, by=request.actor)
        return
    revision = form.cleaned_data["revision"] or 0
    actions.edit_handover(handover=found, text=text, revision=revision, by=request.actor)


def _the_handover(request: Request, cluster: str, cycle: str) -> Handover:
    found = handover_of(in_cycle(request, cluster, cycle))
    if found is None:
        raise Http404
    return found


@require_POST
def sign_handover(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Sign for one's side."""
    actions.sign_handover(handover=_the_handover(request, cluster, cycle), by=request.actor)
    messages.success(request, "Đã ký biên bản bàn giao.")
    return redirect("conferences:handover", cluster, cycle)


@require_POST
def open_next_year(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Open the next year under its new head."""
    following = actions.open_next_year(handover=_the_handover(request, cluster, cycle), by=request.actor)
    messages.success(request, f"Đã mở năm {following.name}.")
    return redirect("conferences:handover", cluster, cycle)


@require_GET
def handover_paper(request: Request, cluster: str, cycle: str, fmt: str) -> HttpResponse:
    """The minutes of the handover."""
    found = _the_handover(request, cluster, cycle)
    if fmt not in {"pdf", "docx"}:
        raise Http404
    kept = found.paper.text if found.paper else None
    return paper_response(kept or papers.handover_paper(found), fmt, f"ban-giao-{found.cycle.address}")
