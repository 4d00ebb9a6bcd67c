"""People take up offices and leave them."""

from __future__ import annotations

from datetime import date

from django.db.models import ProtectedError

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.periods import Term
from thidua.base.text import normalise
from thidua.organisations.models import Office, Person, Tenure, Unit
from thidua.organisations.queries import obstacles_to_hold


@act("organisations.hold_office", on="unit", keeps=("name", "starts", "ends"))
def hold_office(
    *,
    person: Person,
    unit: Unit,
    name: str,
    is_leader: bool = False,
    starts: date,
    ends: date | None = None,
    by: Actor,
) -> Tenure:
    """The person holds the office called `name` at the unit from `starts` until, not including, `ends`.

    An office met for the first time at the unit is founded; an existing one keeps whether it leads.
    """
    office, _ = Office.objects.get_or_create(
        unit=unit, name=normalise(name), defaults={"is_leader": is_leader}
    )
    term = whole_term(starts, ends)
    refuse_if(obstacles_to_hold(person, office, term), field="starts")
    return Tenure.objects.create(person=person, office=office, term=term)


@act("organisations.end_tenure", on="tenure", keeps=("ends",))
def end_tenure(*, tenure: Tenure, ends: date, by: Actor) -> Tenure:
    """The person holds the office no longer from `ends` on."""
    tenure = Tenure.objects.select_for_update().get(pk=tenure.pk)
    tenure.term = whole_term(tenure.term.lower, ends)
    refuse_if(_obstacles_to_term(tenure), field="ends")
    tenure.save(update_fields=["term"])
    return tenure


@act("organisations.remove_tenure", on="tenure")
def remove_tenure(*, tenure: Tenure, by: Actor) -> None:
    """Take back an office entered by mistake."""
    office = tenure.office
    try:
        Tenure.objects.filter(pk=tenure.pk).delete()  # the log still needs the tenure in hand
    except ProtectedError as fault:
        raise Refused(
            f"Lần giữ chức vụ này của {tenure.person} đã dùng ở nơi khác nên không lấy lại được."
        ) from fault
    if not office.tenures.exists():
        office.delete()


def whole_term(starts: date, ends: date | None) -> Term:
    """The term, refused when it ends before it begins."""
    if ends is not None and ends <= starts:
        raise Refused("Ngày kết thúc phải sau ngày bắt đầu.", field="ends")
    return Term(starts, ends)


def _obstacles_to_term(tenure: Tenure) -> list[str]:
    others = Tenure.objects.filter(person=tenure.person, office=tenure.office, term__overlap=tenure.term)
    if others.exclude(pk=tenure.pk).exists():
        return [f"{tenure.person} giữ lại chức vụ này trước ngày đó. Anh/chị xem lại ngày."]
    return []
