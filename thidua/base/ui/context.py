"""What the frame of every page shows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from thidua.base.periods import today


def frame(_request: HttpRequest) -> dict[str, object]:
    """Whether this is the demonstration, and the day the calendar stands on."""
    return {"demo": settings.DEMO, "today": today()}
