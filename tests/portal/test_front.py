"""What the public sees."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.story import Story


@pytest.mark.django_db
def test_a_stranger_learns_what_the_system_is_and_how_to_enter() -> None:
    page = Client().get("/")
    assert page.status_code == 200
    assert "Một năm của cụm, khối thi đua" in page.text
    assert reverse("account_login") in page.text


def test_the_front_page_tells_nothing_of_any_bloc(year: Story) -> None:
    page = Client().get(reverse("portal:front"))
    assert year.bloc.name not in page.text
    assert "Sở Y tế" not in page.text
