"""The spans of a year that reports and results tell of."""

from __future__ import annotations

from django.db import models


class Period(models.TextChoices):
    """The span a report or a result tells of, in the order in which the spans end."""

    Q1 = "q1", "quý I"
    Q2 = "q2", "quý II"
    MID_YEAR = "mid_year", "6 tháng đầu năm"
    Q3 = "q3", "quý III"
    NINE_MONTHS = "nine", "9 tháng"
    Q4 = "q4", "quý IV"
    SECOND_HALF = "late_half", "6 tháng cuối năm"
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
    def first_month(self) -> int:
        """Before which month of the emulation year, counted from 0, it begins."""
        return self.months - _SPANS[self.value][3]

    @property
    def is_usual(self) -> bool:
        """Half-year and year are asked of everybody, the others where the cluster sets a due date."""
        return self in {Period.MID_YEAR, Period.YEAR_END}

    @property
    def made_of(self) -> list[tuple[Period, ...]]:
        """The ways it is put together from shorter spans: a year from two halves, or from four quarters."""
        return [way for way in _ways(self.first_month, self.months) if way != (self,)]

    @classmethod
    def of_word(cls, word: str) -> Period | None:
        """The period of an address; None for any other word."""
        return next((period for period in cls if period.word == word), None)


_SPANS = {  # word, report, after how many months it ends, how many months it lasts
    "q1": ("quy-1", "Báo cáo quý I", 3, 3),
    "q2": ("quy-2", "Báo cáo quý II", 6, 3),
    "mid_year": ("6-thang", "Báo cáo 6 tháng", 6, 6),
    "q3": ("quy-3", "Báo cáo quý III", 9, 3),
    "nine": ("9-thang", "Báo cáo 9 tháng", 9, 9),
    "q4": ("quy-4", "Báo cáo quý IV", 12, 3),
    "late_half": ("6-thang-cuoi", "Báo cáo 6 tháng cuối năm", 12, 6),
    "year_end": ("ca-nam", "Báo cáo năm", 12, 12),
}


def _ways(first: int, last: int) -> list[tuple[Period, ...]]:
    """Spans one after another that fill these months; the fewest first."""
    if first == last:
        return [()]
    begun = [one for one in Period if one.first_month == first and one.months <= last]
    found = [(one, *rest) for one in begun for rest in _ways(one.months, last)]
    return sorted(found, key=len)
