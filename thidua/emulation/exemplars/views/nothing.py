"""A member answers that it has nothing to register."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import refuse_if
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import members
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.exemplars import actions, queries
from thidua.emulation.exemplars.forms import NothingForm
from thidua.emulation.exemplars.models import NothingToRegister
from thidua.organisations.views.shared import FormPage


def _answer(request: Request, year: Cycle, unit: int) -> NothingToRegister:
    """What the unit said, or a new answer; 404 for a unit that is no member."""
    kept = queries.nothing_told(year).filter(unit=unit).first()
    joined = next((m.unit for m in members(year) if m.unit_id == unit), None)
    if joined is None:
        raise Http404
    found = kept or NothingToRegister(cycle=year, unit=joined)
    found.cycle = year
    allow(request.actor, "exemplars.answer_nothing", found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def nothing(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """Say so, with the reason."""
    year = in_cycle(request, cluster, cycle)
    found = _answer(request, year, unit)
    refuse_if(queries.obstacles_to_answering_nothing(year, unit))
    form = NothingForm(request.POST or None, instance=found)
    page = FormPage(
        title="Không có điển hình để đăng ký",
        verb="Gửi trả lời",
        done=f"Đã ghi: {found.unit.short_name} không có điển hình để đăng ký năm {year.name}.",
        back=reverse("exemplars:register", args=[cluster, cycle]),
        back_word="Sổ điển hình tiên tiến",
        facts=f"{found.unit.name}, {year.title.lower()}",
    )
    return page.answer(request, form, lambda: actions.answer_nothing(answer=form.instance, by=request.actor))


@require_POST
def withdraw_nothing(request: Request, cluster: str, cycle: str, unit: int) -> HttpResponse:
    """The unit will register after all."""
    year = in_cycle(request, cluster, cycle)
    row = get_object_or_404(queries.nothing_told(year), unit=unit)
    row.cycle = year
    actions.withdraw_nothing(answer=row, by=request.actor)
    messages.success(request, "Đã rút trả lời. Đơn vị lại còn việc đăng ký điển hình.")
    return redirect("exemplars:register", cluster, cycle)
