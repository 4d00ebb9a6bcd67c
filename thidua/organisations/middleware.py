"""Gives each request its actor: who is signed in, now, with today's appointments."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.periods import now
from thidua.organisations.models import SECOND_FACTOR_KINDS
from thidua.organisations.queries import actor


class ActorOfRequest:
    """`request.actor`: the signed-in person at this moment; nobody in particular otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        known = actor(user, at=now()) if isinstance(user, User) else None
        request.actor = known  # type: ignore[attr-defined]
        return self.get_response(request)


class SecondFactorFirst:
    """Those who sign, decide or administer set up a second factor before anything else.

    Demonstration accounts are exempt: they work only where nothing is real.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _lacks_second_factor(request) and not request.path.startswith("/tai-khoan/"):
            messages.warning(
                request,
                "Người ký, duyệt hoặc quản trị phải có lớp xác thực thứ hai. Anh/chị đặt trước khi làm việc.",
            )
            return redirect("mfa_index")
        return self.get_response(request)


def _lacks_second_factor(request: HttpRequest) -> bool:
    known: Actor | None = getattr(request, "actor", None)
    if known is None or known.user is None or known.user.is_demo:
        return False
    return known.holds(*SECOND_FACTOR_KINDS) and not is_mfa_enabled(known.user)
