"""Tests of time: posts of the career tables, service in a trade or force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from thidua.rulebook.engine.conditions import Test
from thidua.rulebook.engine.outcomes import UNKNOWN

NO_LIMIT = date.max.year  # years: a row that applies however long the post was held


@dataclass(frozen=True, kw_only=True)
class Posts(Test):
    """Giữ chức vụ đủ thời gian: one of the rows of the career table, highest post first.

    Time too short for its own row counts for the next lower post. A row may have a limit `below` which it
    no longer applies. A woman's time is reduced as `women` says, `unless` her post has a higher pension age.
    """

    rows: tuple[tuple[str, int, int], ...]
    women: tuple[int, int]
    unless: str = ""

    def plainly(self, sight: Any) -> Any:
        sure, may_be = sight.sex(self.women, self.unless)
        man, woman = self.met(sight, (1, 1)), self.met(sight, self.women)
        so = (sure & woman) | man
        found = sight.grade(so, so | (may_be & woman), self.fails)
        return sight.worse_where(sight.posts_unknown(), found, UNKNOWN)

    def met(self, sight: Any, share: tuple[int, int]) -> Any:
        """One row is met, by years reduced to this share."""
        found, spent = False, 0
        for post, least, below in self.rows:
            months = sight.months_in(post) - spent
            enough = (months * share[1] >= least * 12 * share[0]) & (months > 0)
            over = enough & (months >= below * 12)
            found, spent = found | (enough ^ over), spent + months * over
        return found


@dataclass(frozen=True, kw_only=True)
class Service(Test):
    """Thời gian phục vụ, công tác: so many years in all, time of some sorts counted several times.

    From `below` years on it is another class that fits.
    """

    of: tuple[tuple[str, int], ...]
    years: int
    below: int = NO_LIMIT

    @property
    def reads(self) -> tuple[str, ...]:
        return ()

    def plainly(self, sight: Any) -> Any:
        months: Any = 0
        for post, times in self.of:
            months = months + sight.months_in(post) * times
        found = sight.choose((months >= self.years * 12) & (months < self.below * 12), self.fails)
        return sight.worse_where(sight.posts_unknown(), found, UNKNOWN)
