"""Addresses of a conference's pages, wherever it stands."""

from __future__ import annotations

from typing import Any

from django import template

from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.conferences.models import ActionItem, Conference
from thidua.emulation.conferences.permissions import manages

register = template.Library()


@register.simple_tag
def page(conference: Conference, route: str, **more: Any) -> str:
    """The address of one of its pages: {% page conference "notes" item=item.pk %}."""
    return conference.page(route, **more)


@register.simple_tag(takes_context=True)
def may_settle(context: template.Context, task: ActionItem) -> bool:
    """The reader may say that this action item is done, so its words lead to the page that asks.

    Who manages the conference is asked once for all of its items.
    """
    by = context["request"].actor
    known: dict[int, bool] = context.dicts[0].setdefault("managed_conferences", {})
    if task.conference_id not in known:
        known[task.conference_id] = bool(manages(by, task.conference))
    return known[task.conference_id] or task.unit_id in by.units(*MEMBER_KINDS)
