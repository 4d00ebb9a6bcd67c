"""Sessions: where a person is signed in."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.usersessions.models import UserSession

from thidua.base.accounts.models import User

BROWSERS = (
    ("Edg/", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "máy Mac"),
    ("Linux", "Linux"),
)


def sessions_of(user: User) -> list[UserSession]:
    """Where the person is signed in, newest first; sessions that are over are forgotten."""
    alive: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(alive, key=lambda session: session.created_at, reverse=True)


def drop_sessions(users: Iterable[int]) -> None:
    """Sign these accounts out everywhere. Part of other actions, so it leaves no entry of its own."""
    for session in UserSession.objects.filter(user__in=list(users)):
        session.end()


def device(user_agent: str) -> str:
    """The browser and system of a session in words: “Chrome trên Windows”."""
    browser = next((word for mark, word in BROWSERS if mark in user_agent), "Trình duyệt khác")
    system = next((word for mark, word in SYSTEMS if mark in user_agent), "thiết bị khác")
    return f"{browser} trên {system}"
