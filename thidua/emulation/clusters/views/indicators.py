"""The catalogue of indicators of a cluster."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.forms.indicators import EditIndicatorForm, EndIndicatorForm, NewIndicatorForm
from thidua.emulation.clusters.permissions import oversees
from thidua.emulation.clusters.queries import current_cycle, indicators_of
from thidua.emulation.clusters.views.shared import in_cluster, may


@require_safe
def catalogue(request: Request, cluster: str) -> HttpResponse:
    """All indicators, those no longer used last."""
    found = in_cluster(request, cluster)
    on = request.actor.on
    verbs = may(request.actor, found, "define_indicator")
    keeps = {True: verbs["define_indicator"], False: bool(oversees(request.actor, found))}
    rows = [(one, keeps[one.cluster_id is not None]) for one in indicators_of(found)]
    shown = {
        "cluster": found,
        "current": current_cycle(found, on),
        "used": [row for row in rows if row[0].term.upper is None or row[0].term.upper > on],
        "ended": [row for row in rows if row[0].term.upper is not None and row[0].term.upper <= on],
        "may": verbs,
    }
    return render(request, "clusters/indicators.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def add_indicator(request: Request, cluster: str) -> HttpResponse:
    """One more indicator."""
    found = in_cluster(request, cluster)
    allow(request.actor, "clusters.define_indicator", found)
    year = current_cycle(found, request.actor.on)
    form = NewIndicatorForm(
        request.POST or None,
        may_share=bool(oversees(request.actor, found)),
        initial={"starts": year.term.lower if year else request.actor.on},
    )

    def run() -> None:
        told = form.cleaned_data
        actions.define_indicator(
            cluster=found,
            text=form.text,
            measure=told["measure"],
            starts=told["starts"],
            shared=told.get("shared", False),
            by=request.actor,
        )

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, f"Đã thêm chỉ tiêu “{form.cleaned_data['name']}”.")
        return redirect("clusters:indicators", found.address)
    return render(request, "clusters/indicator_form.html", {"cluster": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_indicator(request: Request, cluster: str, indicator: int) -> HttpResponse:
    """Describe an indicator anew; its unit of measure stays."""
    found = in_cluster(request, cluster)
    one = get_object_or_404(indicators_of(found).select_related("standing_body"), pk=indicator)
    allow(request.actor, "clusters.describe_indicator", one)
    form = EditIndicatorForm(request.POST or None, indicator=one)

    def run() -> None:
        actions.describe_indicator(
            indicator=one,
            cluster=found,
            text=form.text,
            revision=form.cleaned_data["revision"],
            by=request.actor,
        )

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, "Đã sửa chỉ tiêu.")
        return redirect("clusters:indicators", found.address)
    shown = {"cluster": found, "form": form, "indicator": one, "end_form": EndIndicatorForm()}
    return render(request, "clusters/indicator_form.html", shown)


@require_POST
def end_indicator(request: Request, cluster: str, indicator: int) -> HttpResponse:
    """No longer asked from a day on."""
    found = in_cluster(request, cluster)
    one = get_object_or_404(indicators_of(found).select_related("standing_body"), pk=indicator)
    allow(request.actor, "clusters.end_indicator", one)
    form = EndIndicatorForm(request.POST)

    def run() -> None:
        actions.end_indicator(indicator=one, ends=form.cleaned_data["ends"], by=request.actor)

    if form.is_valid() and attempt(form, run):
        messages.success(request, f"Thôi dùng chỉ tiêu “{one.name}”. Số liệu đã ghi vẫn giữ.")
        return redirect("clusters:indicators", found.address)
    edit = EditIndicatorForm(None, indicator=one)
    shown = {"cluster": found, "form": edit, "indicator": one, "end_form": form}
    return render(request, "clusters/indicator_form.html", shown)
