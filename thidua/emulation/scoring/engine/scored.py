"""What a rule made of a filing: points, points before any cap, the steps that made them, what is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from thidua.emulation.scoring.engine.numbers import ZERO, rounded, said

Step: TypeAlias = tuple[Any, ...]  # a template of `TEMPLATES` and what fills it; written out only when read


class Scored(NamedTuple):
    """`claimed`: what the filing asks before caps; `points`: what the table gives, `bonus` included."""

    points: Decimal
    claimed: Decimal
    steps: tuple[Step, ...] = ()
    faults: tuple[str, ...] = ()
    bonus: Decimal = ZERO


NOTHING = Scored(ZERO, ZERO)
LONG = 6  # decimals nobody reads to the end

TEMPLATES = {
    "direct": "{0}",
    "full": "tối đa {0}",
    "pass": "đạt: {0}",
    "fail": "không đạt: {0}",
    "count": "{0} × {1} = {2}",
    "bonus": "+{0} thưởng",
    "none": "không có trường hợp nào: {0}",
    "cap": "không quá {0}",
    "least": "không dưới {0}",
    "band": "{0} thuộc mức “{1}”: {2}",
    "step": "{0} + {1} × {2} = {3}",
    "share": "{0} × {1}/{2} = {3}",
    "rest": "{0} và {1} không thuộc ô nào: {2}",
    "cell": "hàng “{0}”, cột “{1}”: {2}",
    "half": "0,5 × {0} × {1}/{2} = {3}",
    "met": "0,5 × {0} = {1}",
    "leader": "vượt nhiều nhất: {0}",
    "over": "0,5 × {0} + {1}/{2} × 0,5 × {0} = {3}",
    "no_target": "{0} × {1}/{2} = {3} (nhóm không giao chỉ tiêu)",
    "honour": "{0}: {1}",
    "told": "{0}: {1}",
    "unclean": "chỉ thưởng khi không bị trừ: 0",
    "choice": "chỉ lấy dòng cao nhất",
    "net": "thưởng trừ bù nhau {0}, giữ {1}",
    "waived": "tự phát hiện: không trừ",
    "unlisted": "{0} không có trong bảng: {1} không tính",
    "not_assigned": "không giao chỉ tiêu",
    "sum": "{0}",
}


def written(step: Step, places: int) -> str:
    """A step in words and figures; long fractions rounded for the eye, to `places` where a result stands."""
    name, *parts = step
    return TEMPLATES[name].format(*(_part(part, places) for part in parts))


def _part(part: object, places: int) -> object:
    if not isinstance(part, Decimal):
        return part
    is_long = part.is_finite() and -int(part.as_tuple().exponent) > LONG
    return said(rounded(part, places) if is_long else part)


def clamp(value: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    """Within both ends."""
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value
