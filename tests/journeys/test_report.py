"""The report of 2019: written without scripts, returned by the head, saved by itself on a phone, accepted."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import expect

from tests.journeys.hands import press, said
from tests.journeys.watch import barriers, overflow
from thidua.emulation.results.models import Report

STAND_ON = date(2019, 12, 5)
DAY = date(2019, 12, 6)
LIST = "/cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/2019/bao-cao/"


def report() -> Report:
    return Report.objects.get(unit__short_name="Sở Y tế", cycle__name="2019", period="year_end")


def test_an_officer_writes_and_sends_without_scripts(page_as, site) -> None:
    page = page_as("yte.cv", on=DAY, script=False)
    page.goto(site)
    page.get_by_role("link", name="Gửi báo cáo năm").first.click()
    first = page.locator("textarea:visible").first
    first.fill("Sở đã phát động phong trào trong toàn ngành.")
    page.get_by_role("button", name="Lưu bản nháp").click()
    said(page, "Đã lưu bản nháp.")
    page.get_by_role("link", name="Viết tiếp báo cáo").or_(
        page.get_by_role("link", name="Sửa báo cáo")
    ).click()
    for box in page.locator("form#bao-cao > .field textarea:visible").all():
        if not box.input_value():
            box.fill("Đã hoàn thành.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    said(page, "Đã gửi")
    assert report().state == "submitted"


def test_the_head_returns_it_with_a_reason(page_as, site) -> None:
    page = page_as("bhxh.gv", on=DAY)
    page.goto(f"{site}{LIST}ca-nam/{report().unit_id}/")
    page.locator("summary", has_text="Trả lại").click()
    page.get_by_label("Lý do").fill("Bổ sung số liệu sáng kiến.")
    press(page, "Trả lại báo cáo")
    said(page, "Đã trả lại")


def test_the_officer_mends_it_on_a_phone_where_it_saves_itself(page_as, site) -> None:
    page = page_as("yte.cv", on=DAY, size="phone")
    page.goto(f"{site}{LIST}ca-nam/{report().unit_id}/soan/")
    said(page, "Bổ sung số liệu sáng kiến.")
    page.locator("textarea:visible").first.fill("Sở có năm sáng kiến được công nhận.")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    assert barriers(page) == []
    assert overflow(page) == 0
    page.reload()
    expect(page.locator("textarea:visible").first).to_have_value("Sở có năm sáng kiến được công nhận.")
    press(page, "Gửi báo cáo")
    said(page, "Đã gửi")


def test_the_head_accepts_it(page_as, site) -> None:
    page = page_as("bhxh.gv", on=DAY)
    page.goto(f"{site}{LIST}ca-nam/{report().unit_id}/")
    press(page, "Tiếp nhận báo cáo")
    said(page, "Đã tiếp nhận")
    assert report().state == "accepted"
