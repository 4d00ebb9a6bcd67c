"""A movement from its launching to its review, as each of its people meets it, with a table of its own."""

from __future__ import annotations

from datetime import date

from tests.journeys.hands import press, said
from tests.journeys.watch import barriers, overflow
from thidua.emulation.movements.models import CycleMovement, Movement
from thidua.emulation.scoring.queries import scorecard_of

STAND_ON = date(2019, 3, 1)
DAY = date(2019, 3, 4)
YEAR = "/cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/2019/"
TITLE = "Thi đua chuyển đổi số phục vụ Nhân dân (minh họa)"
LINES = [("1", "Hồ sơ giải quyết trực tuyến", "60"), ("2", "Sáng kiến số", "40")]


def test_the_province_launches_the_head_takes_it_in_a_member_answers(page_as, site) -> None:
    body = page_as("bk_tdkt.cv", on=DAY)
    body.goto(f"{site}/phong-trao/moi/")
    body.get_by_label("Tên phong trào").fill(TITLE)
    body.get_by_label("Thuộc danh mục").select_option(label="Cấp tỉnh: UBND tỉnh Bắc Kạn")
    body.get_by_label("Loại").select_option(label="Chuyên đề")
    body.get_by_label("Thực hiện từ ngày").fill("01/03/2019")
    body.get_by_label("Đến hết ngày").fill("31/12/2020")
    for name in ("UBND tỉnh Bắc Kạn", "Sở Thông tin và Truyền thông"):
        body.get_by_label(name, exact=True).check()
    body.get_by_label("Tiêu chí thi đua").fill("Tỷ lệ hồ sơ trực tuyến\nSố sáng kiến số")
    body.get_by_label("Khen nhiều nhất, tập thể").fill("3")
    assert barriers(body) == []
    press(body, "Thêm phong trào")
    said(body, "Đã thêm phong trào vào danh mục.")

    head = page_as("bhxh.gv", on=DAY)
    head.goto(f"{site}{YEAR}phong-trao/")
    head.get_by_label("Phong trào", exact=False).last.select_option(label=TITLE)
    head.get_by_label("Hạn gửi kế hoạch").fill("20/03/2019")
    press(head, "Thêm phong trào vào năm")
    said(head, "Đã thêm phong trào vào năm thi đua.")

    member = page_as("tttt.cv", on=DAY, size="phone")
    member.goto(f"{site}/phong-trao/{Movement.objects.get(title=TITLE).pk}/")
    member.get_by_role("link", name="Hưởng ứng phong trào").click()
    member.get_by_label("Số, ký hiệu kế hoạch").fill("21/KH-STTTT")
    member.get_by_label("Chỉ tiêu, nội dung").first.fill("Thủ tục trực tuyến")
    member.get_by_label("Số", exact=True).first.fill("30")
    assert overflow(member) == 0
    assert barriers(member) == []
    press(member, "Ghi hưởng ứng")
    said(member, "hưởng ứng phong trào")


def test_the_head_scores_it_by_itself_and_reviews_it(page_as, site) -> None:
    expected = CycleMovement.objects.get(movement__title=TITLE)
    head = page_as("bhxh.gv", on=DAY)
    head.goto(f"{site}/phong-trao/{expected.movement_id}/")
    head.get_by_role("link", name="Lập bảng điểm chuyên đề").click()
    press(head, "Bắt đầu soạn")
    for at, line in enumerate(LINES):
        for name, words in zip(("code", "title", "max_points"), line, strict=True):
            head.locator(f"[name=lines-{at}-{name}]").fill(words)
    press(head, "Lưu dự thảo")
    head.get_by_label("Hạn tự chấm").fill("20/03/2019")
    assert barriers(head) == []
    press(head, "Ban hành bảng điểm")
    said(head, "Đã ban hành bảng điểm bản 1.")

    card = scorecard_of(expected.cycle, expected)
    assert card is not None
    member = page_as("tttt.cv", on=DAY, size="phone")
    member.goto(site)
    member.get_by_role("link", name="Chấm điểm").first.click()
    member.goto(f"{site}{YEAR}phong-trao/{expected.pk}/cham-diem/")
    member.get_by_role("link", name="Sở Thông tin và Truyền thông").click()
    first, second = card.criteria.all()
    member.locator(f"[name=points_{first.pk}]").fill("55,5")
    member.get_by_label("Không giao tiêu chí 2").check()
    assert overflow(member) == 0
    assert barriers(member) == []
    press(member, "Gửi điểm tự chấm")
    said(member, "55,50")
    assert second.marks.get().filed == "không giao"

    head.goto(f"{site}/phong-trao/{expected.movement_id}/")
    said(head, "1/11 đơn vị đã tự chấm")
    body = page_as("bk_tdkt.cv", on=DAY)
    body.goto(f"{site}/phong-trao/{expected.movement_id}/danh-gia/")
    body.get_by_label("Sơ kết", exact=True).check()
    body.get_by_label("Ngày sơ kết, tổng kết").fill("04/03/2019")
    body.locator("[name=text]").fill("Phong trào bắt đầu tốt.")
    body.get_by_label("Chỉ tiêu, nội dung").first.fill("Hồ sơ trực tuyến")
    body.get_by_label("Số", exact=True).first.fill("1200")
    assert barriers(body) == []
    press(body, "Ghi kết quả phong trào")
    said(body, "Hồ sơ trực tuyến: 1.200")
    body.goto(f"{site}/phong-trao/thong-ke/?year=2019")
    said(body, "Thi đua theo chuyên đề, theo đợt")
