"""Reminding."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.duties import Act, Duty, State
from thidua.base.notices.actions import tell
from thidua.desk.queries import cycle_acts, notice_key, with_due
from thidua.emulation.clusters.models import Cycle
from thidua.organisations.models import AppointmentKind
from thidua.organisations.queries import people_appointed

UNIT = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER)
BEFORE = (7, 3, 1, 0)  # days before the due date on which the system reminds by itself
AFTER = (1, 3, 7, 14)  # and after it
OWED = {State.OVERDUE, State.RETURNED, State.SOON, State.DOING}


@act("desk.remind", on="cycle", keeps=("acts", "units"))
def remind(*, cycle: Cycle, acts: Iterable[str], units: Iterable[int], by: Actor) -> int:
    """Tell those who act for these units of each of these acts they owe; returns how many notices went out.

    Once a day for the same act and unit: a second click the same day tells nobody again.
    """
    keys, asked = set(acts), set(units)
    owed = [
        (found, duty)
        for found in cycle_acts(cycle, by=by)
        for duty in found.duties
        if found.key in keys and duty.unit_id in asked and duty.state in OWED
    ]
    return sum(_tell(cycle, found, duty, by, f"{by.on}") for found, duty in owed)


def remind_by_calendar(*, cycle: Cycle, by: Actor) -> int:
    """The system's own reminders of one day: before and after each due date."""
    told = 0
    for found in cycle_acts(cycle, by=by):
        for duty in found.duties:
            due = duty.due or found.due
            left = (due - by.on).days if due else None
            if left is not None and duty.state in OWED and (left in BEFORE or -left in AFTER):
                told += _tell(cycle, found, duty, by, f"lich {left}")
    return told


def _tell(cycle: Cycle, found: Act, duty: Duty, by: Actor, when: str) -> int:
    due = with_due(duty, found).due
    limit = f" Hạn {due:%d/%m/%Y}, {_left((due - by.on).days)}." if due else ""
    return tell(
        people=people_appointed(duty.kinds or UNIT, [duty.unit_id], on=by.on),
        text=f"{duty.title or found.title}, {cycle}.{limit}",
        url=duty.url or found.url,
        key=notice_key(cycle, found, duty.unit_id, when),
        at=by.at,
    )


def _left(days: int) -> str:
    if days < 0:
        return f"trễ {-days} ngày"
    return f"còn {days} ngày" if days else "là hôm nay"
