"""What people type about conferences, by noun."""

from thidua.emulation.conferences.forms.attendance import AnswerForm, DelegateFormSet, GuestForm
from thidua.emulation.conferences.forms.choosing import AcclaimForm, BallotForm, HandoverForm, HandoverFormSet
from thidua.emulation.conferences.forms.fields import typed
from thidua.emulation.conferences.forms.minutes import (
    ActionItemForm,
    MinutesForm,
    NotesForm,
    OpinionForm,
    SettleForm,
)
from thidua.emulation.conferences.forms.planning import (
    ChairFormSet,
    ConferenceForm,
    HandoutForm,
    InviteForm,
    ItemFormSet,
    NewConferenceForm,
    PublicationForm,
    conference_initial,
    in_order,
    item_initial,
)

__all__ = [
    "AcclaimForm",
    "ActionItemForm",
    "AnswerForm",
    "BallotForm",
    "ChairFormSet",
    "ConferenceForm",
    "DelegateFormSet",
    "GuestForm",
    "HandoutForm",
    "HandoverForm",
    "HandoverFormSet",
    "InviteForm",
    "ItemFormSet",
    "MinutesForm",
    "NewConferenceForm",
    "NotesForm",
    "OpinionForm",
    "PublicationForm",
    "SettleForm",
    "conference_initial",
    "in_order",
    "item_initial",
    "typed",
]
