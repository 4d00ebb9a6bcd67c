"""Planning a conference: facts, chairs, agenda, papers handed out, the invitation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.files.actions import store
from thidua.base.notices.actions import tell
from thidua.base.text import day as day_text
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import head_unit_id, members_now
from thidua.emulation.conferences.actions.shared import lock_unsealed, touch
from thidua.emulation.conferences.agendas import ItemText, default_agenda
from thidua.emulation.conferences.models import (
    AgendaItem,
    Chair,
    Conference,
    ConferenceKind,
    ConferenceState,
    DayPart,
    Handout,
    Invitation,
)
from thidua.emulation.conferences.papers import invitation_paper
from thidua.emulation.conferences.queries import (
    ballots_by_item,
    leader_in_office,
    obstacles_to_inviting,
    officers_of,
)
from thidua.emulation.conferences.registering import register
from thidua.organisations.models import Unit


@dataclass(frozen=True, kw_only=True)
class ConferenceText:
    """The facts of a conference as they are typed."""

    kind: str
    title: str
    day: date
    period: str = ""
    day_part: str = DayPart.MORNING
    starts_at: time | None = None
    place: str = ""
    online: bool = False
    host_unit: Unit | None = None
    plan: Paper | None = None
    plan_symbol: str = ""
    is_demonstration: bool = False


@dataclass(frozen=True)
class ChairText:
    """Who chairs: a unit of the system, or a body from outside by its name."""

    office_name: str
    person_name: str = ""
    unit: Unit | None = None
    body: str = ""


KINDS_OF_A_UNIT = (ConferenceKind.CONGRESS, ConferenceKind.EXEMPLAR, ConferenceKind.THEMATIC)


@act("conferences.plan_conference", on="owner")
def plan_conference(*, owner: Cycle | Unit, text: ConferenceText, by: Actor) -> Conference:
    """Plan a conference of a year, or of a unit (congress, exemplars): with the usual agenda, the head in the
    chair, and members and standing body invited. Asked twice with the same facts, planned once.
    """
    if again := _same(owner, text):
        return again
    if isinstance(owner, Cycle):
        conference = Conference(cycle=owner)
    elif text.kind in KINDS_OF_A_UNIT:
        conference = Conference(unit=owner)
    else:
        raise Refused("Hội nghị này phải thuộc một năm của cụm, khối.", field="kind")
    _write(conference, text)
    conference.save()
    noun = owner.cluster.noun if isinstance(owner, Cycle) else "đơn vị"
    for position, item in enumerate(default_agenda(text.kind, text.period, noun), start=1):
        _new_item(conference, position, item)
    if isinstance(owner, Cycle):
        _invite_usual(conference, owner)
    _chair_usual(conference, owner)
    return conference


def _same(owner: Cycle | Unit, text: ConferenceText) -> Conference | None:
    """A conference planned a moment ago with the same name, kind and day; the owner's row is held."""
    type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)
    whose = {"cycle": owner} if isinstance(owner, Cycle) else {"unit": owner}
    planned = Conference.objects.filter(
        state=ConferenceState.PLANNED, kind=text.kind, title=text.title, day=text.day
    )
    return planned.filter(**whose).first()


def _write(conference: Conference, text: ConferenceText) -> None:
    if not text.title.strip():
        raise Refused("Ghi tên hội nghị.", field="title")
    for field in fields(text):
        setattr(conference, field.name, getattr(text, field.name))


def _invite_usual(conference: Conference, cycle: Cycle) -> None:
    units = [m.unit for m in members_now(cycle, conference.day)]
    rows = [Invitation(conference=conference, unit=unit, is_member=True) for unit in units]
    body = cycle.cluster.standing_body
    if body is not None and body.unit not in units:
        rows.append(Invitation(conference=conference, unit=body.unit))
    for position, row in enumerate(rows, start=1):
        row.position = position
    Invitation.objects.bulk_create(rows)


def _chair_usual(conference: Conference, owner: Cycle | Unit) -> None:
    unit_id = head_unit_id(owner) if isinstance(owner, Cycle) else owner.pk
    if unit_id is None:
        return
    name, office = leader_in_office(unit_id, conference.day)
    as_head = f"Trưởng {owner.cluster.noun}" if isinstance(owner, Cycle) else ""
    told = ", ".join(part for part in (office, as_head) if part) or "Lãnh đạo đơn vị"
    Chair.objects.create(
        conference=conference, position=1, unit_id=unit_id, person_name=name, office_name=told
    )


@act("conferences.edit_conference", on="conference", keeps=("revision",))
def edit_conference(*, conference: Conference, text: ConferenceText, revision: int, by: Actor) -> Conference:
    """Correct the facts, until the minutes are sealed. Refuses a stale page."""
    lock_unsealed(conference, revision)
    _write(conference, text)
    conference.save()
    touch(conference)
    return conference


@act("conferences.set_chairs", on="conference")
def set_chairs(*, conference: Conference, chairs: Sequence[ChairText], by: Actor) -> Conference:
    """Say who chairs, in order: one, or several together."""
    lock_unsealed(conference)
    if not chairs:
        raise Refused("Ghi ít nhất một người chủ trì.")
    if any(not (chair.unit or chair.body.strip()) for chair in chairs):
        raise Refused("Mỗi người chủ trì cần có đơn vị hoặc cơ quan.")
    conference.chairs.all().delete()
    Chair.objects.bulk_create(
        Chair(
            conference=conference,
            position=position,
            unit=chair.unit,
            body="" if chair.unit else chair.body.strip(),
            person_name=chair.person_name.strip(),
            office_name=chair.office_name.strip(),
        )
        for position, chair in enumerate(chairs, start=1)
    )
    return conference


