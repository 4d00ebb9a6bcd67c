"""The owner department of an indicator says what it found of the members' results."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused
from thidua.emulation.clusters.models import Cycle, Indicator
from thidua.emulation.clusters.queries import indicators_followed, obstacles_to_changing
from thidua.emulation.clusters.views.shared import in_cycle, not_saved
from thidua.emulation.results import actions, queries
from thidua.emulation.results.actions import Entered, Kind
from thidua.emulation.results.forms import Typed, cell_name, read_typed
from thidua.emulation.results.models import Period
from thidua.emulation.results.queries import Cell
from thidua.emulation.results.views.cells import answer, faults_of
from thidua.emulation.results.views.shared import the_period
from thidua.emulation.results.views.values import Field


@dataclass(frozen=True)
class Followed:
    """A unit's figure and the field for what the department says of it."""

    cell: Cell
    field: Field

    @property
    def key(self) -> str:
        """What ties computed words to the cell."""
        return f"{self.cell.unit.pk}-{self.cell.indicator.pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: Request, cluster: str, cycle: str, period: str) -> HttpResponse:
    """An indicator a table, units as rows: what each said, what the department says."""
    year, span = in_cycle(request, cluster, cycle), the_period(period)
    allow(request.actor, "results.confirm_values", year)
    typed, done = Typed(), Entered()
    if request.method == "POST":
        typed, done = _kept(request, year, span)
        if not typed.faults and not done.refused:
            messages.success(request, "Đã lưu số liệu xác nhận.")
            return redirect("results:followed", cluster, cycle, period)
    own = indicators_followed(year, request.actor)
    cells = queries.cells_followed(year, span, own, on=request.actor.on)
    context = {
        "cycle": year,
        "period": span,
        "periods": list(Period),
        "obstacles": obstacles_to_changing(year),
        "writes": not obstacles_to_changing(year),
        "tables": [(one, [_line(cell, typed, done, year) for cell in cells[one.pk]]) for one in own],
        "waiting": queries.count_waiting(cells),
        "wrong": len(typed.faults) + len(done.refused),
        "reads_figures": bool(queries.units_read_by(year, request.actor)),
    }
    return render(request, "results/followed.html", context)


@require_POST
def confirm(request: Request, cluster: str, cycle: str, period: str) -> HttpResponse:
    """Keep the cells that changed; answers cell by cell."""
    year, span = in_cycle(request, cluster, cycle), the_period(period)
    allow(request.actor, "results.confirm_values", year)
    try:
        typed, done = _kept(request, year, span)
    except Refused as refusal:
        return not_saved(refusal)
    own = indicators_followed(year, request.actor)
    cells = queries.cells_followed(year, span, own, on=request.actor.on)
    words = {
        f"verdict-{cell.unit.pk}-{cell.indicator.pk}": cell.standing for row in cells.values() for cell in row
    }
    return answer(typed, done, words)


def _kept(request: Request, year: Cycle, span: Period) -> tuple[Typed, Entered]:
    own: list[Indicator] = indicators_followed(year, request.actor)
    posted = {name: text for name, text in request.POST.dict().items() if name[:2] not in {"r-", "t-", "n-"}}
    typed = read_typed(posted, own, request.actor)
    if not typed.entries:
        return typed, Entered()
    return typed, actions.confirm_values(cycle=year, period=span, entries=typed.entries, by=request.actor)


def _line(cell: Cell, typed: Typed, done: Entered, year: Cycle) -> Followed:
    name = cell_name(Kind.CONFIRMED, cell.unit.pk, cell.indicator.pk)
    fault = faults_of(typed, done).get(name, {})
    kept = cell.confirmed
    text = typed.texts.get(name, "") if fault else kept.said.text if kept else ""
    version = fault.get("version", kept.version if kept else 0)
    may_write = not obstacles_to_changing(year)
    return Followed(
        cell, Field(name, text, version, may_write, fault.get("reason", ""), fault.get("offer", ""))
    )
