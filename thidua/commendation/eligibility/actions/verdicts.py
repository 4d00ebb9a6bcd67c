"""A verdict is kept as it was given."""

from __future__ import annotations

from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.commendation.eligibility.asking import Reading, kind_on, readings
from thidua.commendation.eligibility.models import Verdict
from thidua.commendation.eligibility.queries import judge_one
from thidua.organisations.models import Person, Unit


@act("eligibility.keep_verdict", on="unit", keeps=("kind", "on", "law", "for_proposal"))
def keep_verdict(
    *,
    unit: Unit,
    person: Person | None = None,
    kind: str,
    on: date | None = None,
    year: int | None = None,
    received: date | None = None,
    law: date | None = None,
    for_proposal: bool = False,
    by: Actor,
) -> Verdict:
    """Ask the rulebook about a person of the unit, or the unit, and keep the answer.

    It is asked of the day of acting unless `on` names another. Where a transitional rule leaves open which
    law a dossier follows, `law` is the day chosen, and the verdict says so. It prints the same ever after:
    facts, era and version of the text stand beside it.
    """
    day = on or by.on
    if day > by.on:
        raise Refused("Ngày xét ở sau hôm nay nên chưa lưu kết luận được.", field="on")
    chosen = _chosen(day, received, law)
    judged = judge_one(
        unit=unit,
        person=person,
        kind=kind,
        on=day,
        year=year,
        received=received,
        law=chosen.law if chosen else None,
    )
    return Verdict.objects.create(
        unit=unit,
        person=person,
        kind=kind,
        kind_name=kind_on(kind, judged.verdict.followed).name,
        on=day,
        answer=judged.answer,
        told=judged.told,
        facts=judged.facts,
        era=judged.era,
        reading=chosen.told if chosen else "",
        text_version=judged.text_version,
        for_proposal=for_proposal,
        made_by=by.user,
        made_at=by.at,
    )


def _chosen(on: date, received: date | None, law: date | None) -> Reading | None:
    """The way of reading that was chosen; refused when the texts do not leave it open."""
    if law is None:
        return None
    found = [one for one in readings(on, received) if one.law == law]
    if not found:
        raise Refused("Quy định chuyển tiếp không cho xem hồ sơ này theo luật của ngày đó.", field="law")
    return found[0]
