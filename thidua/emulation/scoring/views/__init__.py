"""Pages of scoring."""

from thidua.emulation.scoring.views.overview import assign, open_missing_sheets, overview
from thidua.emulation.scoring.views.ranking import publish, ranking, ranking_files, ranking_paper
from thidua.emulation.scoring.views.scorecards import (
    adopt_scorecard,
    edit_scorecard,
    scorecard,
    scorecard_paper,
    set_rule,
)
from thidua.emulation.scoring.views.sheets import (
    attach,
    copy,
    correct,
    detach,
    explain,
    save_marks,
    send,
    sheet,
)

__all__ = [
    "adopt_scorecard",
    "assign",
    "attach",
    "copy",
    "correct",
    "detach",
    "edit_scorecard",
    "explain",
    "open_missing_sheets",
    "overview",
    "publish",
    "ranking",
    "ranking_files",
    "ranking_paper",
    "save_marks",
    "scorecard",
    "scorecard_paper",
    "send",
    "set_rule",
    "sheet",
]
