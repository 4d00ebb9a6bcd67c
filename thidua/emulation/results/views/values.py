"""Tables of targets and results: a unit's own, and all units side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused
from thidua.base.sheets.writing import xlsx_response
from thidua.base.text import decimal_text
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import (
    MEMBER_KINDS,
    indicators_followed,
    indicators_in,
    obstacles_to_changing,
)
from thidua.emulation.clusters.views.shared import in_cycle, not_saved
from thidua.emulation.results import actions, queries, sheets
from thidua.emulation.results.actions import Entered, Kind
from thidua.emulation.results.forms import Typed, cell_name, read_typed
from thidua.emulation.results.models import Origin, Period
from thidua.emulation.results.permissions import enters_results, sets_targets
from thidua.emulation.results.queries import Cell, Table
from thidua.emulation.results.views.cells import answer, faults_of
from thidua.emulation.results.views.shared import the_period

NUMBER = re.compile(r"\d{1,18}")
KINDS = {"ket-qua": Kind.RESULT, "chi-tieu": Kind.TARGET}


@dataclass(frozen=True)
class Field:
    """A value as the page shows it: to be written in, or only read."""

    name: str
    text: str
    version: int
    may_write: bool
    fault: str = ""
    offer: str = ""


@dataclass(frozen=True)
class Line:
    """A cell with its two fields."""

    cell: Cell
    target: Field
    result: Field
    note: Field

    @property
    def key(self) -> str:
        """What ties computed words to the cell."""
        return f"{self.cell.unit.pk}-{self.cell.indicator.pk}"


@require_safe
def values(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Where the person's figures of today stand: one's own unit's, or all units side by side."""
    year = in_cycle(request, cluster, cycle)
    period = _period_of_today(year, request.actor)
    reading = queries.reports_read_by(year, request.actor)
    units = queries.units_read_by(year, request.actor)
    if not units and indicators_followed(year, request.actor):
        return redirect("results:followed", cluster, cycle, period.word)
    if len(units) == 1 and not reading.everything:
        return redirect("results:grid", cluster, cycle, period.word, units[0].pk)
    return redirect("results:board", cluster, cycle, period.word)


