"""Addresses of a conference's pages, wherever it stands."""

from __future__ import annotations

from typing import Any

import rules
from django import template

from thidua.emulation.conferences.models import ActionItem, Conference

register = template.Library()


@register.simple_tag
def page(conference: Conference, route: str, **more: Any) -> str:
    """The address of one of its pages: {% page conference "notes" item=item.pk %}."""
    return conference.page(route, **more)


@register.simple_tag(takes_context=True)
def may_settle(context: template.Context, task: ActionItem) -> bool:
    """The reader may say that this action item is done, so its words lead to the page that asks."""
    return bool(rules.has_perm("conferences.settle_action_item", context["request"].actor, task))
