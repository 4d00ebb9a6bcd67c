"""Pages of the ledger."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.honours import actions
from thidua.honours.forms import CorrectionForm, HonourFilter, HonourForm, RevocationForm
from thidua.honours.queries import find_honours, honours
from thidua.honours.sheets import honours_sheet
from thidua.organisations.queries import find_units

PAGE_SIZE = 500
SHOWN_UNITS = 8
ORDERS = {  # the word in the address: what it sorts by
    "quyet-dinh": ("-decision_date", "order", "pk"),
    "ten": ("order", "-year", "pk"),
    "nam": ("-year", "order", "pk"),
    "hinh-thuc": ("kind", "-year", "order", "pk"),
}


@require_safe
def search(request: Request) -> HttpResponse:
    """Look for honours by recipient, decision, kind and year, with or without marks."""
    allow(request.actor, "honours.search")
    form = HonourFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = find_honours(
        words=asked.get("q", ""),
        decision=asked.get("decision", ""),
        kind=asked.get("kind", ""),
        era=asked.get("era", ""),
        year=asked.get("year"),
    ).order_by(*ORDERS.get(request.GET.get("thu_tu", ""), ORDERS["quyet-dinh"]))
    if request.GET.get("dang") == "excel":
        return handed_out(request, xlsx_response("Sổ khen thưởng", [honours_sheet(found)]))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("trang"))
    may_record = rules.has_perm("honours.record_honour", request.actor, None)
    context = {
        "form": form,
        "page": page,
        "may_record": may_record,
        "units": find_units(asked["q"])[:SHOWN_UNITS] if asked.get("q") else [],
    }
    return render(request, "honours/search.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: Request) -> HttpResponse:
    """A new entry of the ledger."""
    allow(request.actor, "honours.record_honour")
    form = HonourForm(request.POST or None, initial={"year": request.actor.on.year})
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.record_honour(**form.cleaned_data, by=request.actor))
    ):
        messages.success(request, "Đã ghi vào sổ khen thưởng.")
        return redirect("honours:search")
    return render(request, "honours/record.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: Request, pk: int) -> HttpResponse:
    """Take an honour back by a later decision."""
    honour = get_object_or_404(honours(), pk=pk)
    allow(request.actor, "honours.revoke_honour", honour)
    form = RevocationForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(form, lambda: actions.revoke_honour(honour=honour, **form.cleaned_data, by=request.actor))
    ):
        messages.success(request, "Đã ghi việc thu hồi.")
        return redirect("honours:search")
    return render(request, "honours/revoke.html", {"form": form, "honour": honour})


@require_http_methods(["GET", "HEAD", "POST"])
def strike(request: Request, pk: int) -> HttpResponse:
    """Strike out an entry that was written by mistake."""
    honour = get_object_or_404(honours(), pk=pk)
    allow(request.actor, "honours.revoke_honour", honour)
    form = CorrectionForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: actions.strike_honours(rows=[honour], **form.cleaned_data, by=request.actor),
        )
    ):
        messages.success(request, "Đã đính chính. Dòng ghi nhầm không còn tính là đang giữ.")
        return redirect("honours:search")
    return render(request, "honours/strike.html", {"form": form, "honour": honour})
