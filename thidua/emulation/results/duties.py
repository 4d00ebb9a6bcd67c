"""What reports ask of members, of the head and of the standing body."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.periods import local_day
from thidua.base.text import day
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, OWNER_KINDS, head_unit_id
from thidua.emulation.results.actions.telling import RUNNERS
from thidua.emulation.results.models import Period, Report, ReportState
from thidua.emulation.results.queries import (
    ACTS,
    Overview,
    asked_periods,
    due_of,
    is_asked_now,
    overview,
    waiting_by_owner,
)
from thidua.organisations.models import AppointmentKind


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """The half-year and the year-end report, other spans where they are due."""
    seen, asked = overview(cycle, by.on), asked_periods(cycle)
    waiting = waiting_by_owner(cycle, asked, by.on)
    return [_act(cycle, period, seen, waiting[period], by.on) for period in asked]


def _act(cycle: Cycle, period: Period, seen: Overview, waiting: Counter[int], on: date) -> Act:
    last = due_of(cycle, period)
    duties = tuple(
        _duty(cycle, period, row.membership.unit_id, row.reports.get(period), last, on) for row in seen.rows
    )
    state, fact = _state(duties, last, on)
    return Act(
        key=ACTS[period],
        title=period.report,
        due=last,
        state=state,
        fact=fact,
        url=reverse("results:list", args=[cycle.cluster.address, cycle.address]),
        duties=duties,
        head_duties=(
            *_head_duties(cycle, period, seen, last, on),
            *_owner_duties(cycle, period, waiting, last, on),
        ),
    )


def _state(duties: tuple[Duty, ...], last: date | None, on: date) -> tuple[State, str]:
    """Words of the timeline: how many are done, and what holds up the rest."""
    count = {state: sum(duty.state is state for duty in duties) for state in State}
    done, late, returned, waiting = (
        count[State.DONE],
        count[State.OVERDUE],
        count[State.RETURNED],
        count[State.WAITING],
    )
    if duties and done == len(duties):
        return State.DONE, f"Xong, {done}/{len(duties)} đơn vị"
    held = [f"{late} chưa gửi"] * bool(late) + [f"{returned} bị trả lại"] * bool(returned)
    held += [f"{waiting} chờ nhận"] * bool(waiting)
    if late or returned:
        by_date, _ = state_by_date(last, on)
        return (State.OVERDUE if by_date is State.OVERDUE else State.RETURNED), ", ".join(held)
    if done or waiting:
        return State.DOING, ", ".join([f"{done}/{len(duties)} đơn vị", *held])
    return state_by_date(last, on)[0], f"0/{len(duties)} đơn vị"


def _duty(
    cycle: Cycle, period: Period, unit: int, report: Report | None, last: date | None, on: date
) -> Duty:
    address = [cycle.cluster.address, cycle.address, period.word, unit]
    read, write = reverse("results:report", args=address), reverse("results:edit", args=address)
    if report is not None and report.state == ReportState.ACCEPTED and report.submitted_at:
        fact = f"{local_day(report.submitted_at):%d/%m}"
        return Duty(unit_id=unit, state=State.DONE, fact=fact, url=read)
    if report is not None and report.state == ReportState.SUBMITTED:
        return Duty(unit_id=unit, state=State.WAITING, fact="chờ", reason="Chờ trưởng tiếp nhận.", url=read)
    if report is not None and report.state == ReportState.RETURNED:
        return Duty(
            unit_id=unit,
            state=State.RETURNED,
            fact="trả lại",
            title=f"Bổ sung {period.report[0].lower()}{period.report[1:]}",
            reason=report.returned_reason,
            url=write,
            verb="Bổ sung báo cáo",
            kinds=MEMBER_KINDS,
        )
    state, fact = state_by_date(last, on)
    if not is_asked_now(cycle, period, on):
        reason = "Không đặt hạn gửi." + (" Bản nháp đã lưu." if report else "")
        return Duty(unit_id=unit, state=State.LATER, fact=fact, reason=reason, url=write)
    if report is not None and state is State.LATER:
        state, fact = State.DOING, "đang soạn"
    return Duty(
        unit_id=unit,
        state=state,
        fact=fact,
        title=f"Gửi {period.report[0].lower()}{period.report[1:]}",
        reason=(f"Hạn {day(last)}. " if last else "")
        + ("Bản nháp đã lưu." if report else "Chưa soạn báo cáo."),
        url=write,
        verb="Soạn tiếp báo cáo" if report else "Viết báo cáo",
        share=0.5 if report else 0.0,
        kinds=MEMBER_KINDS,
    )


def _owner_duties(
    cycle: Cycle, period: Period, waiting: Counter[int], last: date | None, on: date
) -> list[Duty]:
    """Each owner department says what it found of the figures units told of its indicators."""
    state, fact = state_by_date(last, on)
    return [
        Duty(
            unit_id=unit,
            state=state if state is State.OVERDUE else State.SOON,
            fact=fact,
            title=f"Xác nhận {count} số liệu {period.label}",
            reason="Các đơn vị đã ghi chỉ tiêu đơn vị anh/chị theo dõi.",
            url=reverse("results:followed", args=[cycle.cluster.address, cycle.address, period.word]),
            verb="Xác nhận số liệu",
            due=last,
            kinds=OWNER_KINDS,
        )
        for unit, count in waiting.items()
    ]


def _head_duties(cycle: Cycle, period: Period, seen: Overview, last: date | None, on: date) -> list[Duty]:
    """The head accepts, urges, gathers; the standing body accepts the cluster's own report."""
    head, body = head_unit_id(cycle), cycle.cluster.standing_body
    address, name = [cycle.cluster.address, cycle.address], period.report[0].lower() + period.report[1:]
    listed, own = reverse("results:list", args=address), seen.of_cluster.get(period)
    asked: list[Duty] = []
    by_date, fact = state_by_date(last, on)
    late = by_date is State.OVERDUE
    urgent = State.OVERDUE if late else State.SOON
    missing, waiting = len(seen.missing(period)), seen.waiting(period)
    if head is not None and waiting:
        asked.append(
            Duty(
                unit_id=head,
                state=urgent,
                fact=f"{waiting} chờ",
                title=f"Tiếp nhận {waiting} {name}",
                reason="Đơn vị đã gửi, chờ anh/chị xem.",
                url=listed,
                verb="Xem báo cáo",
                due=last,
                kinds=RUNNERS,
            )
        )
    if head is not None and missing and late:
        asked.append(
            Duty(
                unit_id=head,
                state=State.OVERDUE,
                fact=fact,
                title=f"Đôn đốc {missing} đơn vị gửi {name}",
                reason=f"Hạn {day(last)}.",
                url=f"{listed}?loc=con-no",
                verb="Xem đơn vị còn nợ",
                due=last,
                kinds=RUNNERS,
            )
        )
    gathered = reverse("results:cluster_report", args=[*address, period.word])
    unsent = (own is None and is_asked_now(cycle, period, on)) or (own is not None and own.is_open)
    if head is not None and seen.rows and not missing and not waiting and unsent:
        state = State.RETURNED if own is not None and own.state == ReportState.RETURNED else State.SOON
        asked.append(
            Duty(
                unit_id=head,
                state=state,
                title=f"Tổng hợp {name} của {cycle.cluster.noun}",
                reason=(own.returned_reason if own else "") or "Các đơn vị đã gửi đủ.",
                url=gathered,
                verb="Tổng hợp báo cáo",
                kinds=RUNNERS,
            )
        )
    if body is not None and own is not None and own.state == ReportState.SUBMITTED:
        asked.append(
            Duty(
                unit_id=body.unit_id,
                state=State.SOON,
                fact="chờ",
                title=f"Tiếp nhận {name} của {cycle.cluster.noun}",
                reason="Trưởng đã gửi báo cáo tổng hợp.",
                url=gathered,
                verb="Xem báo cáo",
                kinds=(AppointmentKind.STANDING_OFFICER,),
            )
        )
    return asked
