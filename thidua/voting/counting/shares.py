"""Thresholds and quotas as exact fractions: no decimal, no float, no rounding but the named one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

HUNDRED = 100
MOST_PLACES = 3  # decimals tried before a percentage is cut on the honest side


@dataclass(frozen=True)
class Share:
    """Tỷ lệ: a part of a whole, such as 2/3 or 80/100; `strict` when it must be exceeded (quá bán)."""

    numerator: int
    denominator: int
    strict: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError for what cannot be reached or is not a share."""
        if self.denominator <= 0 or not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"Không phải tỷ lệ: {self.numerator}/{self.denominator}")
        if self.strict and self.numerator == self.denominator:
            raise ValueError("Không thể vượt quá toàn bộ")

    @property
    def fraction(self) -> Fraction:
        """The exact value."""
        return Fraction(self.numerator, self.denominator)


class Rounding(StrEnum):
    """How a quota given as a share becomes a number."""

    DOWN = "down"
    UP = "up"
    NEAREST = "nearest"  # half goes up


def needed(share: Share, base: int) -> int:
    """The smallest whole number that reaches `share` of `base`: 80% of 7 is 6, over 1/2 of 10 is 6."""
    if base < 0:
        raise ValueError("Số làm gốc không thể âm")
    product = share.numerator * base
    if share.strict:
        return product // share.denominator + 1
    return -(-product // share.denominator)


def reaches(votes: int, share: Share, base: int) -> bool:
    """`votes` reach `share` of `base`. Nobody is chosen by no vote at all."""
    return votes >= max(needed(share, base), 1)


def quota(numerator: int, denominator: int, members: int, rounding: str = Rounding.DOWN) -> int:
    """How many of `members` a share allows: 20% of 9 rounded down is 1, of 10 is 2."""
    if denominator <= 0 or numerator < 0 or members < 0:
        raise ValueError("Chỉ tiêu không hợp lệ")
    whole, rest = divmod(numerator * members, denominator)
    match Rounding(rounding):
        case Rounding.DOWN:
            return whole
        case Rounding.UP:
            return whole + (rest > 0)
        case Rounding.NEAREST:
            return whole + (2 * rest >= denominator)


def number_quota(number: int, members: int) -> int:
    """A quota given as a number, never more than there are members."""
    if number < 0 or members < 0:
        raise ValueError("Chỉ tiêu không hợp lệ")
    return min(number, members)


def share_text(share: Share) -> str:
    """“80%”, “2/3”, “trên 50%”: a percentage only when it is exact."""
    percent = share.fraction * HUNDRED
    plain = f"{percent.numerator}%" if percent.denominator == 1 else f"{share.numerator}/{share.denominator}"
    return f"trên {plain}" if share.strict else plain


def percent_text(votes: int, base: int, share: Share | None = None) -> str:
    """“81,8%”: one decimal, and never on the wrong side of `share`.

    79,96% against a threshold of 80% shows more decimals instead of rounding up to 80%.
    """
    if base <= 0:
        return "–"
    actual = Fraction(votes * HUNDRED, base)
    for places in range(1, MOST_PLACES + 1):
        shown = _half_up(actual, places)
        if share is None or _same_side(actual, shown, share):
            return _written(shown, places)
    cut = Fraction(actual * 10 // 1, 10)
    above = cut if cut == actual else cut + Fraction(1, 10)
    return _written(above if reaches(votes, share or Share(0, 1), base) else cut, 1)


def _half_up(value: Fraction, places: int) -> Fraction:
    scale = 10**places
    return Fraction((2 * value * scale + 1) // 2, scale)


def _same_side(actual: Fraction, shown: Fraction, share: Share) -> bool:
    """What is shown lies on the side of the threshold where the votes lie."""
    line = share.fraction * HUNDRED
    if (actual >= line) != (shown >= line):
        return False
    return not share.strict or (actual > line) == (shown > line)


def _written(value: Fraction, places: int) -> str:
    whole, decimals = divmod(round(value * 10**places), 10**places)
    tail = f"{decimals:0{places}d}".rstrip("0")
    return f"{whole},{tail}%" if tail else f"{whole}%"
