"""Verbs of scoring, by noun."""

from thidua.emulation.scoring.actions.checks import Planned, assign_cross, plan_checks, record_visit
from thidua.emulation.scoring.actions.explanations import (
    answer_explanation,
    attach_evidence,
    explain,
    remove_evidence,
)
from thidua.emulation.scoring.actions.marks import (
    MarkText,
    copy_marks,
    correct_mark,
    raise_flags,
    send_layer,
    write_marks,
)
from thidua.emulation.scoring.actions.parts import correct_flags, send_part
from thidua.emulation.scoring.actions.proposals import accept_proposal
from thidua.emulation.scoring.actions.rankings import publish
from thidua.emulation.scoring.actions.scorecards import (
    CriterionText,
    adopt_scorecard,
    carry_over,
    draft_scorecard,
    drop_scorecard,
    edit_scorecard,
    open_sheets,
)
from thidua.emulation.scoring.actions.tables import as_stored, obstacles_to_writing, write_table
from thidua.emulation.scoring.actions.unsaved import forget_unsaved, keep_unsaved

__all__ = [
    "CriterionText",
    "MarkText",
    "Planned",
    "accept_proposal",
    "adopt_scorecard",
    "answer_explanation",
    "as_stored",
    "assign_cross",
    "attach_evidence",
    "carry_over",
    "copy_marks",
    "correct_flags",
    "correct_mark",
    "draft_scorecard",
    "drop_scorecard",
    "edit_scorecard",
    "explain",
    "forget_unsaved",
    "keep_unsaved",
    "obstacles_to_writing",
    "open_sheets",
    "plan_checks",
    "publish",
    "raise_flags",
    "record_visit",
    "remove_evidence",
    "send_layer",
    "send_part",
    "write_marks",
    "write_table",
]
