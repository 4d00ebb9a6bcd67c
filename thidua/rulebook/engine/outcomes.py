"""The five answers a test can give.

Ordered so that “all of these” is the worst and “one of these” the best.
"""

from __future__ import annotations

PASS, UNKNOWN, REVIEW, NOT_YET, EXCLUDED = range(5)

CODES = ("pass", "unknown", "needs_review", "not_yet", "excluded")
OUTCOMES = ("eligible", "needs_review", "needs_review", "not_yet", "excluded")
SIGNS = ("đạt", "chưa biết", "cần kiểm tra", "chưa đạt", "loại trừ")
OUTCOME_WORDS = {
    "eligible": "ĐỦ ĐIỀU KIỆN",
    "not_yet": "CHƯA ĐỦ",
    "excluded": "KHÔNG ĐƯỢC XÉT",
    "needs_review": "CẦN KIỂM TRA",
}
