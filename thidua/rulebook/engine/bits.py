"""Years as bits: bit 0 is the year judged, bit 1 the one before; the same for one int and for an array.

Every test of the law is a question to such words, asked twice: of what is known to be there, and of what may
still be there. That is how “not known” stays apart from “not so”.
"""

from __future__ import annotations

from typing import Any

SPAN = 31  # years that fit; what is older stands on the last bit
ALL = (1 << SPAN) - 1
OLDEST = SPAN - 1

Word = Any  # int or numpy array of uint32


def last(years: int) -> int:
    """The window of the last so many years."""
    return (1 << years) - 1


def newest(word: Word) -> Word:
    """The bit of the latest year; 0 when there is none."""
    return word & -word


def nearest(word: Word, apart: int) -> Word:
    """The bit of the latest year that lies at least so many years back; 0 when there is none."""
    return newest(word >> apart << apart)


def following(anchor: Word) -> Word:
    """The years after the anchor's; none when there is no anchor."""
    return (anchor - some(anchor)) & ALL


def unbroken(word: Word) -> Word:
    """The run that ends in the year judged, as bits: the years after the latest that is missing."""
    return following(newest(~word))


def since_last(word: Word) -> Word:
    """The years after the latest one before the year judged; all of them when there is none."""
    return unbroken(ALL & ~(word >> 1 << 1))


def some(word: Word) -> Word:
    """There is a year, or a number, at all."""
    return word != 0


def has_run(word: Word, years: int) -> Word:
    """Somewhere so many years stand in a row."""
    have = 1
    while have < years:
        step = min(have, years - have)
        word = word & (word >> step)
        have += step
    return some(word)


def ending(word: Word, mark: Word) -> Word:
    """The years as seen from the latest year of the mark; from the year judged when there is no mark."""
    latest = newest(mark)
    return word // (latest + (latest == 0))
