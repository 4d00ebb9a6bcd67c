"""Home, the cycle page, notices, the log of a year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.queries import entries_of_cycle
from thidua.base.duties import State
from thidua.base.notices import actions as notice_actions
from thidua.base.notices.queries import notices_of
from thidua.base.sheets import Column as SheetColumn
from thidua.base.sheets import Sheet, xlsx_response
from thidua.base.ui.forms import DayField
from thidua.desk import actions
from thidua.desk.queries import current_cycles, cycle_acts, todos
from thidua.desk.wording import sentence
from thidua.desk.year import year_view
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.portal.views import front

WITHIN = timedelta(days=7)


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Việc của tôi for the signed-in; the public front page for everybody else."""
    if not request.user.is_authenticated:
        return front(request)
    return _home(request)  # type: ignore[arg-type]  # the middleware made it a Request


def _home(request: Request) -> HttpResponse:
    by = request.actor
    cycles = current_cycles(by)
    waiting = [t for t in todos(by, cycles=cycles)]
    late = [t for t in waiting if t.duty.state in {State.OVERDUE, State.RETURNED}]
    others = [t for t in waiting if t.duty.state is State.WAITING]
    rest = [t for t in waiting if t not in late and t not in others]
    soon = [t for t in rest if t.due and t.due - by.on <= WITHIN]
    cycle = _own_cycle(request, cycles)
    context: dict[str, Any] = {
        "late": late,
        "soon": soon,
        "later": [t for t in rest if t not in soon],
        "others": others,
        "own": cycle,
        "own_acts": cycle_acts(cycle, by=by) if cycle else [],
        "my_units": by.units(*MEMBER_KINDS),
    }
    return render(request, "desk/home.html", context)


def _own_cycle(request: Request, cycles: list[Any]) -> Any:
    """The year beside the list: the one the session stands in, else the newest of the person's own."""
    chosen = request.session.get("cycle")
    return next((c for c in cycles if c.pk == chosen), cycles[0] if cycles else None)


@require_GET
def cycle(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """The heart: the year's acts in time, members by acts, what the head does next."""
    found = in_cycle(request, cluster, cycle)
    allow(request.actor, "clusters.view_cycle", found)
    view = year_view(found, by=request.actor, show=request.GET.get("xem", ""))
    if request.GET.get("xuat") == "excel":
        return _excel(view)
    return render(request, "desk/cycle.html", {"year": view, "cycle": found})


def _excel(view: Any) -> HttpResponse:
    head = [SheetColumn("STT", "n", kind="number", width=6), SheetColumn("Đơn vị", "unit", width=42)]
    columns = [*head, *(SheetColumn(c.act.title, c.act.key, width=16) for c in view.columns)]
    rows = [
        {"n": n, "unit": row.unit.name, **{c.act.key: d.fact for c, d in row.cells if d}}
        for n, row in enumerate(view.rows, start=1)
    ]
    return xlsx_response(f"nam-{view.cycle.address}", [Sheet("Đơn vị và việc", columns, rows)])


@require_POST
def remind(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Remind units of one act."""
    found = in_cycle(request, cluster, cycle)
    units = [int(u) for u in request.POST.getlist("unit") if u.isdigit()]
    key = request.POST.get("act", "")
    told = actions.remind(cycle=found, act_key=key, units=units, by=request.actor)
    if told:
        messages.success(request, f"Đã nhắc {told} người.")
    else:
        messages.info(request, "Hôm nay đã nhắc rồi, không nhắc lại.")
    return redirect("desk:cycle", cluster, cycle)


@require_GET
def log(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Everything that happened in the year."""
    found = in_cycle(request, cluster, cycle)
    page = Paginator(entries_of_cycle(found.pk), 50).get_page(request.GET.get("trang"))
    lines = [(entry, sentence(entry)) for entry in page]
    return render(request, "desk/log.html", {"cycle": found, "page": page, "lines": lines})


@require_http_methods(["GET", "POST"])
def notices(request: Request) -> HttpResponse:
    """What was told to this person; opening the list and pressing the button marks all as read."""
    user = request.actor.user
    assert user is not None
    if request.method == "POST":
        notice_actions.mark_read(user=user, at=request.actor.at)
        return redirect("desk:notices")
    page = Paginator(notices_of(user), 30).get_page(request.GET.get("trang"))
    return render(request, "desk/notices.html", {"page": page})


@login_not_required
@require_POST
def demo_day(request: HttpRequest) -> HttpResponse:
    """Let the demonstration's calendar stand on another day, for this session."""
    if not settings.DEMO:
        raise Http404
    try:
        chosen = DayField().clean(request.POST.get("day", ""))
    except Exception:  # noqa: BLE001  a wrong day only keeps the old one
        chosen = None
    if chosen is None:
        messages.error(request, "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 16/12/2019.")
    else:
        request.session["demo_day"] = chosen.isoformat()
    return redirect("desk:home")
