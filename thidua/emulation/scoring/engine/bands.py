"""Ranges with open and closed ends that give points, and where they leave a gap or overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from thidua.emulation.scoring.engine.numbers import said
from thidua.emulation.scoring.engine.told import BadFile, Told


@dataclass(frozen=True, slots=True)
class Band:
    """From `low` to `high`; None has no end there. A closed end belongs to the band."""

    low: Decimal | None
    high: Decimal | None
    low_closed: bool
    high_closed: bool
    points: Decimal = Decimal(0)

    def holds(self, value: Decimal) -> bool:
        """The value lies inside."""
        if self.low is not None and (value < self.low or (value == self.low and not self.low_closed)):
            return False
        return self.high is None or value < self.high or (value == self.high and self.high_closed)

    def __str__(self) -> str:
        low = "" if self.low is None else f"{'từ' if self.low_closed else 'trên'} {said(self.low)}"
        high = "" if self.high is None else f"{'đến' if self.high_closed else 'dưới'} {said(self.high)}"
        return " ".join(word for word in (low, high) if word) or "mọi giá trị"


def read_band(told: Told, *, points: bool = True) -> Band:
    """`from` (≥) or `over` (>), `to` (≤) or `below` (<), and the `points`."""
    for one, other in (("from", "over"), ("to", "below")):
        if told.has(one) and told.has(other):
            raise BadFile(f"{told.at()}: chỉ ghi một trong hai “{one}” và “{other}”.")
    low, over = told.maybe_measure("from"), told.maybe_measure("over")
    high, below = told.maybe_measure("to"), told.maybe_measure("below")
    return Band(
        low=low if low is not None else over,
        high=high if high is not None else below,
        low_closed=low is not None,
        high_closed=high is not None,
        points=told.number("points") if points else Decimal(0),
    )


def band_of(bands: Iterable[Band], value: Decimal) -> Band | None:
    """The first band that holds the value."""
    return next((band for band in bands if band.holds(value)), None)


def faults(
    bands: Sequence[Band],
    low: Decimal | None = None,
    high: Decimal | None = None,
    *,
    whole: bool = False,
) -> Iterator[tuple[str, str]]:
    """("gap", "overlap" or "empty", where) between neighbours, and to `low` and `high` when given."""
    for band in bands:
        if band.low is not None and band.high is not None and _is_empty(band):
            hint = "; hai đầu có đảo chỗ không?" if band.low > band.high else ""
            yield "empty", f"mức “{band}” không chứa giá trị nào{hint}"
    ordered = _in_order(bands)
    if ordered and low is not None and not _reaches_down(ordered[0], low):
        yield "gap", _below(ordered[0])
    yield from ((kind, sentence) for kind, sentence, *_ in between(bands, whole=whole))
    if ordered and high is not None and not _reaches_up(ordered, high):
        yield "gap", _above(max(ordered, key=_to))


def between(bands: Iterable[Band], *, whole: bool = False) -> Iterator[tuple[str, str, Band, Band]]:
    """("gap" or "overlap", where) of neighbours, with the two."""
    ordered = _in_order(bands)
    reach = ordered[0] if ordered else None
    for other in ordered[1:]:
        assert reach is not None
        yield from ((kind, sentence, reach, other) for kind, sentence in _between(reach, other, whole=whole))
        reach = max(reach, other, key=_to)


def _in_order(bands: Iterable[Band]) -> list[Band]:
    return sorted((band for band in bands if not _is_empty(band)), key=start_of)


def beyond(bands: Iterable[Band], low: Decimal | None, high: Decimal | None) -> Iterator[Band]:
    """Bands no value reaches, by the smallest and the largest value there can be."""
    for band in bands:
        is_above = high is not None and band.low is not None and not _starts_within(band, high)
        is_below = low is not None and band.high is not None and not _ends_within(band, low)
        if is_above or is_below:
            yield band


def _starts_within(band: Band, high: Decimal) -> bool:
    return band.low is None or band.low < high or (band.low == high and band.low_closed)


def _ends_within(band: Band, low: Decimal) -> bool:
    return band.high is None or band.high > low or (band.high == low and band.high_closed)


def open_ends(bands: Sequence[Band], low: Decimal | None, high: Decimal | None) -> Iterator[str]:
    """Values beyond the lowest and the highest band, where no bound says that there are none."""
    ordered = _in_order(bands)
    if ordered and low is None and ordered[0].low is not None:
        yield _below(ordered[0])
    if ordered and high is None and all(band.high is not None for band in ordered):
        yield _above(max(ordered, key=_to))


def _below(band: Band) -> str:
    end = said(band.low or Decimal(0))
    return f"{f'dưới {end}' if band.low_closed else f'từ {end} trở xuống'} không có mức nào"


def _above(band: Band) -> str:
    end = said(band.high or Decimal(0))
    return f"{f'trên {end}' if band.high_closed else f'từ {end} trở lên'} không có mức nào"


def start_of(band: Band) -> tuple[bool, Decimal, bool]:
    """By which ranges stand in order, from the lowest."""
    return (band.low is not None, band.low or Decimal(0), not band.low_closed)


def _to(band: Band) -> tuple[bool, Decimal, bool]:
    return (band.high is None, band.high or Decimal(0), band.high_closed)


def _is_empty(band: Band) -> bool:
    if band.low is None or band.high is None:
        return False
    return band.low > band.high or (band.low == band.high and not (band.low_closed and band.high_closed))


def _reaches_down(band: Band, low: Decimal) -> bool:
    return band.low is None or band.low < low or (band.low == low and band.low_closed)


def _reaches_up(bands: Sequence[Band], high: Decimal) -> bool:
    return any(b.high is None or b.high > high or (b.high == high and b.high_closed) for b in bands)


def _between(one: Band, other: Band, *, whole: bool) -> Iterator[tuple[str, str]]:
    if one.high is None or other.low is None:
        yield "overlap", f"mức “{one}” và mức “{other}” chồng lên nhau"
    elif one.high < other.low:
        yield from _hole(one, other, one.high, other.low, whole=whole)
    elif one.high > other.low or (one.high_closed and other.low_closed):
        yield "overlap", f"mức “{one}” và mức “{other}” chồng lên nhau"
    elif not one.high_closed and not other.low_closed:
        yield "gap", f"đúng {said(one.high)} không thuộc mức nào"


def _hole(one: Band, other: Band, high: Decimal, low: Decimal, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Values between two bands; of whole numbers 5 and 6 have none between them."""
    is_step = high % 1 == low % 1 == 0 and one.high_closed and other.low_closed
    if whole and is_step and low - high == 1:
        return
    if whole and is_step:
        first, last = high + 1, low - 1
        told = (
            f"đúng {said(first)} không thuộc"
            if first == last
            else f"từ {said(first)} đến {said(last)} không có"
        )
        yield "gap", f"{told} mức nào"
        return
    start = f"{'trên' if one.high_closed else 'từ'} {said(high)}"
    end = f"{'dưới' if other.low_closed else 'đến'} {said(low)}"
    hint = "; giá trị chỉ là số nguyên thì ghi rõ “whole: true”" if is_step and low - high == 1 else ""
    yield "gap", f"{start} {end} không có mức nào{hint}"
