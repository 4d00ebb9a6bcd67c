"""The door: everybody reaches the sign-in page, on any screen, with or without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from demo.world import PASSWORD
from tests.journeys.watch import barriers, overflow


def test_the_sign_in_page_is_open_to_everybody(new_page, site, size) -> None:
    page = new_page(size=size)
    page.goto(f"{site}/tai-khoan/dang-nhap/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đăng nhập")
    expect(page.get_by_role("textbox", name="Tên đăng nhập")).to_be_focused()
    assert barriers(page) == []
    assert overflow(page) == 0


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_head_officer_signs_in_and_sees_what_waits(new_page, site, size, script) -> None:
    page = new_page(size=size, script=script)
    page.goto(site)
    page.get_by_role("link", name="Đăng nhập").first.click()
    page.get_by_role("textbox", name="Tên đăng nhập").fill("cdndt.gv")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Việc của tôi")
    assert overflow(page) == 0


def test_a_wrong_password_is_said_beside_the_field(new_page, site) -> None:
    page = new_page()
    page.goto(f"{site}/tai-khoan/dang-nhap/")
    page.get_by_role("textbox", name="Tên đăng nhập").fill("cdndt.gv")
    page.get_by_label("Mật khẩu", exact=True).fill("sai-mat-khau")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_text("không đúng")).to_be_visible()
    expect(page.get_by_role("textbox", name="Tên đăng nhập")).to_have_value("cdndt.gv")
    assert barriers(page) == []


def test_what_a_scanned_code_carries_is_kept_in_the_tab_while_signing_in(new_page, site) -> None:
    page = new_page()
    asked = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data}"))
    page.goto(f"{site}/don-vi/#ma=MAT-MA")
    page.get_by_role("textbox", name="Tên đăng nhập").fill("cdndt.gv")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Đơn vị")
    assert page.evaluate("sessionStorage.getItem('fragment:/don-vi/')") == "#ma=MAT-MA"
    assert not any("MAT-MA" in told for told in asked)
