"""The demonstration's years, loaded once for all replays and rolled back after them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from demo.loader import load
from demo.world import World
from thidua.base.accounts.models import User

Page = Callable[[str, str], str]
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that want the years loaded come after those that begin with nothing."""
    items.sort(key=lambda item: item.path.parent == HERE and "world" in item.fixturenames)  # type: ignore[attr-defined]


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureDef[None]) -> Iterator[World]:
    """Everything the five reports tell."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield load(say=lambda _: None)
        transaction.set_rollback(True)


@pytest.fixture
def page(world: World, settings: object) -> Page:
    """The words a person reads on a page: tags dropped, spaces made single."""
    settings.DEMO = True  # type: ignore[attr-defined]

    def read(login: str, address: str) -> str:
        client = Client()
        user = User.objects.get(username=login)
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = client.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        bare = re.sub(r"<(script|style|template)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
        text = html.unescape(re.sub(r"<[^>]+>", " ", bare))
        fields = html.unescape(" ".join(re.findall(r'value="([^"]*)"', answer.content.decode())))
        return re.sub(r"\s+", " ", f"{text} {fields}")

    return read
