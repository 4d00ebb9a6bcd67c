"""What the desk adds to the frame of every page."""

from __future__ import annotations

from django.http import HttpRequest


def desk(_request: HttpRequest) -> dict[str, object]:
    """Menu and clusters of the person."""
    return {}
