"""Pages of conferences, by noun."""

from thidua.emulation.conferences.views.attendance import answer, attendance, check_in, guest, remove_guest
from thidua.emulation.conferences.views.ballots import acclaim, ballot, mark_roll
from thidua.emulation.conferences.views.conference import (
    agenda,
    cancel,
    chairs,
    conference,
    edit,
    handout,
    invite,
    paper,
    publication,
    remove_handout,
    send_invitations,
)
from thidua.emulation.conferences.views.handover import (
    edit_handover,
    handover,
    handover_paper,
    open_next_year,
    sign_handover,
)
from thidua.emulation.conferences.views.listing import conferences, congresses, plan, plan_congress
from thidua.emulation.conferences.views.minutes import (
    add_opinion,
    add_task,
    compose,
    minutes,
    remove_opinion,
    seal,
    settle_task,
)
from thidua.emulation.conferences.views.running import begin_item, end, end_item, notes, screen, start

__all__ = [
    "acclaim",
    "add_opinion",
    "add_task",
    "agenda",
    "answer",
    "attendance",
    "ballot",
    "begin_item",
    "cancel",
    "chairs",
    "check_in",
    "compose",
    "conference",
    "conferences",
    "congresses",
    "edit",
    "edit_handover",
    "end",
    "end_item",
    "guest",
    "handout",
    "handover",
    "handover_paper",
    "invite",
    "mark_roll",
    "minutes",
    "notes",
    "open_next_year",
    "paper",
    "plan",
    "plan_congress",
    "publication",
    "remove_guest",
    "remove_handout",
    "remove_opinion",
    "screen",
    "seal",
    "send_invitations",
    "settle_task",
    "sign_handover",
    "start",
]
