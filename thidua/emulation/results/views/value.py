"""One value: where it is from, the file that shows it, and every version with its author."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import NotAllowed, Refused, attempt
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import obstacles_to_changing
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.results import actions, queries
from thidua.emulation.results.actions import Entry, Kind
from thidua.emulation.results.forms import SourceForm
from thidua.emulation.results.models import Period, Result
from thidua.emulation.results.permissions import enters_results
from thidua.emulation.results.queries import Cell
from thidua.emulation.results.views.shared import the_period


@require_http_methods(["GET", "HEAD", "POST"])
def value(request: Request, cluster: str, cycle: str, period: str, unit: int, indicator: int) -> HttpResponse:
    """Read one value; say its source, attach what shows it."""
    year = in_cycle(request, cluster, cycle)
    span = the_period(period)
    cell = _cell(request, year, span, unit, indicator)
    writes = enters_results(request.actor, year, unit) and not obstacles_to_changing(year)
    kept = cell.result
    initial = {"source": kept.source, "note": kept.note, "version": kept.version} if kept else {"version": 0}
    form = SourceForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST":
        if not writes:
            raise NotAllowed
        allow(request.actor, "results.enter_values", year)
        if form.is_valid() and attempt(form, lambda: _keep(request, year, span, cell, form)):
            messages.success(request, "Đã lưu nguồn và minh chứng.")
            return redirect("results:value", cluster, cycle, period, unit, indicator)
    context = {
        "cycle": year,
        "period": span,
        "cell": cell,
        "unit": cell.unit,
        "form": form,
        "writes": writes,
        "versions": queries.history_of(kept) if kept else [],
        "confirmations": queries.history_of(cell.confirmed) if cell.confirmed else [],
    }
    return render(request, "results/value.html", context)


@require_POST
def detach_evidence(
    request: Request, cluster: str, cycle: str, period: str, unit: int, indicator: int
) -> HttpResponse:
    """Take off a file brought by mistake."""
    year = in_cycle(request, cluster, cycle)
    kept = _cell(request, year, the_period(period), unit, indicator).result
    if kept is None:
        raise Http404
    kept.cycle = year
    actions.detach_evidence(result=kept, by=request.actor)
    messages.success(request, "Đã gỡ tệp minh chứng.")
    return redirect("results:value", cluster, cycle, period, unit, indicator)


def _cell(request: Request, year: Cycle, span: Period, unit: int, indicator: int) -> Cell:
    units = [one for one in queries.units_read_by(year, request.actor) if one.pk == unit]
    found = queries.table_of(year, span, units).cells.get((unit, indicator))
    if found is None:
        raise Http404
    return found


def _keep(request: Request, year: Cycle, span: Period, cell: Cell, form: SourceForm) -> None:
    told = form.cleaned_data
    entry = Entry(
        kind=Kind.RESULT,
        unit=cell.unit.pk,
        indicator=cell.indicator.pk,
        seen=told["version"],
        note=told["note"],
        source=told["source"],
    )
    done = actions.enter_values(cycle=year, period=span, entries=[entry], by=request.actor)
    if done.refused:
        raise Refused(done.refused[0].reason)
    if (upload := told["upload"]) is None:
        return
    result = next((one for one in done.saved if isinstance(one, Result)), None)
    if result is None:
        raise Refused("Anh/chị ghi kết quả, nguồn hoặc ghi chú rồi thêm minh chứng.", field="upload")
    result.cycle = year
    actions.attach_evidence(result=result, upload=upload, by=request.actor)
