"""How figures are drawn on the pages of results."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def coordinate(value: float) -> str:
    """A coordinate of a drawing, with a dot whatever the language."""
    return f"{value:.1f}"


@register.filter
def shifted(value: float, by: float) -> float:
    """A coordinate moved."""
    return value + by
