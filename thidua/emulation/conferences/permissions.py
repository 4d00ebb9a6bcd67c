"""May they? Who runs a conference, answers for a unit, ticks the list, signs a handover."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile
from thidua.base.files.permissions import let_in
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import LEADS, oversees, runs_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.conferences.models import (
    ActionItem,
    Attendance,
    Conference,
    Handover,
    HandoverSide,
    Invitation,
)
from thidua.emulation.conferences.queries import visible_conferences
from thidua.organisations.models import AppointmentKind, Unit


def conference_of(subject: Any) -> Conference:
    """The conference itself, or the one a row belongs to."""
    found: Conference = subject if isinstance(subject, Conference) else subject.conference
    return found


def _holds_for(by: Actor, unit_id: int | None) -> bool:
    return unit_id is not None and by.holds(*MEMBER_KINDS, unit=unit_id)


@rules.predicate
def may_plan(by: Actor, owner: Cycle | Unit) -> bool:
    """Runs or oversees the year, or acts for the unit that holds its own congress."""
    if isinstance(owner, Cycle):
        return bool(runs_cycle(by, owner) or oversees(by, owner))
    return by.holds(*MEMBER_KINDS, AppointmentKind.STANDING_OFFICER, unit=owner.pk)


@rules.predicate
def manages(by: Actor, subject: Any) -> bool:
    """May plan conferences of this owner."""
    conference = conference_of(subject)
    owner = conference.cycle if conference.cycle is not None else conference.unit
    return owner is not None and bool(may_plan(by, owner))


@rules.predicate
def heads(by: Actor, subject: Any) -> bool:
    """Runs the year itself (not the standing body), or leads the unit that holds the congress."""
    conference = conference_of(subject)
    if conference.cycle is not None:
        return bool(runs_cycle(by, conference.cycle))
    return conference.unit_id is not None and by.holds(*LEADS, unit=conference.unit_id)


@rules.predicate
def keeps_list(by: Actor, subject: Any) -> bool:
    """Ticks who came: whoever manages, and the host, which stands at the door."""
    return bool(manages(by, subject)) or _holds_for(by, conference_of(subject).host_unit_id)


@rules.predicate
def answers(by: Actor, invitation: Invitation) -> bool:
    """Names the delegates of the invited unit."""
    body = AppointmentKind.STANDING_OFFICER
    own = invitation.unit_id is not None and by.holds(*MEMBER_KINDS, body, unit=invitation.unit_id)
    return own or bool(manages(by, invitation))


@rules.predicate
def checks_in(by: Actor, attendance: Attendance) -> bool:
    """The list's keeper for anybody, a unit for its own delegates."""
    body = AppointmentKind.STANDING_OFFICER
    own = attendance.unit_id is not None and by.holds(*MEMBER_KINDS, body, unit=attendance.unit_id)
    return own or bool(keeps_list(by, attendance))


@rules.predicate
def sees_conference(by: Actor, subject: Any) -> bool:
    """Among those the person sees; the same answer as `visible_conferences`."""
    return visible_conferences(by).filter(pk=conference_of(subject).pk).exists()


@rules.predicate
def does_item(by: Actor, item: ActionItem) -> bool:
    """The unit responsible for its own; who manages the conference for any."""
    return _holds_for(by, item.unit_id) or bool(manages(by, item))


@rules.predicate
def signs_handover(by: Actor, handover: Handover) -> bool:
    """A leader of one of the two sides."""
    return bool(side_of(by, handover))


def side_of(by: Actor, handover: Handover) -> str:
    """The side for which the person signs; empty when neither."""
    for side, unit in (
        (HandoverSide.OUTGOING, handover.outgoing_id),
        (HandoverSide.INCOMING, handover.incoming_id),
    ):
        if by.holds(AppointmentKind.UNIT_LEADER, unit=unit):
            return side
    return ""


def may_read_handout(by: Actor, file: StoredFile) -> bool:
    """Sees the conference the file was handed out for."""
    return visible_conferences(by).filter(pk=file.about_id or 0).exists()


let_in("conferences.conference", may_read_handout)
rules.add_perm("conferences.plan_conference", may_plan)
rules.add_perm("conferences.view_conference", sees_conference)
for verb in (
    "edit_conference",
    "set_agenda",
    "set_chairs",
    "set_invitations",
    "send_invitations",
    "cancel_conference",
    "add_handout",
    "remove_handout",
    "start_conference",
    "begin_item",
    "end_item",
    "write_notes",
    "end_conference",
    "add_opinion",
    "remove_opinion",
    "compose_minutes",
    "edit_minutes",
    "add_action_item",
    "record_publication",
):
    rules.add_perm(f"conferences.{verb}", manages)
for verb in ("seal_minutes", "open_ballot_for", "acclaim", "mark_roll_present"):
    rules.add_perm(f"conferences.{verb}", heads)
rules.add_perm("conferences.answer_invitation", answers)
rules.add_perm("conferences.add_attendance", keeps_list)
rules.add_perm("conferences.remove_attendance", keeps_list)
rules.add_perm("conferences.tick_list", keeps_list)
rules.add_perm("conferences.check_in", checks_in)
rules.add_perm("conferences.settle_action_item", does_item)
for verb in ("prepare_handover", "edit_handover", "open_next_year"):
    rules.add_perm(f"conferences.{verb}", runs_cycle)
rules.add_perm("conferences.sign_handover", signs_handover)
