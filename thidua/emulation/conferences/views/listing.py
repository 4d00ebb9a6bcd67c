"""The year's conferences, and the congresses of units."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import NotAllowed, attempt
from thidua.base.sheets import Column, Sheet, xlsx_response
from thidua.base.text import day
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.conferences.actions import plan_conference
from thidua.emulation.conferences.forms import ConferenceForm, NewConferenceForm
from thidua.emulation.conferences.models import Conference, ConferenceKind
from thidua.emulation.conferences.permissions import may_plan
from thidua.emulation.conferences.queries import (
    conferences_of,
    open_action_items,
    visible_conferences,
    visible_owner_units,
)
from thidua.organisations.models import Unit


@require_GET
def conferences(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The year's conferences, and what they concluded and is not done yet."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_cycle", year)
    rows = list(conferences_of(year))
    if request.GET.get("xuat") == "excel":
        return _excel(rows, f"hoi-nghi-{year.address}")
    context = {
        "cycle": year,
        "conferences": rows,
        "tasks": open_action_items(year),
        "manages": bool(may_plan(request.actor, year)),
        "today": request.actor.on,
    }
    return render(request, "conferences/conferences.html", context)


def _excel(rows: list[Conference], name: str) -> HttpResponse:
    columns = [
        Column("Ngày họp", "day", width=14),
        Column("Hội nghị", "title", width=60),
        Column("Loại", "kind", width=26),
        Column("Địa điểm", "place", width=40),
        Column("Đăng cai", "host", width=30),
        Column("Tình trạng", "state", width=20),
    ]
    lines = [
        {
            "day": day(row.day),
            "title": row.title,
            "kind": row.get_kind_display(),
            "place": row.place,
            "host": str(row.host_unit or ""),
            "state": row.get_state_display(),
        }
        for row in rows
    ]
    return xlsx_response(name, [Sheet("Hội nghị", columns, lines)])


def _kind_asked(request: Request) -> str:
    asked = request.GET.get("loai", "")
    return asked if asked in ConferenceKind.values else ConferenceKind.YEAR_END


@require_http_methods(["GET", "POST"])
def plan(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Plan a conference of the year."""
    year = in_cycle(request, cluster, cycle)
    allow(request.actor, "conferences.plan_conference", year)
    kind = _kind_asked(request)
    initial = {"kind": kind, "title": f"{ConferenceKind(kind).label} năm {year.name}"}
    units = [member.unit for member in members_now(year, request.actor.on)]
    form = ConferenceForm(request.POST or None, initial=initial, units=units, of_year=True)
    made: list[Conference] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(plan_conference(owner=year, text=form.text(), by=request.actor))
    ):
        messages.success(
            request, "Đã lập hội nghị với chương trình thường dùng. Anh/chị xem lại rồi gửi giấy mời."
        )
        return redirect(made[0].page("conference"))
    return render(request, "conferences/plan.html", {"cycle": year, "form": form})


@require_GET
def congresses(request: Request) -> HttpResponse:
    """Congresses, exemplar and thematic conferences of units, outside any cluster."""
    rows = visible_conferences(request.actor).filter(unit__isnull=False)
    if request.GET.get("xuat") == "excel":
        return _excel(list(rows), "dai-hoi")
    may = visible_owner_units(request.actor).exists()
    return render(request, "conferences/congresses.html", {"conferences": rows, "manages": may})


@require_http_methods(["GET", "POST"])
def plan_congress(request: Request) -> HttpResponse:
    """Plan a unit's own congress or exemplar conference, with its plan."""
    owners = list(visible_owner_units(request.actor))
    if not owners:
        raise NotAllowed
    initial = {"kind": ConferenceKind.CONGRESS, "unit": owners[0].pk if len(owners) == 1 else None}
    form = NewConferenceForm(
        request.POST or None,
        initial=initial,
        owners=owners,
        units=list(Unit.objects.filter(parent__in=owners)) + owners,
    )
    made: list[Conference] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            plan_conference(owner=form.cleaned_data["unit"], text=form.text(), by=request.actor)
        ),
    ):
        messages.success(request, "Đã lập hội nghị. Anh/chị ghi thành phần mời rồi gửi giấy mời.")
        return redirect(made[0].page("conference"))
    return render(request, "conferences/plan.html", {"form": form, "owners": owners})
