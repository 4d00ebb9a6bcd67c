"""What the covenant asks of each member, and of the head."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.periods import local_day
from thidua.base.text import day, moment
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Covenant, CovenantState, Cycle, Membership, Signature
from thidua.emulation.clusters.queries import covenants_of, due, head_unit_id, members_now, signed_by_unit
from thidua.organisations.models import AppointmentKind

RUNNERS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)
SIGNERS = (AppointmentKind.UNIT_LEADER,)


def covenant_act(cycle: Cycle, *, by: Actor) -> Act:
    """Ký giao ước: who signed when, who has not yet; two queries besides the members."""
    versions = list(covenants_of(cycle))
    standing = next((c for c in versions if c.state == CovenantState.OPEN), None)
    draft = next((c for c in versions if c.state == CovenantState.DRAFT), None)
    joined = members_now(cycle, by.on)
    signed = signed_by_unit(standing) if standing else {}
    count = sum(1 for m in joined if m.unit_id in signed)
    last = due(cycle, ActKey.COVENANT)
    done = bool(standing and joined and count == len(joined))
    url = reverse("clusters:covenant", args=[cycle.cluster.address, cycle.address])
    return Act(
        key=ActKey.COVENANT,
        title=ActKey.COVENANT.label,
        short="Giao ước",
        due=last,
        state=State.DONE if done else _state(standing, last, by.on),
        fact=_fact(standing, count, len(joined), done=done),
        obstacle="" if standing else f"Trưởng {cycle.cluster.noun} chưa mở ký.",
        url=url,
        duties=tuple(_duty(m, signed.get(m.unit_id), standing, last, by.on, url) for m in joined),
        head_duties=tuple(_head_duties(cycle, standing, draft, last, by.on)),
    )


def _state(standing: Covenant | None, last: date | None, on: date) -> State:
    state, _ = state_by_date(last, on)
    return State.DOING if standing is not None and state is State.LATER else state


def _fact(standing: Covenant | None, count: int, all_members: int, *, done: bool) -> str:
    if standing is None:
        return "Chưa mở ký"
    counted = f"{count}/{all_members} đơn vị"
    return f"Xong, {counted}" if done else counted


def _duty(
    member: Membership,
    signature: Signature | None,
    standing: Covenant | None,
    last: date | None,
    on: date,
    url: str,
) -> Duty:
    unit = member.unit_id
    if signature is not None:
        told = f"{signature.person_name}, {signature.office_name} ký lúc {moment(signature.signed_at)}."
        fact = f"{local_day(signature.signed_at):%d/%m}"
        return Duty(unit_id=unit, state=State.DONE, fact=fact, reason=told, url=url)
    state, fact = state_by_date(last, on)
    limit = f"Hạn {day(last)}. " if last else ""
    if standing is None:
        blocked = state is not State.LATER
        return Duty(
            unit_id=unit,
            state=State.BLOCKED if blocked else State.LATER,
            fact="vướng" if blocked else "chưa",
            reason=f"{limit}Giao ước chưa mở ký.",
            url=url,
        )
    if state is State.LATER:
        state, fact = State.DOING, "chờ ký"
    again = "Giao ước đã sửa đổi, đơn vị ký lại." if standing.version > 1 else "Giao ước đang mở ký."
    return Duty(
        unit_id=unit,
        state=state,
        fact=fact,
        title="Ký giao ước thi đua",
        reason=limit + again,
        url=url,
        verb="Ký giao ước",
        kinds=SIGNERS,
    )


def _head_duties(
    cycle: Cycle, standing: Covenant | None, draft: Covenant | None, last: date | None, on: date
) -> list[Duty]:
    head = head_unit_id(cycle)
    if head is None or (standing is not None and draft is None):
        return []
    state, fact = state_by_date(last, on)
    if state is State.LATER and draft is not None:
        state = State.DOING
    address = [cycle.cluster.address, cycle.address]
    if draft is None:
        title, verb, url = (
            "Soạn giao ước thi đua",
            "Soạn giao ước",
            reverse("clusters:covenant", args=address),
        )
    else:
        title, verb = "Mở ký giao ước thi đua", "Mở ký giao ước"
        url = reverse("clusters:covenant_version", args=[*address, draft.version])
    return [
        Duty(
            unit_id=head,
            state=state,
            fact=fact,
            title=title,
            reason=f"Hạn ký {day(last)}." if last else "Chưa đặt hạn ký.",
            url=url,
            verb=verb,
            due=last,
            kinds=RUNNERS,
        )
    ]
