"""Every change of units, people, their offices and rights."""

from thidua.organisations.actions.people import create_person, edit_person, give_account, remove_person
from thidua.organisations.actions.rights import appoint, create_standing_body, end_appointment
from thidua.organisations.actions.tenures import end_tenure, hold_office, remove_tenure
from thidua.organisations.actions.units import (
    create_unit,
    edit_unit,
    end_unit,
    move_unit,
    record_succession,
    remove_unit,
    rename_unit,
)

__all__ = [
    "appoint",
    "create_person",
    "create_standing_body",
    "create_unit",
    "edit_person",
    "edit_unit",
    "end_appointment",
    "end_tenure",
    "end_unit",
    "give_account",
    "hold_office",
    "move_unit",
    "record_succession",
    "remove_person",
    "remove_tenure",
    "remove_unit",
    "rename_unit",
]
