"""A refusal becomes a page, never a 500."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from thidua.base.audit.refusals import NotAllowed, Refused


class RefusalsAsPages:
    """Show what an action refused: 403 as its own page, the rest as a notice on the page one came from."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only refusals; anything else is a fault and stays one."""
        if not isinstance(exception, Refused):
            return None
        came_from = request.headers.get("Referer", "")
        host = {request.get_host()}
        is_fault_of_moment = request.method == "POST" and not isinstance(exception, NotAllowed)
        if is_fault_of_moment and url_has_allowed_host_and_scheme(came_from, allowed_hosts=host):
            for reason in exception.reasons:
                messages.error(request, reason)
            return redirect(came_from)
        return render(request, "ui/refused.html", {"reasons": exception.reasons}, status=exception.status)
