"""The lines of a package."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.commendation.nominations import actions
from thidua.commendation.nominations.forms import NominationForm, nomination_initial
from thidua.commendation.nominations.models import Nomination, Package
from thidua.commendation.nominations.queries import nomination_lines, quotas_of, thematic_places
from thidua.commendation.nominations.views.shared import context, the_package
from thidua.emulation.clusters.queries import members_now
from thidua.organisations.models import Unit


def _units(found: Package, request: Request) -> list[Unit]:
    return [member.unit for member in members_now(found.cycle, request.actor.on)]


def _page(request: Request, found: Package, form: NominationForm, row: Nomination | None) -> HttpResponse:
    rows = [line.nomination for line in nomination_lines(found)]
    more = {
        "form": form,
        "nomination": row,
        "quotas": quotas_of(found.cycle, rows, request.actor.on),
        "thematic": thematic_places(found.cycle),
    }
    return render(request, "nominations/nomination.html", context(request, found, **more))


@require_http_methods(["GET", "POST"])
def nominate(request: Request, cluster: str, cycle: str, number: int) -> HttpResponse:
    """Propose somebody."""
    found = the_package(request, cluster, cycle, number)
    allow(request.actor, "nominations.nominate", found)
    units = _units(found, request)
    form = NominationForm(request.POST or None, cycle=found.cycle, units=units, on=request.actor.on)
    if form.is_valid() and attempt(
        form, lambda: actions.nominate(package=found, text=form.text(), by=request.actor)
    ):
        messages.success(request, "Đã thêm đề nghị.")
        return redirect("nominations:package", cluster, cycle, number)
    return _page(request, found, form, None)


def _row(found: Package, nomination: int) -> Nomination:
    row = get_object_or_404(found.nominations.select_related("unit"), pk=nomination)
    row.package, row.cycle = found, found.cycle
    return row


@require_http_methods(["GET", "POST"])
def edit(request: Request, cluster: str, cycle: str, number: int, nomination: int) -> HttpResponse:
    """Change a proposal."""
    found = the_package(request, cluster, cycle, number)
    row = _row(found, nomination)
    allow(request.actor, "nominations.edit_nomination", row)
    form = NominationForm(
        request.POST or None,
        initial=nomination_initial(row),
        cycle=found.cycle,
        units=_units(found, request),
        on=request.actor.on,
    )
    if form.is_valid() and attempt(
        form, lambda: actions.edit_nomination(nomination=row, text=form.text(), by=request.actor)
    ):
        messages.success(request, "Đã lưu đề nghị.")
        return redirect("nominations:package", cluster, cycle, number)
    return _page(request, found, form, row)


@require_POST
def withdraw(request: Request, cluster: str, cycle: str, number: int, nomination: int) -> HttpResponse:
    """Take a proposal out."""
    found = the_package(request, cluster, cycle, number)
    actions.withdraw_nomination(nomination=_row(found, nomination), by=request.actor)
    messages.success(request, "Đã bỏ đề nghị.")
    return redirect("nominations:package", cluster, cycle, number)
