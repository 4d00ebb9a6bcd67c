"""Who may ask where somebody stands: those who keep their records; the person themselves."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.commendation.eligibility.models import ListCheck, Verdict
from thidua.organisations.permissions import is_signed_in
from thidua.records.permissions import keeps_records, keeps_some_records, sees_person
from thidua.records.queries import visible_units


@rules.predicate
def made_it(by: Actor, subject: Any) -> bool:
    """Pasted the list."""
    return isinstance(subject, ListCheck) and by.user is not None and subject.made_by_id == by.user.pk


@rules.predicate
def asks_of_subject(by: Actor, subject: Any) -> bool:
    """Keeps the records the verdict rests on."""
    if isinstance(subject, Verdict) and subject.person is not None:
        return bool(sees_person(by, subject.person)) or bool(keeps_records(by, subject))
    return bool(keeps_records(by, subject))


def visible_checks(by: Actor) -> QuerySet[ListCheck]:
    """One's own lists."""
    return ListCheck.objects.filter(made_by=by.user).select_related("made_by")


def visible_verdicts(by: Actor) -> QuerySet[Verdict]:
    """Verdicts about the units whose records one keeps, and about oneself."""
    units = visible_units(by).values("pk")
    found = Verdict.objects.select_related("unit", "person", "made_by")
    return found if by.is_system else found.filter(Q(unit__in=units) | Q(person=by.person_id or 0))


rules.add_perm("eligibility.view_person", sees_person)
rules.add_perm("eligibility.view_unit", keeps_records)
rules.add_perm("eligibility.view_verdict", asks_of_subject)
rules.add_perm("eligibility.keep_verdict", is_signed_in)
rules.add_perm("eligibility.begin_check", keeps_some_records)
rules.add_perm("eligibility.check_some", made_it)
rules.add_perm("eligibility.remove_check", made_it)
rules.add_perm("eligibility.use_pages", keeps_some_records)
