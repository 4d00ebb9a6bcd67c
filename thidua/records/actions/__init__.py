"""Verbs of the records."""

from thidua.records.actions.circumstances import describe_person, describe_unit, record_leave, remove_leave
from thidua.records.actions.equivalences import (
    EqualPost,
    correct_equivalence,
    remove_equivalence,
    state_equivalence,
)
from thidua.records.actions.initiatives import (
    InitiativeText,
    record_initiative,
    record_use,
    remove_initiative,
    remove_use,
)
from thidua.records.actions.matters import (
    conclude_matter,
    end_discipline,
    record_discipline,
    remove_discipline,
    remove_matter,
    report_matter,
)
from thidua.records.actions.ratings import (
    RatingText,
    record_rating,
    record_ratings,
    remove_rating,
    remove_ratings,
)
from thidua.records.actions.statements import StatementText, record_statement, remove_statement

__all__ = [
    "EqualPost",
    "InitiativeText",
    "RatingText",
    "StatementText",
    "conclude_matter",
    "correct_equivalence",
    "describe_person",
    "describe_unit",
    "end_discipline",
    "record_discipline",
    "record_initiative",
    "record_leave",
    "record_rating",
    "record_ratings",
    "record_statement",
    "record_use",
    "remove_discipline",
    "remove_equivalence",
    "remove_initiative",
    "remove_leave",
    "remove_matter",
    "remove_rating",
    "remove_ratings",
    "remove_statement",
    "remove_use",
    "report_matter",
    "state_equivalence",
]
