"""Figures of 2019: pasted as in Excel, a refused cell mended, drawn into the report, imported, undone."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys.hands import press, said
from tests.journeys.watch import barriers, overflow
from thidua.emulation.results.models import Report, Result
from thidua.organisations.models import Unit

STAND_ON = date(2019, 12, 5)
DAY = date(2019, 12, 6)
YEAR = "/cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/2019/"
INITIATIVES = "Sáng kiến được công nhận"
IN_TIME = "Thủ tục hành chính giải quyết đúng hạn"
LATE = "Văn bản trả lời chậm"


def unit() -> Unit:
    return Unit.objects.get(short_name="Sở Y tế")


def kept(name: str) -> str:
    return Result.objects.get(unit=unit(), indicator__name=name, period="year_end", cycle__name="2019").told


def cell(page: Page, name: str):
    return page.get_by_label(f"Kết quả: {name}")


def paste(page: Page, text: str) -> None:
    """Put a block on the clipboard, as Excel does, and press Ctrl+V."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def test_an_officer_pastes_a_block_and_mends_the_refused_cell(page_as, site) -> None:
    page = page_as("yte.cv", on=DAY)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}{YEAR}so-lieu/")
    assert barriers(page) == []
    cell(page, INITIATIVES).focus()
    paste(page, "14\n9/10\n1\n")
    told = page.locator("[data-saved]")
    expect(told).to_contain_text("1 ô chưa lưu được")
    expect(told).to_contain_text("Đã lưu lúc")
    expect(cell(page, IN_TIME)).to_have_attribute("aria-invalid", "true")
    assert (kept(INITIATIVES), kept(LATE)) == ("14 sáng kiến", "1 văn bản")
    assert kept(IN_TIME) == "98,2%", "what was refused leaves what stood there"
    assert barriers(page) == []
    page.get_by_role("button", name="Ghi 90").click()
    expect(cell(page, IN_TIME)).not_to_have_attribute("aria-invalid", "true")
    expect(told).to_contain_text("Đã lưu lúc")
    assert kept(IN_TIME) == "90%"


