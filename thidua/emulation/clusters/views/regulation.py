"""Pages of a cluster's regulation: what holds, its versions, writing and adopting one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused, attempt
from thidua.documents.views import paper_response
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.forms.regulations import AdoptionForm, RegulationForm
from thidua.emulation.clusters.models import Cycle, Regulation, RegulationState
from thidua.emulation.clusters.papers.regulation import regulation_paper
from thidua.emulation.clusters.presets import PRESETS, preset
from thidua.emulation.clusters.queries import draft_of, obstacles_to_adopting, regulation_of
from thidua.emulation.clusters.views.shared import in_cycle, may, not_saved, saved
from thidua.emulation.clusters.wording import changes, sections

VERBS = ("draft_regulation", "edit_regulation", "drop_regulation", "adopt_regulation")


@require_GET
def regulation_page(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The regulation in force, all versions, and how to begin one."""
    year = in_cycle(request, cluster, cycle)
    versions = list(year.cluster.regulations.order_by("-version"))
    in_force = regulation_of(year, request.actor.on)
    shown = {
        "cycle": year,
        "versions": versions,
        "in_force": in_force,
        "sections": sections(in_force) if in_force else [],
        "draft": draft_of(year.cluster_id),
        "presets": PRESETS,
        "may": may(request.actor, year.cluster, *VERBS),
    }
    return render(request, "clusters/regulation.html", shown)


@require_POST
def draft_regulation(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Begin a new version, from a preset when one is chosen."""
    year = in_cycle(request, cluster, cycle)
    chosen = preset(request.POST.get("mau", ""))
    draft = actions.draft_regulation(cluster=year.cluster, preset=chosen, by=request.actor)
    return redirect("clusters:edit_regulation", cluster, cycle, draft.version)


def _version(year: Cycle, version: int) -> Regulation:
    found = get_object_or_404(Regulation, cluster=year.cluster_id, version=version)
    found.cluster = year.cluster
    return found


def _draft(year: Cycle, version: int) -> Regulation:
    found = _version(year, version)
    if found.state != RegulationState.DRAFT:
        raise Http404
    return found


def _before(regulation: Regulation) -> Regulation | None:
    """The version this one would replace."""
    older = Regulation.objects.filter(cluster=regulation.cluster_id, version__lt=regulation.version)
    return older.order_by("-version").first()


@require_GET
def regulation_version(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """One version in sentences, with what it changed."""
    year = in_cycle(request, cluster, cycle)
    found = _version(year, version)
    older = _before(found)
    is_draft = found.state == RegulationState.DRAFT
    shown = {
        "cycle": year,
        "regulation": found,
        "older": older,
        "changes": changes(older, found) if older else [],
        "sections": sections(found),
        "obstacles": obstacles_to_adopting(found, None) if is_draft else [],
        "may": may(request.actor, found, *VERBS) if is_draft else {},
    }
    return render(request, "clusters/regulation_version.html", shown)


@require_http_methods(["GET", "POST"])
def edit_regulation(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Write a draft; an autosave posts the same form and gets a short answer."""
    year = in_cycle(request, cluster, cycle)
    draft = _draft(year, version)
    allow(request.actor, "clusters.edit_regulation", draft)
    form = RegulationForm(request.POST or None, regulation=draft)
    if request.method == "POST" and "HX-Request" in request.headers:
        return _autosave(request, draft, form)

    def run() -> None:
        _edit(request, draft, form)

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, "Đã lưu dự thảo quy chế.")
        return redirect("clusters:regulation_version", cluster, cycle, version)
    shown = {"cycle": year, "regulation": draft, "form": form}
    return render(request, "clusters/regulation_form.html", shown)


def _edit(request: Request, draft: Regulation, form: RegulationForm) -> Regulation:
    revision = form.cleaned_data["revision"]
    return actions.edit_regulation(
        regulation=draft, changes=form.changes(), revision=revision, by=request.actor
    )


def _autosave(request: Request, draft: Regulation, form: RegulationForm) -> HttpResponse:
    if not form.is_valid():
        return not_saved("Còn ô ghi chưa đúng nên chưa lưu.")
    try:
        return saved(_edit(request, draft, form).revision)
    except Refused as refusal:
        return not_saved(refusal)


@require_http_methods(["GET", "POST"])
def adopt_regulation(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Adopt a draft: by whom, with effect from when."""
    year = in_cycle(request, cluster, cycle)
    draft = _draft(year, version)
    allow(request.actor, "clusters.adopt_regulation", draft)
    form = AdoptionForm(request.POST or None, initial={"effective_from": request.actor.on})

    def run() -> None:
        actions.adopt_regulation(regulation=draft, by=request.actor, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, f"Đã thông qua quy chế bản {version}.")
        return redirect("clusters:regulation_version", cluster, cycle, version)
    older = _before(draft)
    shown = {
        "cycle": year,
        "regulation": draft,
        "older": older,
        "changes": changes(older, draft) if older else [],
        "form": form,
    }
    return render(request, "clusters/regulation_adopt.html", shown)


@require_POST
def drop_regulation(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Throw a draft away."""
    year = in_cycle(request, cluster, cycle)
    actions.drop_regulation(regulation=_version(year, version), by=request.actor)
    messages.success(request, "Đã bỏ bản dự thảo.")
    return redirect("clusters:regulation", cluster, cycle)


@require_GET
def regulation_file(request: Request, cluster: str, cycle: str, version: int, fmt: str) -> HttpResponse:
    """A version as a paper, PDF or Word."""
    year = in_cycle(request, cluster, cycle)
    found = _version(year, version)
    return paper_response(
        regulation_paper(found, demo=settings.DEMO), fmt, f"quy-che-{cluster}-ban-{version}"
    )
