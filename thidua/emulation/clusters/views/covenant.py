"""Pages of a year's covenant: reading, signing, writing, opening, amending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
from thidua.emulation.clusters.forms.covenants import (
    CovenantForm,
    names_of,
    target_formset,
    target_rows,
    targets_in,
    typed_rows,
    units_to_name,
)
from thidua.emulation.clusters.models import Covenant, CovenantState, Cycle, Membership, Signature
from thidua.emulation.clusters.papers.covenant import covenant_paper
from thidua.emulation.clusters.pasting import read_pasted
from thidua.emulation.clusters.promises import amended, level_text
from thidua.emulation.clusters.queries import (
    covenants_of,
    due,
    indicators_in,
    leading_office,
    members_now,
    obstacles_to_opening,
    obstacles_to_signing,
    signed_by_unit,
    signing_units,
    targets_of,
)
from thidua.emulation.clusters.views.shared import in_cycle, may, not_saved, saved

VERBS = ("draft_covenant", "edit_covenant", "drop_covenant", "open_covenant")


@dataclass(frozen=True)
class Seat:
    """A member's line in the table of signatures."""

    unit: str
    signature: Signature | None
    left: bool = False


@require_GET
def covenant_page(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The version that stands; else the draft; else how to begin."""
    year = in_cycle(request, cluster, cycle)
    versions = list(covenants_of(year))
    standing = next((c for c in versions if c.state == CovenantState.OPEN), None)
    shown = standing or next(iter(versions), None)
    if shown is None:
        allowed = may(request.actor, year, *VERBS)
        return render(request, "clusters/covenant_none.html", {"cycle": year, "may": allowed})
    return _show(request, year, shown, versions)


@require_GET
def covenant_version(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """One version, with what it changed."""
    year = in_cycle(request, cluster, cycle)
    versions = list(covenants_of(year))
    found = next((c for c in versions if c.version == version), None)
    if found is None:
        raise Http404
    return _show(request, year, found, versions)


def _show(request: Request, year: Cycle, covenant: Covenant, versions: list[Covenant]) -> HttpResponse:
    covenant.cycle = year
    targets = targets_of(covenant)
    older = next((c for c in versions if c.version < covenant.version), None)
    required = members_now(year, request.actor.on)
    seats = _seats(required, covenant)
    shown = {
        "cycle": year,
        "covenant": covenant,
        "versions": versions,
        "draft": next((c for c in versions if c.state == CovenantState.DRAFT), None),
        "common": [(t, level_text(t)) for t in targets if t.unit is None],
        "own": [(t, level_text(t)) for t in targets if t.unit is not None],
        "older": older,
        "changes": amended(older.text, covenant.text, targets_of(older), targets) if older else [],
        "seats": seats,
        "signed_count": sum(1 for seat in seats if seat.signature and not seat.left),
        "required_count": len(required),
        "due": due(year, "covenant"),
        "mine": _mine(request, covenant),
        "obstacles": obstacles_to_opening(covenant, request.actor.on)
        if covenant.state == CovenantState.DRAFT
        else [],
        "may": may(request.actor, year, *VERBS),
    }
    return render(request, "clusters/covenant.html", shown)


def _seats(required: list[Membership], covenant: Covenant) -> list[Seat]:
    given = signed_by_unit(covenant)
    present = {m.unit_id for m in required}
    left = [Seat(s.unit.name, s, left=True) for s in given.values() if s.unit_id not in present]
    return [Seat(m.unit.name, given.get(m.unit_id)) for m in required] + left


def _mine(request: Request, covenant: Covenant) -> list[dict[str, Any]]:
    """For each unit one leads: what stands in the way of signing, or the office one signs in."""
    if covenant.state != CovenantState.OPEN:
        return []
    signed = signed_by_unit(covenant)
    return [
        {
            "unit": m.unit,
            "obstacles": obstacles_to_signing(covenant, m.unit, request.actor),
            "office": leading_office(request.actor, m.unit),
        }
        for m in signing_units(covenant.cycle, request.actor)
        if m.unit_id not in signed
    ]


def _version(year: Cycle, version: int) -> Covenant:
    found = get_object_or_404(Covenant, cycle=year, version=version)
    found.cycle = year
    return found


@require_POST
def draft_covenant(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Begin a version, or an amendment with its reason."""
    year = in_cycle(request, cluster, cycle)
    reason = request.POST.get("ly_do", "")[:300]
    draft = actions.draft_covenant(cycle=year, amendment_reason=reason, by=request.actor)
    return redirect("clusters:edit_covenant", cluster, cycle, draft.version)


@require_http_methods(["GET", "POST"])
def edit_covenant(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Write a draft with its targets; pasted lines are shown as rows before anything is saved."""
    year = in_cycle(request, cluster, cycle)
    draft = _version(year, version)
    if draft.state != CovenantState.DRAFT:
        raise Http404
    allow(request.actor, "clusters.edit_covenant", draft)
    units = units_to_name(year)
    form = CovenantForm(request.POST or None, covenant=draft)
    if request.method == "GET":
        formset = target_formset(units, initial=target_rows(draft))
        return _edit_page(request, draft, form, formset)
    formset = target_formset(units, request.POST, catalogue=indicators_in(year))
    if "HX-Request" in request.headers:
        return _autosave(request, draft, form, formset)
    if "dan" in request.POST:
        pasted = read_pasted(request.POST.get("bang", ""), names_of(units))
        shown = target_formset(units, initial=typed_rows(formset) + pasted.rows)
        return _edit_page(request, draft, form, shown, pasted=pasted)

    def run() -> None:
        _save(request, draft, form, formset)

    if form.is_valid() and formset.is_valid() and attempt(form, run):
        messages.success(request, "Đã lưu dự thảo giao ước.")
        return redirect("clusters:covenant_version", cluster, cycle, version)
    return _edit_page(request, draft, form, formset)


def _edit_page(
    request: Request, draft: Covenant, form: CovenantForm, formset: Any, **more: Any
) -> HttpResponse:
    shown = {"cycle": draft.cycle, "covenant": draft, "form": form, "formset": formset} | more
    shown["catalogue"] = indicators_in(draft.cycle)
    return render(request, "clusters/covenant_form.html", shown)


def _save(request: Request, draft: Covenant, form: CovenantForm, formset: Any) -> Covenant:
    return actions.edit_covenant(
        covenant=draft, targets=targets_in(formset), by=request.actor, **form.cleaned_data
    )


def _autosave(request: Request, draft: Covenant, form: CovenantForm, formset: Any) -> HttpResponse:
    if not (form.is_valid() and formset.is_valid()):
        return not_saved("Còn ô ghi chưa đúng nên chưa lưu.")
    try:
        return saved(_save(request, draft, form, formset).revision)
    except Refused as refusal:
        return not_saved(refusal)


@require_POST
def open_covenant(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Open a draft for signing."""
    year = in_cycle(request, cluster, cycle)
    actions.open_covenant(covenant=_version(year, version), by=request.actor)
    messages.success(request, "Đã mở ký giao ước.")
    return redirect("clusters:covenant", cluster, cycle)


@require_POST
def drop_covenant(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Throw a draft away."""
    year = in_cycle(request, cluster, cycle)
    actions.drop_covenant(covenant=_version(year, version), by=request.actor)
    messages.success(request, "Đã bỏ bản dự thảo.")
    return redirect("clusters:covenant", cluster, cycle)


@require_POST
def sign_covenant(request: Request, cluster: str, cycle: str, version: int) -> HttpResponse:
    """Sign for a unit one leads; a second press of the button finds it signed."""
    year = in_cycle(request, cluster, cycle)
    covenant = _version(year, version)
    led = {str(m.unit_id): m.unit for m in signing_units(year, request.actor)}
    unit = led.get(request.POST.get("don_vi", ""))
    if unit is None:
        raise Http404
    if "dong_y" not in request.POST:
        messages.error(request, "Anh/chị đánh dấu đã đọc giao ước rồi mới ký.")
    elif unit.pk in signed_by_unit(covenant):
        messages.info(request, f"{unit} đã ký giao ước này.")
    else:
        actions.sign(covenant=covenant, unit=unit, by=request.actor)
        messages.success(request, f"Đã ký giao ước thay mặt {unit}.")
    return redirect("clusters:covenant", cluster, cycle)


@require_GET
def covenant_file(request: Request, cluster: str, cycle: str, version: int, fmt: str) -> HttpResponse:
    """A version as a paper with signature blocks, PDF or Word."""
    year = in_cycle(request, cluster, cycle)
    found = _version(year, version)
    paper = covenant_paper(
        found,
        targets_of(found),
        members_now(year, request.actor.on),
        list(found.signatures.select_related("unit")),
        demo=settings.DEMO,
    )
    return paper_response(paper, fmt, f"giao-uoc-{cluster}-{cycle}-ban-{version}")
