"""How points are read on the pages of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from thidua.base.text import decimal_text
from thidua.emulation.scoring.engine import read_number, said
from thidua.rulebook.catalogue import with_names

register = template.Library()


@register.filter
def at(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key that is itself a variable."""
    return values.get(key)


@register.filter
def minus(left: Decimal, right: Decimal) -> Decimal:
    """The difference of two points."""
    return left - right


@register.filter
def signed(value: Decimal, places: int) -> str:
    """“+0,50”, “−1,00”, “0,00”: for bonuses and penalties."""
    text = decimal_text(value, places)
    return f"+{text}" if value > 0 else text


@register.filter
def up(place: int, better: int) -> int:
    """By how many places a place is better than another."""
    return place - better


@register.filter
def plain(value: float) -> str:
    """A coordinate of a drawing, with a dot whatever the language."""
    return f"{value:.1f}"


@register.filter
def signed_points(mark: Any, line: Any) -> Decimal:
    """The points of a mark, below nought on a line of penalties."""
    points: Decimal = mark.points
    return -abs(points) if line.kind == "penalty" else points


@register.filter
def filed(mark: Any) -> str:
    """What was filed, in words: “6”, “kết quả 120, chỉ tiêu 100”, “a4.5: 1”."""
    own = [] if mark.filed is None else [_said(mark.filed)]
    return "; ".join([*own, *(f"{code}: {_said(one)}" for code, one in mark.extras.items())])


KEYS = {"actual": "kết quả", "target": "chỉ tiêu", "count": "số việc", "points": "điểm", "bonus": "thưởng"}


@register.filter(name="said")
def _said(value: Any) -> str:
    """A filing in words."""
    if isinstance(value, Mapping):
        words = {key: one for key, one in value.items() if key != "waived"}
        told = [f"{KEYS.get(key, key)} {_said(one)}" for key, one in words.items()]
        return ", ".join([*told, *(["tự phát hiện"] if value.get("waived") else [])])
    if isinstance(value, list):
        return "; ".join(map(_said, value))
    number = read_number(value)
    return with_names(str(value)) if number is None else said(number)


register.filter("named", with_names)
