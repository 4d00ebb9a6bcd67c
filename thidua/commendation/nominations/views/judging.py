"""The standing body's pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.base.periods import local_day
from thidua.commendation.eligibility.asking import readings
from thidua.commendation.nominations import actions
from thidua.commendation.nominations.forms import AppraisalForm, DecisionForm, ReturnForm
from thidua.commendation.nominations.models import Package
from thidua.commendation.nominations.queries import (
    inbox,
    nomination_lines,
    obstacles_to_appraising,
    obstacles_to_deciding,
    obstacles_to_returning,
)
from thidua.commendation.nominations.views.shared import context, the_package

ROWS = 50


@require_GET
def inbox_page(request: Request) -> HttpResponse:
    """Packages the clusters sent."""
    page = Paginator(inbox(request.actor), ROWS).get_page(request.GET.get("trang"))
    return render(request, "nominations/inbox.html", {"page": page})


@require_POST
def receive(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """Take a package in."""
    actions.receive_package(package=the_package(request, cluster, cycle, number), by=request.actor)
    messages.success(request, "Đã tiếp nhận hồ sơ.")
    return redirect("nominations:package", cluster, cycle, number)


@require_http_methods(["GET", "POST"])
def return_package(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """Send a package back with the reason."""
    found = the_package(request, cluster, cycle, number)
    allow(request.actor, "nominations.return_package", found)
    form = ReturnForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.return_package(package=found, reason=form.cleaned_data["reason"], by=request.actor),
    ):
        messages.success(request, "Đã trả lại hồ sơ kèm lý do.")
        return redirect("nominations:package", cluster, cycle, number)
    more = {"form": form, "obstacles": obstacles_to_returning(found)}
    return render(request, "nominations/return.html", context(request, found, **more))


@require_http_methods(["GET", "POST"])
def appraise(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """An opinion on every line."""
    found = the_package(request, cluster, cycle, number)
    allow(request.actor, "nominations.appraise", found)
    form = AppraisalForm(request.POST or None, lines=nomination_lines(found))
    if form.is_valid() and attempt(
        form,
        lambda: actions.appraise(
            package=found,
            agreed=form.answered("yes"),
            cut=form.reasons(),
            symbol=form.cleaned_data["symbol"],
            by=request.actor,
        ),
    ):
        messages.success(request, "Đã ghi ý kiến thẩm định.")
        return redirect("nominations:package", cluster, cycle, number)
    more = {"form": form, "obstacles": obstacles_to_appraising(found), **_ways(found, request.actor.on)}
    return render(request, "nominations/appraise.html", context(request, found, **more))


def _ways(package: Package, on: date) -> dict[str, Any]:
    """The earlier law a transitional rule may keep the package under, where the rule is not settled."""
    received = local_day(package.received_at) if package.received_at else None
    return {"ways": [way for way in readings(on, received) if way.doubt], "today": on}


@require_http_methods(["GET", "POST"])
def decide(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """What a decision granted."""
    found = the_package(request, cluster, cycle, number)
    allow(request.actor, "nominations.record_decision", found)
    waiting = [line for line in nomination_lines(found) if line.stage[0] == "waiting"]
    form = DecisionForm(request.POST or None, lines=waiting)
    if form.is_valid() and attempt(
        form,
        lambda: actions.record_decision(
            package=found,
            granted=form.answered("yes"),
            refused=form.reasons(),
            decision_symbol=form.cleaned_data["decision_symbol"],
            decision_date=form.cleaned_data["decision_date"],
            issuer=form.cleaned_data["issuer"],
            by=request.actor,
        ),
    ):
        messages.success(request, "Đã ghi kết quả và vào sổ khen thưởng.")
        return redirect("nominations:package", cluster, cycle, number)
    more = {"form": form, "obstacles": obstacles_to_deciding(found), **_ways(found, request.actor.on)}
    return render(request, "nominations/decide.html", context(request, found, **more))
