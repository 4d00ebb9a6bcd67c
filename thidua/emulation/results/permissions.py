"""Who writes, reads, returns and accepts a report."""

from __future__ import annotations

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile
from thidua.base.files.permissions import let_in
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import acts_for_unit, oversees, runs_cycle, sees_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, indicators_followed, members
from thidua.emulation.results.models import Report, Result
from thidua.emulation.results.queries import may_read, reports_read_by
from thidua.organisations.models import AppointmentKind


@rules.predicate
def writes_report(by: Actor, report: Report) -> bool:
    """The unit its own; the head, and the deputy that helps it, the cluster's."""
    if report.unit_id is None:
        return bool(runs_cycle(by, report.cycle))
    return bool(acts_for_unit(by, report))


@rules.predicate
def reads_report(by: Actor, report: Report) -> bool:
    """Same answer as `visible_reports`."""
    return may_read(reports_read_by(report.cycle, by), report)


@rules.predicate
def receives_report(by: Actor, report: Report) -> bool:
    """The head receives members' reports, the standing body theirs and the cluster's."""
    if oversees(by, report.cycle):
        return True
    return report.unit_id is not None and bool(runs_cycle(by, report.cycle))


@rules.predicate
def compiles_reports(by: Actor, cycle: Cycle) -> bool:
    """The head gathers what members sent."""
    return bool(runs_cycle(by, cycle))


def reads_attachment(by: Actor, file: StoredFile) -> bool:
    """Whoever reads the report reads what came with it."""
    report = (
        Report.objects.select_related("cycle__cluster__standing_body").filter(pk=file.about_id or 0).first()
    )
    return report is not None and reads_report(by, report)


let_in("results.report", reads_attachment)


def enters_results(by: Actor, cycle: Cycle, unit: int) -> bool:
    """The unit its own; the standing body in its stead."""
    return by.holds(*MEMBER_KINDS, unit=unit) or bool(oversees(by, cycle))


def sets_targets(by: Actor, cycle: Cycle, unit: int) -> bool:
    """The unit its own; head, deputies and standing body what the plan asks of it."""
    return enters_results(by, cycle, unit) or bool(runs_cycle(by, cycle))


@rules.predicate
def enters_values(by: Actor, cycle: Cycle) -> bool:
    """Somebody who may write at least one value of the year; the action asks again for each unit."""
    joined = {member.unit_id for member in members(cycle)}
    return bool(by.units(*MEMBER_KINDS) & joined) or bool(runs_cycle(by, cycle)) or bool(oversees(by, cycle))


@rules.predicate
def follows_indicators(by: Actor, cycle: Cycle) -> bool:
    """Acts for the owner department of some indicator of the year; the action asks again for each."""
    return bool(indicators_followed(cycle, by))


@rules.predicate
def evidences_result(by: Actor, result: Result) -> bool:
    """Whoever may enter the result."""
    return enters_results(by, result.cycle, result.unit_id)


def reads_evidence(by: Actor, file: StoredFile) -> bool:
    """Whoever reads the result sees what shows it."""
    found = (
        Result.objects.select_related("cycle__cluster__standing_body").filter(pk=file.about_id or 0).first()
    )
    if found is None:
        return False
    reading = reports_read_by(found.cycle, by)
    return reading.everything or found.unit_id in reading.own


let_in("results.result", reads_evidence)


@rules.predicate
def imports_values(by: Actor, _subject: object) -> bool:
    """Whoever may write figures of some unit; each row is asked again."""
    return by.holds(*MEMBER_KINDS, AppointmentKind.STANDING_OFFICER)


rules.add_perm("results.enter_values", enters_values)
rules.add_perm("results.import_values", imports_values)
rules.add_perm("results.confirm_values", follows_indicators)
rules.add_perm("results.attach_evidence", evidences_result)
rules.add_perm("results.detach_evidence", evidences_result)
rules.add_perm("results.view_list", sees_cycle)
rules.add_perm("results.view_report", reads_report)
rules.add_perm("results.save_report", writes_report)
rules.add_perm("results.submit_report", writes_report)
rules.add_perm("results.withdraw_report", writes_report)
rules.add_perm("results.attach_file", writes_report)
rules.add_perm("results.detach_file", writes_report)
rules.add_perm("results.return_report", receives_report)
rules.add_perm("results.accept_report", receives_report)
rules.add_perm("results.compile_report", compiles_reports)
rules.add_perm("results.pass_report", runs_cycle | oversees)
