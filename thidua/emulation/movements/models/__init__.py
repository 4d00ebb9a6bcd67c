"""Movements, their reviews, the years they are expected of, and who answered."""

from thidua.emulation.movements.models.adoption import Adoption, AdoptionTarget, CycleMovement
from thidua.emulation.movements.models.figure import FigureLine
from thidua.emulation.movements.models.movement import (
    Movement,
    MovementKind,
    MovementLevel,
    period_text,
)
from thidua.emulation.movements.models.review import MovementReview, ReviewFigure, ReviewStage

__all__ = [
    "Adoption",
    "AdoptionTarget",
    "CycleMovement",
    "FigureLine",
    "Movement",
    "MovementKind",
    "MovementLevel",
    "MovementReview",
    "ReviewFigure",
    "ReviewStage",
    "period_text",
]
