"""A list pasted from Excel is checked in one go."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.commendation.eligibility.actions import begin_check, remove_check
from thidua.commendation.eligibility.asking import era_on
from thidua.commendation.eligibility.forms import ListForm
from thidua.commendation.eligibility.models import Answer, CheckState, ListCheck
from thidua.commendation.eligibility.permissions import visible_checks
from thidua.commendation.eligibility.sheets import check_sheet, notes_sheet

SHOWN_CHECKS = 20
PAGE_SIZE = 200
WRONG = {"not_yet", "excluded", ""}


@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: Request) -> HttpResponse:
    """Paste a list; lists checked before."""
    allow(request.actor, "eligibility.begin_check")
    form = ListForm(request.POST or None, initial={"on": request.actor.on})
    if request.method == "POST" and form.is_valid():
        made: list[ListCheck] = []
        if attempt(form, lambda: made.append(begin_check(**form.cleaned_data, by=request.actor))):
            return redirect("eligibility:check", made[0].pk)
    checks = visible_checks(request.actor).defer("rows", "results")[:SHOWN_CHECKS]
    return render(request, "eligibility/lists.html", {"form": form, "checks": checks})


@require_safe
def check(request: Request, pk: int) -> HttpResponse:
    """The rows with their answers; while they are judged, how far it has come."""
    found = get_object_or_404(visible_checks(request.actor), pk=pk)
    if request.GET.get("dang") == "excel":
        made = xlsx_response(f"Kết quả kiểm {found.title}"[:80], [check_sheet(found), notes_sheet(found)])
        return handed_out(request, made, about=found)
    judged = list(zip(found.rows, found.results, strict=False))
    wrong = [pair for pair in judged if pair[1]["answer"] in WRONG or pair[1]["warnings"]]
    only_wrong = request.GET.get("chi") == "sai"
    page = Paginator(wrong if only_wrong else judged, PAGE_SIZE).get_page(request.GET.get("trang"))
    context = {
        "check": found,
        "page": page,
        "wrong": len(wrong),
        "only_wrong": only_wrong,
        "is_done": found.state == CheckState.DONE,
        "counts": _counts(found),
        "era": era_on(found.on),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "eligibility/check.html", context)
    response = render(request, "eligibility/check.html#progress", context)
    if context["is_done"]:
        response["HX-Refresh"] = "true"  # the rows stand below: the whole page is wanted
    return response


def _counts(check: ListCheck) -> list[tuple[int, str]]:
    """How many rows have each answer, with its words; answers no row has are not told."""
    found = Counter(result["answer"] for result in check.results)
    words = [(answer.value, answer.label.lower()) for answer in Answer] + [("", "không xét được")]
    return [(found[answer], word) for answer, word in words if found[answer]]


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Throw a list away."""
    found = get_object_or_404(visible_checks(request.actor), pk=pk)
    remove_check(check=found, by=request.actor)
    messages.success(request, "Đã bỏ danh sách.")
    return redirect("eligibility:lists")
