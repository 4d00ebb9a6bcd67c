"""Ratings, initiatives, discipline, pending matters, circumstances and equal posts.

Each row stands under the unit that keeps it. With a person it is about that person; without one it is about
the unit itself, as a collective.
"""

from thidua.records.models.circumstances import Leave, LeaveKind, OccupationKind, Profile, Sex, UnitProfile
from thidua.records.models.equivalences import CareerPost, Equivalence
from thidua.records.models.initiatives import (
    Authorship,
    Initiative,
    InitiativeKind,
    InitiativeScope,
    InitiativeUse,
)
from thidua.records.models.matters import Discipline, DisciplineForm, MatterKind, PendingMatter
from thidua.records.models.ratings import SHORT_LEVELS, Rating, RatingLevel
from thidua.records.models.statements import Statement
from thidua.records.models.subjects import OfSubject, Recorded

__all__ = [
    "SHORT_LEVELS",
    "Authorship",
    "CareerPost",
    "Discipline",
    "DisciplineForm",
    "Equivalence",
    "Initiative",
    "InitiativeKind",
    "InitiativeScope",
    "InitiativeUse",
    "Leave",
    "LeaveKind",
    "MatterKind",
    "OccupationKind",
    "OfSubject",
    "PendingMatter",
    "Profile",
    "Rating",
    "RatingLevel",
    "Recorded",
    "Sex",
    "Statement",
    "UnitProfile",
]
