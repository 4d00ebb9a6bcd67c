"""Running a conference: opening, its acts one by one, the close."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.emulation.conferences.actions.shared import lock, lock_unsealed
from thidua.emulation.conferences.models import AgendaItem, Conference, ConferenceState
from thidua.emulation.conferences.queries import obstacles_to_ending, obstacles_to_starting


@act("conferences.start_conference", on="conference")
def start_conference(*, conference: Conference, by: Actor) -> Conference:
    """Open the conference, or take it up again after it was closed too early. Asked twice, done once."""
    if lock(conference).state == ConferenceState.RUNNING:
        return conference
    refuse_if(obstacles_to_starting(conference, by.on))
    conference.state, conference.ended_at = ConferenceState.RUNNING, None
    conference.started_at = conference.started_at or by.at
    conference.save(update_fields=["state", "started_at", "ended_at"])
    return conference


def _running(item: AgendaItem) -> AgendaItem:
    conference = lock(item.conference)
    item.refresh_from_db()
    if conference.state != ConferenceState.RUNNING:
        raise Refused("Hội nghị chưa khai mạc hoặc đã bế mạc. Anh/chị khai mạc trước.")
    return item


@act("conferences.begin_item", on="item")
def begin_item(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """Begin an item; whatever else is going on ends. An item taken up again keeps its first hour."""
    _running(item)
    if item.is_running:
        return item
    others = AgendaItem.objects.filter(
        conference=item.conference, started_at__isnull=False, ended_at__isnull=True
    )
    others.exclude(pk=item.pk).update(ended_at=by.at)
    item.started_at, item.ended_at = item.started_at or by.at, None
    item.save(update_fields=["started_at", "ended_at"])
    return item


@act("conferences.end_item", on="item")
def end_item(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """End an item that was begun."""
    _running(item)
    if item.started_at is None:
        raise Refused(f"Nội dung “{item.title}” chưa bắt đầu.")
    if item.ended_at is None:
        item.ended_at = by.at
        item.save(update_fields=["ended_at"])
    return item


@act("conferences.write_notes", on="item")
def write_notes(*, item: AgendaItem, notes: str, by: Actor) -> AgendaItem:
    """Write down what happened in an item; goes into the minutes."""
    lock_unsealed(item.conference)
    item.notes = notes.strip()
    item.save(update_fields=["notes"])
    return item


@act("conferences.end_conference", on="conference")
def end_conference(*, conference: Conference, by: Actor) -> Conference:
    """Close the conference. Asked twice, done once."""
    if lock(conference).state == ConferenceState.ENDED:
        return conference
    refuse_if(obstacles_to_ending(conference))
    conference.state, conference.ended_at = ConferenceState.ENDED, by.at
    conference.save(update_fields=["state", "ended_at"])
    return conference
