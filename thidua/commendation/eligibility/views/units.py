"""Units: which one keeps records of; who of one is eligible for what."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.sheets.writing import xlsx_response
from thidua.commendation.eligibility.asking import era_on
from thidua.commendation.eligibility.queries import overview_of_unit, standings_of_collective
from thidua.commendation.eligibility.sheets import overview_sheet, unproposed_sheet
from thidua.organisations.models import Unit
from thidua.organisations.queries import find_units
from thidua.organisations.views.shared import chosen_day
from thidua.records.queries import visible_units
from thidua.rulebook.pages import ending_soon

PAGE_SIZE = 200


@require_safe
def index(request: Request) -> HttpResponse:
    """The units one keeps records of; one's only unit is opened at once."""
    allow(request.actor, "eligibility.use_pages")
    words = request.GET.get("q", "").strip()[:100]
    units = visible_units(request.actor)
    if not words:
        only = list(units[:2])
        if len(only) == 1:
            return redirect("eligibility:unit", only[0].pk)
    found = units.filter(pk__in=find_units(words).values("pk")) if words else units
    page = Paginator(found.order_by("order"), PAGE_SIZE).get_page(request.GET.get("trang"))
    return render(request, "eligibility/index.html", {"page": page, "words": words})


@require_safe
def unit(request: Request, pk: int) -> HttpResponse:
    """A unit: who is eligible for what this year, who was never proposed, how far quotas are used."""
    found: Unit = get_object_or_404(visible_units(request.actor).select_related("parent"), pk=pk)
    allow(request.actor, "eligibility.view_unit", found)
    on, fault = chosen_day(request)
    overview = overview_of_unit(found, on)
    if request.GET.get("dang") == "excel":
        sheets = [overview_sheet(overview), unproposed_sheet(overview)]
        made = xlsx_response(f"Xét điều kiện {found.short_name} {on:%d-%m-%Y}", sheets)
        return handed_out(request, made, about=found)
    own = standings_of_collective(found, on, sees_sensitive=False)
    context = {
        "unit": found,
        "overview": overview,
        "own": [one for one in own if one.judged.answer in {"eligible", "needs_review"}],
        "on": on,
        "day_fault": fault,
        "era": era_on(on),
        "ending": ending_soon(on),
    }
    return render(request, "eligibility/unit.html", context)
