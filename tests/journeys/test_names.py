"""The standing body looks a person up among many: by the keyboard, without accents; and without scripts."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.hands import reach, said
from tests.journeys.watch import barriers

PLACE = "/ca-nhan/chuc-vu/"


def test_a_name_is_found_without_accents_and_chosen_by_keyboard(page_as, site) -> None:
    page = page_as("bk_tdkt.cv")
    page.goto(f"{site}{PLACE}")
    box = page.get_by_role("combobox", name="Cá nhân")
    reach(page, box)
    page.keyboard.type("chuyen vien huyen ba be")
    offered = page.get_by_role("listbox").get_by_role("option")
    expect(offered).to_have_text(re.compile("^Chuyên viên Huyện Ba Bể"))
    page.wait_for_load_state("networkidle")  # the last letters too have been answered
    assert barriers(page) == []
    page.keyboard.press("ArrowDown")
    expect(offered).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(r"Chuyên viên Huyện Ba Bể, Ba Bể \(\d+\)"))


def test_without_scripts_a_name_nobody_bears_is_told_beside_the_box(page_as, site) -> None:
    page = page_as("bk_tdkt.cv", script=False)
    page.goto(f"{site}{PLACE}")
    page.get_by_label("Cá nhân").fill("Nguyễn Không Có")
    page.get_by_role("combobox", name="Đơn vị").select_option(index=1)
    page.get_by_label("Chức vụ").fill("Phó Trưởng phòng")
    page.get_by_label("Từ ngày").fill("1/2/2020")
    page.get_by_role("button", name="Ghi chức vụ").click()
    said(page, "Không có “Nguyễn Không Có” trong danh sách")
    expect(page.get_by_label("Cá nhân")).to_have_value("Nguyễn Không Có")
