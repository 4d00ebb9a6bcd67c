"""Registration of titles, forms and own targets: written, sent, returned, forwarded."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.notices.actions import tell
from thidua.base.text import moment, normalise
from thidua.emulation.clusters.models import (
    Cycle,
    Registration,
    RegistrationLine,
    RegistrationState,
    RegistrationTarget,
)
from thidua.emulation.clusters.queries import (
    MEMBER_KINDS,
    RegistrationContent,
    content_of,
    head_unit_id,
    indicators_in,
    matching,
    member_on,
    members,
    obstacles_to_changing,
    obstacles_to_forwarding,
    obstacles_to_returning_registration,
    obstacles_to_submitting_registration,
    obstacles_to_withdrawing_registration,
)
from thidua.emulation.clusters.queries.registration import OPEN
from thidua.organisations.models import AppointmentKind
from thidua.organisations.queries import people_appointed
from thidua.rulebook import catalogue


@act("clusters.save_registration", on="registration")
def save_registration(
    *, registration: Registration, content: RegistrationContent, revision: int, by: Actor
) -> Registration:
    """Keep what is written so far. `revision` is what the page saw, 0 for one not begun.

    Refuses one already sent and a page older than what is kept; the same content twice is written once.
    """
    kept = _kept(registration)
    if kept.state not in OPEN:
        raise Refused(*obstacles_to_submitting_registration(kept))
    return _write(kept, content, revision, by)


@act("clusters.submit_registration", on="registration")
def submit_registration(
    *,
    registration: Registration,
    by: Actor,
    content: RegistrationContent | None = None,
    revision: int | None = None,
) -> Registration:
    """Gửi đăng ký to the head and the standing body, with what stands on the page. Twice sends once."""
    kept = _kept(registration)
    if kept.state == RegistrationState.SUBMITTED and (
        content is None or content_of(kept) == _tidy(kept, content)
    ):
        return kept
    if kept.state not in OPEN:
        raise Refused(f"Bản đăng ký đã gửi lúc {moment(kept.submitted_at)}. Anh/chị mở lại trang để xem.")
    if content is not None:
        kept = _write(kept, content, revision or 0, by)
    refuse_if(obstacles_to_submitting_registration(kept))
    kept.state, kept.submitted_at = RegistrationState.SUBMITTED, by.at
    kept.revision += 1
    kept.save()
    _tell_receivers(kept, by)
    return kept


def _kept(registration: Registration) -> Registration:
    """The registration as the database holds it, locked; a new one while the year's row is locked."""
    Cycle.objects.select_for_update().get(pk=registration.cycle_id)
    found = Registration.objects.filter(cycle=registration.cycle_id, unit=registration.unit_id)
    kept = found.select_for_update().first() or Registration(revision=0)
    kept.cycle, kept.unit = registration.cycle, registration.unit
    refuse_if(obstacles_to_changing(kept.cycle))
    if kept.unit_id not in {membership.unit_id for membership in members(kept.cycle)}:
        raise Refused("Đơn vị không phải thành viên trong năm này.")
    return kept


def _tidy(kept: Registration, content: RegistrationContent) -> RegistrationContent:
    """Names in one spelling; the unit's own name is the unit itself; a line said twice is said once."""
    lines = dict.fromkeys(
        type(line)(line.honour_kind, "" if _is_unit(kept, line.recipient) else normalise(line.recipient))
        for line in content.lines
    )
    return RegistrationContent(tuple(lines), content.targets)


def _is_unit(kept: Registration, recipient: str) -> bool:
    return normalise(recipient).casefold() in {"", kept.unit.name.casefold()}


def _write(kept: Registration, content: RegistrationContent, revision: int, by: Actor) -> Registration:
    told = _tidy(kept, content)
    if kept.revision and content_of(kept) == told:
        return kept
    if kept.revision != revision:
        raise Stale
    valid = {kind.code for kind in catalogue.kinds(member_on(kept.cycle, by.on))}
    unknown = [line for line in told.lines if line.honour_kind not in valid]
    if unknown:
        raise Refused("Có danh hiệu, hình thức không còn trong danh mục. Anh/chị chọn lại.")
    kept.revision += 1
    kept.save()
    _write_lines(kept, told)
    return kept


