"""Home, the cycle page, notices, the log of a year."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

import rules
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.models import User
from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.models import Entry
from thidua.base.audit.queries import entries, entries_of_cycle
from thidua.base.notices import actions as notice_actions
from thidua.base.notices.queries import notices_of
from thidua.base.sheets import xlsx_response
from thidua.base.ui.forms import DayField
from thidua.desk import actions
from thidua.desk.forms import LogFilter
from thidua.desk.glance import glance
from thidua.desk.queries import OpenYear, begun_years, gathered, named_years, todos
from thidua.desk.sheets import year_sheet
from thidua.desk.wording import file_of, sentence
from thidua.desk.year import year_view
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.portal.views import front

ENTRIES_A_PAGE = 50
NOTICES_A_PAGE = 30


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Việc của tôi for the signed-in; the public front page for everybody else."""
    return work(cast(Request, request)) if request.user.is_authenticated else front(request)


def work(request: Request) -> HttpResponse:
    """What waits for the person, by urgency, and the year of their cluster at a glance."""
    by = request.actor
    begun = begun_years(by)
    years = gathered(begun.asked, by=by)
    own = _own_year(years, request.session.get("cycle"))
    named = named_years(begun.asked, by=by)
    if own:
        request.session.setdefault("cycle", own.cycle.pk)  # the frame of a first visit stands in it too
    context = {
        "todos": todos([*years, *named], by=by),
        "several": len([*years, *named]) > 1 or (own and request.session["cycle"] != own.cycle.pk),
        "ungiven": begun.ungiven,
        "seen": [] if own else begun.seen,
        "glance": glance(own, mine=by.units(*MEMBER_KINDS), on=by.on) if own else None,
    }
    return render(request, "desk/home.html", context)


def _own_year(years: list[OpenYear], chosen: int | None) -> OpenYear | None:
    """The year beside the list: the one the session stands in, else the newest of the person's own."""
    return next((year for year in years if year.cycle.pk == chosen), next(iter(years), None))


@require_safe
def cycle(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The heart: the year's acts in time, members by acts, what the head does next."""
    found = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_cycle", found)
    view = year_view(found, by=request.actor, show=request.GET.get("xem", ""))
    if request.GET.get("xuat") == "excel":
        return xlsx_response(f"{cluster}-{cycle}", [year_sheet(view)])
    by_unit = request.GET.get("theo") == "don-vi"
    return render(request, "desk/cycle.html", {"year": view, "cycle": found, "by_unit": by_unit})


@require_POST
def remind(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Remind units of acts they owe."""
    found = in_cycle(request, cluster, cycle)
    units = [int(unit) for unit in request.POST.getlist("unit") if unit.isascii() and unit.isdigit()]
    sent = actions.remind(cycle=found, acts=request.POST.getlist("act"), units=units, by=request.actor)
    if sent:
        messages.success(request, f"Đã gửi {sent} lời nhắc.")
    else:
        messages.info(
            request,
            "Không gửi lời nhắc nào: hôm nay đã nhắc, đơn vị không còn nợ, hoặc đơn vị chưa có tài khoản.",
        )
    return redirect("desk:cycle", cluster, cycle)


@require_safe
def log(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Everything that happened in the year."""
    found = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_cycle", found)
    if not rules.has_perm("desk.view_log", request.actor, None):
        return _log(request, entries_of_cycle(found.pk), {"cycle": found})
    form = LogFilter(request.GET)
    rows = entries(cycle_id=found.pk, **_asked(form))
    return _log(request, rows, {"cycle": found, "form": form})


@require_safe
def whole_log(request: Request) -> HttpResponse:
    """Everything that was done in the system, and who took which file, for those who audit."""
    allow(request.actor, "desk.view_log")
    form = LogFilter(request.GET)
    return _log(request, entries(**_asked(form)), {"form": form})


def _asked(form: LogFilter) -> dict[str, Any]:
    """What of the filter can be read; the rest is told beside its field."""
    form.is_valid()
    return dict(form.cleaned_data)


def _log(request: Request, rows: QuerySet[Entry], more: dict[str, object]) -> HttpResponse:
    page = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("trang"))
    lines = [(entry, sentence(entry), file_of(entry)) for entry in page]
    return render(request, "desk/log.html", {"page": page, "lines": lines, **more})


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: Request) -> HttpResponse:
    """What was told to this person; the button marks all as read."""
    user = cast(User, request.user)
    if request.method == "POST":
        notice_actions.mark_read(user=user, at=request.actor.at)
        return redirect("desk:notices")
    page = Paginator(notices_of(user), NOTICES_A_PAGE).get_page(request.GET.get("trang"))
    return render(request, "desk/notices.html", {"page": page})


@login_not_required
@require_POST
def demo_day(request: HttpRequest) -> HttpResponse:
    """Let the demonstration's calendar stand on another day, for this session."""
    if not settings.DEMO:
        raise Http404
    try:
        chosen = cast("date | datetime", DayField().clean(request.POST.get("day", "")))
        request.session["demo_day"] = chosen.isoformat()
    except ValidationError:
        messages.error(request, "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 16/12/2019.")
    came_from = request.headers.get("Referer", "")
    back = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return redirect(came_from if back else "desk:home")
