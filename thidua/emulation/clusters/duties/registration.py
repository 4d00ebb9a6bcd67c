"""What registration asks of members, of the head and of the standing body."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.periods import local_day
from thidua.base.text import day
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle, RegistrationState
from thidua.emulation.clusters.queries import (
    MEMBER_KINDS,
    due,
    head_unit_id,
    registrations,
)
from thidua.emulation.clusters.queries.registration import MemberRegistration, Registrations
from thidua.organisations.models import AppointmentKind

RUNNERS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)


def registration_act(cycle: Cycle, *, by: Actor) -> Act:
    """Đăng ký thi đua: one query besides the members."""
    seen = registrations(cycle, by.on, counted=False)
    last = due(cycle, ActKey.REGISTRATION)
    sent = len(seen.rows) - len(seen.missing)
    state, _ = state_by_date(last, by.on)
    if seen.rows and not seen.missing:
        state, fact = State.DONE, f"Xong, {sent}/{len(seen.rows)} đơn vị"
    else:
        state = State.DOING if sent and state is not State.OVERDUE else state
        fact = f"{sent}/{len(seen.rows)} đơn vị"
    return Act(
        key=ActKey.REGISTRATION,
        title=ActKey.REGISTRATION.label,
        due=last,
        state=state,
        fact=fact,
        url=reverse("clusters:own_registration", args=[cycle.cluster.address, cycle.address]),
        duties=tuple(_duty(cycle, row, last, by.on) for row in seen.rows),
        head_duties=tuple(_head_duties(cycle, seen, last, by.on)),
    )


def _duty(cycle: Cycle, row: MemberRegistration, last: date | None, on: date) -> Duty:
    unit, kept = row.membership.unit_id, row.registration
    url = reverse("clusters:registration", args=[cycle.cluster.address, cycle.address, unit])
    if kept is not None and kept.state in {RegistrationState.SUBMITTED, RegistrationState.FORWARDED}:
        fact = f"{local_day(kept.submitted_at):%d/%m}" if kept.submitted_at else ""
        return Duty(unit_id=unit, state=State.DONE, fact=fact, url=url)
    state, fact = state_by_date(last, on)
    title, verb = "Gửi đăng ký thi đua", "Đăng ký thi đua"
    reason = (f"Hạn {day(last)}. " if last else "") + (
        "Bản nháp đã lưu." if kept else "Chưa soạn bản đăng ký."
    )
    if kept is not None and kept.state == RegistrationState.RETURNED:
        state, fact = State.RETURNED, "trả lại"
        title, reason, verb = "Sửa bản đăng ký thi đua", kept.returned_reason, "Sửa đăng ký"
    elif kept is not None and state is State.LATER:
        state, fact = State.DOING, "đang soạn"
    return Duty(
        unit_id=unit,
        state=state,
        fact=fact,
        title=title,
        reason=reason,
        url=url,
        verb=verb,
        share=0.5 if kept else 0.0,
        kinds=MEMBER_KINDS,
    )


def _head_duties(cycle: Cycle, seen: Registrations, last: date | None, on: date) -> list[Duty]:
    head = head_unit_id(cycle)
    if head is None:
        return []
    url = reverse("clusters:registrations", args=[cycle.cluster.address, cycle.address])
    late = last is not None and on > last
    state = State.OVERDUE if late else State.SOON
    asked = []
    if seen.waiting and (late or not seen.missing):
        asked.append(
            Duty(
                unit_id=head,
                state=state,
                fact=f"{seen.waiting} bản",
                title=f"Chuyển {seen.waiting} bản đăng ký đến cơ quan thường trực",
                reason="Đơn vị đã gửi, chờ anh/chị tổng hợp.",
                url=url,
                verb="Xem tổng hợp đăng ký",
                kinds=RUNNERS,
            )
        )
    if seen.missing and late:
        asked.append(
            Duty(
                unit_id=head,
                state=State.OVERDUE,
                fact=f"{len(seen.missing)} đơn vị",
                title=f"Đôn đốc {len(seen.missing)} đơn vị đăng ký thi đua",
                reason=f"Hạn {day(last)}.",
                url=url,
                verb="Xem đơn vị chưa gửi",
                due=last,
                kinds=RUNNERS,
            )
        )
    return asked
