"""Who may remind, and who reads the whole log."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.organisations.models import AppointmentKind


@rules.predicate
def audits(by: Actor, _subject: Any) -> bool:
    """Checks what others do, or looks after the system."""
    return by.holds(AppointmentKind.AUDITOR, AppointmentKind.ADMINISTRATOR)


rules.add_perm("desk.view_log", audits)
rules.add_perm("desk.remind", runs_cycle | oversees)
