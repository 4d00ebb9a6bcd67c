"""What happened with an exemplar, and what was answered about making it public."""

from __future__ import annotations

from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.text import normalise
from thidua.emulation.exemplars.models import Consent, Exemplar, FollowUp, Step
from thidua.emulation.exemplars.queries import obstacles_to_publicising


@act("exemplars.follow_exemplar", on="exemplar", keeps=("step",))
def follow_exemplar(*, exemplar: Exemplar, step: int, day: date, text: str, by: Actor) -> FollowUp:
    """Theo dõi: write down a step. Refused for a day to come, and for publicity without consent.

    What became of an exemplar is told years later too, so a closed year does not stand in the way.
    """
    kept = Exemplar.objects.select_related("unit").select_for_update(of=("self",)).get(pk=exemplar.pk)
    if kept.merged_into_id:
        raise Refused("Dòng này đã gộp vào một điển hình khác. Anh/chị ghi ở điển hình đó.")
    if step == Step.PUBLICISED:
        refuse_if(obstacles_to_publicising(kept), field="step")
    refuse_future(day, by)
    told = text.strip()
    if step >= Step.PUBLICISED and not told:
        raise Refused("Anh/chị ghi nội dung: ở đâu, hình thức gì, kết quả ra sao.", field="text")
    return FollowUp.objects.create(
        exemplar=kept, step=step, day=day, text=told, recorded_by=by.user, recorded_at=by.at
    )


@act("exemplars.strike_step", on="follow_up")
def strike_step(*, follow_up: FollowUp, reason: str, by: Actor) -> FollowUp:
    """Gạch bỏ: a step written by mistake counts no longer; it stays to be read, with the reason."""
    kept = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if kept.struck_reason:
        raise Refused("Bước này đã gạch bỏ.")
    if not normalise(reason):
        raise Refused("Anh/chị ghi lý do gạch bỏ.", field="reason")
    others = kept.exemplar.follow_ups.filter(struck_reason="").exclude(pk=kept.pk)
    if not others.exists():
        raise Refused("Đây là bước duy nhất. Nếu ghi nhầm cả điển hình, anh/chị bỏ điển hình khỏi sổ.")
    kept.struck_reason = normalise(reason)
    kept.save(update_fields=["struck_reason"])
    return kept


@act("exemplars.record_consent", on="exemplar", keeps=("state",))
def record_consent(*, exemplar: Exemplar, state: str, day: date, note: str = "", by: Actor) -> Consent:
    """Ghi ý kiến về việc công khai: asked, given, refused or withdrawn; the latest one holds."""
    refuse_future(day, by)
    latest = exemplar.consents.order_by("-day", "-pk").first()
    if latest is not None and day < latest.day:
        raise Refused(
            f"Ngày này đứng trước ý kiến đã ghi ngày {latest.day:%d/%m/%Y}. Anh/chị xem lại ngày.",
            field="day",
        )
    return Consent.objects.create(
        exemplar=exemplar,
        state=state,
        day=day,
        note=normalise(note),
        recorded_by=by.user,
        recorded_at=by.at,
    )


def refuse_future(day: date, by: Actor) -> None:
    """A fact has happened."""
    if day > by.on:
        raise Refused("Ngày này ở sau hôm nay. Anh/chị xem lại ngày.", field="day")
