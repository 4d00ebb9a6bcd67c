"""What movements ask of the members and of the head."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.text import day
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, due, head_unit_id
from thidua.emulation.movements.queries import (
    ACT,
    Board,
    MemberRow,
    answered,
    board,
    ended_by,
    plan_due,
    summed_up,
)
from thidua.organisations.models import AppointmentKind

NAMED = 2  # titles told in a reason; the rest are counted
RUNNERS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """One act: the movements of the year, answered n of m by each member."""
    seen = board(cycle, by.on)
    duties = tuple(_duty(cycle, row, by.on) for row in seen.rows)
    done = sum(duty.state is State.DONE for duty in duties)
    state, fact = _state(cycle, seen, duties, by.on)
    return [
        Act(
            key=ACT,
            title="Phong trào thi đua",
            short="Phong trào",
            due=due(cycle, ACT),
            state=state,
            fact=fact or f"{done}/{len(duties)} đơn vị",
            obstacle="" if seen.expected else "Chưa chọn phong trào áp dụng cho năm này.",
            url=_address("movements:board", cycle),
            duties=duties,
            head_duties=(*_head_duties(cycle, seen, duties, by.on), *_unreviewed(cycle, seen, by.on)),
        )
    ]


def _address(name: str, cycle: Cycle, *more: int) -> str:
    return reverse(name, args=[cycle.cluster.address, cycle.address, *more])


def _state(cycle: Cycle, seen: Board, duties: tuple[Duty, ...], on: date) -> tuple[State, str]:
    if not seen.expected:
        return state_by_date(due(cycle, ACT), on)[0], "Chưa chọn phong trào"
    done = sum(duty.state is State.DONE for duty in duties)
    if done == len(duties):
        return State.DONE, f"Xong, {done}/{len(duties)} đơn vị"
    late = sum(duty.state is State.OVERDUE for duty in duties)
    if late:
        return State.OVERDUE, f"{late} đơn vị quá hạn"
    return (State.DOING if any(duty.share for duty in duties) else duties[0].state), ""


def _duty(cycle: Cycle, row: MemberRow, on: date) -> Duty:
    unit, total = row.membership.unit_id, len(row.cells)
    if not total:
        return Duty(unit_id=unit, state=State.NOT_APPLICABLE, fact="–")
    owed = [expected for expected, adoption in row.cells if not answered(expected, adoption)]
    fact = f"{row.done}/{total}"
    if not owed:
        return Duty(
            unit_id=unit, state=State.DONE, fact=fact, url=_address("movements:board", cycle), share=1.0
        )
    first = min((day for expected in owed if (day := plan_due(expected, cycle))), default=None)
    state, _ = state_by_date(first, on)
    if state is State.LATER and row.done:
        state = State.DOING
    return Duty(
        unit_id=unit,
        state=state,
        fact=fact,
        title=f"Hưởng ứng {len(owed)} phong trào, gửi kế hoạch của đơn vị",
        reason=_reason([str(expected.movement) for expected in owed], first),
        url=_address("movements:adopt", cycle, owed[0].pk, unit),
        verb="Hưởng ứng phong trào",
        due=first,
        share=row.done / total,
        kinds=MEMBER_KINDS,
    )


def _reason(titles: list[str], first: date | None) -> str:
    more = len(titles) - NAMED
    named = "; ".join(f"“{title}”" for title in titles[:NAMED]) + f" và {more} phong trào khác" * (more > 0)
    by_day = f", hạn {day(first)}" if first else ""
    return f"Còn thiếu: {named}{by_day}."


def _unreviewed(cycle: Cycle, seen: Board, on: date) -> list[Duty]:
    """The cluster's own movements that have ended are summed up by the head."""
    head = head_unit_id(cycle)
    ended = [one.movement for one in seen.expected if ended_by(one.movement, cycle, on)]
    if head is None or not ended:
        return []
    known = summed_up(ended)
    return [
        Duty(
            unit_id=head,
            state=State.SOON,
            title=f"Tổng kết phong trào “{movement}”",
            reason="Phong trào đã kết thúc, chưa ghi tổng kết.",
            url=reverse("movements:review", args=[movement.pk]),
            verb="Ghi tổng kết",
            kinds=RUNNERS,
        )
        for movement in ended
        if movement.pk not in known
    ]


def _head_duties(cycle: Cycle, seen: Board, duties: tuple[Duty, ...], on: date) -> list[Duty]:
    heads = [headship.unit_id for headship in cycle.headships.all()][:1]
    late = [duty for duty in duties if duty.state is State.OVERDUE]
    if not heads or (seen.expected and not late):
        return []
    if not seen.expected:
        state, fact = state_by_date(due(cycle, ACT), on)
        title, reason = (
            "Chọn phong trào áp dụng cho năm",
            "Các đơn vị chưa biết phải hưởng ứng phong trào nào.",
        )
        verb = "Chọn phong trào"
    else:
        state, fact = State.OVERDUE, f"{len(late)} đơn vị"
        title, reason = f"Đôn đốc {len(late)} đơn vị gửi kế hoạch phong trào", "Đã quá hạn gửi kế hoạch."
        verb = "Xem đơn vị còn thiếu"
    url = _address("movements:board", cycle)
    due_on = due(cycle, ACT)
    return [
        Duty(
            unit_id=heads[0],
            state=state,
            fact=fact,
            title=title,
            reason=reason,
            url=url,
            verb=verb,
            due=due_on,
            kinds=RUNNERS,
        )
    ]
