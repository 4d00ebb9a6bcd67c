"""Units of measure as officers write them, and what one comes to in another.

“tỷ đồng” and “triệu đồng” count the same thing; “9/10”, “0,9/1” and “90%” say the same share. A noun
not known here (“hợp tác xã”) is a measure of its own, with its thousands (“nghìn hợp tác xã”).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from thidua.base.text.alphabet import normalise

MULTIPLES = {
    "trăm": Decimal(100),
    "nghìn": Decimal(1000),
    "ngàn": Decimal(1000),
    "triệu": Decimal(10) ** 6,
    "tỷ": Decimal(10) ** 9,
    "tỉ": Decimal(10) ** 9,
}
# word: what it measures, and how much of that
KNOWN = {
    "%": ("share", Decimal("0.01")),
    "phần trăm": ("share", Decimal("0.01")),
    "‰": ("share", Decimal("0.001")),
    "phần nghìn": ("share", Decimal("0.001")),
    "tỷ lệ": ("share", Decimal(1)),
    "lần": ("share", Decimal(1)),
    "đ": ("đồng", Decimal(1)),
    "vnđ": ("đồng", Decimal(1)),
    "m2": ("area", Decimal(1)),
    "m²": ("area", Decimal(1)),
    "ha": ("area", Decimal(10_000)),
    "héc-ta": ("area", Decimal(10_000)),
    "km2": ("area", Decimal(10) ** 6),
    "km²": ("area", Decimal(10) ** 6),
    "kg": ("mass", Decimal(1)),
    "tạ": ("mass", Decimal(100)),
    "tấn": ("mass", Decimal(1000)),
    "m": ("length", Decimal(1)),
    "km": ("length", Decimal(1000)),
}
SHARE, MONEY = "share", "đồng"


@dataclass(frozen=True)
class Measure:
    """What is counted, and how much of it one is."""

    dimension: str
    factor: Decimal


def read_measure(text: str) -> Measure:
    """“tỷ đồng” is 10⁹ of “đồng”; “nghìn ha” is 10⁷ of area; a bare “tỷ” is money."""
    words = normalise(text).casefold().split(" ")
    factor = Decimal(1)
    while words and words[0] in MULTIPLES and " ".join(words) not in KNOWN:
        factor *= MULTIPLES[words.pop(0)]
    noun = " ".join(words) or ("đồng" if factor > 1 else "")
    dimension, size = KNOWN.get(noun, (noun, Decimal(1)))
    return Measure(dimension, factor * size)


def same_measure(one: str, other: str) -> bool:
    """Two spellings of the same measure: “%” and “phần trăm”, “tỷ” and “tỷ đồng”."""
    return read_measure(one) == read_measure(other)


def converted(value: Decimal, written: str, wanted: str) -> Decimal | None:
    """A number of one measure in another; None when they measure different things."""
    given, asked = read_measure(written), read_measure(wanted)
    if given.dimension != asked.dimension:
        return None
    return _plain(value * given.factor / asked.factor)


def spelled_out(written: str, wanted: str) -> str:
    """A bare “nghìn”, “triệu” beside a count of people is thousands, millions of people, not of money."""
    words, asked = normalise(written).casefold().split(" "), normalise(wanted).casefold().split(" ")
    if not all(word in MULTIPLES for word in words) or read_measure(wanted).dimension in {SHARE, MONEY}:
        return written
    while len(asked) > 1 and asked[0] in MULTIPLES:
        asked.pop(0)
    return " ".join([*words, *asked])


def share_in(part: Decimal, whole: Decimal, wanted: str) -> Decimal | None:
    """“9/10” in a measure of shares: 90 where it is %; None for other measures and for a whole of nought."""
    asked = read_measure(wanted)
    if asked.dimension != SHARE or whole == 0:
        return None
    return _plain(part / whole / asked.factor)


def _plain(value: Decimal) -> Decimal:
    """Without trailing noughts and without an exponent."""
    bare = value.normalize()
    return bare.quantize(Decimal(1)) if bare == bare.to_integral_value() else bare
