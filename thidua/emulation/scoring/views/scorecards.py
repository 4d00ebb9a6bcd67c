"""Reading, writing and issuing the points table."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.base.sheets import xlsx_response
from thidua.documents.views import paper_response
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.scoring import actions, papers
from thidua.emulation.scoring.engine import Finding
from thidua.emulation.scoring.engine.files import write
from thidua.emulation.scoring.forms import (
    AdoptionForm,
    CriterionForm,
    CriterionFormSet,
    ScorecardForm,
    points_text,
)
from thidua.emulation.scoring.models import Criterion, CriterionKind, Scope, Scorecard
from thidua.emulation.scoring.models.unsaved import LINES
from thidua.emulation.scoring.queries import (
    cautions,
    changes_between,
    document_of,
    draft_of,
    effects_of,
    findings,
    is_filed,
    obstacles_to_adopting,
    scorecard_of,
    unsaved_in,
    visible_scorecards,
)
from thidua.emulation.scoring.sheets import table_sheets
from thidua.emulation.scoring.views.shared import in_scope
from thidua.emulation.scoring.views.tables.shown import shown
from thidua.emulation.scoring.views.tables.taking import may_undo
from thidua.emulation.scoring.views.tables.unsaved import Work, differences, row_texts, texts, work_on


def chosen(request: Request, scope: Scope) -> Scorecard | None:
    """The version asked for by `?ban=`, else the one in force, else the draft."""
    seen = visible_scorecards(request.actor, *scope)
    asked = request.GET.get("ban", "")
    if asked.isdigit():
        return seen.filter(version=int(asked)).first()
    return seen.filter(state="adopted").first() or seen.first()


@require_GET
def scorecard(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The table as its readers see it."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = chosen(request, scope)
    if card and request.GET.get("xuat") == "excel":
        return xlsx_response(f"bang-diem-{scope.slug}", table_sheets(card))
    if card and request.GET.get("xuat") == "tep":
        return _file(card, scope.slug)
    return render(request, "scoring/scorecard.html", _context(request, scope, card, _adoption(scope, card)))


def _file(card: Scorecard, name: str) -> HttpResponse:
    """The table as a bang-diem-1 file, which the commands and the import read."""
    response = HttpResponse(write(document_of(card)), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = (
        content_disposition_header(True, f"bang-diem-{name}.yaml") or "attachment"
    )
    return response


def _adoption(scope: Scope, card: Scorecard | None) -> AdoptionForm:
    """A new version of a thematic table keeps its day unless another one is typed."""
    return AdoptionForm(scope, initial={"due": card.due} if card and card.due else {})


def _context(
    request: Request, scope: Scope, card: Scorecard | None, adoption: AdoptionForm
) -> dict[str, object]:
    lines = list(card.criteria.all()) if card else []
    year = scope.cycle
    manages = bool(runs_cycle(request.actor, year) or oversees(request.actor, year))
    drafted = card if card and manages and card.state == "draft" else None
    return {
        "cycle": year,
        "scope": scope,
        "card": card,
        "lines": lines,
        "versions": visible_scorecards(request.actor, *scope),
        "manages": manages,
        "draft": draft_of(*scope) if manages else None,
        "total": _sum(lines, CriterionKind.MARK),
        "bonus": _sum(lines, CriterionKind.BONUS),
        "obstacles": obstacles_to_adopting(drafted, request.actor.on) if drafted else [],
        "cautions": cautions(drafted) if drafted else [],
        "adoption": adoption,
        "can_undo": drafted is not None and may_undo(request, drafted),
        "places": _places(drafted) if drafted else {},
        "unsaved": unsaved_in(drafted, (line.code for line in lines), request.actor) if drafted else [],
        **(_replacing(drafted) if drafted else {}),
    }


def _places(draft: Scorecard) -> dict[str, list[Finding]]:
    """What the checks found, by the code of the line it stands on; a bonus's beside its criterion."""
    lines, _ = shown(document_of(draft), findings(draft))
    return {line.code: line.findings for line in lines if line.findings}


def _replacing(draft: Scorecard) -> dict[str, object]:
    """Against the version in force: which lines change, and whose scores."""
    in_force = scorecard_of(*draft.scope)
    if in_force is None:
        return {}
    return {
        "in_force": in_force,
        "changes": changes_between(in_force, draft),
        "effects": effects_of(in_force, draft),
        "asks_day": is_filed(in_force),
    }