def test_a_block_as_excel_copies_it_loses_nothing(page_as, site) -> None:
    """Headings, blanks, quotes over two lines, three columns too many, a line's end at the end."""
    page = page_as("yte.cv", on=DAY)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
    page.goto(f"{site}{YEAR}so-lieu/quy-1/{unit().pk}/")
    cell(page, INITIATIVES).focus()
    head = "Kết quả\tĐạt\tGhi chú\tCột thừa 1\t\t\r\n"
    paste(page, f'{head}3\t\t"hai dòng\nvà ""ngoặc"""\tx\ty\tz\r\n98,5%\t\t\t\t\t\r\n\t\t\t\t\t\r\n')
    told = page.locator("[data-saved]")
    expect(told).to_contain_text("bỏ 1 dòng tiêu đề, bỏ qua 3 ô nằm ngoài bảng hoặc không ghi được")
    expect(told).to_contain_text("Đã lưu lúc")
    expect(page.get_by_label(f"Ghi chú: {INITIATIVES}")).to_have_value('hai dòng và "ngoặc"')
    expect(cell(page, IN_TIME)).to_have_value("98,5")
    cell(page, IN_TIME).focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    expect(cell(page, LATE)).to_have_value("98,5")
    expect(page.locator(".cell-fault", has_text="không có chữ số nào sau dấu phẩy")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(cell(page, LATE)).to_have_value("")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(cell(page, INITIATIVES)).to_have_value("")
    page.get_by_role("button", name="Làm lại").click()
    expect(cell(page, INITIATIVES)).to_have_value("3")
    expect(told).to_contain_text("Đã lưu lúc")


def test_what_cannot_be_sent_waits_for_the_person_who_typed_it(page_as, site, watch) -> None:
    """The network goes, then the session ends: the figures stay on the machine and are sent afterwards."""
    watch.expect("ERR_INTERNET_DISCONNECTED")
    page = page_as("yte.cv", on=DAY)
    grid = f"{site}{YEAR}so-lieu/quy-2/{unit().pk}/"
    page.goto(grid)
    told = page.locator("[data-saved]")
    page.context.set_offline(True)
    cell(page, INITIATIVES).fill("5")
    cell(page, INITIATIVES).press("Tab")
    expect(told).to_contain_text("Mất mạng")
    page.context.set_offline(False)
    expect(told).to_contain_text("Đã lưu lúc")
    signed_in = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    cell(page, INITIATIVES).fill("6")
    cell(page, INITIATIVES).press("Tab")
    expect(told).to_contain_text("Phiên đăng nhập đã hết. Số liệu giữ trên máy này.")
    colleague = page_as("yte.ld", on=DAY)
    page.context.add_cookies(colleague.context.cookies())
    page.goto(grid)
    expect(cell(page, INITIATIVES)).to_have_value("5")  # nobody else takes it up
    page.context.add_cookies(signed_in)
    page.goto(grid)
    expect(cell(page, INITIATIVES)).to_have_value("6")
    expect(told).to_contain_text("Đã lưu lúc")
    found = Result.objects.get(unit=unit(), indicator__name=INITIATIVES, period="q2", cycle__name="2019")
    assert (found.value, found.entered_by.username) == (6, "yte.cv")


def test_the_keys_are_those_of_excel(page_as, site) -> None:
    page = page_as("yte.cv", on=DAY)
    page.goto(f"{site}{YEAR}so-lieu/ca-nam/{unit().pk}/")
    first, second = cell(page, INITIATIVES), cell(page, IN_TIME)
    first.focus()
    page.keyboard.type("15")
    page.keyboard.press("Enter")
    expect(second).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("F2")
    page.keyboard.type("0")
    expect(first).to_have_value("150")
    page.keyboard.press("Escape")
    expect(first).to_have_value("15")
    page.keyboard.press("Control+z")
    expect(first).to_have_value("14")
    page.keyboard.press("Tab")
    expect(page.get_by_label(f"Ghi chú: {INITIATIVES}")).to_be_focused()
    page.reload()
    expect(first).to_have_value("14")


def test_two_who_write_the_same_cell_are_told(page_as, site) -> None:
    one, other = page_as("yte.cv", on=DAY), page_as("yte.ld", on=DAY)
    for page in (one, other):
        page.goto(f"{site}{YEAR}so-lieu/ca-nam/{unit().pk}/")
    for page, number in ((one, "2"), (other, "3")):
        cell(page, LATE).fill(number)
        cell(page, LATE).press("Tab")
        expect(page.locator("[data-saved]")).to_contain_text("lúc" if page is one else "chưa lưu được")
    expect(other.locator(".cell-fault", has_text="vừa ghi: 2")).to_be_visible()
    assert kept(LATE) == "2 văn bản"


def test_the_report_draws_the_figures_and_is_sent_on_a_phone(page_as, site) -> None:
    page = page_as("yte.cv", on=DAY, size="phone")
    page.goto(f"{site}{YEAR}so-lieu/ca-nam/{unit().pk}/")
    assert overflow(page) == 0
    page.goto(f"{site}{YEAR}bao-cao/ca-nam/{unit().pk}/soan/")
    for box in page.locator("form#bao-cao > .field textarea:visible").all():
        box.fill("Đã hoàn thành.")
    press(page, "Lấy số liệu đã ghi")
    lines = page.locator("input[name$='-indicator']")
    expect(lines.nth(1)).to_have_value(INITIATIVES)
    expect(page.locator("input[name='so-lieu-1-value']")).to_have_value("14")
    assert overflow(page) == 0
    press(page, "Gửi báo cáo")
    said(page, "Đã gửi")
    report = Report.objects.get(unit=unit(), cycle__name="2019", period="year_end")
    assert "14 sáng kiến" in [line.said for line in report.figures.all()]


def test_wrong_rows_come_back_and_an_import_is_undone(page_as, site, tmp_path: Path) -> None:
    header = "Cụm, khối\tNăm\tKỳ\tĐơn vị\tChỉ tiêu\tĐơn vị tính\tChỉ tiêu giao\tKết quả\tNguồn\tGhi chú"
    start = "Khối thi đua Văn hóa – Xã hội tỉnh Bắc Kạn\t2019\tQuý III\t"
    sound = [f"{start}Sở Y tế\t{INITIATIVES}\t\t3\t4\t\t", f"{start}Sở Y tế\t{LATE}\t\t\t0\t\t"]
    wrong = [
        f"{start}Sở Y tế\t{IN_TIME}\t\t\t0,9/1\t\t",
        f"{start}Sở Y tế\tChỉ tiêu lạ\t\t\t1\t\t",
        f"{start}Sở Khoa học và Công nghệ\t{INITIATIVES}\t\t\t1\t\t",
    ]
    page = page_as("yte.cv", on=DAY)
    page.goto(f"{site}/nhap-excel/so-lieu/")
    page.get_by_label("Hoặc dán vùng chép từ Excel").fill("\n".join([header, *sound, *wrong]))
    press(page, "Xem trước")
    said(page, "3 dòng có lỗi")
    assert barriers(page) == []
    with page.expect_download() as awaited:
        page.get_by_role("link", name="tải tệp báo lỗi").click()
    saved = tmp_path / "loi.xlsx"
    awaited.value.save_as(saved)
    rows = CalamineWorkbook.from_object(BytesIO(saved.read_bytes())).get_sheet_by_index(0).to_python()
    assert rows[0][-1] == "Lỗi"
    assert [bool(row[-1]) for row in rows[1:]] == [False, False, True, True, True]
    page.goto(f"{site}/nhap-excel/so-lieu/")
    page.get_by_label("Hoặc dán vùng chép từ Excel").fill("\n".join([header, *sound]))
    press(page, "Xem trước")
    press(page, "Nhập 2 dòng")
    said(page, "Đã nhập 2 dòng")
    third = Result.objects.filter(unit=unit(), period="q3", cycle__name="2019")
    assert sorted(result.said.text for result in third) == ["0", "4"]
    press(page, "Hoàn tác")
    said(page, "Đã hoàn tác")
    assert all(result.said.is_empty for result in third.all())
