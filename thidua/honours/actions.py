"""Entries of the ledger. None is ever changed: what is taken back is a further entry."""

from __future__ import annotations

from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.periods import Term
from thidua.base.text import normalise
from thidua.honours.models import CommendationGround, Honour
from thidua.honours.queries import obstacles_to_revoke
from thidua.organisations.models import Person, Unit
from thidua.rulebook.catalogue import kind as kind_of_code


@act("honours.record_honour", on="unit", keeps=("kind", "year", "decision_symbol"))
def record_honour(
    *,
    unit: Unit | None = None,
    person: Person | None = None,
    recipient_name: str = "",
    kind: str,
    year: int,
    achievement: Term | None = None,
    ground: str = CommendationGround.MERIT,
    decision_symbol: str,
    decision_date: date,
    issuer: str,
    by: Actor,
) -> Honour:
    """One title or form given by a decision, for the achievement of `year`.

    The recipient is a unit, a person, or a name only (a family, someone not on record). Refused without
    a decision, for a decision of the future, and when the same entry stands already.
    """
    name = normalise(recipient_name or str(unit or person or ""))
    if not name:
        raise Refused("Anh/chị chọn đơn vị, cá nhân hoặc ghi tên người được khen.", field="recipient_name")
    if unit is not None and person is not None:
        raise Refused("Mỗi dòng chỉ ghi một đơn vị hoặc một cá nhân.", field="person")
    _refuse_bad_decision(decision_symbol, decision_date, issuer, by)
    _refuse_unknown_kind(kind)
    symbol = normalise(decision_symbol)
    same = Honour.objects.filter(recipient_name=name, kind=kind, year=year, decision_symbol=symbol)
    if same.filter(decision_date=decision_date, revokes=None).exists():
        raise Refused("Dòng này đã có trong sổ.", field="decision_symbol")
    return Honour.objects.create(
        unit=unit,
        person=person,
        recipient_name=name,
        kind=kind,
        year=year,
        achievement=achievement,
        ground=ground,
        decision_symbol=symbol,
        decision_date=decision_date,
        issuer=normalise(issuer),
        recorded_by=by.user,
        recorded_at=by.at,
    )


@act("honours.revoke_honour", on="honour", keeps=("reason", "decision_symbol"))
def revoke_honour(
    *,
    honour: Honour,
    reason: str,
    decision_symbol: str,
    decision_date: date,
    issuer: str,
    by: Actor,
) -> Honour:
    """Take an honour back by a later decision (Law 06/2022/QH15 Article 93); both entries stay."""
    Honour.objects.select_for_update(of=("self",)).get(pk=honour.pk)
    refuse_if(obstacles_to_revoke(honour))
    _refuse_bad_decision(decision_symbol, decision_date, issuer, by)
    if decision_date < honour.decision_date:
        raise Refused("Quyết định thu hồi không thể có trước quyết định khen thưởng.", field="decision_date")
    return Honour.objects.create(
        unit=honour.unit,
        person=honour.person,
        recipient_name=honour.recipient_name,
        kind=honour.kind,
        year=honour.year,
        achievement=honour.achievement,
        ground=honour.ground,
        decision_symbol=normalise(decision_symbol),
        decision_date=decision_date,
        issuer=normalise(issuer),
        revokes=honour,
        reason=normalise(reason),
        recorded_by=by.user,
        recorded_at=by.at,
    )


def _refuse_bad_decision(symbol: str, day: date, issuer: str, by: Actor) -> None:
    if not symbol.strip() or not issuer.strip():
        raise Refused(
            "Phải ghi số, ký hiệu và người ký quyết định. Chưa có quyết định thì chưa ghi sổ.",
            field="decision_symbol",
        )
    if day > by.on:
        raise Refused("Ngày quyết định ở sau hôm nay. Anh/chị xem lại ngày.", field="decision_date")


def _refuse_unknown_kind(code: str) -> None:
    try:
        kind_of_code(code)
    except LookupError as fault:
        raise Refused("Danh hiệu, hình thức này không có trong danh mục.", field="kind") from fault
