"""To which post of the career tables a held office is equal, as papers have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.periods import Term
from thidua.base.text import normalise
from thidua.organisations.models import Tenure, Unit
from thidua.records.models import CareerPost, Equivalence
from thidua.records.queries import obstacles_to_equal


@dataclass(frozen=True, kw_only=True)
class EqualPost:
    """What is stated; without days it holds for as long as the office is held."""

    post: str
    decided_by: str
    decision_symbol: str
    decision_date: date
    first: date | None = None
    last: date | None = None


@act("records.state_equivalence", on="unit")
def state_equivalence(*, unit: Unit, tenure: Tenure, text: EqualPost, by: Actor) -> Equivalence:
    """An office of the unit is held equal to a post, or to none, by a paper."""
    if tenure.office.unit_id != unit.pk:
        raise Refused(f"Chức vụ này không thuộc {unit}.")
    Tenure.objects.select_for_update(of=("self",)).get(pk=tenure.pk)
    return Equivalence.objects.create(
        tenure=tenure, **_told(tenure, text, by), recorded_by=by.user, recorded_at=by.at
    )


@act("records.correct_equivalence", on="equivalence")
def correct_equivalence(*, equivalence: Equivalence, text: EqualPost, by: Actor) -> Equivalence:
    """What was written wrong is put right; what stood before stays in its history."""
    row = Equivalence.objects.select_for_update(of=("self",)).get(pk=equivalence.pk)
    for name, value in _told(row.tenure, text, by, besides=row).items():
        setattr(row, name, value)
    row.recorded_by, row.recorded_at = by.user, by.at
    row.save()
    return row


@act("records.remove_equivalence", on="equivalence")
def remove_equivalence(*, equivalence: Equivalence, by: Actor) -> None:
    """Take back a statement entered by mistake: the office is asked of again."""
    Equivalence.objects.filter(pk=equivalence.pk).delete()


def _told(
    tenure: Tenure, text: EqualPost, by: Actor, *, besides: Equivalence | None = None
) -> dict[str, object]:
    """The columns, or a refusal that says what would mend it."""
    if text.post not in CareerPost.values:
        raise Refused("Chọn một chức vụ trong bảng.", field="post")
    for name in ("decided_by", "decision_symbol"):
        if not getattr(text, name).strip():
            raise Refused("Ô này không được để trống.", field=name)
    if text.decision_date > by.on:
        raise Refused("Ngày văn bản ở sau hôm nay. Anh/chị xem lại ngày.", field="decision_date")
    term = _term(tenure, text)
    refuse_if(obstacles_to_equal(tenure, term, besides=besides), field="first")
    return {
        "post": text.post,
        "term": term,
        "decided_by": normalise(text.decided_by),
        "decision_symbol": normalise(text.decision_symbol),
        "decision_date": text.decision_date,
    }


def _term(tenure: Tenure, text: EqualPost) -> Term:
    """The days stated, or those of the holding."""
    first = text.first or tenure.term.lower
    if text.last is None:
        return Term(first, tenure.term.upper)
    if text.last < first:
        raise Refused("Ngày cuối đứng trước ngày đầu.", field="last")
    return Term.through(first, text.last)