def _period_of_today(year: Cycle, by: Actor) -> Period:
    half = queries.span_end(year, Period.MID_YEAR)
    return Period.MID_YEAR if by.on <= half + queries.AFTER else Period.YEAR_END


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: Request, cluster: str, cycle: str, period: str, unit: int) -> HttpResponse:
    """One unit: indicators as rows; target, result, percent and note as columns."""
    year = in_cycle(request, cluster, cycle)
    span, table = the_period(period), _table(request, year, period, unit)
    typed, done = Typed(), Entered()
    if request.method == "POST":
        typed = read_typed(request.POST.dict(), table.indicators, request.actor)
        done = _enter(request, year, span, typed)
        if not typed.faults and not done.refused:
            messages.success(request, "Đã lưu số liệu.")
            return redirect("results:grid", cluster, cycle, period, unit)
        table = _table(request, year, period, unit)
    lines = _lines(table, request.actor, typed, done)[unit]
    context = _context(year, span, request.actor) | {
        "unit": table.units[0],
        "lines": lines,
        "filled": queries.filled(line.cell for line in lines),
        "met": sum(line.cell.met is True for line in lines),
        "wrong": len(typed.faults) + len(done.refused),
        "writes": any(line.result.may_write or line.target.may_write for line in lines),
    }
    return render(request, "results/grid.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Request, cluster: str, cycle: str, period: str) -> HttpResponse:
    """Units as rows, indicators as columns: results, or (`loai=chi-tieu`) targets."""
    year = in_cycle(request, cluster, cycle)
    span, table = the_period(period), _table(request, year, period)
    kind = KINDS.get(request.GET.get("loai", ""), Kind.RESULT)
    typed, done = Typed(), Entered()
    if request.method == "POST":
        typed = read_typed(request.POST.dict(), table.indicators, request.actor)
        done = _enter(request, year, span, typed)
        if not typed.faults and not done.refused:
            messages.success(request, "Đã lưu số liệu.")
            return redirect(request.get_full_path())
        table = _table(request, year, period)
    lines = _lines(table, request.actor, typed, done)
    fields = {
        unit.pk: [(line, line.result if kind is Kind.RESULT else line.target) for line in lines[unit.pk]]
        for unit in table.units
    }
    context = _context(year, span, request.actor) | {
        "kind": kind,
        "kinds": [("ket-qua", "Kết quả", Kind.RESULT), ("chi-tieu", "Chỉ tiêu", Kind.TARGET)],
        "indicators": table.indicators,
        "rows": [(unit, fields[unit.pk]) for unit in table.units],
        "totals": [(one, _total_text(table, one, kind)) for one in table.indicators],
        "wrong": len(typed.faults) + len(done.refused),
        "writes": any(field.may_write for row in fields.values() for _, field in row),
    }
    return render(request, "results/board.html", context)


def _total_text(table: Table, indicator: Any, kind: Kind) -> str:
    total = table.total(indicator) if kind is Kind.RESULT else table.goal_total(indicator)
    return total.text or "–"


@require_safe
def values_excel(request: Request, cluster: str, cycle: str, period: str) -> HttpResponse:
    """The figures the person reads, of one unit (`don-vi`) or all; the same columns can be imported."""
    year = in_cycle(request, cluster, cycle)
    asked = request.GET.get("don-vi", "")
    table = _table(request, year, period, int(asked) if NUMBER.fullmatch(asked) else None)
    whose = f"-{asked}" if len(table.units) == 1 else ""
    name = f"so-lieu-{table.period.word}-{year.cluster.address}-{year.address}{whose}"
    return xlsx_response(name, [sheets.values_sheet([table])])


@require_POST
def enter(request: Request, cluster: str, cycle: str, period: str) -> HttpResponse:
    """Keep the cells that changed; answers cell by cell, with what is computed from them."""
    year = in_cycle(request, cluster, cycle)
    span = the_period(period)
    typed = read_typed(request.POST.dict(), indicators_in(year), request.actor)
    try:
        done = _enter(request, year, span, typed)
    except Refused as refusal:
        return not_saved(refusal)
    table = queries.table_of(year, span, queries.units_read_by(year, request.actor))
    return answer(typed, done, _computed(table))


def _enter(request: Request, year: Cycle, span: Period, typed: Typed) -> Entered:
    if not typed.entries:
        allow(request.actor, "results.enter_values", year)
        return Entered()
    return actions.enter_values(cycle=year, period=span, entries=typed.entries, by=request.actor)


def _computed(table: Table) -> dict[str, str]:
    words = {}
    for cell in table.cells.values():
        key = f"{cell.unit.pk}-{cell.indicator.pk}"
        words[f"percent-{key}"] = decimal_text(cell.percent) if cell.percent is not None else "–"
        words[f"met-{key}"] = met_word(cell)
    for indicator in table.indicators:
        words[f"total-result-{indicator.pk}"] = _total_text(table, indicator, Kind.RESULT)
        words[f"total-target-{indicator.pk}"] = _total_text(table, indicator, Kind.TARGET)
    return words


def met_word(cell: Cell) -> str:
    """“đạt”, “chưa đạt”; empty while it cannot be told."""
    return {True: "đạt", False: "chưa đạt", None: ""}[cell.met]


def _table(request: Request, year: Cycle, period: str, unit: int | None = None) -> Table:
    """The units the person reads, or the one asked for; 404 for one that is not theirs to read."""
    units = queries.units_read_by(year, request.actor)
    if unit is not None:
        units = [one for one in units if one.pk == unit]
    if not units:
        raise Http404
    return queries.table_of(year, the_period(period), units)


def _lines(table: Table, by: Actor, typed: Typed, done: Entered) -> dict[int, list[Line]]:
    faults = faults_of(typed, done)
    is_open = not obstacles_to_changing(table.cycle)
    found = {}
    for unit in table.units:
        results = is_open and enters_results(by, table.cycle, unit.pk)
        targets = is_open and sets_targets(by, table.cycle, unit.pk)
        plans = not by.holds(*MEMBER_KINDS, unit=unit.pk)
        found[unit.pk] = [
            _line(cell, results, targets and (plans or not _is_given(cell)), typed, faults)
            for cell in table.of_unit(unit)
        ]
    return found


def _is_given(cell: Cell) -> bool:
    """The covenant says it or the plan gives it: the unit only reads it."""
    return cell.goal is not None and cell.goal.origin is not Origin.OWN


def _line(cell: Cell, results: bool, targets: bool, typed: Typed, faults: dict[str, dict[str, Any]]) -> Line:
    place = cell.unit.pk, cell.indicator.pk

    def made(name: str, text: str, version: int, may_write: bool) -> Field:
        fault = faults.get(name, {})
        shown = typed.texts.get(name, text) if fault else text
        seen = fault.get("version", version)
        return Field(name, shown, seen, may_write, fault.get("reason", ""), fault.get("offer", ""))

    goal, result = cell.goal, cell.result
    asked, at = (goal.said.text, goal.version) if goal else ("", 0)
    return Line(
        cell,
        made(cell_name(Kind.TARGET, *place), asked, at, targets),
        made(cell_name(Kind.RESULT, *place), cell.reached.text, result.version if result else 0, results),
        made(f"n-{place[0]}-{place[1]}", result.note if result else "", 0, results),
    )


def _context(year: Cycle, span: Period, by: Actor) -> dict[str, Any]:
    """What every page of figures shows around its table."""
    return {
        "cycle": year,
        "period": span,
        "periods": list(Period),
        "obstacles": obstacles_to_changing(year),
        "may_define": rules.has_perm("clusters.define_indicator", by, year.cluster),
        "follows": bool(indicators_followed(year, by)),
        "leads": queries.reports_read_by(year, by).everything,
    }