def _sum(lines: list[Criterion], kind: str) -> Decimal:
    return sum((line.max_points for line in lines if line.kind == kind), Decimal(0))


def edit_scorecard(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Write the draft; the first visit begins one from the table in force."""
    scope = in_scope(request, cluster, cycle)
    year = scope.cycle
    allow(request.actor, "scoring.draft_scorecard", year)
    card = draft_of(*scope)
    if card is None:
        if request.method != "POST":
            begun = {"cycle": year, "scope": scope, "card": scorecard_of(*scope)}
            return render(request, "scoring/begin.html", begun)
        actions.draft_scorecard(cycle=year, movement=scope.movement, by=request.actor)
        return redirect("scoring:edit_scorecard", cluster, cycle)
    start = _initial(card)
    work = work_on(request, card, LINES, [card.basis, start])
    if work.is_forgotten:
        return work.forget()
    head = ScorecardForm(work.data, initial={"basis": card.basis, "revision": work.revision})
    lines = CriterionFormSet(work.data, initial=start, prefix="lines")
    now = texts(head, typed=False) | row_texts(lines.initial_forms, typed=False)
    typed = texts(head, typed=True) | row_texts(lines, typed=True)
    if work.is_autosave:
        return work.keep(now, typed)
    fits = work.saves and head.is_valid() and lines.is_valid()
    if fits and attempt(head, lambda: _save_lines(work, head, lines)):
        messages.success(request, "Đã lưu dự thảo bảng điểm.")
        return redirect("scoring:scorecard", cluster, cycle)
    work.differences = differences(now, typed) if work.is_conflict else []
    context = {"cycle": year, "scope": scope, "card": card, "form": head, "formset": lines, "work": work}
    return render(request, "scoring/edit.html", context)


def _save_lines(work: Work, head: ScorecardForm, lines: BaseFormSet[CriterionForm]) -> None:
    work.refuse_conflict()
    actions.edit_scorecard(
        scorecard=work.card,
        lines=[one.text() for one in lines if one.cleaned_data and not one.cleaned_data.get("DELETE")],
        basis=head.cleaned_data["basis"],
        revision=work.card.revision,
        by=work.request.actor,
    )


def _initial(card: Scorecard) -> list[dict[str, object]]:
    rows = list(card.criteria.all())
    codes = {row.pk: row.code for row in rows}
    return [
        {
            "code": row.code,
            "title": row.title,
            "kind": row.kind,
            "parent": codes.get(row.parent_id or 0, ""),
            "max_points": points_text(row.max_points),
            "guidance": row.guidance,
            "evidence": row.evidence,
        }
        for row in rows
    ]


@require_POST
def adopt_scorecard(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Issue the draft; what was typed stays when it is refused."""
    scope = in_scope(request, cluster, cycle)
    card = draft_of(*scope)
    if card is None:
        raise Http404
    form = AdoptionForm(scope, request.POST)
    if form.is_valid() and attempt(
        form, lambda: actions.adopt_scorecard(scorecard=card, by=request.actor, **form.cleaned_data)
    ):
        messages.success(request, f"Đã ban hành bảng điểm bản {card.version}. Mỗi đơn vị có một phiếu điểm.")
        return redirect("scoring:scorecard", cluster, cycle)
    return render(request, "scoring/scorecard.html", _context(request, scope, card, form))


@require_POST
def drop_scorecard(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Throw the draft away that was on the page."""
    scope = in_scope(request, cluster, cycle)
    card = get_object_or_404(visible_scorecards(request.actor, *scope), version=version)
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isdecimal() else None
    actions.drop_scorecard(scorecard=card, revision=revision, by=request.actor)
    messages.success(request, f"Đã bỏ dự thảo bảng điểm bản {version}.")
    return redirect("scoring:scorecard", cluster, cycle)


@require_GET
def scorecard_paper(request: Request, cluster: str, cycle: str, fmt: str) -> HttpResponse:
    """The table as a paper."""
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", scope.cycle)
    card = chosen(request, scope)
    if card is None or fmt not in {"pdf", "docx"}:
        raise Http404
    return paper_response(papers.scorecard_paper(card), fmt, f"bang-diem-{scope.slug}")
