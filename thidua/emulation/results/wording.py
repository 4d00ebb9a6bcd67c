"""What officers write in a cell, and what is kept of it: “trên 50%”, “97,7–139,5”, “hàng trăm”, “9/10”.

A figure in another unit of measure than the indicator's is refused, with what it comes to in the right
one where that can be told, so that taking the offer is one click.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from thidua.base.text import normalise, read_decimal, search_key
from thidua.base.text.measures import converted, same_measure, share_in, spelled_out
from thidua.emulation.clusters.models import Indicator, Qualifier
from thidua.emulation.results.models import WORDS_ALONE, Said

SIGNS = {
    "≥": Qualifier.AT_LEAST,
    ">=": Qualifier.AT_LEAST,
    "≤": Qualifier.AT_MOST,
    "<=": Qualifier.AT_MOST,
    ">": Qualifier.ABOVE,
    "<": Qualifier.BELOW,
    "=": Qualifier.EQUAL,
    "~": Qualifier.ABOUT,
    "≈": Qualifier.ABOUT,
}
WORDS = {
    **{search_key(label): Qualifier(value) for value, label in Qualifier.choices},
    "it nhat": Qualifier.AT_LEAST,
    "hon": Qualifier.ABOVE,
    "vuot": Qualifier.ABOVE,
    "toi da": Qualifier.AT_MOST,
    "nhieu nhat": Qualifier.AT_MOST,
    "duoi": Qualifier.BELOW,
    "gan": Qualifier.ABOUT,  # nearly: “dưới” would say that it may be far less
    "xap xi": Qualifier.ABOUT,
    "uoc": Qualifier.ABOUT,
    "uoc dat": Qualifier.ABOUT,
    "dat": Qualifier.EQUAL,
    "tu": Qualifier.AT_LEAST,
    "toi thieu": Qualifier.AT_LEAST,
    "lon hon": Qualifier.ABOVE,
    "cao hon": Qualifier.ABOVE,
    "nho hon": Qualifier.BELOW,
    "thap hon": Qualifier.BELOW,
}
AFTER = {"tro len": Qualifier.AT_LEAST, "tro xuong": Qualifier.AT_MOST}
REACHED = re.compile(r"đạt\s+(?=[^\d\s])", re.IGNORECASE)  # “đạt trên 50%” says what “trên 50%” says
NUMBER = r"[-−]?\d[\d.,\u00a0 ]*\d|[-−]?\d"
BARE = re.compile(rf"({NUMBER})\s*(.*)", re.DOTALL)
SPREAD = re.compile(rf"({NUMBER})\s*(\D*?)\s*(?:–|—|-|đến|tới)\s*({NUMBER})\s*(.*)", re.DOTALL)
SHARE = re.compile(rf"({NUMBER})\s*/\s*({NUMBER})\s*(.*)", re.DOTALL)
LARGEST = Decimal(10) ** 13  # what the column holds before the comma
LONGEST = 120


class Unfit(ValueError):
    """A cell that is not taken: why, and (`offer`) what could stand there instead."""

    def __init__(self, reason: str, offer: str = "") -> None:
        super().__init__(reason)
        self.reason, self.offer = reason, offer


@dataclass(frozen=True)
class Written:
    """The parts of what was written, before the indicator is asked."""

    qualifier: str
    value: Decimal | None = None
    upper: Decimal | None = None
    whole: Decimal | None = None  # of “9/10”, the ten
    measure: str = ""


def read_said(text: str, indicator: Indicator) -> Said:
    """What a cell says, in the indicator's own unit of measure. Raises Unfit with the reason and an offer."""
    bare = normalise(text)
    if not bare or bare in {"–", "-", "—"}:
        return Said()
    if len(bare) > LONGEST:
        raise Unfit("Ô này dài quá. Anh/chị ghi số ở đây, lời giải thích ở cột ghi chú.")
    return _fit(_parts(bare), indicator)


def _parts(text: str) -> Written:
    qualifier, rest = _qualified(REACHED.sub("", text, count=1) if REACHED.match(text) else text)
    if qualifier in WORDS_ALONE:
        return Written(qualifier, measure=rest)
    if found := SHARE.fullmatch(rest):
        return Written(
            qualifier, _number(found[1], text), whole=_number(found[2], text), measure=found[3].strip()
        )
    if found := SPREAD.fullmatch(rest):
        between = {Qualifier.EQUAL, Qualifier.AT_LEAST, Qualifier.RANGE, Qualifier.ABOUT}
        if qualifier not in between:
            raise Unfit("Khoảng số thì không kèm “trên”, “dưới”. Anh/chị ghi như 97,7–139,5.")
        measure = found[4].strip() or found[2].strip()
        return Written(Qualifier.RANGE, _number(found[1], text), _number(found[3], text), measure=measure)
    if found := BARE.fullmatch(rest):
        return Written(qualifier, _number(found[1], text), measure=found[2].strip())
    raise Unfit(f"“{text[:40]}” không phải là số. Anh/chị ghi như 1.234,5; trên 50; 97,7–139,5; hàng trăm.")


