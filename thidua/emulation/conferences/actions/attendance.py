"""Who is invited, who is sent, who came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused, refuse_if
from thidua.emulation.conferences.actions.shared import lock_unsealed
from thidua.emulation.conferences.models import (
    Answer,
    Attendance,
    AttendanceRole,
    CheckIn,
    Conference,
    ConferenceState,
    Invitation,
)
from thidua.emulation.conferences.permissions import keeps_list
from thidua.emulation.conferences.queries.attendance import regulation_for
from thidua.organisations.models import Unit


@dataclass(frozen=True)
class DelegateText:
    """Somebody who is to come, as typed; `head_count` people where no name is known."""

    person_name: str
    office_name: str
    is_voter: bool = False
    role: str = AttendanceRole.DELEGATE
    head_count: int = 1
    pk: int | None = None


@act("conferences.set_invitations", on="conference")
def set_invitations(
    *, conference: Conference, units: Collection[Unit], bodies: Sequence[str], by: Actor
) -> Conference:
    """Invite these units beside the members, and bodies from outside by name. Those who answered stay."""
    lock_unsealed(conference)
    old = {(i.unit_id, i.body): i for i in conference.invitations.all()}
    members = [i for i in old.values() if i.is_member]
    member_ids = {i.unit_id for i in members}
    keys: list[tuple[int | None, str]] = [(u.pk, "") for u in units if u.pk not in member_ids]
    keys += [(None, body) for body in dict.fromkeys(b.strip() for b in bodies) if body]
    gone = [i for key, i in old.items() if not i.is_member and key not in keys]
    refuse_if(f"{i} đã có đại biểu nên không rút lời mời được." for i in gone if _has_people(i))
    Invitation.objects.filter(pk__in=[i.pk for i in gone]).delete()
    for position, (unit_id, body) in enumerate(keys, start=len(members) + 1):
        Invitation.objects.update_or_create(
            conference=conference,
            unit_id=unit_id,
            body=body,
            defaults={"position": position},  # type: ignore[misc]
        )
    return conference


def _has_people(invitation: Invitation) -> bool:
    return Attendance.objects.filter(
        conference=invitation.conference_id, unit=invitation.unit_id, body=invitation.body
    ).exists()


@act("conferences.answer_invitation", on="invitation", keeps=("answer", "note"))
def answer_invitation(
    *,
    invitation: Invitation,
    answer: str,
    by: Actor,
    delegates: Sequence[DelegateText] = (),
    note: str = "",
) -> Invitation:
    """A unit names its delegates, or says why nobody comes. Those already present stay as they are."""
    conference = lock_unsealed(invitation.conference)
    if answer == Answer.DECLINES and not note.strip():
        raise Refused("Ghi lý do không dự.", field="note")
    if answer == Answer.COMES and not delegates:
        raise Refused("Ghi ít nhất một đại biểu.")
    people = list(delegates) if answer == Answer.COMES else []
    refuse_if(_problems(invitation, people))
    _write_people(conference, invitation, people)
    invitation.answer, invitation.note, invitation.answered_at = answer, note.strip(), by.at
    invitation.save(update_fields=["answer", "note", "answered_at"])
    return invitation


def _problems(invitation: Invitation, people: Sequence[DelegateText]) -> list[str]:
    names = [one.person_name.strip().casefold() for one in people if one.person_name.strip()]
    found = ["Có người ghi hai lần trong danh sách đại biểu."] if len(set(names)) < len(names) else []
    voters = sum(one.is_voter for one in people)
    if any(one.is_voter and not one.person_name.strip() for one in people):
        found.append("Người bỏ phiếu phải có họ và tên.")
    return found + _too_many_voters(invitation, voters)


def _too_many_voters(invitation: Invitation, voters: int) -> list[str]:
    regulation = regulation_for(invitation.conference)
    if not voters:
        return []
    if regulation is None:
        return ["Cụm, khối chưa có quy chế nên chưa xác định được người bỏ phiếu. Bỏ dấu “bỏ phiếu”."]
    most = _votes_of(invitation, regulation.votes_per_unit, standing=regulation.standing_body_votes)
    if voters <= most:
        return []
    return [f"Theo quy chế, {invitation} có {most} phiếu; đang ghi {voters} người bỏ phiếu."]


def _votes_of(invitation: Invitation, votes_per_unit: int, *, standing: bool) -> int:
    cycle = invitation.conference.cycle
    body = cycle.cluster.standing_body if cycle is not None else None
    if invitation.is_member:
        return votes_per_unit
    return 1 if standing and body is not None and body.unit_id == invitation.unit_id else 0


def _write_people(conference: Conference, invitation: Invitation, people: Sequence[DelegateText]) -> None:
    mine = conference.attendances.filter(unit=invitation.unit_id, body=invitation.body)
    old = {one.pk: one for one in mine}
    kept = {text.pk for text in people}
    gone = [one for pk, one in old.items() if pk not in kept]
    refuse_if(
        f"{one.person_name or one.office_name} đã điểm danh nên không bỏ được."
        for one in gone
        if one.present_at
    )
    Attendance.objects.filter(pk__in=[one.pk for one in gone]).delete()
    for position, text in enumerate(people, start=1):
        one = old.get(text.pk or 0) or Attendance(
            conference=conference, unit=invitation.unit, body=invitation.body
        )
        one.person_name, one.office_name = text.person_name.strip(), text.office_name.strip()
        one.is_voter, one.role, one.head_count = text.is_voter, text.role, text.head_count
        one.position = invitation.position * 100 + position
        one.save()


@act("conferences.add_attendance", on="conference")
def add_attendance(
    *, conference: Conference, delegate: DelegateText, by: Actor, unit: Unit | None = None, body: str = ""
) -> Attendance:
    """Write down somebody who came unannounced, present at once while the conference is open."""
    lock_unsealed(conference)
    if unit is None and not body.strip():
        raise Refused("Ghi đơn vị hoặc cơ quan của đại biểu.", field="body")
    if (
        delegate.person_name
        and conference.attendances.filter(unit=unit, person_name=delegate.person_name).exists()
    ):
        raise Refused("Người này đã có trong danh sách.", field="person_name")
    return Attendance.objects.create(
        conference=conference,
        unit=unit,
        body="" if unit else body.strip(),
        person_name=delegate.person_name.strip(),
        office_name=delegate.office_name.strip(),
        role=delegate.role,
        head_count=delegate.head_count,
        position=20_000,
        present_at=by.at,
        noted=CheckIn.LIST,
        noted_by=by.name,
    )


@act("conferences.remove_attendance", on="conference")
def remove_attendance(*, conference: Conference, attendance: Attendance, by: Actor) -> None:
    """Take somebody written down by mistake off the list."""
    lock_unsealed(conference)
    attendance.delete()


@act("conferences.tick_list", on="conference", keeps=("present",))
def tick_list(*, conference: Conference, present: Collection[int], by: Actor) -> Conference:
    """Who is there, as ticked on the whole list (ids); those not ticked are not there.

    Somebody present keeps the moment and the way first noted.
    """
    lock_unsealed(conference)
    here = set(present)
    conference.attendances.filter(present_at__isnull=False).exclude(pk__in=here).update(
        present_at=None, noted="", noted_by=""
    )
    conference.attendances.filter(pk__in=here, present_at__isnull=True).update(
        present_at=by.at, noted=CheckIn.LIST, noted_by=by.name[:120]
    )
    return conference


@act("conferences.check_in", on="attendance")
def check_in(*, attendance: Attendance, by: Actor) -> Attendance:
    """Mark one delegate present by the code. A unit does so for its own people on the day itself only."""
    conference = lock_unsealed(attendance.conference)
    attendance.refresh_from_db(fields=["present_at", "noted", "noted_by"])
    if attendance.present_at is not None:
        return attendance
    if not by.is_system and not keeps_list(by, attendance):
        if by.on != conference.day or conference.state == ConferenceState.PLANNED:
            raise Refused(f"Mã này dùng để điểm danh trong ngày họp {conference.day:%d/%m/%Y}.")
        if conference.state == ConferenceState.ENDED:
            raise NotAllowed("Hội nghị đã kết thúc. Anh/chị báo thư ký hội nghị.")
    attendance.present_at, attendance.noted, attendance.noted_by = by.at, CheckIn.QR, by.name[:120]
    attendance.save(update_fields=["present_at", "noted", "noted_by"])
    return attendance
