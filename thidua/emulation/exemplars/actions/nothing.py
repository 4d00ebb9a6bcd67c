"""A member says that it has nothing to register this year."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.text import normalise
from thidua.emulation.clusters.queries import obstacles_to_changing
from thidua.emulation.exemplars.models import NothingToRegister
from thidua.emulation.exemplars.queries import obstacles_to_answering_nothing


@act("exemplars.answer_nothing", on="answer")
def answer_nothing(*, answer: NothingToRegister, by: Actor) -> NothingToRegister:
    """Trả lời không có điển hình để đăng ký, with the reason; said again it is corrected."""
    refuse_if(obstacles_to_answering_nothing(answer.cycle, answer.unit_id))
    reason = normalise(answer.reason)
    if not reason:
        raise Refused("Anh/chị ghi lý do, ví dụ: mới sáp nhập, đang bồi dưỡng.", field="reason")
    kept, _ = NothingToRegister.objects.update_or_create(
        cycle=answer.cycle,
        unit_id=answer.unit_id,
        defaults={"reason": reason, "recorded_by": by.user, "recorded_at": by.at},
    )
    return kept


@act("exemplars.withdraw_nothing", on="answer")
def withdraw_nothing(*, answer: NothingToRegister, by: Actor) -> None:
    """Rút trả lời: the unit will register after all. A copy stays in the history."""
    refuse_if(obstacles_to_changing(answer.cycle))
    answer.delete()
