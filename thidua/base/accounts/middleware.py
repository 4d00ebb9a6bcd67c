"""The demonstration's day and logins; whose password, whose unsent work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from thidua.base.accounts.models import User
from thidua.base.periods import stand_on


def demonstration_day(request: HttpRequest) -> date | None:
    """The day this session stands on: chosen, else the account's, else the setting; None outside the demo."""
    if not settings.DEMO:
        return None
    if chosen := request.session.get("demo_day"):
        return date.fromisoformat(chosen)
    user = request.user
    if isinstance(user, User) and user.demo_day:
        return user.demo_day
    day: date = settings.DEMO_DAY
    return day


class DemonstrationDay:
    """Let the calendar stand on the session's day; sign demonstration accounts out of a real system."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User) and user.is_demo and not settings.DEMO:
            logout(request)
        with stand_on(demonstration_day(request)):
            return self.get_response(request)


class OwnPasswordFirst:
    """Whoever signed in with a password somebody else has seen chooses their own before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        waits = isinstance(user, User) and user.must_change_password
        if waits and not request.path.startswith("/tai-khoan/"):
            messages.warning(
                request, "Mật khẩu này do người khác cấp. Anh/chị đổi mật khẩu trước khi làm việc."
            )
            return redirect("account_change_password")
        return self.get_response(request)


class OwnWorkOnly:
    """What waited in a browser is taken only from the person who typed it, whoever signed in there since."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        typed_by = request.headers.get("X-Typed-By")
        if typed_by and request.user.is_authenticated and typed_by != str(request.user.pk):
            told = (
                "Người khác vừa đăng nhập trên máy này. Nội dung đang gõ chờ đúng người đã gõ đăng nhập lại."
            )
            return JsonResponse({"error": told}, status=403, json_dumps_params={"ensure_ascii": False})
        return self.get_response(request)
