"""What the register asks of the members, and of the head."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, due, head_unit_id, members_now
from thidua.emulation.exemplars.queries import ACT, nothing_told, registered_by_unit
from thidua.organisations.models import AppointmentKind

RUNNERS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """One act in a year that set a due date for it: every member registers, or has none; two queries."""
    last = due(cycle, ACT)
    if last is None:
        return []
    found = registered_by_unit(cycle)
    none = {row.unit_id for row in nothing_told(cycle)}
    duties = tuple(
        _none(cycle, m.unit_id)
        if m.unit_id in none and not found[m.unit_id]
        else _duty(cycle, m.unit_id, found[m.unit_id], last, by.on)
        for m in members_now(cycle, by.on)
    )
    done = sum(duty.state is State.DONE for duty in duties)
    return [
        Act(
            key=ACT,
            title="Đăng ký điển hình tiên tiến",
            short="Điển hình",
            due=last,
            state=_state(done, len(duties), last, by.on),
            fact=f"{done}/{len(duties)} đơn vị, {sum(found.values())} điển hình",
            url=_address("exemplars:register", cycle),
            duties=duties,
            head_duties=tuple(_head_duties(cycle, len(duties) - done, last, by.on)),
        )
    ]


def _address(name: str, cycle: Cycle) -> str:
    return reverse(name, args=[cycle.cluster.address, cycle.address])


def _state(done: int, total: int, last: date, on: date) -> State:
    if done == total:
        return State.DONE
    by_date, _ = state_by_date(last, on)
    return State.DOING if done and by_date is not State.OVERDUE else by_date


def _none(cycle: Cycle, unit_id: int) -> Duty:
    """Answered: there is nothing to register."""
    return Duty(unit_id=unit_id, state=State.DONE, fact="không có", url=_address("exemplars:register", cycle))


def _duty(cycle: Cycle, unit_id: int, count: int, last: date, on: date) -> Duty:
    if count:
        return Duty(
            unit_id=unit_id, state=State.DONE, fact=str(count), url=_address("exemplars:register", cycle)
        )
    state, fact = state_by_date(last, on)
    return Duty(
        unit_id=unit_id,
        state=state,
        fact=fact,
        title="Đăng ký điển hình tiên tiến",
        reason="Đơn vị chưa đăng ký điển hình nào trong năm. Không có thì trả lời “không có” trong sổ.",
        url=_address("exemplars:enter", cycle),
        verb="Đăng ký điển hình",
        due=last,
        kinds=MEMBER_KINDS,
    )


def _head_duties(cycle: Cycle, owing: int, last: date, on: date) -> list[Duty]:
    head = head_unit_id(cycle)
    if head is None or not owing or on <= last:
        return []
    return [
        Duty(
            unit_id=head,
            state=State.OVERDUE,
            fact=f"{owing} đơn vị",
            title=f"Đôn đốc {owing} đơn vị đăng ký điển hình tiên tiến",
            reason="Đã quá hạn đăng ký, chưa trả lời.",
            url=_address("exemplars:register", cycle),
            verb="Xem sổ điển hình",
            due=last,
            kinds=RUNNERS,
        )
    ]
