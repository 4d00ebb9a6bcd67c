"""Addresses of a conference's pages, wherever it stands."""

from __future__ import annotations

from typing import Any

from django import template

from thidua.emulation.conferences.models import Conference

register = template.Library()


@register.simple_tag
def page(conference: Conference, route: str, **more: Any) -> str:
    """The address of one of its pages: {% page conference "notes" item=item.pk %}."""
    return conference.page(route, **more)
