"""The request a signed-in page receives."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from thidua.base.accounts.actors import Actor


class Request(HttpRequest):
    """A request with its actor, set by the middleware of `organisations`.

    `cycle` is the cluster's year the page stands in, for the frame around it.
    """

    actor: Actor
    cycle: Any = None
