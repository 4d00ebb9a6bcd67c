"""Questions of eligibility, by noun: one subject, a unit's people, a list. Nothing here writes."""

from thidua.commendation.eligibility.queries.lists import check_rows, notes_of_list
from thidua.commendation.eligibility.queries.standings import (
    Compared,
    Standing,
    compared,
    glance,
    judge_one,
    standings_of_collective,
    standings_of_person,
)
from thidua.commendation.eligibility.queries.units import Overview, overview_of_unit

__all__ = [
    "Compared",
    "Overview",
    "Standing",
    "check_rows",
    "compared",
    "glance",
    "judge_one",
    "notes_of_list",
    "overview_of_unit",
    "standings_of_collective",
    "standings_of_person",
]
