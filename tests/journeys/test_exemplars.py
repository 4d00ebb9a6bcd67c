"""An officer registers an exemplar with consent, on a desktop; the head's list counts it, on a phone."""

from __future__ import annotations

from datetime import date

from tests.journeys.hands import press, said
from tests.journeys.watch import barriers, overflow
from thidua.emulation.exemplars.models import Exemplar

STAND_ON = date(2019, 3, 1)
DAY = date(2019, 3, 4)
LIST = "/cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/2019/dien-hinh/"
NAME = "Tổ truyền thông minh họa"


def test_an_officer_registers_an_exemplar_with_consent(page_as, site) -> None:
    page = page_as("yte.cv", on=DAY)
    page.goto(f"{site}{LIST}")
    page.get_by_role("link", name="Ghi điển hình").first.click()
    page.get_by_label("Loại").select_option(label="Tập thể")
    page.get_by_label("Tên cá nhân, tập thể, hộ").fill(NAME)
    page.get_by_label("Việc làm, thành tích").fill("Đến từng thôn bản tuyên truyền phòng bệnh.")
    page.get_by_label("Lĩnh vực").select_option(label="Văn hóa – xã hội")
    page.get_by_label("Ý kiến về việc công khai").select_option(label="Đồng ý")
    page.get_by_label("Ngày hỏi hoặc trả lời").fill("01/03/2019")
    assert barriers(page) == []
    press(page, "Ghi điển hình")
    said(page, f"Đã ghi {NAME} vào sổ điển hình.")
    page.get_by_role("link", name="Ghi bước theo dõi").click()
    page.get_by_label("Bước").select_option(label="Tuyên truyền")
    page.get_by_label("Nội dung").fill("Giới thiệu trên loa xã.")
    press(page, "Ghi bước theo dõi")
    said(page, "Đã ghi bước theo dõi.")
    assert barriers(page) == []
    assert Exemplar.objects.get(name=NAME).follow_ups.count() == 2


def test_the_heads_list_counts_it(page_as, site) -> None:
    page = page_as("bhxh.gv", on=DAY, size="phone")
    page.goto(f"{site}{LIST}")
    said(page, "1 tập thể")
    assert page.get_by_role("link", name=NAME).is_visible()
    assert barriers(page) == []
    assert overflow(page) == 0
