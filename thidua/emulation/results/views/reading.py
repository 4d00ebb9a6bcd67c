"""The list of reports, one report, its paper and the figures as Excel."""

from __future__ import annotations

import rules
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.sheets.writing import xlsx_response
from thidua.documents.views import paper_response
from thidua.emulation.clusters.views.shared import in_cycle
from thidua.emulation.results import papers, queries, sheets
from thidua.emulation.results.forms import ReturnForm
from thidua.emulation.results.models import Report, ReportState, SectionKey
from thidua.emulation.results.views.shared import address, begun_or_new, readable, the_period


@require_safe
def report(request: Request, cluster: str, cycle: str, period: str, unit: int | None = None) -> HttpResponse:
    """A report as it is read, with what may be done with it now."""
    year = in_cycle(request, cluster, cycle)
    found = begun_or_new(year, the_period(period), unit)
    may = {
        name: rules.has_perm(f"results.{name}_report", request.actor, found)
        for name in ("save", "withdraw", "return", "accept")
    }
    if not found.pk and unit is not None:
        if not may["save"]:
            raise Http404
        return redirect(address("edit", found))
    if found.pk and not queries.may_read(queries.reports_read_by(year, request.actor), found):
        raise Http404
    if not found.pk and not rules.has_perm("results.compile_report", request.actor, year):
        raise Http404
    return render(request, "results/report.html", _context(request, found, may))


def _context(request: Request, found: Report, may: dict[str, bool]) -> dict[str, object]:
    """Everything the page of a report shows."""
    context: dict[str, object] = {
        "cycle": found.cycle,
        "report": found,
        "may": may,
        "sections": queries.sections_of(found) if found.pk else {},
        "outline": [(key, SectionKey(key).label, text) for key, text in queries.sections_of(found).items()],
        "lines": queries.lines_of(found),
        "exemplars_told": queries.exemplars_told(queries.figures_of(found)),
        "papers": found.papers.all() if found.pk else [],
        "files": found.attachments.all() if found.pk else [],
        "steps": found.steps.all() if found.pk else [],
        "late": queries.days_late(found),
        "changed": queries.changed_since_drawn(found, request.actor) if found.pk else [],
        "obstacles": queries.obstacles_to_submitting(found) if found.is_open else [],
        "return_form": ReturnForm(),
        "can_return": may["return"] and not queries.obstacles_to_returning(found),
        "can_accept": may["accept"] and found.state == ReportState.SUBMITTED,
        "to": {name: address(name, found) for name in ("edit", "submit", "withdraw", "return", "accept")},
        "pdf": address("paper", found, "pdf"),
        "docx": address("paper", found, "docx"),
    }
    if found.unit_id is None and (may["save"] or may["accept"]):
        context |= _gathering(found)
    return context


def _gathering(found: Report) -> dict[str, object]:
    """What members sent, side by side, for those who put the cluster's report together."""
    sent = list(queries.sent_reports(found.cycle, found.kind).order_by("unit__order"))
    units = [report.unit_id or 0 for report in sent]
    compared = list(queries.side_by_side(sent).values())
    rows = [(row, [(row.by_unit.get(unit), row.confirmed.get(unit)) for unit in units]) for row in compared]
    return {
        "sent": sent,
        "fresh": queries.fresh_reports(found).count() if found.is_open else 0,
        "comparison": rows,
        "has_confirmed": any(row.confirmed for row in compared),
    }


@require_safe
def paper(
    request: Request, cluster: str, cycle: str, period: str, fmt: str, unit: int | None = None
) -> HttpResponse:
    """The report as PDF or Word."""
    found = readable(request, cluster, cycle, period, unit)
    if fmt == "pdf":
        return paper_response(papers.report_paper(found, demo=settings.DEMO), "pdf", _file_name(found))
    if fmt == "docx":
        return paper_response(papers.report_paper(found, demo=settings.DEMO), "docx", _file_name(found))
    raise Http404


def _file_name(found: Report) -> str:
    whose = found.unit.short_name if found.unit else found.cycle.cluster.short_name
    return f"Báo cáo {found.kind.label} {found.cycle.name} {whose}"


@require_safe
def figures_excel(request: Request, cluster: str, cycle: str, period: str) -> HttpResponse:
    """Figures of the reports the person may read, listed and side by side."""
    year = in_cycle(request, cluster, cycle)
    span = the_period(period)
    found = list(queries.visible_reports(year, request.actor).filter(period=span).order_by("unit__order"))
    for one in found:
        one.cycle = year
    name = f"so-lieu-{span.word}-{year.cluster.address}-{year.address}"
    return xlsx_response(name, [sheets.figures_sheet(found), sheets.comparison_sheet(found)])
