"""Who manages units and people. Everyone signed in reads units; rights are seen by those who give them."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.organisations.models import (
    Appointment,
    AppointmentKind,
    Office,
    Person,
    StandingBody,
    Tenure,
    Unit,
)
from thidua.organisations.queries import lineage, served_authorities

# What an officer of the standing body may hand out; the rest is handed out by the administrator.
DAILY_KINDS = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)


@rules.predicate
def is_signed_in(by: Actor, _subject: Any) -> bool:
    """Has an account; units are no secret among officials."""
    return by.user is not None


@rules.predicate
def administers(by: Actor, _subject: Any) -> bool:
    """Looks after the system."""
    return by.holds(AppointmentKind.ADMINISTRATOR)


@rules.predicate
def serves_an_authority(by: Actor, _subject: Any) -> bool:
    """Is an officer of some standing body."""
    return bool(served_authorities(by))


@rules.predicate
def manages_unit(by: Actor, subject: Any) -> bool:
    """Is an officer of the standing body of an authority the unit is, or stands under, on that day."""
    authorities = served_authorities(by)
    unit_id = _unit_id(subject)
    return bool(authorities) and unit_id is not None and bool(authorities & set(lineage(unit_id)))


@rules.predicate
def manages_person(by: Actor, person: Person) -> bool:
    """Manages every unit where the person holds an office or an appointment on that day."""
    held = {
        *Tenure.objects.filter(person=person, term__contains=by.on).values_list("office__unit", flat=True),
        *Appointment.objects.filter(person=person, term__contains=by.on).values_list("unit", flat=True),
    }
    return serves_an_authority(by, None) and all(manages_unit(by, unit) for unit in held)


@rules.predicate
def is_this_person(by: Actor, person: Person) -> bool:
    """The person looks at themselves."""
    return by.person_id is not None and by.person_id == person.pk


@rules.predicate
def may_end_appointment(by: Actor, appointment: Appointment) -> bool:
    """Manages the unit, and the right is one of those its officers hand out."""
    return appointment.kind in DAILY_KINDS and manages_unit(by, appointment.unit_id)


def _unit_id(subject: Any) -> int | None:
    """The unit a subject is, names by number, or belongs to."""
    if isinstance(subject, Tenure):
        return subject.office.unit_id
    if isinstance(subject, Unit):
        return subject.pk
    if isinstance(subject, Office | StandingBody):
        return subject.unit_id
    return subject if isinstance(subject, int) else None


manages = administers | manages_unit

rules.add_perm("organisations.view_unit", is_signed_in)
rules.add_perm("organisations.create_unit", manages)
rules.add_perm("organisations.edit_unit", manages)
rules.add_perm("organisations.rename_unit", manages)
rules.add_perm("organisations.move_unit", manages)
rules.add_perm("organisations.end_unit", manages)
rules.add_perm("organisations.record_succession", manages)
rules.add_perm("organisations.remove_unit", manages)
rules.add_perm("organisations.create_standing_body", administers)
rules.add_perm("organisations.create_person", administers | serves_an_authority)
rules.add_perm("organisations.view_person", administers | serves_an_authority | is_this_person)
rules.add_perm("organisations.edit_person", administers | manages_person)
rules.add_perm("organisations.remove_person", administers | manages_person)
rules.add_perm("organisations.hold_office", manages)
rules.add_perm("organisations.end_tenure", manages)
rules.add_perm("organisations.remove_tenure", manages)
rules.add_perm("organisations.appoint", manages)
rules.add_perm("organisations.end_appointment", administers | may_end_appointment)
rules.add_perm("organisations.give_account", administers)
rules.add_perm("organisations.import_units", administers | serves_an_authority)
rules.add_perm("organisations.import_people", administers | serves_an_authority)
