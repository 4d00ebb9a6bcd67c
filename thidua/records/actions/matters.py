"""Discipline and pending matters."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.base.text import normalise
from thidua.organisations.models import Person, Unit
from thidua.records.models import Discipline, PendingMatter
from thidua.records.queries import works_at


@act("records.record_discipline", on="unit")
def record_discipline(
    *,
    unit: Unit,
    person: Person | None = None,
    form: str,
    decision_symbol: str,
    decision_date: date,
    starts: date,
    ends: date | None = None,
    by: Actor,
) -> Discipline:
    """A decision disciplines somebody of the unit, or the unit; achievements count again from its end on."""
    _refuse_stranger(unit, person)
    _refuse_future(decision_date, "decision_date", by)
    if ends is not None and ends < starts:
        raise Refused("Ngày hết thời hạn đứng trước ngày có hiệu lực.", field="ends")
    try:
        with transaction.atomic():
            return Discipline.objects.create(
                unit=unit,
                person=person,
                form=form,
                decision_symbol=_needed(decision_symbol, "decision_symbol"),
                decision_date=decision_date,
                starts=starts,
                ends=ends,
                recorded_by=by.user,
                recorded_at=by.at,
            )
    except IntegrityError as fault:
        raise Refused("Quyết định kỷ luật này đã ghi.", field="decision_symbol") from fault


@act("records.end_discipline", on="discipline", keeps=("ends", "annulled_on"))
def end_discipline(
    *,
    discipline: Discipline,
    ends: date | None = None,
    annulled_on: date | None = None,
    annulled_by: str = "",
    by: Actor,
) -> Discipline:
    """Its time ends on a day, or a paper annuls it as if it had never been."""
    row = Discipline.objects.select_for_update(of=("self",)).get(pk=discipline.pk)
    if annulled_on is not None and not annulled_by.strip():
        raise Refused("Ghi văn bản hủy bỏ quyết định kỷ luật.", field="annulled_by")
    if annulled_on is not None:
        _refuse_future(annulled_on, "annulled_on", by)
    if ends is not None and ends < row.starts:
        raise Refused("Ngày hết thời hạn đứng trước ngày có hiệu lực.", field="ends")
    row.ends, row.annulled_on, row.annulled_by = ends or row.ends, annulled_on, normalise(annulled_by)
    row.save(update_fields=["ends", "annulled_on", "annulled_by"])
    return row


@act("records.remove_discipline", on="discipline")
def remove_discipline(*, discipline: Discipline, by: Actor) -> None:
    """Take back a row entered by mistake; what a paper annulled is not removed but marked so."""
    Discipline.objects.filter(pk=discipline.pk).delete()


@act("records.report_matter", on="unit", keeps=("kind",))
def report_matter(
    *,
    unit: Unit,
    person: Person | None = None,
    kind: str,
    since: date,
    told_by: str,
    document: str = "",
    by: Actor,
) -> PendingMatter:
    """A matter is being looked into: nothing is awarded or proposed until it is concluded."""
    _refuse_stranger(unit, person)
    _refuse_future(since, "since", by)
    return PendingMatter.objects.create(
        unit=unit,
        person=person,
        kind=kind,
        since=since,
        told_by=_needed(told_by, "told_by"),
        document=normalise(document),
        recorded_by=by.user,
        recorded_at=by.at,
    )


@act("records.conclude_matter", on="matter", keeps=("cleared_on", "violation"))
def conclude_matter(
    *, matter: PendingMatter, cleared_on: date, violation: bool, conclusion: str, by: Actor
) -> PendingMatter:
    """A written conclusion ends the matter, with or without a violation."""
    row = PendingMatter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if row.cleared_on is not None:
        raise Refused("Việc này đã có kết luận.")
    if cleared_on < row.since:
        raise Refused("Ngày kết luận đứng trước ngày bắt đầu.", field="cleared_on")
    _refuse_future(cleared_on, "cleared_on", by)
    row.cleared_on, row.violation = cleared_on, violation
    row.conclusion = _needed(conclusion, "conclusion")
    row.save(update_fields=["cleared_on", "violation", "conclusion"])
    return row


@act("records.remove_matter", on="matter")
def remove_matter(*, matter: PendingMatter, by: Actor) -> None:
    """Take back a row entered by mistake; what was looked into and cleared is not removed but concluded."""
    PendingMatter.objects.filter(pk=matter.pk).delete()


def _needed(text: str, field: str) -> str:
    if not text.strip():
        raise Refused("Ô này không được để trống.", field=field)
    return normalise(text)


def _refuse_stranger(unit: Unit, person: Person | None) -> None:
    if person is not None and not works_at(person, unit):
        raise Refused(f"{person} không giữ chức vụ nào ở {unit}.", field="person")


def _refuse_future(day: date, field: str, by: Actor) -> None:
    if day > by.on:
        raise Refused("Ngày này ở sau hôm nay. Anh/chị xem lại ngày.", field=field)
