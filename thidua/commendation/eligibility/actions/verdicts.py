"""A verdict is kept as it was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.commendation.eligibility.asking import kind_on
from thidua.commendation.eligibility.models import Verdict
from thidua.commendation.eligibility.queries import judge_one
from thidua.organisations.models import Person, Unit


@act("eligibility.keep_verdict", on="unit", keeps=("kind", "for_proposal"))
def keep_verdict(
    *,
    unit: Unit,
    person: Person | None = None,
    kind: str,
    known: Mapping[str, Any] | None = None,
    for_proposal: bool = False,
    by: Actor,
) -> Verdict:
    """Ask the rulebook about a person of the unit, or the unit, on the day of acting, and keep the answer.

    `known` adds what the later area knows: the year judged, that the unit leads, what was registered.
    It prints the same ever after: facts, era and version of the text stand beside it.
    """
    judged = judge_one(unit=unit, person=person, kind=kind, on=by.on, known=known)
    return Verdict.objects.create(
        unit=unit,
        person=person,
        kind=kind,
        kind_name=kind_on(kind, by.on).name,
        on=by.on,
        answer=judged.answer,
        told=judged.told,
        facts=judged.facts,
        era=judged.era,
        text_version=judged.text_version,
        for_proposal=for_proposal,
        made_by=by.user,
        made_at=by.at,
    )
