"""The list of clusters and the pages of one."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import NotAllowed, attempt
from thidua.base.sheets.writing import xlsx_response
from thidua.base.ui.forms import DayField
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.forms.clusters import ClusterFilterForm, ClusterForm
from thidua.emulation.clusters.models import Cluster, Membership
from thidua.emulation.clusters.queries import (
    ClusterFilter,
    authorities_for,
    current_cycle,
    listed_clusters,
    oversights,
    regulation_on,
    years_of,
)
from thidua.emulation.clusters.sheets import clusters_sheet, members_sheet
from thidua.emulation.clusters.views.shared import in_cluster, may

PAGE = 50


@require_GET
def cluster_list(request: Request) -> HttpResponse:
    """Clusters one sees, with members and head of today; as Excel with ?xuat=excel."""
    actor = request.actor
    form = ClusterFilterForm(request.GET)
    form.is_valid()
    wanted = ClusterFilter(
        words=form.cleaned_data.get("tim", ""),
        kind=form.cleaned_data.get("loai", ""),
        level=form.cleaned_data.get("cap", ""),
    )
    order = request.GET.get("sap-xep", "ten")
    found = listed_clusters(actor, wanted, actor.on, order)
    if request.GET.get("xuat") == "excel":
        return xlsx_response("Cụm, khối thi đua", [clusters_sheet(found)])
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    kept = request.GET.copy()
    for word in ("sap-xep", "trang", "xuat"):
        kept.pop(word, None)
    shown = {
        "form": form,
        "page": page,
        "order": order,
        "kept": kept.urlencode(),
        "narrowed": wanted != ClusterFilter(),
        "members_total": sum(cluster.__dict__["members_count"] for cluster in page),
        "may_create": authorities_for(actor).exists(),
    }
    return render(request, "clusters/cluster_list.html", shown)


@require_http_methods(["GET", "POST"])
def create_cluster(request: Request) -> HttpResponse:
    """Found a cluster for an authority one serves."""
    authorities = authorities_for(request.actor)
    if not authorities.exists():
        raise NotAllowed
    form = ClusterForm(request.POST or None, authorities=authorities)
    made: list[Cluster] = []

    def run() -> None:
        authority = form.cleaned_data["authority"]
        made.append(actions.create_cluster(authority=authority, details=form.details(), by=request.actor))

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, f"Đã lập {made[0].name}. Anh/chị thêm các đơn vị thành viên.")
        return redirect("clusters:members", made[0].address)
    return render(request, "clusters/cluster_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit_cluster(request: Request, cluster: str) -> HttpResponse:
    """Correct what is written of a cluster."""
    found = in_cluster(request, cluster)
    allow(request.actor, "clusters.edit_cluster", found)
    form = ClusterForm(request.POST or None, cluster=found)

    def run() -> None:
        actions.edit_cluster(cluster=found, details=form.details(), by=request.actor)

    if request.method == "POST" and form.is_valid() and attempt(form, run):
        messages.success(request, "Đã lưu thông tin.")
        return redirect("clusters:cluster", found.address)
    name = Cluster.objects.only("name").get(pk=found.pk).name
    return render(request, "clusters/cluster_form.html", {"form": form, "cluster": found, "name": name})


@require_GET
def cluster_page(request: Request, cluster: str) -> HttpResponse:
    """A cluster on a day (?ngay=), today by default: members, years, regulation, who watches over it."""
    found = in_cluster(request, cluster)
    on = day_asked(request)
    joined = members_on(found, on)
    if request.GET.get("xuat") == "excel":
        return xlsx_response(found.short_name, [members_sheet(found, joined)])
    shown = {
        "cluster": found,
        "on": on,
        "is_today": on == request.actor.on,
        "joined": joined,
        "left": [m for m in found.memberships.all() if m.term.upper and m.term.upper <= on],
        "years": years_of(found),
        "current": current_cycle(found, request.actor.on),
        "oversights": oversights(found, on),
        "regulation": regulation_on(found, on),
        "guidance": found.guidance.all(),
        "may": may(request.actor, found, "edit_cluster", "add_members", "open_cycle"),
    }
    return render(request, "clusters/cluster.html", shown)


def day_asked(request: Request) -> date:
    """The day in ?ngay=, however written; today when none or not a day."""
    try:
        return DayField().clean(request.GET["ngay"]) or request.actor.on
    except (KeyError, ValidationError):
        return request.actor.on


def members_on(cluster: Cluster, on: date) -> list[Membership]:
    """Members of a cluster on a day, in its own order."""
    return list(cluster.memberships.filter(term__contains=on))
