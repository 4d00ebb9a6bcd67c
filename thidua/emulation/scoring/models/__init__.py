"""The points table and what was scored on it."""

from thidua.emulation.scoring.models.checks import Seat, Visit
from thidua.emulation.scoring.models.parts import AppraisalPart, FlagCorrection
from thidua.emulation.scoring.models.rankings import Ranking
from thidua.emulation.scoring.models.scopes import Scope
from thidua.emulation.scoring.models.sheets import (
    Evidence,
    Explanation,
    LayerKind,
    Mark,
    ScoreLayer,
    ScoreSheet,
)
from thidua.emulation.scoring.models.tables import Criterion, CriterionKind, Scorecard, ScorecardState
from thidua.emulation.scoring.models.unsaved import UnsavedPart

__all__ = [
    "AppraisalPart",
    "Criterion",
    "CriterionKind",
    "Evidence",
    "Explanation",
    "FlagCorrection",
    "LayerKind",
    "Mark",
    "Ranking",
    "Scope",
    "ScoreLayer",
    "ScoreSheet",
    "Scorecard",
    "ScorecardState",
    "Seat",
    "UnsavedPart",
    "Visit",
]
