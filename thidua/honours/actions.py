"""Entries of the ledger. None is ever changed: what is taken back is a further entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act, allow
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.periods import Term, last_day
from thidua.base.text import normalise
from thidua.honours.models import CommendationGround, Honour
from thidua.honours.queries import era_of, obstacles_to_revoke, obstacles_to_strike
from thidua.organisations.models import Person, Unit
from thidua.rulebook.catalogue import kind as kind_of_code

OF_TEXT = (
    "unit",
    "person",
    "recipient_name",
    "kind",
    "year",
    "achievement",
    "ground",
    "decision_symbol",
    "decision_date",
    "issuer",
    "era",
)
Line = tuple[str, str, int, str, date]


@dataclass(frozen=True, kw_only=True)
class HonourText:
    """A line of history as it was read; `keeper` is the unit whose authority writes it."""

    recipient_name: str
    kind: str
    year: int
    decision_symbol: str
    decision_date: date
    issuer: str
    unit: Unit | None = None
    person: Person | None = None
    keeper: Unit | None = None
    achievement: Term | None = None
    ground: str = CommendationGround.MERIT
    received: date | None = None

    @property
    def era(self) -> str:
        """Whose law the decision followed."""
        return era_of(self.decision_date, self.received)

    @property
    def line(self) -> Line:
        """What makes it the same line."""
        return (self.recipient_name, self.kind, self.year, self.decision_symbol, self.decision_date)


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
    received: date | None = None,
    by: Actor,
) -> Honour:
    """One title or form given by a decision, for the achievement of `year`.

    The recipient is a unit, a person, or a name only (a family, someone not on record). The era is that of
    the decision's day, unless the day the dossier was received keeps it under an earlier law. Refused
    without a decision, for a decision of the future, and when the same entry stands already.
    """
    name = normalise(recipient_name or str(unit or person or ""))
    if not name:
        raise Refused("Anh/chị chọn đơn vị, cá nhân hoặc ghi tên người được khen.", field="recipient_name")
    if unit is not None and person is not None:
        raise Refused("Mỗi dòng chỉ ghi một đơn vị hoặc một cá nhân.", field="person")
    _refuse_bad_decision(decision_symbol, decision_date, issuer, by)
    _refuse_unknown_kind(kind)
    _refuse_bad_achievement(achievement, year)
    symbol = normalise(decision_symbol)
    same = Honour.objects.filter(
        recipient_name=name,
        kind=kind,
        year=year,
        decision_symbol=symbol,
        decision_date=decision_date,
        revokes=None,
    )
    if same.exclude(revocation__is_correction=True).exists():
        raise Refused("Dòng này đã có trong sổ.", field="decision_symbol")
    return Honour.objects.create(
        writing=same.count(),
        era=era_of(decision_date, received),
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
        era=era_of(decision_date),
        decision_symbol=normalise(decision_symbol),
        decision_date=decision_date,
        issuer=normalise(issuer),
        revokes=honour,
        reason=normalise(reason),
        recorded_by=by.user,
        recorded_at=by.at,
    )


@act("honours.record_history", on="")
def record_history(*, rows: Sequence[HonourText], by: Actor) -> list[Honour]:
    """Many entries of past years at once, all or none; one line in the log."""
    for unit in {row.keeper.pk: row.keeper for row in rows if row.keeper is not None}.values():
        allow(by, "honours.record_honour", unit)
    written = _times_written(rows)
    made = []
    for row in rows:
        _refuse_bad_decision(row.decision_symbol, row.decision_date, row.issuer, by)
        _refuse_unknown_kind(row.kind)
        _refuse_bad_achievement(row.achievement, row.year)
        told = {name: getattr(row, name) for name in OF_TEXT}
        made.append(Honour(**told, writing=written.get(row.line, 0), recorded_by=by.user, recorded_at=by.at))
    return Honour.objects.bulk_create(made)


def _times_written(rows: Sequence[HonourText]) -> Counter[Line]:
    """How often each line stood in the ledger and was struck out."""
    symbols = {row.decision_symbol for row in rows}
    kept = Honour.objects.filter(decision_symbol__in=symbols, revokes=None)
    names = ("recipient_name", "kind", "year", "decision_symbol", "decision_date")
    return Counter(kept.values_list(*names))


@act("honours.strike_honours", on="", keeps=("reason",))
def strike_honours(*, rows: Sequence[Honour], reason: str, by: Actor) -> list[Honour]:
    """Strike out entries written by mistake, by corrections that stand beside them.

    The ledger forgets nothing, so a correction is a further entry with its reason; it copies the decision
    of the line it corrects, since no decision ordered it. Refused once something rests on one of them.
    """
    if not reason.strip():
        raise Refused("Ghi lý do đính chính.", field="reason")
    held = list(Honour.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in rows]))
    units = Unit.objects.filter(pk__in={row.unit_id for row in held if row.unit_id is not None})
    for unit in units:
        allow(by, "honours.revoke_honour", unit)
    refuse_if(obstacles_to_strike(held))
    names = (*OF_TEXT, "writing")
    return Honour.objects.bulk_create(
        Honour(
            **{name: getattr(row, name) for name in names},
            revokes=row,
            is_correction=True,
            reason=normalise(reason),
            recorded_by=by.user,
            recorded_at=by.at,
        )
        for row in held
    )


def _refuse_bad_decision(symbol: str, day: date, issuer: str, by: Actor) -> None:
    if not symbol.strip() or not issuer.strip():
        raise Refused(
            "Phải ghi số, ký hiệu và người ký quyết định. Chưa có quyết định thì chưa ghi sổ.",
            field="decision_symbol",
        )
    if day > by.on:
        raise Refused("Ngày quyết định ở sau hôm nay. Anh/chị xem lại ngày.", field="decision_date")


def _refuse_bad_achievement(achievement: Term | None, year: int) -> None:
    if achievement is not None and last_day(achievement).year != year:
        raise Refused(
            f"Thời gian đạt thành tích phải kết thúc trong năm {year}, là năm của lượt khen.", field="last"
        )


def _refuse_unknown_kind(code: str) -> None:
    try:
        kind_of_code(code)
    except LookupError as fault:
        raise Refused("Danh hiệu, hình thức này không có trong danh mục.", field="kind") from fault
