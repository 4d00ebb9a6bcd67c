"""The earliest year in which a test can be met: the same facts, seen from later years nobody yet knows."""

from __future__ import annotations

from datetime import date

from thidua.rulebook.engine.bits import ALL, SPAN, Word
from thidua.rulebook.engine.conditions import Claimed, CleanPosts, Occupation, Test
from thidua.rulebook.engine.outcomes import NOT_YET
from thidua.rulebook.engine.sight import UNSTATED, Sight

NEVER = (Claimed, Occupation, CleanPosts)  # waiting changes nothing in these
FAR = SPAN + 10  # beyond the longest term any text asks for


class Later(Sight):
    """One subject so many years on. What the years between bring may be anything; what is past stays.

    A matter that is open, a post that ended, a way nobody claims stay as they are.
    """

    doubts = False

    def __init__(self, now: Sight, years: int) -> None:
        self.now, self.years = now, years
        on = date(min(now.on.year + years, date.max.year), now.on.month, min(now.on.day, 28))
        super().__init__(
            now.facts,
            now.year + years,
            on,
            purpose=now.purpose,
            resets=now.has_resets,
            reuse=now.reuse,
            anew=now.anew,
        )

    def _family(self, family: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        low, upper = super()._family(family)
        new = (1 << self.years) - 1 & ALL
        return low, tuple(one | new for one in upper)

    def stated(self, key: str) -> int:
        """What is so stays so; what is not so now may be so then."""
        said = self.now.stated(key)
        return said if said == 1 else UNSTATED

    def against(self, key: str) -> int:
        """What stands against this year's achievement does not stand against a later one."""
        return UNSTATED


def earliest(tests: tuple[Test, ...], sight: Sight, first: int = 1) -> int | None:
    """The first year after this in which all may be met together; none when waiting does not help."""
    if any(isinstance(test, NEVER) for test in tests):
        return None
    for years in range(first, FAR):
        later = sight.later(years)
        if all(test.status(later) < NOT_YET for test in tests):
            return sight.year + years
    return None
