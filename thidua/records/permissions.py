"""Who keeps records, and who sees them.

A unit's officers keep its records and those of its own parts; the standing body in charge keeps all below
its authority. Discipline and pending matters are for the unit's leader and the standing body.
"""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.organisations.models import AppointmentKind, Person, Unit
from thidua.organisations.permissions import is_this_person, manages_unit, serves_an_authority
from thidua.records.queries import OWN, keepers_of, units_of


def _unit_id(subject: Any) -> int | None:
    if isinstance(subject, Unit):
        return int(subject.pk)
    found = getattr(subject, "unit_id", None)
    return int(found) if found is not None else None


def _keeps(by: Actor, subject: Any, *kinds: AppointmentKind) -> bool:
    unit_id = _unit_id(subject)
    if unit_id is None:
        return False
    held = by.units(*kinds)
    return bool(held and held & keepers_of(unit_id)) or bool(manages_unit(by, unit_id))


@rules.predicate
def keeps_records(by: Actor, subject: Any) -> bool:
    """Is an officer or the leader of the unit, or of the standing body in charge."""
    return _keeps(by, subject, *OWN)


@rules.predicate
def keeps_sensitive(by: Actor, subject: Any) -> bool:
    """Leads the unit, or is an officer of the standing body in charge."""
    return _keeps(by, subject, AppointmentKind.UNIT_LEADER)


@rules.predicate
def keeps_some_records(by: Actor, subject: Any) -> bool:
    """May bring an Excel file; each row is asked about its own unit."""
    return by.holds(*OWN) or bool(serves_an_authority(by, None))


@rules.predicate
def keeps_some_sensitive(by: Actor, subject: Any) -> bool:
    """The same for discipline."""
    return by.holds(AppointmentKind.UNIT_LEADER) or bool(serves_an_authority(by, None))


@rules.predicate
def sees_person(by: Actor, person: Person) -> bool:
    """Is this person, or keeps the records of a unit where the person holds an office."""
    return bool(is_this_person(by, person)) or any(_keeps(by, unit, *OWN) for unit in units_of(person, by.on))


@rules.predicate
def sees_sensitive_of_person(by: Actor, person: Person) -> bool:
    """May be told of discipline and pending matters of the person; not the person, whom others tell."""
    return any(_keeps(by, unit, AppointmentKind.UNIT_LEADER) for unit in units_of(person, by.on))


rules.add_perm("records.view_records", keeps_records)
rules.add_perm("records.view_sensitive", keeps_sensitive)
rules.add_perm("records.view_person", sees_person)
rules.add_perm("records.view_sensitive_of_person", sees_sensitive_of_person)
rules.add_perm("records.import_records", keeps_some_records)
rules.add_perm("records.record_ratings", keeps_some_records)
rules.add_perm("records.remove_ratings", keeps_some_records)
rules.add_perm("records.import_discipline", keeps_some_sensitive)
for verb in (
    "record_rating",
    "remove_rating",
    "record_initiative",
    "remove_initiative",
    "record_use",
    "remove_use",
    "describe_person",
    "describe_unit",
    "record_leave",
    "remove_leave",
    "state_equivalence",
    "correct_equivalence",
    "remove_equivalence",
    "record_statement",
    "remove_statement",
):
    rules.add_perm(f"records.{verb}", keeps_records)
for verb in (
    "record_discipline",
    "end_discipline",
    "remove_discipline",
    "report_matter",
    "conclude_matter",
    "remove_matter",
):
    rules.add_perm(f"records.{verb}", keeps_sensitive)
