"""What happened to a report, kept as a step and told to those it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.accounts.actors import Actor
from thidua.base.notices.actions import tell
from thidua.emulation.clusters.queries import MEMBER_KINDS, head_unit_id
from thidua.emulation.results.models import Report, ReportStep, StepKind
from thidua.organisations.models import AppointmentKind
from thidua.organisations.queries import people_appointed

RUNNERS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)


def keep_step(report: Report, kind: StepKind, by: Actor, reason: str = "") -> ReportStep:
    """Write down who did what, when and why."""
    return ReportStep.objects.create(
        report=report, kind=kind, at=by.at, person=by.user, person_name=by.name, reason=reason
    )


def tell_receivers(report: Report, step: ReportStep, by: Actor) -> None:
    """The head hears of a member's report, the standing body of the cluster's."""
    body, head = report.cycle.cluster.standing_body, head_unit_id(report.cycle)
    if report.unit_id is None:
        if body is not None:
            _tell(
                report,
                step,
                by,
                f"{report} chờ tiếp nhận.",
                (AppointmentKind.STANDING_OFFICER,),
                [body.unit_id],
            )
    elif head is not None:
        _tell(report, step, by, f"{report} chờ tiếp nhận.", RUNNERS, [head])


def tell_author(report: Report, step: ReportStep, by: Actor, text: str) -> None:
    """Those who wrote it hear what became of it."""
    if report.unit_id is not None:
        _tell(report, step, by, text, MEMBER_KINDS, [report.unit_id])
    elif (head := head_unit_id(report.cycle)) is not None:
        _tell(report, step, by, text, RUNNERS, [head])


def _tell(
    report: Report, step: ReportStep, by: Actor, text: str, kinds: Iterable[str], units: Iterable[int]
) -> None:
    people = people_appointed(kinds, units, on=by.on)
    tell(people=people, text=text, url=report.get_absolute_url(), key=f"results.step.{step.pk}", at=by.at)
