"""The public front page: what the system is, and the way in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The public sees nothing of the clusters yet but this page."""
    return render(request, "portal/front.html")
