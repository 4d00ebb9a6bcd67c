"""Questions about reports. They never write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.periods import local_day
from thidua.base.text import moment, search_key
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import (
    CovenantState,
    CovenantTarget,
    Cycle,
    Membership,
    Qualifier,
    RegistrationTarget,
)
from thidua.emulation.clusters.permissions import runs_cycle, watches
from thidua.emulation.clusters.queries import MEMBER_KINDS, due, members_now
from thidua.emulation.results.models import (
    Period,
    Report,
    ReportFigure,
    ReportSection,
    ReportState,
    SectionKey,
)

ACTS = {Period.MID_YEAR: ActKey.MID_YEAR_REPORT, Period.YEAR_END: ActKey.YEAR_REPORT}
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
    """A figure as it is handed in; `is_part` makes it part of the nearest full line above."""

    indicator: str
    qualifier: str = Qualifier.EQUAL
    value: Decimal | None = None
    measure: str = ""
    target: Decimal | None = None
    units: frozenset[int] = frozenset()
    note: str = ""
    is_part: bool = False


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


def days_late(report: Report) -> int:
    """Days between the due date and the day it was sent; 0 when in time, not sent, or no date is set."""
    last = due(report.cycle, ACTS[report.kind])
    if last is None or report.submitted_at is None:
        return 0
    return max((local_day(report.submitted_at) - last).days, 0)


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


def sent_reports(cycle: Cycle, period: Period) -> QuerySet[Report]:
    """Members' reports of a period that were sent and not returned."""
    return cycle.reports.filter(period=period, unit__isnull=False, state__in=SENT).select_related("unit")


def fresh_reports(report: Report) -> QuerySet[Report]:
    """Members' reports not yet gathered into the cluster's."""
    sent = sent_reports(report.cycle, report.kind)
    return sent.exclude(gathered_into=report.pk) if report.pk else sent


def texts_by_section(reports: Iterable[Report]) -> dict[str, list[tuple[str, str]]]:
    """For each section, what each unit wrote, with its name."""
    names = {report.pk: report.author for report in reports}
    told: dict[str, list[tuple[str, str]]] = {key: [] for key in SectionKey.values}
    for section in (
        ReportSection.objects.filter(report__in=names).exclude(text="").order_by("report__unit__order")
    ):
        told[section.key].append((names[section.report_id], section.text))
    return told


FigureKey = tuple[str, str, str]  # what it is part of, indicator, measure; all without marks


def key_of(indicator: str, measure: str, part_of: str = "") -> FigureKey:
    """Figures with the same words are the same figure, whoever typed them."""
    return search_key(part_of), search_key(indicator), measure.strip().casefold()


@dataclass
class Comparison:
    """One figure side by side: what each unit reported."""

    indicator: str
    measure: str
    is_part: bool
    by_unit: dict[int, ReportFigure] = field(default_factory=dict)

    @property
    def total(self) -> Decimal | None:
        """The sum of exact counts; percentages and vague counts have none."""
        values = [figure.value for figure in self.by_unit.values() if figure.qualifier == Qualifier.EQUAL]
        exact = [value for value in values if value is not None]
        if "%" in self.measure or not exact or len(exact) < len(self.by_unit):
            return None
        return sum(exact, Decimal(0))

    @property
    def shared(self) -> tuple[str, Decimal | None]:
        """Qualifier and value for all together: the sum, else what all of them say alike, else nothing."""
        if self.total is not None:
            return Qualifier.EQUAL, self.total
        said = {(figure.qualifier, figure.value) for figure in self.by_unit.values()}
        return said.pop() if len(said) == 1 else (Qualifier.EQUAL, None)


def side_by_side(reports: Iterable[Report]) -> dict[FigureKey, Comparison]:
    """Figures of several reports: equal words in one row, parts right below their whole; one query."""
    units = {report.pk: report.unit_id or 0 for report in reports}
    rows = ReportFigure.objects.filter(report__in=units).select_related("parent")
    found: dict[FigureKey, Comparison] = {}
    wholes: dict[str, int] = {}  # in the order in which they are first named
    for row in rows.order_by("position", "report", "pk"):
        whole = row.parent.indicator if row.parent else ""
        wholes.setdefault(search_key(whole or row.indicator), len(wholes))
        key = key_of(row.indicator, row.measure, whole)
        kept = found.setdefault(key, Comparison(row.indicator, row.measure, bool(whole)))
        kept.by_unit[units[row.report_id]] = row
    return dict(sorted(found.items(), key=lambda item: (wholes[item[0][0] or item[0][1]], bool(item[0][0]))))
