"""What the frame of every page shows."""

from __future__ import annotations

import tomllib

from django.conf import settings
from django.http import HttpRequest

from thidua.base.periods import today
from thidua.base.text import initials

VERSION: str = tomllib.loads((settings.ROOT / "pyproject.toml").read_text())["project"]["version"]


def frame(request: HttpRequest) -> dict[str, object]:
    """Whether this is the demonstration, the day the calendar stands on, who is signed in."""
    name = getattr(request.user, "full_name", "") if hasattr(request, "user") else ""
    return {
        "demo": settings.DEMO,
        "mail": bool(settings.EMAIL_HOST),
        "today": today(),
        "version": VERSION,
        "initial": initials(name) if name else "",
    }
