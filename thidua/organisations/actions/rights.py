"""What people are given to do, and the standing body."""

from __future__ import annotations

from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.sessions import drop_sessions
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused, refuse_if
from thidua.organisations.actions.tenures import whole_term
from thidua.organisations.models import Appointment, AppointmentKind, Person, StandingBody, Unit
from thidua.organisations.permissions import DAILY_KINDS
from thidua.organisations.queries import obstacles_to_appoint


@act("organisations.appoint", on="unit", keeps=("kind", "starts", "ends"))
def appoint(
    *, person: Person, unit: Unit, kind: str, starts: date, ends: date | None = None, by: Actor
) -> Appointment:
    """Give the person a right at the unit from `starts` until, not including, `ends`.

    The standing body's officers hand out daily rights; all others are handed out by the administrator.
    """
    if kind not in DAILY_KINDS and not (by.is_system or by.holds(AppointmentKind.ADMINISTRATOR)):
        raise NotAllowed("Quyền này do quản trị hệ thống giao.")
    term = whole_term(starts, ends)
    refuse_if(obstacles_to_appoint(person, unit, kind, term, by=by), field="kind")
    return Appointment.objects.create(person=person, unit=unit, kind=kind, term=term)


@act("organisations.end_appointment", on="appointment", keeps=("ends",))
def end_appointment(*, appointment: Appointment, ends: date, by: Actor) -> Appointment:
    """The right is over from `ends` on; once it is over, the person's sessions end at once."""
    appointment = (
        Appointment.objects.select_for_update(of=("self",)).select_related("person").get(pk=appointment.pk)
    )
    if appointment.term.upper is not None and appointment.term.upper <= by.on:
        raise Refused("Quyền này đã hết hạn.", field="ends")
    appointment.term = whole_term(appointment.term.lower, ends)
    appointment.save(update_fields=["term"])
    if ends <= by.on and appointment.person.user_id is not None:
        drop_sessions([appointment.person.user_id])
    return appointment


@act("organisations.create_standing_body", on="authority", keeps=("starts", "ends"))
def create_standing_body(
    *, unit: Unit, authority: Unit, starts: date, ends: date | None = None, by: Actor
) -> StandingBody:
    """The unit does the daily work of the authority's council during the term."""
    term = whole_term(starts, ends)
    others = StandingBody.objects.filter(authority=authority, term__overlap=term).select_related("unit")
    for other in others:
        raise Refused(f"{other.unit} đang là cơ quan thường trực trong thời gian đó.", field="starts")
    return StandingBody.objects.create(unit=unit, authority=authority, term=term)
