"""Who writes, reads, returns and accepts a report."""

from __future__ import annotations

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile
from thidua.base.files.permissions import let_in
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import acts_for_unit, oversees, runs_cycle, sees_cycle
from thidua.emulation.results.models import Report
from thidua.emulation.results.queries import may_read, reports_read_by


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
