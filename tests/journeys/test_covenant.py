"""The covenant of 2019: opened by the head's officer, signed by keyboard, without scripts, on a phone."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from tests.journeys.hands import press, press_by_keyboard, reach, said
from tests.journeys.watch import barriers
from thidua.emulation.clusters.models import Covenant, Signature

STAND_ON = date(2019, 2, 20)
DAY = date(2019, 2, 26)
WHERE = "/cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/2019/giao-uoc/"
AGREED = "Tôi đã đọc"


def test_the_head_writes_and_opens_the_covenant(page_as, site) -> None:
    page = page_as("bhxh.gv", on=DAY)
    page.goto(site + WHERE)
    press(page, "Soạn giao ước")
    page.locator("[name=text]").fill("Các đơn vị thi đua hoàn thành toàn diện nhiệm vụ năm 2019.")
    assert barriers(page) == []
    press(page, "Lưu và xem lại")
    press(page, "Mở ký giao ước")
    said(page, "0/11 đơn vị đã ký")


def test_a_leader_signs_with_the_keyboard(page_as, site) -> None:
    page = page_as("yte.ld", on=DAY)
    page.goto(site + WHERE)
    reach(page, page.get_by_label(AGREED))
    page.keyboard.press("Space")
    press_by_keyboard(page, "Ký giao ước")
    said(page, "1/11 đơn vị đã ký")
    assert Signature.objects.get().unit.short_name == "Sở Y tế"


def test_a_leader_signs_without_scripts(page_as, site) -> None:
    page = page_as("gddt.ld", on=DAY, script=False)
    page.goto(site + WHERE)
    page.get_by_label(AGREED).check()
    page.get_by_role("button", name="Ký giao ước").click()
    said(page, "2/11 đơn vị đã ký")


def test_a_leader_signs_on_a_phone_from_what_waits(page_as, site) -> None:
    page = page_as("cdndt.ld", on=DAY, size="phone")
    page.goto(site)
    page.locator(".todo").get_by_role("link", name="Ký giao ước").first.click()
    page.get_by_label(AGREED).check()
    press(page, "Ký giao ước")
    said(page, "3/11 đơn vị đã ký")
    page.goto(site)
    expect(page.locator(".todo").get_by_role("link", name="Ký giao ước")).to_have_count(0)


def test_nobody_signs_twice_or_for_another(page_as, site) -> None:
    for login in ("yte.ld", "yte.cv", "bk_tdkt.cv"):
        page = page_as(login, on=DAY)
        page.goto(site + WHERE)
        expect(page.get_by_role("button", name="Ký giao ước")).to_have_count(0)
    assert Covenant.objects.get().signatures.count() == 3