def _new_item(conference: Conference, position: int, text: ItemText) -> AgendaItem:
    return AgendaItem.objects.create(
        conference=conference,
        position=position,
        kind=text.kind,
        title=text.title.strip(),
        presenter=text.presenter.strip(),
    )


@act("conferences.set_agenda", on="conference")
def set_agenda(
    *, conference: Conference, items: Sequence[ItemText], by: Actor, revision: int | None = None
) -> Conference:
    """Rewrite the agenda in this order. Lines already begun, voted on or decided stay."""
    lock_unsealed(conference, revision)
    if not items:
        raise Refused("Chương trình cần ít nhất một nội dung.")
    old = {item.pk: item for item in conference.items.all()}
    kept = {text.pk for text in items if text.pk in old}
    gone = [item for pk, item in old.items() if pk not in kept]
    refuse_if(_obstacles_to_removing(gone))
    AgendaItem.objects.filter(pk__in=[item.pk for item in gone]).delete()
    for position, text in enumerate(items, start=1):
        item = old.get(text.pk) if text.pk else None
        if item is None:
            _new_item(conference, position, text)
            continue
        if item.kind != text.kind:
            refuse_if(_obstacles_to_removing([item]))
        item.position, item.kind = position, text.kind
        item.title, item.presenter = text.title.strip(), text.presenter.strip()
        item.save(update_fields=["position", "kind", "title", "presenter"])
    touch(conference)
    return conference


def _obstacles_to_removing(items: Sequence[AgendaItem]) -> list[str]:
    ballots = ballots_by_item(items)
    standing = [f"Nội dung “{one.title}” đã bắt đầu nên không bỏ được." for one in items if one.started_at]
    voted = [one for one in items if ballots[one.pk].rounds or one.acclaims.exists()]
    return standing + [
        f"Nội dung “{one.title}” đã có bầu chọn nên không bỏ, không đổi loại được." for one in voted
    ]


@act("conferences.send_invitations", on="conference")
def send_invitations(*, conference: Conference, by: Actor) -> Conference:
    """Number the invitation and tell officers and leaders of the invited, once for each day and hour."""
    lock_unsealed(conference)
    refuse_if(obstacles_to_inviting(conference))
    conference.state = ConferenceState.INVITED
    conference.invited_at = by.at
    if conference.invitation_paper is None:
        to = [str(invitation) for invitation in conference.invitations.select_related("unit")]
        conference.invitation_paper = register(
            invitation_paper(conference, to),
            of=conference,
            about="conferences.conference",
            about_id=conference.pk,
            by=by,
        )
    conference.save(update_fields=["state", "invited_at", "invitation_paper"])
    units = conference.invitations.filter(unit__isnull=False).values_list("unit_id", flat=True)
    when = conference.starts_at.strftime("%H:%M") if conference.starts_at else ""
    tell(
        people=officers_of([pk for pk in units if pk], by.on),
        text=f"Mời dự {conference.title}, {when} ngày {day_text(conference.day)}. Anh/chị cử đại biểu.",
        url=conference.page("conference"),
        key=f"conferences.invitation:{conference.pk}:{conference.day}:{when}",
        at=by.at,
    )
    return conference


@act("conferences.cancel_conference", on="conference")
def cancel_conference(*, conference: Conference, by: Actor) -> None:
    """Remove a conference that has not begun; those invited are told."""
    lock_unsealed(conference)
    if conference.started_at is not None:
        raise Refused("Hội nghị đã họp nên không xóa được.")
    if conference.state == ConferenceState.INVITED:
        units = conference.invitations.filter(unit__isnull=False).values_list("unit_id", flat=True)
        tell(
            people=officers_of([pk for pk in units if pk], by.on),
            text=f"{conference.title} ngày {day_text(conference.day)} không họp.",
            url="/",
            key=f"conferences.cancelled:{conference.pk}",
            at=by.at,
        )
    conference.action_items.all().delete()  # given before the meeting that will not be
    conference.delete()


@act("conferences.add_handout", on="conference", keeps=("title",))
def add_handout(
    *,
    conference: Conference,
    title: str,
    by: Actor,
    upload: File[Any] | None = None,
    paper: Paper | None = None,
) -> Handout:
    """Hand out a file or a paper of the register to everybody invited."""
    lock_unsealed(conference)
    if upload is None and paper is None:
        raise Refused("Chọn một tệp hoặc một văn bản trong sổ.", field="upload")
    file = store(upload, by=by, owner=conference, field="upload") if upload is not None else None
    return Handout.objects.create(
        conference=conference,
        position=conference.handouts.count() + 1,
        title=title.strip() or (upload.name if upload is not None and upload.name else str(paper)),
        file=file,
        paper=paper,
    )


@act("conferences.remove_handout", on="conference")
def remove_handout(*, conference: Conference, handout: Handout, by: Actor) -> None:
    """Take a paper back before the minutes are sealed."""
    lock_unsealed(conference)
    handout.delete()


@act("conferences.record_publication", on="conference", keeps=("published_on", "source"))
def record_publication(*, conference: Conference, published_on: date, source: str, by: Actor) -> Conference:
    """Note where and when it was reported on: often days later, also after the minutes are sealed."""
    if published_on < conference.day:
        raise Refused("Ngày đăng tin không thể trước ngày họp.", field="published_on")
    conference.published_on, conference.source = published_on, source.strip()
    conference.save(update_fields=["published_on", "source"])
    return conference
