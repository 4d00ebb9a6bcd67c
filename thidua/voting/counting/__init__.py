"""Counting in whole numbers: thresholds, quotas, reconciliation, outcome. Plain Python, no Django."""

from thidua.voting.counting.outcome import (
    Choice,
    Line,
    Next,
    Outcome,
    Question,
    Verdict,
    decide,
    discreet,
)
from thidua.voting.counting.reconciliation import Count, reconcile, reconcile_hands
from thidua.voting.counting.shares import (
    Rounding,
    Share,
    needed,
    number_quota,
    percent_text,
    quota,
    reaches,
    share_text,
)

__all__ = [
    "Choice",
    "Count",
    "Line",
    "Next",
    "Outcome",
    "Question",
    "Rounding",
    "Share",
    "Verdict",
    "decide",
    "discreet",
    "needed",
    "number_quota",
    "percent_text",
    "quota",
    "reaches",
    "reconcile",
    "reconcile_hands",
    "share_text",
]
