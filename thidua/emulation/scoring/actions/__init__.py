"""Verbs of scoring, by noun."""

from thidua.emulation.scoring.actions.marks import (
    MarkText,
    assign_cross,
    attach_evidence,
    copy_marks,
    correct_mark,
    explain,
    remove_evidence,
    send_layer,
    write_marks,
)
from thidua.emulation.scoring.actions.scorecards import (
    CriterionText,
    adopt_scorecard,
    carry_over,
    draft_scorecard,
    edit_scorecard,
    open_sheets,
    publish,
    set_rule,
)
from thidua.emulation.scoring.actions.tables import write_table

__all__ = [
    "CriterionText",
    "MarkText",
    "adopt_scorecard",
    "assign_cross",
    "attach_evidence",
    "carry_over",
    "copy_marks",
    "correct_mark",
    "draft_scorecard",
    "edit_scorecard",
    "explain",
    "open_sheets",
    "publish",
    "remove_evidence",
    "send_layer",
    "set_rule",
    "write_marks",
    "write_table",
]