def _qualified(text: str) -> tuple[str, str]:
    """The sign or words before the number, and what follows them."""
    for sign in sorted(SIGNS, key=len, reverse=True):
        if text.startswith(sign):
            return SIGNS[sign], text[len(sign) :].strip()
    words = text.split(" ")
    if (known := AFTER.get(search_key(" ".join(words[-2:])))) is not None and words[:-2]:
        return known, " ".join(words[:-2])
    for count in (2, 1):
        known = WORDS.get(search_key(" ".join(words[:count])))
        if known is not None and len(words) >= count:
            return known, " ".join(words[count:])
    return Qualifier.EQUAL, text


def _number(text: str, whole: str) -> Decimal:
    try:
        return read_decimal(text)
    except ValueError as fault:
        raise Unfit(f"“{whole[:40]}” không phải là số. Anh/chị viết như 1.234,5.") from fault


def _fit(told: Written, indicator: Indicator) -> Said:
    """In the indicator's measure and with its decimals, or refused."""
    if told.whole is not None:
        _refuse_share(told, indicator)
    if told.measure and not same_measure(told.measure, indicator.measure):
        _refuse_measure(told, indicator)
    _refuse_size(told, indicator)
    if told.qualifier == Qualifier.RANGE and (
        told.upper is None or (told.value is not None and told.upper <= told.value)
    ):
        raise Unfit("Khoảng số ghi từ số nhỏ đến số lớn, như 97,7–139,5.")
    return Said(told.qualifier, told.value, told.upper)


def _refuse_share(told: Written, indicator: Indicator) -> None:
    """“9/10” is never kept as it is written: one indicator, one unit of measure."""
    assert told.value is not None
    assert told.whole is not None
    share = share_in(told.value, told.whole, indicator.measure)
    if share is None:
        raise Unfit(f"Chỉ tiêu này tính bằng {indicator.measure}. Anh/chị ghi một số, không ghi phân số.")
    offer = _offer(told.qualifier, share, None, indicator)
    raise Unfit(
        f"Chỉ tiêu này tính bằng {indicator.measure}. Anh/chị ghi {offer} {indicator.measure}.", offer
    )


def _refuse_measure(told: Written, indicator: Indicator) -> None:
    right = f"Chỉ tiêu này tính bằng {indicator.measure}, không tính bằng {told.measure[:40]}."
    written = spelled_out(told.measure, indicator.measure)
    value = converted(told.value, written, indicator.measure) if told.value is not None else None
    if value is None:
        raise Unfit(right)
    if value and not rounded(value, indicator.decimals):
        raise Unfit(f"{right} Số này quá nhỏ để ghi bằng {indicator.measure}.")
    upper = converted(told.upper, written, indicator.measure) if told.upper is not None else None
    offer = _offer(told.qualifier, value, upper, indicator)
    raise Unfit(f"{right} Anh/chị ghi {offer} {indicator.measure}.", offer)


def _refuse_size(told: Written, indicator: Indicator) -> None:
    numbers = [number for number in (told.value, told.upper) if number is not None]
    if any(abs(number) >= LARGEST for number in numbers):
        raise Unfit("Số này quá lớn.")
    if any(number != rounded(number, indicator.decimals) for number in numbers):
        assert told.value is not None
        offer = _offer(told.qualifier, told.value, told.upper, indicator)
        places = f"nhiều nhất {indicator.decimals} chữ số" if indicator.decimals else "không có chữ số nào"
        raise Unfit(f"Chỉ tiêu này {places} sau dấu phẩy. Anh/chị ghi {offer}.", offer)


def rounded(number: Decimal, places: int) -> Decimal:
    """Half up, to the indicator's decimals."""
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _offer(qualifier: str, value: Decimal, upper: Decimal | None, indicator: Indicator) -> str:
    """What could be written instead."""
    ends = rounded(value, indicator.decimals), None if upper is None else rounded(upper, indicator.decimals)
    return Said(qualifier, *ends).text


def range_fault(qualifier: str, value: Decimal | None, upper: Decimal | None) -> str:
    """Why a range, or an end without one, is not taken; empty when it is sound."""
    if qualifier != Qualifier.RANGE:
        return "" if upper is None else "Chọn mức “trong khoảng” thì mới ghi số đến."
    if value is None or upper is None or upper <= value:
        return "Khoảng số ghi từ số nhỏ đến số lớn."
    return ""
