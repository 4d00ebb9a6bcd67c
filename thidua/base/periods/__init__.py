"""Half-open terms, and the only door to the clock."""

from thidua.base.periods.clock import local_day, now, stand_on, today
from thidua.base.periods.terms import Term, day_after, last_day, last_day_if_any, no_overlap, term_text

__all__ = [
    "Term",
    "day_after",
    "last_day",
    "last_day_if_any",
    "local_day",
    "no_overlap",
    "now",
    "stand_on",
    "term_text",
    "today",
]
