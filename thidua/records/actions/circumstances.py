"""The few circumstances of a person or a unit that the standards ask for."""

from __future__ import annotations

from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.base.periods import Term
from thidua.organisations.models import Person, Unit
from thidua.records.models import Leave, Profile, UnitProfile
from thidua.records.queries import works_at


@act("records.describe_person", on="unit")
def describe_person(
    *,
    unit: Unit,
    person: Person,
    sex: str = "",
    occupation: str = "",
    is_direct: bool | None = None,
    recruited_on: date | None = None,
    by: Actor,
) -> Profile:
    """What the standards ask of a person of the unit; what is not known stays empty."""
    _refuse_stranger(person, unit)
    row, _ = Profile.objects.update_or_create(
        person=person,
        defaults={
            "sex": sex,
            "occupation": occupation,
            "is_direct": is_direct,
            "recruited_on": recruited_on,
            "recorded_by": by.user,
            "recorded_at": by.at,
        },
    )
    return row


@act("records.record_leave", on="unit", keeps=("kind",))
def record_leave(
    *, unit: Unit, person: Person, kind: str, first: date, last: date | None = None, by: Actor
) -> Leave:
    """An absence that bears on a standard; maternity leave counts as time of service."""
    _refuse_stranger(person, unit)
    if last is not None and last < first:
        raise Refused("Ngày cuối đứng trước ngày đầu.", field="last")
    term = Term.through(first, last)
    if Leave.objects.filter(person=person, term__overlap=term).exists():
        raise Refused(f"{person} đã có thời gian nghỉ trùng với những ngày này.", field="first")
    return Leave.objects.create(
        unit=unit, person=person, kind=kind, term=term, recorded_by=by.user, recorded_at=by.at
    )


@act("records.remove_leave", on="leave")
def remove_leave(*, leave: Leave, by: Actor) -> None:
    """Take back an absence entered by mistake."""
    Leave.objects.filter(pk=leave.pk).delete()


@act("records.describe_unit", on="unit")
def describe_unit(
    *,
    unit: Unit,
    is_remote: bool = False,
    founded_on: date | None = None,
    gets_flags: bool | None = None,
    by: Actor,
) -> UnitProfile:
    """What the standards ask of a unit."""
    row, _ = UnitProfile.objects.update_or_create(
        unit=unit,
        defaults={
            "is_remote": is_remote,
            "founded_on": founded_on,
            "gets_flags": gets_flags,
            "recorded_by": by.user,
            "recorded_at": by.at,
        },
    )
    return row


def _refuse_stranger(person: Person, unit: Unit) -> None:
    if not works_at(person, unit):
        raise Refused(f"{person} không giữ chức vụ nào ở {unit}.", field="person")
