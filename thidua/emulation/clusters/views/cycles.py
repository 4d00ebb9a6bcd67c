"""Opening a year, and the page of its settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.base.periods import last_day
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.forms.cycles import (
    CycleForm,
    DueDatesForm,
    HeadsForm,
    heads_form,
    open_cycle_form,
)
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import (
    dates_by_regulation,
    obstacles_to_closing,
    regulation_of,
    regulation_on,
    suggested_term,
)
from thidua.emulation.clusters.views.shared import in_cluster, in_cycle, may


@require_http_methods(["GET", "POST"])
def open_cycle(request: Request, cluster: str) -> HttpResponse:
    """Open the next year: members, regulation and due dates are carried over."""
    found = in_cluster(request, cluster)
    allow(request.actor, "clusters.open_cycle", found)
    name, term = suggested_term(found, request.actor.on)
    suggested = {"name": name, "starts": term.lower, "last": last_day(term)}
    form = open_cycle_form(found, suggested, request.POST or None)
    made: list[Cycle] = []

    def run() -> None:
        facts = {key: form.cleaned_data[key] for key in ("name", "starts", "last", "theme", "head")}
        made.append(actions.open_cycle(cluster=found, by=request.actor, deputies=form.deputies(), **facts))

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, f"Đã mở năm {made[0].name}.")
        return redirect("clusters:settings", found.address, made[0].address)
    regulation = regulation_on(found, max(request.actor.on, term.lower))
    shown = {"cluster": found, "form": form, "regulation": regulation}
    return render(request, "clusters/open_cycle.html", shown)


def _settings(request: Request, year: Cycle, **forms: Any) -> HttpResponse:
    """The settings page, with the form that was refused in its place."""
    term = {"name": year.name, "starts": year.term.lower, "last": last_day(year.term)}
    regulation = regulation_of(year, max(request.actor.on, year.term.lower))
    shown = {
        "cycle": year,
        "regulation": regulation,
        "years": CycleForm(initial=term | {"theme": year.theme}),
        "heads": heads_form(year),
        "dates": DueDatesForm(cycle=year),
        "obstacles": obstacles_to_closing(year, request.actor.on),
        "may": may(request.actor, year, "edit_cycle", "choose_heads", "close_cycle", "reopen_cycle"),
    }
    return render(request, "clusters/settings.html", shown | forms)


@require_http_methods(["GET", "POST"])
def settings_page(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Settings of a year: its days and theme, head and deputies, due dates, closing."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.edit_cycle", year)
    if request.method == "GET":
        return _settings(request, year)
    form = CycleForm(request.POST)

    def run() -> None:
        actions.edit_cycle(cycle=year, by=request.actor, **form.cleaned_data)

    if form.is_valid() and attempt(form, run):
        messages.success(request, "Đã lưu năm thi đua.")
        return redirect("clusters:settings", cluster, year.address)
    return _settings(request, in_cycle(request, cluster, cycle), years=form)


@require_POST
def choose_heads(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Set head and deputies of a year."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.choose_heads", year)
    form: HeadsForm = heads_form(year, request.POST)

    def run() -> None:
        head = form.cleaned_data["head"]
        actions.choose_heads(cycle=year, head=head, deputies=form.deputies(), by=request.actor)

    if form.is_valid() and attempt(form, run):
        messages.success(request, "Đã lưu trưởng và phó.")
        return redirect("clusters:settings", cluster, cycle)
    return _settings(request, year, heads=form)


@require_POST
def set_due_dates(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Save the table of due dates."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.set_due_dates", year)
    form = DueDatesForm(request.POST, cycle=year)
    if form.is_valid():
        actions.set_due_dates(cycle=year, dates=form.dates(), by=request.actor)
        messages.success(request, "Đã lưu hạn các việc.")
        return redirect("clusters:settings", cluster, cycle)
    return _settings(request, year, dates=form)


@require_POST
def take_regulation_dates(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Take the due dates the regulation gives; acts it does not name keep theirs."""
    year = in_cycle(request, cluster, cycle)
    dates = dates_by_regulation(year, request.actor.on)
    actions.set_due_dates(cycle=year, dates=dict(dates), by=request.actor)
    messages.success(request, f"Đã lấy {len(dates)} hạn theo quy chế.")
    return redirect("clusters:settings", cluster, cycle)


@require_POST
def close_cycle(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Close a year that is over."""
    year = in_cycle(request, cluster, cycle)
    actions.close_cycle(cycle=year, by=request.actor)
    messages.success(request, f"Đã khép lại năm {year.name}.")
    return redirect("clusters:settings", cluster, cycle)


@require_POST
def reopen_cycle(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Take the closing back."""
    year = in_cycle(request, cluster, cycle)
    actions.reopen_cycle(cycle=year, by=request.actor)
    messages.success(request, f"Đã mở lại năm {year.name}.")
    return redirect("clusters:settings", cluster, cycle)
