"""A report passes from hand to hand: withdrawn, returned, accepted, passed by a conference."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.emulation.clusters.queries import obstacles_to_changing
from thidua.emulation.results.actions.telling import keep_step, tell_author
from thidua.emulation.results.models import Report, ReportState, StepKind
from thidua.emulation.results.queries import (
    obstacles_to_accepting,
    obstacles_to_returning,
    obstacles_to_withdrawing,
    sections_of,
)


def _locked(report: Report) -> Report:
    kept = Report.objects.select_for_update().get(pk=report.pk)
    kept.cycle = report.cycle
    refuse_if(obstacles_to_changing(kept.cycle))
    return kept


def _move(kept: Report, state: ReportState) -> None:
    kept.state = state
    kept.accepted_at = None
    kept.revision += 1


@act("results.withdraw_report", on="report")
def withdraw_report(*, report: Report, by: Actor) -> Report:
    """Rút lại: the author takes back what was not accepted yet, to go on writing."""
    kept = _locked(report)
    refuse_if(obstacles_to_withdrawing(kept))
    _move(kept, ReportState.DRAFT)
    kept.save()
    keep_step(kept, StepKind.WITHDRAWN, by)
    return kept


@act("results.return_report", on="report", keeps=("reason",))
def return_report(*, report: Report, reason: str, by: Actor) -> Report:
    """Trả lại để bổ sung, with the reason the author needs. Returning twice returns once."""
    kept, reason = _locked(report), reason.strip()
    if not reason:
        raise Refused("Anh/chị ghi lý do để đơn vị biết phải bổ sung gì.", field="reason")
    if kept.state == ReportState.RETURNED and kept.returned_reason == reason:
        return kept
    refuse_if(obstacles_to_returning(kept))
    _move(kept, ReportState.RETURNED)
    kept.returned_reason = reason
    kept.save()
    step = keep_step(kept, StepKind.RETURNED, by, reason)
    tell_author(kept, step, by, f"{kept} bị trả lại: {reason}")
    return kept


@act("results.accept_report", on="report")
def accept_report(*, report: Report, by: Actor) -> Report:
    """Tiếp nhận. Accepting twice accepts once."""
    kept = _locked(report)
    if kept.state == ReportState.ACCEPTED:
        return kept
    refuse_if(obstacles_to_accepting(kept))
    _move(kept, ReportState.ACCEPTED)
    kept.accepted_at = by.at
    kept.save()
    tell_author(kept, keep_step(kept, StepKind.ACCEPTED, by), by, f"{kept} đã được tiếp nhận.")
    return kept


@act("results.pass_report", on="report", keeps=("conference",))
def pass_report(*, report: Report, conference: str, by: Actor) -> Report:
    """Thông qua: a conference passed the cluster's report. `conferences` calls it; twice passes once."""
    kept = _locked(report)
    if kept.unit_id is not None:
        raise Refused("Hội nghị thông qua báo cáo của cụm, khối, không thông qua báo cáo của từng đơn vị.")
    if kept.passed_at is not None:
        return kept
    if not any(sections_of(kept).values()):
        raise Refused("Báo cáo của cụm, khối chưa có nội dung.")
    kept.passed_at, kept.passed_by_conference = by.at, conference
    kept.revision += 1
    kept.save()
    keep_step(kept, StepKind.PASSED, by, conference)
    return kept
