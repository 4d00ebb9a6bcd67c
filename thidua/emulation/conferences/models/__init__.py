"""Tables of this area, by noun."""

from thidua.emulation.conferences.models.attendance import (
    Answer,
    Attendance,
    AttendanceRole,
    CheckIn,
    Invitation,
)
from thidua.emulation.conferences.models.conference import (
    BALLOT_KINDS,
    AgendaItem,
    Chair,
    Conference,
    ConferenceKind,
    ConferenceState,
    DayPart,
    Handout,
    ItemKind,
)
from thidua.emulation.conferences.models.handover import (
    Handover,
    HandoverItem,
    HandoverSide,
    HandoverSignature,
)
from thidua.emulation.conferences.models.minutes import (
    Acclaim,
    AcclaimForm,
    ActionItem,
    ActionItemState,
    Minutes,
    Opinion,
    OpinionKind,
)

__all__ = [
    "BALLOT_KINDS",
    "Acclaim",
    "AcclaimForm",
    "ActionItem",
    "ActionItemState",
    "AgendaItem",
    "Answer",
    "Attendance",
    "AttendanceRole",
    "Chair",
    "CheckIn",
    "Conference",
    "ConferenceKind",
    "ConferenceState",
    "DayPart",
    "Handout",
    "Handover",
    "HandoverItem",
    "HandoverSide",
    "HandoverSignature",
    "Invitation",
    "ItemKind",
    "Minutes",
    "Opinion",
    "OpinionKind",
]
