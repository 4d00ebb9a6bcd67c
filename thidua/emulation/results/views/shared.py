"""How the pages of reports find what they are about."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from thidua.base.accounts.requests import Request
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import members
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.results.models import Period, Report
from thidua.emulation.results.queries import may_read, report_of, reports_read_by


def the_period(word: str) -> Period:
    """The period of an address; 404 for any other word."""
    period = Period.of_word(word)
    if period is None:
        raise Http404
    return period


def begun_or_new(year: Cycle, period: Period, unit: int | None) -> Report:
    """The report of a member or the cluster, or a new one not kept yet; 404 for a unit that is no member."""
    found = report_of(year, period, unit)
    if found is None:
        found = Report(cycle=year, period=period, revision=0)
        if unit is not None:
            of_unit = [membership.unit for membership in members(year) if membership.unit_id == unit]
            if not of_unit:
                raise Http404
            found.unit = of_unit[0]
    found.cycle = year
    return found


def readable(request: Request, cluster: str, cycle: str, period: str, unit: int | None) -> Report:
    """A report the person may read; 404 otherwise."""
    year = in_cycle(request, cluster, cycle)
    found = report_of(year, the_period(period), unit)
    if found is None:
        raise Http404
    found.cycle = year
    if not may_read(reports_read_by(year, request.actor), found):
        raise Http404
    return found


def address(name: str, report: Report, *more: object) -> str:
    """The address of a page of this report."""
    base = [report.cycle.cluster.address, report.cycle.address, report.kind.word]
    if report.unit_id is None:
        return reverse(f"results:cluster_{name}", args=[*base, *more])
    return reverse(f"results:{name}", args=[*base, report.unit_id, *more])


__all__ = ["address", "begun_or_new", "readable", "the_period"]
