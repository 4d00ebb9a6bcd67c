"""Members of a cluster, those in charge of it, and the papers that guide it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import attempt
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.forms.clusters import GuidanceForm, LeavingForm, MembersForm, OversightForm
from thidua.emulation.clusters.models import OversightKind
from thidua.emulation.clusters.queries import oversights
from thidua.emulation.clusters.views.shared import in_cluster

MOST_DIGITS = 18


@require_http_methods(["GET", "POST"])
def members_page(request: Request, cluster: str) -> HttpResponse:
    """Members with their terms; let units join."""
    found = in_cluster(request, cluster)
    allow(request.actor, "clusters.add_members", found)
    form = MembersForm(request.POST or None, cluster=found)

    def run() -> None:
        actions.add_members(cluster=found, by=request.actor, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, "Đã thêm thành viên.")
        return redirect("clusters:members", found.address)
    joined = list(found.memberships.all())
    shown = {
        "cluster": found,
        "form": form,
        "present": [m for m in joined if m.term.upper is None or m.term.upper > request.actor.on],
        "left": [m for m in joined if m.term.upper and m.term.upper <= request.actor.on],
    }
    return render(request, "clusters/members.html", shown)


@require_POST
def order_members(request: Request, cluster: str) -> HttpResponse:
    """Set the order of members by the numbers typed beside them."""
    found = in_cluster(request, cluster)
    places = {
        int(key.removeprefix("thu-tu-")): int(str(value))
        for key, value in request.POST.items()
        if key.startswith("thu-tu-") and _is_number(key.removeprefix("thu-tu-")) and _is_number(str(value))
    }
    order = sorted(places, key=lambda pk: places[pk])
    actions.order_members(cluster=found, order=order, by=request.actor)
    messages.success(request, "Đã lưu thứ tự.")
    return redirect("clusters:members", found.address)


def _is_number(text: str) -> bool:
    """A whole number of a size that a place or an id may have."""
    return text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS


@require_http_methods(["GET", "POST"])
def end_membership(request: Request, cluster: str, membership: int) -> HttpResponse:
    """Let a member leave, with its last day and the reason."""
    found = in_cluster(request, cluster)
    leaving = get_object_or_404(found.memberships, pk=membership)
    allow(request.actor, "clusters.end_membership", leaving)
    form = LeavingForm(request.POST or None)

    def run() -> None:
        actions.end_membership(membership=leaving, by=request.actor, **form.cleaned_data)

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, f"{leaving.unit} thôi là thành viên sau ngày đã ghi.")
        return redirect("clusters:members", found.address)
    return render(request, "clusters/leaving.html", {"cluster": found, "leaving": leaving, "form": form})


@require_http_methods(["GET", "POST"])
def oversight_page(request: Request, cluster: str) -> HttpResponse:
    """Who is in charge of the cluster; put somebody in charge."""
    found = in_cluster(request, cluster)
    allow(request.actor, "clusters.assign_oversight", found)
    form = OversightForm(request.POST or None, initial={"starts": request.actor.on})

    def run() -> None:
        facts = form.cleaned_data | {"kind": OversightKind(form.cleaned_data["kind"])}
        actions.assign_oversight(cluster=found, by=request.actor, **facts)

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, "Đã phân công.")
        return redirect("clusters:oversight", found.address)
    shown = {"cluster": found, "form": form, "oversights": oversights(found, request.actor.on)}
    return render(request, "clusters/oversight.html", shown)


@require_POST
def end_oversight(request: Request, cluster: str, oversight: int) -> HttpResponse:
    """End a charge today."""
    found = in_cluster(request, cluster)
    charge = get_object_or_404(found.oversights, pk=oversight)
    actions.end_oversight(oversight=charge, by=request.actor)
    messages.success(request, "Đã kết thúc phân công.")
    return redirect("clusters:oversight", found.address)


@require_http_methods(["GET", "POST"])
def guidance_page(request: Request, cluster: str) -> HttpResponse:
    """Choose the papers that guide the cluster."""
    found = in_cluster(request, cluster)
    allow(request.actor, "clusters.cite_guidance", found)
    form = GuidanceForm(request.POST or None, initial={"papers": found.guidance.all()})
    if request.method == "POST" and form.is_valid():
        actions.cite_guidance(cluster=found, papers=form.cleaned_data["papers"], by=request.actor)
        messages.success(request, "Đã lưu văn bản viện dẫn.")
        return redirect("clusters:cluster", found.address)
    return render(request, "clusters/guidance.html", {"cluster": found, "form": form})
