"""Questions about reports. They never write."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.text import moment, search_key
from thidua.emulation.clusters.models import (
    CovenantState,
    CovenantTarget,
    Cycle,
    Membership,
    Qualifier,
    RegistrationTarget,
)
from thidua.emulation.clusters.permissions import runs_cycle, watches
from thidua.emulation.clusters.queries import MEMBER_KINDS, members_now
from thidua.emulation.results.models import (
    Period,
    Report,
    ReportFigure,
    ReportState,
    Said,
    SectionKey,
)

MUST_TELL = (
    SectionKey.RESULTS,
    SectionKey.ASSESSMENT,
)  # Circular 12/2019 Article 5: results, shortcomings, lessons
SENT = (ReportState.SUBMITTED, ReportState.ACCEPTED)


@dataclass(frozen=True)
class Reading:
    """What a person reads of a year's reports."""

    everything: bool  # all that was sent: head, deputies, standing body, authority
    leads: bool  # the cluster's own report already as a draft
    own: frozenset[int]  # units whose reports are theirs in any state


def reports_read_by(cycle: Cycle, by: Actor) -> Reading:
    """Who of head, standing body, authority or member the person is in this year. Asks no database."""
    leads = by.is_system or bool(runs_cycle(by, cycle))
    return Reading(leads or bool(watches(by, cycle)), leads, by.units(*MEMBER_KINDS))


def visible_reports(cycle: Cycle, by: Actor) -> QuerySet[Report]:
    """Reports of the year the person may read; drafts are their author's alone."""
    reading = reports_read_by(cycle, by)
    of_cluster = Q(unit=None) if reading.leads else Q(unit=None) & ~Q(state=ReportState.DRAFT)
    seen = Q(unit__in=reading.own) | of_cluster
    if reading.everything:
        seen |= ~Q(state=ReportState.DRAFT)
    return cycle.reports.filter(seen).select_related("unit")


def may_read(reading: Reading, report: Report) -> bool:
    """One report of the year, by the same rule."""
    if report.unit_id in reading.own or (report.unit_id is None and reading.leads):
        return True
    return report.state != ReportState.DRAFT and (report.unit_id is None or reading.everything)


def report_of(cycle: Cycle, period: Period, unit_id: int | None) -> Report | None:
    """The report of a unit (of the cluster when None) for a period."""
    return cycle.reports.filter(period=period, unit=unit_id).select_related("unit").first()


def sections_of(report: Report) -> dict[str, str]:
    """Text by section; sections not begun are empty."""
    kept = dict(report.sections.values_list("key", "text")) if report.pk else {}
    return {key: kept.get(key, "") for key in SectionKey.values}


@dataclass(frozen=True)
class Figure:
    """A figure as it is handed in; `is_part` makes it part of the nearest full line above.

    `catalogued` is the indicator of the catalogue it is about, `upper` the far end of a range.
    """

    indicator: str
    qualifier: str = Qualifier.EQUAL
    value: Decimal | None = None
    measure: str = ""
    target: Decimal | None = None
    units: frozenset[int] = frozenset()
    note: str = ""
    is_part: bool = False
    upper: Decimal | None = None
    catalogued: int | None = None

    @property
    def said(self) -> Said:
        """How much."""
        return Said(self.qualifier, self.value, self.upper)


def lines_of(report: Report) -> list[ReportFigure]:
    """Figures with their units, parts right below what they are part of, in two queries."""
    rows = list(report.figures.prefetch_related("units")) if report.pk else []
    parts: dict[int, list[ReportFigure]] = defaultdict(list)
    for row in rows:
        if row.parent_id:
            parts[row.parent_id].append(row)
    return [line for row in rows if not row.parent_id for line in (row, *parts[row.pk])]


def figures_of(report: Report) -> list[Figure]:
    """The same as they would be handed in."""
    return [
        Figure(
            row.indicator,
            row.qualifier,
            row.value,
            row.measure,
            row.target,
            frozenset(unit.pk for unit in row.units.all()),
            row.note,
            row.parent_id is not None,
            row.upper,
            row.catalogued_id,
        )
        for row in lines_of(report)
    ]


def promised_figures(cycle: Cycle, unit_id: int) -> list[Figure]:
    """What the unit promised in the covenant and its registration: the first lines of a new report."""
    covenant = CovenantTarget.objects.filter(
        Q(unit=None) | Q(unit=unit_id), covenant__cycle=cycle, covenant__state=CovenantState.OPEN
    )
    own = RegistrationTarget.objects.filter(registration__cycle=cycle, registration__unit=unit_id)
    asked = [
        *covenant.values_list("indicator", "value", "measure"),
        *own.values_list("indicator", "value", "measure"),
    ]
    seen: dict[str, Figure] = {}
    for indicator, target, measure in asked:
        seen.setdefault(search_key(indicator), Figure(indicator, measure=measure, target=target))
    return list(seen.values())


def obstacles_to_submitting(report: Report, sections: dict[str, str] | None = None) -> list[str]:
    """What is missing before it can be sent."""
    if not report.is_open:
        return [f"Báo cáo đã gửi lúc {moment(report.submitted_at)}."]
    told = sections if sections is not None else sections_of(report)
    return [
        f"Phần “{SectionKey(key).label}” còn trống. Anh/chị viết phần này rồi gửi."
        for key in MUST_TELL
        if not told.get(key, "").strip()
    ]


def obstacles_to_withdrawing(report: Report) -> list[str]:
    """Why the author cannot take it back."""
    if report.state != ReportState.SUBMITTED:
        return ["Chỉ rút được báo cáo đã gửi mà chưa được tiếp nhận."]
    return []


def obstacles_to_returning(report: Report) -> list[str]:
    """Why it cannot be returned."""
    if report.state not in SENT:
        return ["Chỉ trả lại được báo cáo đã gửi."]
    if report.passed_at:
        return ["Hội nghị đã thông qua báo cáo này."]
    return []


def obstacles_to_accepting(report: Report) -> list[str]:
    """Why it cannot be accepted."""
    if report.state != ReportState.SUBMITTED:
        return ["Chỉ tiếp nhận được báo cáo đang chờ tiếp nhận."]
    return []


@dataclass
class MemberReports:
    """A member and its two reports."""

    membership: Membership
    reports: dict[str, Report] = field(default_factory=dict)


@dataclass
class Overview:
    """All members' reports of the year, and the cluster's own."""

    rows: list[MemberReports]
    of_cluster: dict[str, Report]

    def missing(self, period: str) -> list[Membership]:
        """Members that have not sent the report of a period."""
        return [
            row.membership
            for row in self.rows
            if (report := row.reports.get(period)) is None or report.is_open
        ]

    def waiting(self, period: str) -> int:
        """How many reports wait to be accepted."""
        return sum(
            report.state == ReportState.SUBMITTED for row in self.rows if (report := row.reports.get(period))
        )


def overview(cycle: Cycle, on: date) -> Overview:
    """Every member of a day with its reports, in two queries; states are no secret among members."""
    rows = [MemberReports(membership) for membership in members_now(cycle, on)]
    at = {row.membership.unit_id: row for row in rows}
    of_cluster: dict[str, Report] = {}
    for report in cycle.reports.all():
        report.cycle = cycle
        if report.unit_id is None:
            of_cluster[report.period] = report
        elif report.unit_id in at:
            at[report.unit_id].reports[report.period] = report
    return Overview(rows, of_cluster)
