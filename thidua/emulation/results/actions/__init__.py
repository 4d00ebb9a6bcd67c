"""Verbs of reports: write, send, return, accept, gather, pass."""

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
    "accept_report",
    "attach_file",
    "compile_report",
    "detach_file",
    "pass_report",
    "return_report",
    "save_report",
    "submit_report",
    "withdraw_report",
]
