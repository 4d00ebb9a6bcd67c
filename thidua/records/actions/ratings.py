"""Annual ratings, one by one and many at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act, allow
from thidua.base.audit.refusals import Refused
from thidua.base.text import normalise
from thidua.organisations.models import Person, Unit
from thidua.records.models import Rating
from thidua.records.queries import works_at


@dataclass(frozen=True, kw_only=True)
class RatingText:
    """A rating as it is typed; without `person` it is the collective's own."""

    unit: Unit
    person: Person | None = None
    year: int
    level: str
    decision_symbol: str
    decision_date: date


@act("records.record_rating", on="unit", keeps=("year", "level"))
def record_rating(
    *,
    unit: Unit,
    person: Person | None = None,
    year: int,
    level: str,
    decision_symbol: str,
    decision_date: date,
    by: Actor,
) -> Rating:
    """Rate a person or the unit for a year; a rating of that year is corrected, its history stays."""
    _refuse_unfit(unit, person, year, decision_symbol, decision_date, by)
    who = {"person": person} if person is not None else {"person": None, "unit": unit}
    told = {
        "unit": unit,
        "level": level,
        "decision_symbol": normalise(decision_symbol),
        "decision_date": decision_date,
        "recorded_by": by.user,
        "recorded_at": by.at,
    }
    row = Rating.objects.select_for_update(of=("self",)).filter(year=year, **who).first()
    if row is None:
        return Rating.objects.create(year=year, person=person, **told)
    if row.unit_id != unit.pk:
        raise Refused(
            f"{row.unit} đã xếp loại năm {year}. Anh/chị liên hệ đơn vị đó nếu cần sửa.", field="year"
        )
    for name, value in told.items():
        setattr(row, name, value)
    row.save()
    return row


@act("records.record_ratings", on="")
def record_ratings(*, rows: Sequence[RatingText], by: Actor) -> list[Rating]:
    """Rate many, all or none; refused for a unit that is not the person's to keep."""
    for unit in {row.unit.pk: row.unit for row in rows}.values():
        allow(by, "records.record_rating", unit)
    return Rating.objects.bulk_create(
        Rating(
            unit=row.unit,
            person=row.person,
            year=row.year,
            level=row.level,
            decision_symbol=normalise(row.decision_symbol),
            decision_date=row.decision_date,
            recorded_by=by.user,
            recorded_at=by.at,
        )
        for row in rows
    )


@act("records.remove_rating", on="rating")
def remove_rating(*, rating: Rating, by: Actor) -> None:
    """Take back a rating entered by mistake."""
    Rating.objects.filter(pk=rating.pk).delete()


@act("records.remove_ratings", on="")
def remove_ratings(*, ids: Collection[int], by: Actor) -> None:
    """Take back what an import entered. Refused when one of them was corrected since."""
    rows = Rating.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    for unit in Unit.objects.filter(ratings__in=rows).distinct():
        allow(by, "records.record_rating", unit)
    if len({row.recorded_at for row in rows}) > 1:
        raise Refused("Có dòng đã được sửa sau khi nhập nên không hoàn tác cả lượt được.")
    rows.delete()


def _refuse_unfit(unit: Unit, person: Person | None, year: int, symbol: str, day: date, by: Actor) -> None:
    if person is not None and not works_at(person, unit):
        raise Refused(f"{person} không giữ chức vụ nào ở {unit}. Anh/chị ghi chức vụ trước.", field="person")
    if year > by.on.year:
        raise Refused("Chưa đến năm này.", field="year")
    if not symbol.strip():
        raise Refused("Ghi số, ký hiệu văn bản xếp loại.", field="decision_symbol")
    if day > by.on:
        raise Refused("Ngày văn bản ở sau hôm nay. Anh/chị xem lại ngày.", field="decision_date")
