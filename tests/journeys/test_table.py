"""A table of Excel on its way: read, mended where the check says, adopted, given back the same."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.emulation.scoring.engine.layouts import t1_workbook
from tests.journeys.hands import press, said
from tests.journeys.watch import barriers, overflow
from thidua.emulation.scoring.engine import load, read_table
from thidua.emulation.scoring.engine.intake import read_layout
from thidua.emulation.scoring.engine.output import plain

YEAR = "cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/2020/bang-diem/"


def mend_bands(page: Page, code: str, row: int) -> None:
    """The band above begins at its end: “trên 98” becomes “từ 98”."""
    page.get_by_role("link", name=f"Sửa {code}", exact=True).click()
    table = page.locator(".lines-table:visible").first
    expect(table.locator(".row-fault:visible").first).to_contain_text("không thuộc mức nào")
    table.locator("tbody tr").nth(row).get_by_label("Đầu dưới").select_option("từ")
    expect(page.locator("#thay-ngay .wrong")).to_have_count(0)
    press(page, "Lưu tiêu chí")
    said(page, f"Đã lưu tiêu chí {code}")


def mend_sign(page: Page, code: str, extra: str) -> None:
    """A negative number in the column of bonuses is a deduction."""
    page.get_by_role("link", name=f"Sửa {code}", exact=True).click()
    place = page.locator("table.formset tbody tr", has=page.locator(f'input[value="{extra}"]'))
    place.locator("select").first.select_option("deductions")
    number = place.locator("input[name$='-each']")
    number.fill(number.input_value().lstrip("-−"))
    cap = place.locator("input[name$='-cap']")
    cap.fill(cap.input_value().lstrip("-−"))
    press(page, "Lưu tiêu chí")
    said(page, f"Đã lưu tiêu chí {code}")


def test_a_table_of_excel_is_mended_adopted_and_comes_back_the_same(page_as, site, tmp_path: Path) -> None:
    book = tmp_path / "t1.xlsx"
    book.write_bytes(t1_workbook())
    page = page_as("cdndt.gv", size="desktop")
    page.goto(f"{site}/{YEAR}nhap/")
    page.get_by_label("Tệp bảng điểm").set_input_files(book)
    press(page, "Xem trước")
    said(page, "43 dòng, thang 100")
    press(page, "Nhập vào dự thảo")
    said(page, "Đã nhập bảng điểm vào dự thảo")
    expect(page.get_by_role("button", name="Ban hành bảng điểm")).to_be_disabled()
    mend_bands(page, "C1", 0)
    mend_bands(page, "C2", 0)
    mend_sign(page, "b2", "b2.6")
    mend_sign(page, "4.1", "4.1.1")
    assert barriers(page) == []
    assert overflow(page) == 0
    page.get_by_label("Lý do vẫn ban hành").fill("Giữ như văn bản đã thống nhất trong khối")
    press(page, "Ban hành bảng điểm")
    said(page, "đã ban hành")
    with page.expect_download() as kept:
        page.get_by_role("link", name="Xuất Excel").click()
    data = Path(kept.value.path()).read_bytes()
    with page.expect_download() as file:
        page.get_by_role("link", name="Tải tệp bảng điểm").click()
    assert plain(read_table(read_layout(data, "bang.xlsx").document)) == plain(
        read_table(load(file.value.path()))
    )
    paper = page.request.get(f"{site}/{YEAR}van-ban/pdf/")
    assert paper.body().startswith(b"%PDF")
