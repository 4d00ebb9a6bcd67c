"""How points are read on the pages of scoring."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from thidua.base.text import decimal_text

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
def plain(value: float) -> str:
    """A coordinate of a drawing, with a dot whatever the language."""
    return f"{value:.1f}"
