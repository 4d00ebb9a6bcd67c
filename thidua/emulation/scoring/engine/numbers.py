"""Numbers as officers write them, in and out: decimal comma or dot, always Decimal."""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

ZERO, HALF, HUNDRED = Decimal(0), Decimal("0.5"), Decimal(100)
ROUNDINGS = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
ROUNDING_WORDS = {
    "half_up": "nửa làm tròn lên",
    "half_even": "nửa làm tròn về số chẵn",
    "down": "bỏ phần thừa",
}
_NUMBER = re.compile(r"[+\-−–]?[0-9]{1,18}(?:[.,][0-9]{1,30})?")
_LARGEST, _DEEPEST, _WIDE = (
    18,
    30,
    Context(prec=100),
)  # digits before the comma; enough for a product of two numbers
_KINDS = (int, Decimal, float)
_MINUSES = str.maketrans({"−": "-", "–": "-", ",": "."})


def read_number(told: object) -> Decimal | None:
    """The number of “0,5”, “3.5”, 3, “−1”; None when it is no number. A number with both signs is refused.

    “1.234,5” is refused too: whether the dot or the comma parts the decimals would be a guess.
    """
    if isinstance(told, str):
        return _read_text(told)
    if isinstance(told, bool) or told is None:
        return None
    if isinstance(told, _KINDS):
        number = Decimal(repr(told)) if isinstance(told, float) else Decimal(told)
        return number if number.is_finite() and -_DEEPEST < number.adjusted() < _LARGEST else None
    return _read_text(str(told))


@lru_cache(maxsize=65536)
def _read_text(told: str) -> Decimal | None:
    text = told.strip().replace(" ", "")
    return Decimal(text.translate(_MINUSES)) if _NUMBER.fullmatch(text) else None


@lru_cache(maxsize=65536)
def said(number: Decimal) -> str:
    """As a Vietnamese reads it: decimal comma, no idle noughts."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def rounded(number: Decimal, places: int, mode: str = "half_up") -> Decimal:
    """To that many decimals by the named rounding."""
    return number.quantize(_last_of(places), rounding=ROUNDINGS[mode], context=_WIDE)


@lru_cache
def _last_of(places: int) -> Decimal:
    """One in the last of so many decimals."""
    return Decimal(1).scaleb(-places)
