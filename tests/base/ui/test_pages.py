"""The frame, the pages of errors, the gallery and the pages of signing in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.story import Story

AsUser = Callable[..., Client]


def test_a_missing_page_is_told_kindly_inside_the_frame(year: Story, as_user: AsUser) -> None:
    page = as_user("an").get("/khong-co-trang-nay/")
    assert page.status_code == 404
    assert "Không có trang này" in page.text
    assert "Việc của tôi" in page.text


@pytest.mark.django_db
def test_a_stranger_gets_the_same_page_without_the_menu() -> None:
    page = Client().get("/khong-co-trang-nay/")
    assert page.status_code == 404
    assert 'class="rail"' not in page.text


def test_the_page_of_a_fault_needs_neither_request_nor_database() -> None:
    for name in ("500.html", "400.html"):
        assert "anh/chị" in render_to_string(name).lower()


def test_a_form_from_an_old_page_loses_nothing_and_says_so(year: Story) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(reverse("account_login"), {"login": "an", "password": "x"})
    assert answer.status_code == 403
    assert "những gì đã gõ vẫn còn" in answer.text


def test_the_gallery_is_for_the_demonstration_only(
    year: Story, as_user: AsUser, settings: LazySettings
) -> None:
    browser = as_user("an")
    assert browser.get("/giao-dien/").status_code == 200
    settings.DEMO = False
    settings.DEBUG = False
    browser.force_login(
        year.people["binh"].user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert browser.get("/giao-dien/").status_code in {302, 404}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "route", ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive"]
)
def test_pages_of_the_door_speak_vietnamese(route: str) -> None:
    page = Client().get(reverse(route))
    assert page.status_code == 200
    for word in ("Password", "Sign", "Username", "account"):
        assert f">{word}" not in page.text


@pytest.mark.parametrize(
    "route", ["account_change_password", "mfa_index", "account_logout", "mfa_list_webauthn"]
)
def test_pages_of_the_account_open_inside_the_frame(year: Story, as_user: AsUser, route: str) -> None:
    page = as_user("an").get(reverse(route), follow=True)
    assert page.status_code == 200
    assert "Thi Đua" in page.text


def test_a_wrong_password_is_told_in_vietnamese_and_the_name_is_kept(year: Story) -> None:
    page = Client().post(reverse("account_login"), {"login": "an", "password": "không phải"})
    assert page.status_code == 200
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in page.text
    assert 'value="an"' in page.text


@pytest.mark.django_db
def test_the_content_policy_allows_no_inline_script_or_style() -> None:
    policy = Client().get("/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy


def test_the_frame_shows_where_one_stands(year: Story, as_user: AsUser) -> None:
    page = as_user("an").get(year.address())
    assert "Năm 2019" in page.text
    assert year.bloc.name in page.text
    assert "Nguyễn Văn An" in page.text
