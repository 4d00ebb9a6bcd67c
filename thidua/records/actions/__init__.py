"""Verbs of the records."""

from thidua.records.actions.circumstances import describe_person, describe_unit, record_leave, remove_leave
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

__all__ = [
    "InitiativeText",
    "RatingText",
    "conclude_matter",
    "describe_person",
    "describe_unit",
    "end_discipline",
    "record_discipline",
    "record_initiative",
    "record_leave",
    "record_rating",
    "record_ratings",
    "record_use",
    "remove_discipline",
    "remove_initiative",
    "remove_leave",
    "remove_matter",
    "remove_rating",
    "remove_ratings",
    "remove_use",
    "report_matter",
]
