"""The spans of a year that reports and results tell of."""

from __future__ import annotations

from django.db import models


class Period(models.TextChoices):
    """The span a report or a result tells of, in the order in which the spans end."""

    Q1 = "q1", "quý I"
    Q2 = "q2", "quý II"
    MID_YEAR = "mid_year", "6 tháng đầu năm"
    Q3 = "q3", "quý III"
    Q4 = "q4", "quý IV"
    YEAR_END = "year_end", "cả năm"

    @property
    def word(self) -> str:
        """As it stands in the report's address."""
        return _SPANS[self.value][0]

    @property
    def report(self) -> str:
        """“Báo cáo 6 tháng”, as a column or a button names it."""
        return _SPANS[self.value][1]

    @property
    def months(self) -> int:
        """After how many months of the emulation year it ends."""
        return _SPANS[self.value][2]

    @property
    def is_quarter(self) -> bool:
        """Asked only where the cluster sets a due date for it."""
        return self.value.startswith("q")

    @classmethod
    def of_word(cls, word: str) -> Period | None:
        """The period of an address; None for any other word."""
        return next((period for period in cls if period.word == word), None)


_SPANS = {
    "q1": ("quy-1", "Báo cáo quý I", 3),
    "q2": ("quy-2", "Báo cáo quý II", 6),
    "mid_year": ("6-thang", "Báo cáo 6 tháng", 6),
    "q3": ("quy-3", "Báo cáo quý III", 9),
    "q4": ("quy-4", "Báo cáo quý IV", 12),
    "year_end": ("ca-nam", "Báo cáo năm", 12),
}
