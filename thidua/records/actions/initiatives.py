"""Initiatives, their authors, and what they were used for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.text import normalise
from thidua.organisations.models import Person, Unit
from thidua.records.models import Authorship, Initiative, InitiativeKind, InitiativeUse
from thidua.records.queries import obstacles_to_use, works_at

WHOLE = Decimal(100)


@dataclass(frozen=True, kw_only=True)
class InitiativeText:
    """An initiative as it is typed."""

    title: str
    scope: str
    recognised_by: str
    decision_symbol: str
    decision_date: date
    authors: Sequence[tuple[Person, Decimal | None]]
    kind: str = InitiativeKind.INITIATIVE


@act("records.record_initiative", on="unit")
def record_initiative(*, unit: Unit, text: InitiativeText, by: Actor) -> Initiative:
    """An initiative was recognised; it has an author of the unit, and shares that do not pass 100 %."""
    _refuse_unfit(unit, text, by)
    try:
        with transaction.atomic():
            made = Initiative.objects.create(
                unit=unit,
                title=normalise(text.title),
                kind=text.kind,
                scope=text.scope,
                recognised_by=normalise(text.recognised_by),
                decision_symbol=normalise(text.decision_symbol),
                decision_date=text.decision_date,
                recorded_by=by.user,
                recorded_at=by.at,
            )
    except IntegrityError as fault:
        raise Refused("Sáng kiến này đã có, theo cùng quyết định.", field="title") from fault
    Authorship.objects.bulk_create(
        Authorship(initiative=made, person=person, share=share) for person, share in text.authors
    )
    return made


@act("records.remove_initiative", on="initiative")
def remove_initiative(*, initiative: Initiative, by: Actor) -> None:
    """Take back an initiative entered by mistake; refused once it was used."""
    try:
        Initiative.objects.filter(pk=initiative.pk).delete()
    except ProtectedError as fault:
        raise Refused("Sáng kiến đã dùng để xét khen nên không bỏ được.") from fault


@act("records.record_use", on="initiative", keeps=("kind", "year"))
def record_use(
    *, initiative: Initiative, person: Person, kind: str, year: int, note: str = "", by: Actor
) -> InitiativeUse:
    """An author used the initiative for a title or form. Refused a second time as the guidance has it."""
    Initiative.objects.select_for_update(of=("self",)).get(pk=initiative.pk)
    refuse_if(obstacles_to_use(initiative, person, kind), field="kind")
    use, is_new = InitiativeUse.objects.get_or_create(
        initiative=initiative,
        person=person,
        kind=kind,
        year=year,
        defaults={"note": normalise(note), "recorded_by": by.user, "recorded_at": by.at},
    )
    if not is_new:
        raise Refused("Việc dùng này đã ghi.", field="kind")
    return use


@act("records.remove_use", on="use")
def remove_use(*, use: InitiativeUse, by: Actor) -> None:
    """Take back a use entered by mistake."""
    InitiativeUse.objects.filter(pk=use.pk).delete()


def _refuse_unfit(unit: Unit, text: InitiativeText, by: Actor) -> None:
    if not text.authors:
        raise Refused("Chọn ít nhất một tác giả.", field="authors")
    if len({person.pk for person, _ in text.authors}) < len(text.authors):
        raise Refused("Một tác giả ghi hai lần.", field="authors")
    strangers = [person for person, _ in text.authors if not works_at(person, unit)]
    if len(strangers) == len(text.authors):
        raise Refused(
            f"Không tác giả nào ở {unit}. Anh/chị ghi sáng kiến ở đơn vị của tác giả.", field="authors"
        )
    if sum((share or Decimal(0) for _, share in text.authors), Decimal(0)) > WHOLE:
        raise Refused("Tổng tỷ lệ đóng góp quá 100%.", field="authors")
    if text.decision_date > by.on:
        raise Refused("Ngày công nhận ở sau hôm nay. Anh/chị xem lại ngày.", field="decision_date")
