"""Verbs of voting: prepare, hold, count, conclude."""

from thidua.voting.actions.concluding import (
    decide_tie,
    open_second_ballot,
    repeat_ballot,
    void_ballot,
)
from thidua.voting.actions.counting import (
    confirm_recount,
    enter_count,
    recount,
    sign_count,
)
from thidua.voting.actions.holding import (
    close_ballot,
    mark_roll,
    open_ballot,
    seal_roll,
)
from thidua.voting.actions.preparing import create_ballot, name_committee, revise_ballot

__all__ = [
    "close_ballot",
    "confirm_recount",
    "create_ballot",
    "decide_tie",
    "enter_count",
    "mark_roll",
    "name_committee",
    "open_ballot",
    "open_second_ballot",
    "recount",
    "repeat_ballot",
    "revise_ballot",
    "seal_roll",
    "sign_count",
    "void_ballot",
]
