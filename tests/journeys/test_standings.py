"""An officer looks where a person stands and reads the article; the standing body checks a pasted list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.journeys.hands import press, said
from tests.journeys.watch import barriers, overflow

DAY = date(2025, 12, 1)
ROWS = [
    "Họ và tên\tĐơn vị\tDanh hiệu đề nghị",
    "Trưởng khoa Nội, TTYT Mẫu\tTrung tâm Y tế khu vực Mẫu (minh họa)\tChiến sĩ thi đua tỉnh",
    "Bác sĩ khoa Nhi, TTYT Mẫu\tTrung tâm Y tế khu vực Mẫu (minh họa)\tCSTĐ cơ sở",
    "TRƯỞNG KHOA NỘI TTYT MẪU\tTrung tâm Y tế khu vực Mẫu (minh họa)\tCSTĐ tỉnh",
    "Người không có thật\tTrung tâm Y tế khu vực Mẫu (minh họa)\tLĐTT",
]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_an_officer_reads_why_and_the_article(page_as, site, size) -> None:
    page = page_as("ttyt.cv", size=size, on=DAY)
    page.goto(f"{site}/xet-khen/")
    page.get_by_role("link", name="Trưởng khoa Nội, TTYT Mẫu").first.click()
    said(page, "Đủ điều kiện")
    assert barriers(page) == []
    assert overflow(page) == 0
    title = page.locator("details.standing", has_text="Chiến sĩ thi đua tỉnh").first
    expect(title).to_contain_text("Đủ điều kiện")
    if title.get_attribute("open") is None:
        title.locator("summary").click()
    title.get_by_role("link", name="Điều 22 khoản 1").first.click()
    said(page, "Điều 22 khoản 1")
    expect(page).to_have_url(f"{site}/quy-dinh/ma/BA_CSTDCS/")


def test_the_standing_body_pastes_a_list_and_takes_it_out_again(page_as, site, tmp_path: Path) -> None:
    page = page_as("ttyt.snv", on=DAY)
    page.goto(f"{site}/xet-khen/danh-sach/")
    page.get_by_label("Tên danh sách").fill("Đợt xét cuối năm")
    page.get_by_label("Danh sách", exact=False).last.fill("\n".join(ROWS))
    press(page, "Kiểm danh sách")
    said(page, "4 dòng: 2 đủ điều kiện, 1 không được xét")
    page.get_by_role("link", name="Chỉ hiện 3 dòng phải xem lại").click()
    said(page, "Trùng dòng 2")
    said(page, "Không tìm thấy “Người không có thật”")
    assert barriers(page) == []
    assert overflow(page) == 0
    with page.expect_download() as told:
        page.get_by_role("link", name="Tải Excel kèm lý do").click()
    kept = tmp_path / "kq.xlsx"
    told.value.save_as(kept)
    table = CalamineWorkbook.from_path(str(kept)).get_sheet_by_index(0).to_python()
    assert table[0][5] == "Lý do"
    assert "Không tìm thấy" in table[4][5]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_two_readings_stand_side_by_side_and_one_is_kept(page_as, site, size) -> None:
    page = page_as("ttyt.ld", size=size, on=date(2026, 10, 15))
    page.goto(f"{site}/xet-khen/")
    page.get_by_role("link", name="Trưởng khoa Nội, TTYT Mẫu").first.click()
    page.get_by_role("link", name="Xem cả hai cách, cạnh nhau").click()
    said(page, "Luật của ngày 30/09/2026")
    assert barriers(page) == []
    assert overflow(page) == 0
    first = page.locator("details.standing").first
    first.locator("summary").first.click()
    first.get_by_role("button", name="Chọn cách xem này và lưu kết luận").last.click()
    said(page, "Cách xem đã chọn: Hồ sơ nhận trước 01/10/2026")
    assert barriers(page) == []
