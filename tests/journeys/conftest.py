"""Walks in Debian's Chromium over the demonstration.

    def test_lan_signs(page_as, site, size):
        page = page_as("yte.ld", size=size, on=date(2020, 1, 15))
        page.goto(f"{site}/cum-thi-dua/…/")

`site` is the address of a server over a fresh copy of the demonstration, one copy a module; `STAND_ON`
in the module, a date, loads the demonstration only up to that day. Models of this process look at the
same copy. `page_as(login)` is a page with that person signed in; `size` runs a walk on a desktop and on
a phone. After each test nothing may be left in `watch`: no broken content policy, no error of a script,
no answer 500. A missing browser is a failure, not a reason to skip.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.databases import copy_database, migrated
from tests.journeys.server import load_demonstration, serving
from tests.journeys.watch import Watch
from thidua.base.accounts.models import User

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"desktop": (1366, 900), "phone": (390, 844)}
PATIENCE = 15_000  # milliseconds a page may take on a busy machine
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

expect.set_options(timeout=PATIENCE)

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's loop runs in the thread of the tests


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; without a sandbox, which containers lack and our own pages do not need."""
    if not CHROMIUM.exists():
        pytest.fail("Cần trình duyệt Chromium của Debian: apt-get install chromium", pytrace=False)
    with sync_playwright() as player:
        started = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Put the files a server hands out in their place, once, before any worker starts one."""
    if not hasattr(session.config, "workerinput"):
        with override_settings(STORAGES=_served_storages()):
            call_command("collectstatic", interactive=False, verbosity=0)


@pytest.fixture(scope="session")
def loaded(worker_id: str) -> Callable[[date | None], str]:
    """The name of a database with the demonstration up to a day, loaded once and then only copied."""
    empty = migrated()
    known: dict[date | None, str] = {}

    def load(until: date | None) -> str:
        if until not in known:
            name = f"journeys_{worker_id}_{until or 'all'}".replace("-", "_")
            copy_database(empty, name)
            load_demonstration(name, until)
            known[until] = name
        return known[until]

    return load


def _served_storages() -> dict[str, dict[str, str]]:
    from config.settings import STORAGES

    return STORAGES


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, worker_id: str, loaded: Callable[[date | None], str], django_db_blocker
) -> Iterator[str]:
    """The server's address, over a copy of the demonstration that this module may change."""
    name = f"journey_{worker_id}"
    copy_database(loaded(getattr(request.module, "STAND_ON", None)), name)
    with django_db_blocker.unblock(), serving(name) as address:
        yield address


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Faults of every page of the test; any that is left fails it."""
    seen = Watch()
    yield seen
    assert seen.unexpected() == []


@pytest.fixture(params=list(SIZES))
def size(request: pytest.FixtureRequest) -> str:
    """On a desktop, then on a phone."""
    return request.param


@pytest.fixture
def new_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """A page of a browser that nobody has used."""
    contexts = []

    def build(*, size: str = "desktop", script: bool = True, cookie: dict[str, str] | None = None) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            is_mobile=size == "phone",
            has_touch=size == "phone",
            java_script_enabled=script,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        if script:
            watch.follow(context)
        if cookie:
            context.add_cookies([cookie])
        contexts.append(context)
        return context.new_page()

    yield build
    for context in contexts:
        context.close()


@pytest.fixture
def page_as(new_page: Callable[..., Page], site: str) -> Callable[..., Page]:
    """A page with this login signed in, on a chosen day of the demonstration's calendar."""

    def sign_in(login: str, *, on: date | None = None, size: str = "desktop", script: bool = True) -> Page:
        user = User.objects.get(username=login)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        if on:
            session["demo_day"] = on.isoformat()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site}
        return new_page(size=size, script=script, cookie=cookie)

    return sign_in
