"""Cross-checking: who scores whom, teams with their visits, the minutes of a visit."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.documents.queries import visible_papers
from thidua.documents.views import paper_response
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.scoring import actions, papers
from thidua.emulation.scoring.forms import CrossForm, PlanForm, VisitForm
from thidua.emulation.scoring.models import LayerKind, Scorecard
from thidua.emulation.scoring.permissions import records_visit
from thidua.emulation.scoring.queries import (
    VISIT,
    SheetView,
    obstacles_to_arranging,
    scorecard_of,
    sheets_of,
    teams_of,
)
from thidua.emulation.scoring.views.overview import in_order
from thidua.emulation.scoring.views.shared import in_scored_scope
from thidua.organisations.models import Unit


def assign(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Say who scores whom across, one by one."""
    scope = in_scored_scope(request, cluster, cycle)
    year = scope.cycle
    allow(request.actor, "scoring.assign_cross", year)
    card = scorecard_of(*scope)
    if card is None:
        messages.error(request, "Chưa ban hành bảng điểm nên chưa phân công được.")
        return redirect("scoring:overview", cluster, cycle)
    members = members_now(year, request.actor.on)
    views = in_order(sheets_of(card), members)
    units = [m.unit for m in members]
    forms = [(view, _cross_form(request, view, units)) for view in views]
    if request.method == "POST" and _assign_all(request, forms):
        messages.success(request, "Đã phân công chấm chéo.")
        return redirect("scoring:overview", cluster, cycle)
    return render(request, "scoring/assign.html", {"cycle": year, "scope": scope, "forms": forms})


def _cross_form(request: Request, view: SheetView, units: list[Unit]) -> CrossForm:
    layer = view.layers[LayerKind.CROSS].layer
    initial = {"scorer": layer.scorer_id or _next_unit(view.sheet.unit_id, units)}
    return CrossForm(layer, units, request.POST or None, initial=initial)


def _next_unit(unit_id: int, units: list[Unit]) -> int | None:
    """A first proposal: each scores the one before it in the cluster's order."""
    ids = [unit.pk for unit in units]
    if unit_id not in ids or len(ids) == 1:
        return None
    return int(ids[(ids.index(unit_id) + 1) % len(ids)])


def _assign_all(request: Request, forms: list[tuple[SheetView, CrossForm]]) -> bool:
    done = True
    for view, form in forms:
        layer = view.layers[LayerKind.CROSS].layer
        if layer.submitted_at:
            continue
        if not form.is_valid():
            done = False
            continue
        scorer = form.cleaned_data["scorer"]
        if scorer.pk != layer.scorer_id:
            assign = partial(actions.assign_cross, sheet=view.sheet, scorer=scorer, by=request.actor)
            done &= attempt(form, assign)
    return done


def plan(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Arrange teams and visits."""
    scope = in_scored_scope(request, cluster, cycle)
    year = scope.cycle
    allow(request.actor, "scoring.plan_checks", year)
    card = scorecard_of(*scope)
    if card is None:
        messages.error(request, "Chưa ban hành bảng điểm nên chưa xếp lịch được.")
        return redirect("scoring:overview", cluster, cycle)
    views = in_order(sheets_of(card), members_now(year, request.actor.on))
    form = PlanForm(views, teams_of(card.pk), request.POST or None)
    if request.method == "POST" and form.is_valid() and _plan(request, card, form):
        messages.success(request, "Đã xếp tổ và lịch kiểm tra chéo.")
        return redirect("scoring:overview", cluster, cycle)
    context = {"cycle": year, "scope": scope, "form": form, "obstacles": obstacles_to_arranging(card)}
    return render(request, "scoring/plan.html", context)


def _plan(request: Request, card: Scorecard, form: PlanForm) -> bool:
    return attempt(form, lambda: actions.plan_checks(scorecard=card, plan=form.plan(), by=request.actor))


def visit(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """A visit: when, where, by whom; its minutes once written."""
    scope = in_scored_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    view = _visited(scorecard_of(*scope), unit)
    planned = view.visit
    assert planned is not None
    may_record = planned.recorded_at is None and records_visit(request.actor, view.sheet)
    initial = {"on": planned.on, "place": planned.place}
    form = VisitForm(request.POST or None, initial=initial)
    if request.method == "POST":
        allow(request.actor, "scoring.record_visit", view.sheet)
        if form.is_valid() and attempt(
            form,
            lambda: actions.record_visit(sheet=view.sheet, by=request.actor, **form.cleaned_data),
        ):
            messages.success(request, "Đã lập biên bản kiểm tra.")
            return redirect("scoring:visit", cluster, cycle, unit)
    team = Unit.objects.filter(pk__in=view.scorers).order_by("name")
    context = {
        "cycle": scope.cycle,
        "scope": scope,
        "view": view,
        "visit": planned,
        "form": form if may_record else None,
        "paper": visible_papers(request.actor).filter(about_type=VISIT, about_id=planned.pk).first(),
        "team": team,
    }
    return render(request, "scoring/visit.html", context)


def _visited(card: Scorecard | None, unit: int) -> SheetView:
    views = sheets_of(card) if card else []
    found = next((view for view in views if view.sheet.unit_id == unit and view.visit), None)
    if found is None:
        raise Http404
    return found


@require_GET
def visit_paper(request: Request, cluster: str, cycle: str, unit: int, fmt: str) -> HttpResponse:
    """The minutes of a visit as a paper."""
    scope = in_scored_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    view = _visited(scorecard_of(*scope), unit)
    if fmt not in {"pdf", "docx"} or view.visit is None or view.visit.recorded_at is None:
        raise Http404
    return paper_response(papers.visit_paper(view), fmt, f"bien-ban-kiem-tra-{unit}")