def _write_lines(kept: Registration, told: RegistrationContent) -> None:
    kept.lines.all().delete()
    kept.targets.all().delete()
    RegistrationLine.objects.bulk_create(
        RegistrationLine(
            registration=kept,
            honour_kind=line.honour_kind,
            recipient=line.recipient or kept.unit.name,
            is_unit=not line.recipient,
            position=position,
        )
        for position, line in enumerate(told.lines, start=1)
    )
    catalogue = indicators_in(kept.cycle)
    RegistrationTarget.objects.bulk_create(
        RegistrationTarget(
            registration=kept,
            indicator=target.indicator,
            qualifier=target.qualifier,
            value=target.value,
            measure=target.measure,
            catalogued=matching(catalogue, target.indicator, target.measure),
            position=position,
        )
        for position, target in enumerate(told.targets, start=1)
    )


def _locked(registration: Registration) -> Registration:
    kept = Registration.objects.select_for_update().get(pk=registration.pk)
    kept.cycle, kept.unit = registration.cycle, registration.unit
    refuse_if(obstacles_to_changing(kept.cycle))
    return kept


@act("clusters.withdraw_registration", on="registration")
def withdraw_registration(*, registration: Registration, by: Actor) -> Registration:
    """Rút lại: the unit takes back what was not forwarded yet."""
    kept = _locked(registration)
    refuse_if(obstacles_to_withdrawing_registration(kept))
    kept.state = RegistrationState.DRAFT
    kept.revision += 1
    kept.save()
    return kept


@act("clusters.return_registration", on="registration", keeps=("reason",))
def return_registration(*, registration: Registration, reason: str, by: Actor) -> Registration:
    """Trả lại để bổ sung, by the head or the standing body, with the reason. Returning twice returns once."""
    kept, reason = _locked(registration), reason.strip()
    if not reason:
        raise Refused("Anh/chị ghi lý do để đơn vị biết phải sửa gì.", field="reason")
    if kept.state == RegistrationState.RETURNED and kept.returned_reason == reason:
        return kept
    refuse_if(obstacles_to_returning_registration(kept))
    kept.state, kept.returned_reason, kept.forwarded_at = RegistrationState.RETURNED, reason, None
    kept.revision += 1
    kept.save()
    people = people_appointed(MEMBER_KINDS, [kept.unit_id], on=by.on)
    _tell(kept, by, people, f"Bản đăng ký thi đua năm {kept.cycle.name} bị trả lại: {reason}")
    return kept


@act("clusters.forward_registrations", on="cycle")
def forward_registrations(*, cycle: Cycle, by: Actor) -> int:
    """Chuyển cơ quan thường trực: every registration sent so far; returns how many."""
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    refuse_if(obstacles_to_forwarding(cycle))
    waiting = list(cycle.registrations.filter(state=RegistrationState.SUBMITTED).select_for_update())
    for kept in waiting:
        kept.state, kept.forwarded_at = RegistrationState.FORWARDED, by.at
        kept.revision += 1
        kept.save()
    return len(waiting)


def _tell_receivers(kept: Registration, by: Actor) -> None:
    head, body = head_unit_id(kept.cycle), kept.cycle.cluster.standing_body
    runners = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)
    text = f"{kept.unit} đã gửi đăng ký thi đua năm {kept.cycle.name}."
    if head is not None:
        _tell(kept, by, people_appointed(runners, [head], on=by.on), text)
    if body is not None:
        officers = (AppointmentKind.STANDING_OFFICER,)
        _tell(kept, by, people_appointed(officers, [body.unit_id], on=by.on), text)


def _tell(kept: Registration, by: Actor, people: Iterable[User], text: str) -> None:
    key = f"clusters.registration.{kept.pk}.{kept.revision}"
    tell(people=people, text=text, url=kept.get_absolute_url(), key=key, at=by.at)
