"""Verbs of the register of exemplars, by noun."""

from thidua.emulation.exemplars.actions.entries import (
    Entry,
    add_category,
    attach_evidence,
    enter_exemplar,
    merge_exemplars,
    remove_category,
    remove_exemplar,
    revise_exemplar,
)
from thidua.emulation.exemplars.actions.steps import follow_exemplar, record_consent, strike_step

__all__ = [
    "Entry",
    "add_category",
    "attach_evidence",
    "enter_exemplar",
    "follow_exemplar",
    "merge_exemplars",
    "record_consent",
    "remove_category",
    "remove_exemplar",
    "revise_exemplar",
    "strike_step",
]
