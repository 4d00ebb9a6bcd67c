"""Reading, writing and issuing the points table."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.documents.views import paper_response
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.scoring import actions, papers
from thidua.emulation.scoring.forms import (
    AdoptionForm,
    CriterionFormSet,
    RuleForm,
    ScorecardForm,
    points_text,
    rule_initial,
)
from thidua.emulation.scoring.models import Criterion, CriterionKind, Scorecard
from thidua.emulation.scoring.queries import (
    cautions,
    changes_between,
    draft_of,
    effects_of,
    is_filed,
    obstacles_to_adopting,
    scorecard_of,
    visible_scorecards,
)


def chosen(request: Request, year: Cycle) -> Scorecard | None:
    """The version asked for by `?ban=`, else the one in force, else the draft."""
    seen = visible_scorecards(request.actor, year)
    asked = request.GET.get("ban", "")
    if asked.isdigit():
        return seen.filter(version=int(asked)).first()
    return seen.filter(state="adopted").first() or seen.first()


@require_GET
def scorecard(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The table as its readers see it."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", year)
    card = chosen(request, year)
    if card and request.GET.get("xuat") == "excel":
        return _excel(list(card.criteria.all()), year.name)
    return render(request, "scoring/scorecard.html", _context(request, year, card, AdoptionForm()))


def _context(
    request: Request, year: Cycle, card: Scorecard | None, adoption: AdoptionForm
) -> dict[str, object]:
    lines = list(card.criteria.all()) if card else []
    manages = bool(runs_cycle(request.actor, year) or oversees(request.actor, year))
    drafted = card if card and manages and card.state == "draft" else None
    return {
        "cycle": year,
        "card": card,
        "lines": lines,
        "versions": visible_scorecards(request.actor, year),
        "manages": manages,
        "draft": draft_of(year) if manages else None,
        "total": _sum(lines, CriterionKind.MARK),
        "bonus": _sum(lines, CriterionKind.BONUS),
        "obstacles": obstacles_to_adopting(drafted, request.actor.on) if drafted else [],
        "cautions": cautions(drafted) if drafted else [],
        "adoption": adoption,
        **(_replacing(drafted) if drafted else {}),
    }


def _replacing(draft: Scorecard) -> dict[str, object]:
    """Against the version in force: which lines change, and whose scores."""
    in_force = scorecard_of(draft.cycle)
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


def _excel(lines: list[Criterion], name: str) -> HttpResponse:
    codes = {line.pk: line.code for line in lines}
    columns = [
        Column("Mã", "code", width=10),
        Column("Nội dung", "title", width=60),
        Column("Loại", "kind", width=14),
        Column("Thuộc mục", "parent", width=12),
        Column("Tối đa", "max_points", kind="number", width=10),
        Column("Cách chấm", "guidance", width=60),
        Column("Minh chứng", "evidence", width=30),
    ]
    rows = [
        {
            "code": line.code,
            "title": line.title,
            "kind": line.get_kind_display(),
            "parent": codes.get(line.parent_id or 0, ""),
            "max_points": line.max_points,
            "guidance": line.how,
            "evidence": line.evidence,
        }
        for line in lines
    ]
    return xlsx_response(f"bang-diem-{name}", [Sheet("Bảng điểm", columns, rows)])


def edit_scorecard(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Write the draft; the first visit begins one from the table in force."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "scoring.draft_scorecard", year)
    card = draft_of(year)
    if card is None:
        if request.method != "POST":
            return render(request, "scoring/begin.html", {"cycle": year, "card": scorecard_of(year)})
        actions.draft_scorecard(cycle=year, by=request.actor)
        return redirect("scoring:edit_scorecard", cluster, cycle)
    head = ScorecardForm(request.POST or None, initial={"basis": card.basis, "revision": card.revision})
    lines = CriterionFormSet(request.POST or None, initial=_initial(card), prefix="lines")
    if request.method == "POST" and head.is_valid() and lines.is_valid():
        kept = [f.text() for f in lines if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        data = head.cleaned_data
        if attempt(
            head,
            lambda: actions.edit_scorecard(
                scorecard=card, lines=kept, basis=data["basis"], revision=data["revision"], by=request.actor
            ),
        ):
            messages.success(request, "Đã lưu dự thảo bảng điểm.")
            return redirect("scoring:scorecard", cluster, cycle)
    return render(request, "scoring/edit.html", {"cycle": year, "card": card, "form": head, "formset": lines})


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
    year = in_cycle(request, cluster, cycle)
    card = draft_of(year)
    if card is None:
        raise Http404
    form = AdoptionForm(request.POST)
    if form.is_valid() and attempt(
        form, lambda: actions.adopt_scorecard(scorecard=card, by=request.actor, **form.cleaned_data)
    ):
        messages.success(request, f"Đã ban hành bảng điểm bản {card.version}. Mỗi đơn vị có một phiếu điểm.")
        return redirect("scoring:scorecard", cluster, cycle)
    return render(request, "scoring/scorecard.html", _context(request, year, card, form))


def set_rule(request: Request, cluster: str, cycle: str, code: str) -> HttpResponse:
    """Say how the points of one criterion of the draft are computed."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "scoring.draft_scorecard", year)
    card = draft_of(year)
    line = get_object_or_404(Criterion.objects.exclude(kind="group"), scorecard=card, code=code)
    assert card is not None
    form = RuleForm(request.POST or None, initial=rule_initial(line) | {"revision": card.revision})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: actions.set_rule(
                scorecard=card,
                code=code,
                rule=form.rule(),
                revision=form.cleaned_data["revision"],
                by=request.actor,
            ),
        )
    ):
        messages.success(request, f"Đã lưu cách tính điểm của tiêu chí {code}.")
        return redirect("scoring:scorecard", cluster, cycle)
    return render(request, "scoring/rule.html", {"cycle": year, "card": card, "line": line, "form": form})


@require_GET
def scorecard_paper(request: Request, cluster: str, cycle: str, fmt: str) -> HttpResponse:
    """The table as a paper."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "scoring.view_scores", year)
    card = chosen(request, year)
    if card is None or fmt not in {"pdf", "docx"}:
        raise Http404
    return paper_response(papers.scorecard_paper(card), fmt, f"bang-diem-{year.address}")
