"""Verbs of nominations: the cluster's, and the standing body's."""

from thidua.commendation.nominations.actions.judging import (
    appraise,
    receive_package,
    record_decision,
    return_package,
)
from thidua.commendation.nominations.actions.proposing import (
    NominationText,
    discard_package,
    edit_nomination,
    edit_package,
    nominate,
    prepare_package,
    submit_package,
    withdraw_nomination,
)

__all__ = [
    "NominationText",
    "appraise",
    "discard_package",
    "edit_nomination",
    "edit_package",
    "nominate",
    "prepare_package",
    "receive_package",
    "record_decision",
    "return_package",
    "submit_package",
    "withdraw_nomination",
]
