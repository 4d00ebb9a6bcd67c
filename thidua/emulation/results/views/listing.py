"""The list of reports, and who is late with what on a day."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.sheets.writing import xlsx_response
from thidua.base.ui.forms import DayField
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.results import queries, sheets
from thidua.emulation.results.models import Period, Report


@require_safe
def listing(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Members and their reports, the cluster's own beside; `loc=con-no` keeps those still owing one."""
    year = in_cycle(request, cluster, cycle)
    seen = queries.overview(year, request.actor.on)
    owing = request.GET.get("loc") == "con-no"
    reading = queries.reports_read_by(year, request.actor)
    periods = _periods(year, seen)
    late = {
        (one.period, one.unit.pk): one.days
        for one in queries.late_reports(year, on=request.actor.on)
        if not one.missing
    }
    rows = [
        (
            row.membership,
            [
                _cell(
                    row.reports.get(period),
                    period,
                    reading,
                    late.get((period, row.membership.unit_id), 0),
                )
                for period in periods
            ],
        )
        for row in seen.rows
        if not owing or any(row.membership in seen.missing(period) for period in periods)
    ]
    context = {
        "cycle": year,
        "rows": rows,
        "of_cluster": [_cell(seen.of_cluster.get(period), period, reading, 0) for period in periods],
        "own": reading.own,
        "leads": reading.leads,
        "everything": reading.everything,
        "owing": owing,
        "heads": [
            (period, queries.due_of(year, period), len(seen.rows) - len(seen.missing(period)))
            for period in periods
        ],
        "members": len(seen.rows),
    }
    return render(request, "results/list.html", context)


def _periods(year: Cycle, seen: queries.Overview) -> list[Period]:
    """Those asked for, and any other for which somebody wrote a report."""
    written = {period for row in seen.rows for period in row.reports} | set(seen.of_cluster)
    asked = queries.asked_periods(year)
    return [period for period in Period if period in asked or period in written]


def _cell(
    report: Report | None, period: Period, reading: queries.Reading, late: int
) -> tuple[Period, Report | None, bool, int]:
    """A report in the list, whether the person may open it, and its days of lateness."""
    if report is None:
        return period, None, False, 0
    return period, report, queries.may_read(reading, report), late


@require_safe
def late(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Who has not sent what, or sent it late, as it stood on a day (`ngay`); also as Excel."""
    year = in_cycle(request, cluster, cycle)
    on, fault = _day_asked(request)
    found = queries.late_reports(year, on=on)
    if request.GET.get("xuat") == "excel":
        name = f"bao-cao-cham-{year.cluster.address}-{year.address}-{on:%Y-%m-%d}"
        return xlsx_response(name, [sheets.late_sheet(found, on)])
    context = {
        "cycle": year,
        "on": on,
        "fault": fault,
        "late": found,
        "missing": sum(one.missing for one in found),
        "undated": [p for p in queries.asked_periods(year) if queries.due_of(year, p) is None],
        "to_come": [
            (p, last) for p in queries.asked_periods(year) if (last := queries.due_of(year, p)) and last >= on
        ],
    }
    return render(request, "results/late.html", context)


def _day_asked(request: Request) -> tuple[date, str]:
    """The day asked about, today without one; what is no day is told, and today stands in."""
    try:
        asked = DayField(required=False).clean(request.GET.get("ngay", ""))
    except ValidationError as fault:
        return request.actor.on, " ".join(fault.messages)
    return asked or request.actor.on, ""
