"""How sign-in differs from the library's: no sign-up, no demonstration accounts outside the demo."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library carries no types
    """Accounts are given by the standing body."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Refuse a demonstration account in a real system as if it did not exist."""
        user = super().authenticate(request, **credentials)
        return None if user is not None and user.is_demo and not settings.DEMO else user

    def set_password(self, user: Any, password: str) -> None:
        """The person chose a password of their own: the first one has served."""
        user.must_change_password = False
        super().set_password(user, password)
