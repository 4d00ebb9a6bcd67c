"""Who is late with which report, and which are asked for now. Questions never write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from thidua.base.periods import local_day
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle, Membership
from thidua.emulation.clusters.queries import due, members_now
from thidua.emulation.results.models import Period, Report, ReportStep, StepKind
from thidua.organisations.models import Unit

ACTS = {
    Period.Q1: ActKey.Q1_REPORT,
    Period.Q2: ActKey.Q2_REPORT,
    Period.MID_YEAR: ActKey.MID_YEAR_REPORT,
    Period.Q3: ActKey.Q3_REPORT,
    Period.NINE_MONTHS: ActKey.NINE_MONTHS_REPORT,
    Period.Q4: ActKey.Q4_REPORT,
    Period.SECOND_HALF: ActKey.SECOND_HALF_REPORT,
    Period.YEAR_END: ActKey.YEAR_REPORT,
}
AHEAD, AFTER = timedelta(days=31), timedelta(days=62)  # around the end of its span, where no date is set


def due_of(cycle: Cycle, period: Period) -> date | None:
    """The day by which a period's report is due; None when the cluster set none."""
    return due(cycle, ACTS[period])


def asked_periods(cycle: Cycle) -> list[Period]:
    """Half-year and year always; any other span where it has a due date."""
    return [period for period in Period if period.is_usual or due_of(cycle, period) is not None]


def span_end(cycle: Cycle, period: Period) -> date:
    """The last day of the span a report tells of."""
    first: date = cycle.term.lower
    month = first.month - 1 + period.months
    after = date(first.year + month // 12, month % 12 + 1, 1) + timedelta(days=first.day - 1)
    last: date = min(after, cycle.term.upper) - timedelta(days=1)
    return last


def is_asked_now(cycle: Cycle, period: Period, on: date) -> bool:
    """A report with a due date is asked for until it is sent; one without only around its span's end."""
    if due_of(cycle, period) is not None:
        return True
    ends = span_end(cycle, period)
    return ends - AHEAD <= on <= ends + AFTER


@dataclass(frozen=True)
class LateReport:
    """A report that was due and came late, or has not come: `sent_on` is None while it is missing."""

    unit: Unit
    period: Period
    due: date
    days: int  # to the day it was sent; of a missing one to the day asked about
    sent_on: date | None = None
    report: Report | None = None

    @property
    def missing(self) -> bool:
        """Nothing was sent up to that day."""
        return self.sent_on is None


def late_reports(cycle: Cycle, *, on: date, periods: Iterable[Period] | None = None) -> list[LateReport]:
    """Members' reports late or missing as it stood at the end of a day, by period, then in members' order.

    Only what was due before that day. A report counts from the day it was first sent: one returned for
    a supplement is not late for that, one its author withdrew counts from its next sending. Two queries.
    """
    asked = [period for period in (periods or asked_periods(cycle)) if _was_due(cycle, period, on)]
    if not asked:
        return []
    kept = cycle.reports.filter(unit__isnull=False, period__in=asked).prefetch_related("steps")
    at = {(report.period, report.unit_id): report for report in kept}
    found = (
        _late(member, period, due_of(cycle, period), at.get((period, member.unit_id)), on)
        for period in asked
        for member in members_now(cycle, min(on, due_of(cycle, period) or on))
    )
    return [late for late in found if late is not None]


def _was_due(cycle: Cycle, period: Period, on: date) -> bool:
    last = due_of(cycle, period)
    return last is not None and last < on


def _late(
    member: Membership, period: Period, last: date | None, report: Report | None, on: date
) -> LateReport | None:
    sent = sent_day(report, on=on) if report is not None else None
    days = days_after(last, sent or on)
    if last is None or not days:
        return None
    return LateReport(member.unit, period, last, days, sent, report)


def sent_day(report: Report, *, on: date | None = None) -> date | None:
    """The day that counts as its sending, as it was known at the end of `on`; reads the steps."""
    kept = report.steps.all() if report.pk else ()
    steps = [step for step in kept if on is None or local_day(step.at) <= on]
    if not steps:
        return _sent_without_steps(report, on)
    return _day_that_counts(steps)


def _day_that_counts(steps: Iterable[ReportStep]) -> date | None:
    """The first sending that was not withdrawn."""
    found: date | None = None
    for step in steps:
        if step.kind == StepKind.SUBMITTED:
            found = found or local_day(step.at)
        elif step.kind == StepKind.WITHDRAWN:
            found = None
    return found


def _sent_without_steps(report: Report, on: date | None) -> date | None:
    """A report brought in from elsewhere has its moment alone."""
    if report.submitted_at is None or report.is_open:
        return None
    day = local_day(report.submitted_at)
    return day if on is None or day <= on else None


def days_after(last: date | None, sent: date | None) -> int:
    """Days between a due date and the day of sending; 0 when in time, or either is unknown."""
    return max((sent - last).days, 0) if last is not None and sent is not None else 0


def days_late(report: Report) -> int:
    """Days one report came late; 0 when in time, not sent, or no date is set."""
    return days_after(due_of(report.cycle, report.kind), sent_day(report))
