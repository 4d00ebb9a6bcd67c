"""Conditions that a paper confirms or denies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.base.text import normalise
from thidua.organisations.models import Person, Unit
from thidua.records.models import Statement
from thidua.records.queries import conditions_to_state, works_at


@dataclass(frozen=True, kw_only=True)
class StatementText:
    """What is stated; without a year it holds for every year."""

    key: str
    is_met: bool
    decided_by: str
    decision_symbol: str
    decision_date: date
    year: int | None = None


@act("records.record_statement", on="unit")
def record_statement(
    *, unit: Unit, person: Person | None = None, text: StatementText, by: Actor
) -> Statement:
    """A paper says whether a condition is met; said again of the same year it is corrected, history stays."""
    condition = _refuse_unfit(unit, person, text, by)
    who = {"person": person} if person is not None else {"person": None, "unit": unit}
    row = (
        Statement.objects.select_for_update(of=("self",)).filter(key=text.key, year=text.year, **who).first()
    )
    if row is not None and row.unit_id != unit.pk:
        raise Refused(f"{row.unit} đã ghi điều này. Anh/chị liên hệ đơn vị đó nếu cần sửa.", field="key")
    row = row or Statement(key=text.key, year=text.year, unit=unit, person=person)
    row.condition, row.is_met = condition, text.is_met
    row.decided_by, row.decision_symbol = normalise(text.decided_by), normalise(text.decision_symbol)
    row.decision_date = text.decision_date
    row.recorded_by, row.recorded_at = by.user, by.at
    row.save()
    return row


@act("records.remove_statement", on="statement")
def remove_statement(*, statement: Statement, by: Actor) -> None:
    """Take back what was entered by mistake: it is not known again."""
    Statement.objects.filter(pk=statement.pk).delete()


def _refuse_unfit(unit: Unit, person: Person | None, text: StatementText, by: Actor) -> str:
    """The words of the condition, or a refusal that says what would mend it."""
    if person is not None and not works_at(person, unit):
        raise Refused(f"{person} không giữ chức vụ nào ở {unit}. Anh/chị ghi chức vụ trước.", field="person")
    known = conditions_to_state("ca_nhan" if person is not None else "tap_the", by.on)
    if text.key not in known:
        raise Refused("Chọn một điều kiện trong danh sách.", field="key")
    for name in ("decided_by", "decision_symbol"):
        if not getattr(text, name).strip():
            raise Refused("Ô này không được để trống.", field=name)
    if text.decision_date > by.on:
        raise Refused("Ngày văn bản ở sau hôm nay. Anh/chị xem lại ngày.", field="decision_date")
    if text.year is not None and text.year > by.on.year:
        raise Refused("Chưa đến năm này.", field="year")
    return known[text.key].says
