"""Pages of scoring."""

from thidua.emulation.scoring.views.checks import assign, plan, visit, visit_paper
from thidua.emulation.scoring.views.corrections import correct, correct_flags, flags
from thidua.emulation.scoring.views.explanations import answer, attach, detach, explain
from thidua.emulation.scoring.views.overview import open_missing_sheets, overview
from thidua.emulation.scoring.views.ranking import (
    picture,
    projection,
    publish,
    ranking,
    ranking_files,
    ranking_paper,
    summary,
)
from thidua.emulation.scoring.views.scorecards import (
    adopt_scorecard,
    drop_scorecard,
    edit_scorecard,
    scorecard,
    scorecard_paper,
)
from thidua.emulation.scoring.views.sheets import (
    accept,
    copy,
    save_marks,
    send,
    send_part,
    sheet,
    sheet_paper,
)
from thidua.emulation.scoring.views.tables import (
    arrange,
    import_table,
    set_rule,
    table_settings,
    undo_table,
)

__all__ = [
    "accept",
    "adopt_scorecard",
    "answer",
    "arrange",
    "assign",
    "attach",
    "copy",
    "correct",
    "correct_flags",
    "detach",
    "drop_scorecard",
    "edit_scorecard",
    "explain",
    "flags",
    "import_table",
    "open_missing_sheets",
    "overview",
    "picture",
    "plan",
    "projection",
    "publish",
    "ranking",
    "ranking_files",
    "ranking_paper",
    "save_marks",
    "scorecard",
    "scorecard_paper",
    "send",
    "send_part",
    "set_rule",
    "sheet",
    "sheet_paper",
    "summary",
    "table_settings",
    "undo_table",
    "visit",
    "visit_paper",
]
