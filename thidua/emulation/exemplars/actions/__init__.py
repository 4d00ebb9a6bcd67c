"""Verbs of the register of exemplars, by noun."""

from thidua.emulation.exemplars.actions.entries import (
    Entry,
    add_category,
    enter_exemplar,
    remove_category,
    remove_exemplar,
    revise_exemplar,
)
from thidua.emulation.exemplars.actions.evidence import attach_evidence, detach_evidence
from thidua.emulation.exemplars.actions.merging import merge_exemplars, unmerge_exemplars
from thidua.emulation.exemplars.actions.nothing import answer_nothing, withdraw_nothing
from thidua.emulation.exemplars.actions.steps import follow_exemplar, record_consent, strike_step

__all__ = [
    "Entry",
    "add_category",
    "answer_nothing",
    "attach_evidence",
    "detach_evidence",
    "enter_exemplar",
    "follow_exemplar",
    "merge_exemplars",
    "record_consent",
    "remove_category",
    "remove_exemplar",
    "revise_exemplar",
    "strike_step",
    "unmerge_exemplars",
    "withdraw_nothing",
]
