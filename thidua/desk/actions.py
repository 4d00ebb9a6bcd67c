"""Reminding."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.base.duties import Act, Duty
from thidua.base.notices.actions import tell
from thidua.desk.queries import cycle_acts
from thidua.emulation.clusters.models import Cycle
from thidua.organisations.models import AppointmentKind
from thidua.organisations.queries import people_appointed

UNIT = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER)
BEFORE = (7, 3, 1, 0)  # days before the due date on which the system reminds by itself
AFTER = (1, 3, 7, 14)  # and after it


@act("desk.remind", on="cycle", keeps=("act_key",))
def remind(*, cycle: Cycle, act_key: str, units: Iterable[int], by: Actor) -> int:
    """Tell officers and leaders of the units that still owe an act; returns how many people were told.

    Once a day for the same act: a second click the same day tells nobody again.
    """
    found = next((one for one in cycle_acts(cycle, by=by) if one.key == act_key), None)
    if found is None:
        raise Refused("Không có việc này trong năm. Anh/chị tải lại trang.")
    asked = set(units)
    owed = [duty for duty in found.duties if duty.unit_id in asked and duty.state.asks]
    return sum(_tell(cycle, found, duty, by, f"{by.on}") for duty in owed)


def remind_by_calendar(*, cycle: Cycle, by: Actor) -> int:
    """The system's own reminders of one day: before and after each due date."""
    told = 0
    for found in cycle_acts(cycle, by=by):
        for duty in found.duties:
            due = duty.due or found.due
            if due is None or not duty.title or not duty.state.asks:
                continue
            left = (due - by.on).days
            if left in BEFORE or -left in AFTER:
                told += _tell(cycle, found, duty, by, f"lich:{left}")
    return told


def _tell(cycle: Cycle, found: Act, duty: Duty, by: Actor, when: str) -> int:
    due = duty.due or found.due
    left = (due - by.on).days if due else None
    late = "" if left is None else f", trễ {-left} ngày" if left < 0 else f", còn {left} ngày"
    limit = f" (hạn {due:%d/%m/%Y}{late})" if due else ""
    return tell(
        people=people_appointed(duty.kinds or UNIT, [duty.unit_id], on=by.on),
        text=f"{duty.title or found.title}{limit}. {cycle}.",
        url=duty.url,
        key=f"{cycle.pk}:{found.key}:{duty.unit_id}:{when}",
        at=by.at,
    )
