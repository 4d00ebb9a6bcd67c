"""What was said and concluded, the minutes, and what follows from them."""

from __future__ import annotations

from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.notices.actions import tell
from thidua.base.text import day as day_text
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.conferences.actions.shared import lock, lock_unsealed
from thidua.emulation.conferences.composing import compose
from thidua.emulation.conferences.models import (
    ActionItem,
    ActionItemState,
    AgendaItem,
    AttendanceRole,
    Conference,
    ConferenceState,
    Minutes,
    Opinion,
)
from thidua.emulation.conferences.papers import minutes_paper
from thidua.emulation.conferences.queries import obstacles_to_sealing, officers_of
from thidua.emulation.conferences.registering import register
from thidua.organisations.models import Unit


@act("conferences.add_opinion", on="conference", keeps=("kind",))
def add_opinion(
    *,
    conference: Conference,
    kind: str,
    text: str,
    by: Actor,
    speaker: str = "",
    item: AgendaItem | None = None,
) -> Opinion:
    """Write down an opinion, a direction from above or a conclusion. Asked twice, written once."""
    lock_unsealed(conference)
    if not text.strip():
        raise Refused("Ghi nội dung ý kiến.", field="text")
    opinion, _ = Opinion.objects.get_or_create(
        conference=conference,
        item=item,
        kind=kind,
        speaker=speaker.strip(),
        text=text.strip(),
        defaults={"position": conference.opinions.count() + 1},
    )
    return opinion


@act("conferences.remove_opinion", on="conference")
def remove_opinion(*, conference: Conference, opinion: Opinion, by: Actor) -> None:
    """Take an opinion back before the minutes are sealed."""
    lock_unsealed(conference)
    opinion.delete()


@act("conferences.compose_minutes", on="conference")
def compose_minutes(*, conference: Conference, by: Actor) -> Minutes:
    """Compose the minutes from all the conference holds; replaces an earlier draft."""
    lock_unsealed(conference)
    if conference.state not in {ConferenceState.RUNNING, ConferenceState.ENDED}:
        raise Refused("Hội nghị chưa họp nên chưa lập biên bản được.")
    secretary = conference.attendances.filter(role=AttendanceRole.SECRETARY).first()
    chair = conference.chairs.first()
    minutes = Minutes.objects.filter(conference=conference).first() or Minutes(conference=conference)
    minutes.text, minutes.composed_at = compose(conference), by.at
    minutes.secretary = minutes.secretary or (secretary.person_name if secretary else "")
    minutes.chair = minutes.chair or (chair.person_name if chair else "")
    minutes.revision = (minutes.revision + 1) if minutes.pk else 1
    minutes.save()
    return minutes


@act("conferences.edit_minutes", on="conference", keeps=("revision",))
def edit_minutes(
    *, conference: Conference, text: str, secretary: str, chair: str, revision: int, by: Actor
) -> Minutes:
    """Edit the draft. Refuses a stale page and sealed minutes."""
    lock_unsealed(conference)
    minutes = Minutes.objects.filter(conference=conference).first()
    if minutes is None:
        raise Refused("Chưa lập biên bản.")
    if minutes.revision != revision:
        raise Stale
    minutes.text, minutes.secretary, minutes.chair = text.strip(), secretary.strip(), chair.strip()
    minutes.revision += 1
    minutes.save()
    return minutes


@act("conferences.seal_minutes", on="conference")
def seal_minutes(*, conference: Conference, by: Actor) -> Minutes:
    """Seal the minutes: numbered, and neither they nor anything they tell of changes any more."""
    lock(conference)
    refuse_if(obstacles_to_sealing(conference))
    minutes = Minutes.objects.select_for_update().get(conference=conference)
    minutes.sealed_at, minutes.sealed_by = by.at, by.name[:160]
    minutes.paper = register(
        minutes_paper(conference, minutes),
        of=conference,
        about="conferences.minutes",
        about_id=minutes.pk,
        by=by,
    )
    minutes.save()
    conference.state, conference.sealed_at = ConferenceState.SEALED, by.at
    conference.save(update_fields=["state", "sealed_at"])
    return minutes


@act("conferences.add_action_item", on="conference", keeps=("text", "due"))
def add_action_item(
    *, conference: Conference, text: str, by: Actor, unit: Unit | None = None, due: date | None = None
) -> ActionItem:
    """Turn a conclusion into something to do, for one unit or for all; officers concerned are told."""
    lock_unsealed(conference)
    if not text.strip():
        raise Refused("Ghi việc phải làm.", field="text")
    if due is not None and due < conference.day:
        raise Refused("Hạn không thể trước ngày họp.", field="due")
    item, _ = ActionItem.objects.get_or_create(
        conference=conference,
        text=text.strip(),
        unit=unit,
        due=due,
        defaults={"position": conference.action_items.count() + 1},
    )
    units = [unit.pk] if unit else _all_units(conference)
    until = f", trước ngày {day_text(due)}" if due else ""
    tell(
        people=officers_of(units, by.on),
        text=f"Việc theo kết luận {conference.title}: {item.text}{until}.",
        url=conference.page("conference"),
        key=f"conferences.action_item:{item.pk}",
        at=by.at,
    )
    return item


def _all_units(conference: Conference) -> list[int]:
    if conference.cycle is None:
        return [conference.unit_id] if conference.unit_id else []
    return [member.unit_id for member in members_now(conference.cycle, conference.day)]


@act("conferences.settle_action_item", on="action_item", keeps=("done", "note"))
def settle_action_item(*, action_item: ActionItem, done: bool, by: Actor, note: str = "") -> ActionItem:
    """Report an action item done, with what came of it, or open it again."""
    action_item.state = ActionItemState.DONE if done else ActionItemState.OPEN
    action_item.note = note.strip()
    action_item.done_at = by.at if done else None
    action_item.done_by = by.name[:160] if done else ""
    action_item.save()
    return action_item
