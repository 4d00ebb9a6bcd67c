"""Verbs of reports and of the values they tell of."""

from thidua.emulation.results.actions.entering import (
    Entered,
    Entry,
    Kept,
    Kind,
    NotEntered,
    attach_evidence,
    confirm_values,
    detach_evidence,
    enter_values,
    kind_of,
)
from thidua.emulation.results.actions.gathering import compile_report
from thidua.emulation.results.actions.handing import (
    accept_report,
    pass_report,
    return_report,
    withdraw_report,
)
from thidua.emulation.results.actions.writing import (
    Draft,
    attach_file,
    detach_file,
    save_report,
    submit_report,
)

__all__ = [
    "Draft",
    "Entered",
    "Entry",
    "Kept",
    "Kind",
    "NotEntered",
    "accept_report",
    "attach_evidence",
    "attach_file",
    "compile_report",
    "confirm_values",
    "detach_evidence",
    "detach_file",
    "enter_values",
    "kind_of",
    "pass_report",
    "return_report",
    "save_report",
    "submit_report",
    "withdraw_report",
]
