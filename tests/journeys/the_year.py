"""The bloc's whole year as its own users do it on the pages, act by act; the other members follow behind.

The walk is the same on a desktop and on a phone: `test_year_desktop.py`, `test_year_phone.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.journeys import others
from tests.journeys.hands import press, press_by_keyboard, reach, said
from tests.journeys.watch import overflow

STAND_ON = date(2019, 1, 3)
CONFERENCE_DAY = date(2020, 1, 8)
HEAD, WALKER, BODY = "bhxh.gv", "tttt.cv", "bk_tdkt.cv"
COMMITTEE = ("khcn", "dantoc", "cdcd")
COUNT = {"printed": "12", "unused": "1", "issued": "11", "returned": "11", "kept": "0", "valid": "11"}
VOTES = {"Sở Thông tin và Truyền thông": "10", "Sở Y tế": "1"}


@dataclass
class Walk:
    """Somebody at a screen: who, and on which day."""

    page_as: Callable[..., Page]
    site: str
    size: str

    def home(self, login: str, day: date) -> Page:
        """“Việc của tôi” of a person on a day."""
        page = self.page_as(login, on=day, size=self.size)
        page.goto(self.site)
        return page

    def at(self, login: str, day: date, where: str) -> Page:
        """A page of the bloc's year."""
        page = self.page_as(login, on=day, size=self.size)
        page.goto(f"{self.site}/cum-thi-dua/{others.BLOC}/2019/{where}")
        assert overflow(page) == 0, page.url
        return page


def todo(page: Page, title: str) -> Locator:
    """What waits under this title on the home page."""
    return page.locator(".todo", has=page.locator("h3", has_text=title)).first


def begin(page: Page, title: str) -> None:
    """Open what waits under this title."""
    todo(page, title).get_by_role("link").last.click()
    page.wait_for_load_state()
    assert overflow(page) == 0, page.url


def the_head_adopts_the_regulation(walk: Walk) -> None:
    page = walk.home(HEAD, date(2019, 2, 15))
    begin(page, "quy chế")
    page.get_by_role("button", name="Dùng mẫu").first.click()
    press(page, "Lưu và xem lại")
    page.get_by_role("link", name="Thông qua quy chế").click()
    page.get_by_label("Thông qua tại").fill("Hội nghị khối (minh họa)")
    page.get_by_label("Áp dụng từ ngày").fill("15/02/2019")
    press(page, "Thông qua quy chế")
    said(page, "Áp dụng từ 15/02/2019")


def all_leaders_sign_the_covenant(walk: Walk) -> None:
    day = date(2019, 2, 26)
    page = walk.home(HEAD, day)
    begin(page, "giao ước")
    press(page, "Soạn giao ước")
    page.locator("[name=text]").fill("Các đơn vị thi đua hoàn thành toàn diện nhiệm vụ năm 2019.")
    press(page, "Lưu và xem lại")
    press(page, "Mở ký giao ước")
    page = walk.home("tttt.ld", day)
    begin(page, "Ký giao ước")
    page.get_by_label("Tôi đã đọc").check()
    press(page, "Ký giao ước")
    said(page, "1/11 đơn vị đã ký")
    others.sign(day)
    page.reload()
    said(page, "11/11 đơn vị đã ký")


def members_register_and_the_head_forwards(walk: Walk) -> None:
    page = walk.home(WALKER, date(2019, 3, 8))
    begin(page, "đăng ký")
    page.locator("select[name$=honour_kind], select[name$=kind]").first.select_option("CO_TINH")
    press(page, "Gửi đăng ký")
    said(page, "Đã gửi")
    others.register(date(2019, 3, 9))
    page = walk.home(HEAD, date(2019, 3, 15))
    begin(page, "đăng ký")
    said(page, "11/11 đơn vị đã gửi")
    press(page, "Chuyển 11 bản đăng ký")
    said(page, "Đã chuyển")


def a_movement_is_launched_and_answered(walk: Walk) -> None:
    day = date(2019, 3, 20)
    page = walk.at(HEAD, day, "phong-trao/")
    page.get_by_role("link", name="Phát động phong trào").click()
    page.locator("[name=title]").fill("Chung sức xây dựng nông thôn mới")
    page.locator("[name=other_launchers]").fill("Khối thi đua Văn hóa – Xã hội")
    press(page, "Phát động phong trào của khối")
    said(page, "Đã phát động phong trào")
    page = walk.home(WALKER, day)
    begin(page, "phong trào")
    if page.get_by_role("button", name="Ghi hưởng ứng").count() == 0:
        page.get_by_role("link", name="Hưởng ứng").first.click()
    page.locator("[name=note]").fill("Toàn ngành hưởng ứng.")
    page.locator("[name=plan_symbol]").fill("15/KH-STTTT")
    page.locator("[name=plan_dated]").fill("18/03/2019")
    press(page, "Ghi hưởng ứng")
    said(page, "1/11")
    others.adopt(day)
    page = walk.at(HEAD, day, "phong-trao/")
    said(page, "11/11")


TABLE = [
    ("I", "Thực hiện nhiệm vụ", "group", "", "100"),
    ("1.1", "Hoàn thành chỉ tiêu công tác", "mark", "I", "60"),
    ("1.2", "Tổ chức phong trào thi đua", "mark", "I", "40"),
]


def the_head_issues_the_points_table(walk: Walk) -> None:
    page = walk.home(HEAD, date(2019, 3, 29))
    begin(page, "bảng điểm")
    page.get_by_role("link", name="Soạn bảng điểm").click()
    press(page, "Bắt đầu soạn")
    for n, (code, title, kind, parent, points) in enumerate(TABLE):
        page.locator(f"[name=lines-{n}-code]").fill(code)
        page.locator(f"[name=lines-{n}-title]").fill(title)
        page.locator(f"[name=lines-{n}-kind]").select_option(kind)
        page.locator(f"[name=lines-{n}-parent]").fill(parent)
        page.locator(f"[name=lines-{n}-max_points]").fill(points)
    press(page, "Lưu dự thảo")
    page.get_by_role("link", name="Sửa 1.2").click()
    page.get_by_label("Cách tính", exact=True).select_option(label="Theo phần trăm hoàn thành")
    press(page, "Lưu tiêu chí")
    said(page, "40 điểm × phần trăm hoàn thành")
    press(page, "Ban hành bảng điểm")
    said(page, "Đã ban hành bảng điểm bản 1")


def reports_are_sent_taken_and_compiled(walk: Walk) -> None:
    day = date(2019, 12, 6)
    page = walk.home(WALKER, day)
    begin(page, "báo cáo năm")
    for box in page.locator("form#bao-cao > .field textarea").all():
        box.fill("Sở đã hoàn thành nhiệm vụ năm.")
    press(page, "Gửi báo cáo")
    said(page, "Đã gửi")
    page = walk.at(HEAD, day, f"bao-cao/ca-nam/{others.unit_of(others.WALKER).pk}/")
    press(page, "Tiếp nhận báo cáo")
    said(page, "Đã tiếp nhận")
    others.report(date(2019, 12, 7))
    page = walk.home(HEAD, date(2019, 12, 9))
    begin(page, "Tổng hợp báo cáo")
    press(page, "Gom 11 báo cáo mới")
    said(page, "Sở Y tế")


def the_walker_marks_itself(walk: Walk) -> None:
    page = walk.home(WALKER, date(2019, 12, 12))
    begin(page, "tự chấm")
    page.locator("input.num[name^=points_]").fill("58,5")
    page.locator("input.num[name^=filed_]").first.fill("97,5")
    said(page, "39,00 điểm")
    press(page, "Gửi điểm tự chấm")
    said(page, "97,50")
    others.score("self", date(2019, 12, 13))


def members_score_each_other(walk: Walk) -> None:
    page = walk.at(HEAD, date(2019, 12, 19), "cham-diem/phan-cong/")
    press(page, "Lưu phân công")
    said(page, "Đã phân công chấm chéo")
    page = walk.home(others.scorer_of_walker(), date(2019, 12, 20))
    begin(page, "Chấm chéo Sở Thông tin và Truyền thông")
    press(page, "Lấy điểm lớp trước")
    expect(page.locator("input.num[name^=points_]").first).to_have_value("58,5")
    expect(page.locator("input.num[name^=filed_]").first).to_have_value("97,5")
    press(page, "Gửi điểm chấm chéo")
    said(page, "97,50")
    others.score("cross", date(2019, 12, 20))


def the_standing_body_appraises(walk: Walk) -> None:
    page = walk.at(BODY, date(2019, 12, 30), f"cham-diem/{others.unit_of(others.WALKER).pk}/")
    press(page, "Lấy điểm lớp trước")
    expect(page.locator("input.num[name^=points_]").first).to_have_value("58,5")
    page.locator("input.num[name^=points_]").first.fill("57")
    page.locator("[name^=reason_]").first.fill("Hai chỉ tiêu chưa có minh chứng.")
    press(page, "Gửi điểm thẩm định")
    said(page, "96,00")
    others.score("appraisal", date(2019, 12, 30), BODY)


def the_walker_explains_and_the_head_concludes(walk: Walk) -> None:
    where = f"cham-diem/{others.unit_of(others.WALKER).pk}/"
    page = walk.at(WALKER, date(2020, 1, 2), where)
    page.locator("main").get_by_role("link", name="Xem tiêu chí").first.click()
    page.locator("summary", has_text="Giải trình").click()
    page.locator("[name=text]").fill("Minh chứng đã gửi bổ sung ngày 02/01/2020.")
    press(page, "Gửi giải trình")
    said(page, "Minh chứng đã gửi bổ sung")
    page = walk.at(HEAD, date(2020, 1, 6), where)
    page.locator("summary", has_text="Trả lời giải trình").click()
    answer = page.locator("details", has_text="Trả lời giải trình")
    answer.locator("[name=text]").fill("Minh chứng bổ sung chưa đủ hai chỉ tiêu.")
    answer.locator("[name=accepted]").select_option(label="Không chấp nhận")
    press(page, "Trả lời")
    said(page, "Minh chứng bổ sung chưa đủ")
    press(page, "Lấy điểm lớp trước")
    expect(page.locator("input.num[name^=points_]").first).to_have_value("57")
    press(page, "Gửi điểm kết luận")
    said(page, "Đã gửi")
    others.score("final", date(2020, 1, 6), HEAD)
    page = walk.at(HEAD, date(2020, 1, 7), "xep-hang/")
    press(page, "Công bố kết quả")
    said(page, "Công bố trong khối")
    page = walk.at(WALKER, date(2020, 1, 7), "xep-hang/")
    said(page, "96,00")
    page.get_by_role("link", name="Tính lại từ điểm đã lưu").click()
    said(page, "Tính lại ra đúng mã này")
    page.locator("main").get_by_role("link", name="Sở Thông tin và Truyền thông").first.click()
    said(page, "Từng nhóm tiêu chí")
    page = walk.at(HEAD, date(2020, 1, 8), "xep-hang/trinh-chieu/")
    said(page, "96,00")
    expect(page.locator("footer")).to_contain_text("Đã công bố 07/01/2020")


def the_conference_is_called(walk: Walk) -> None:
    day = date(2019, 12, 27)
    page = walk.at(HEAD, day, "hoi-nghi/lap/")
    page.get_by_label("Loại hội nghị").select_option(label="Hội nghị tổng kết")
    page.get_by_label("Tên hội nghị").fill("Hội nghị tổng kết công tác thi đua, khen thưởng năm 2019")
    page.get_by_label("Ngày họp").fill("08/01/2020")
    page.get_by_label("Giờ khai mạc").fill("14:00")
    page.get_by_label("Địa điểm").fill("Hội trường Bảo hiểm Xã hội tỉnh")
    press(page, "Lập hội nghị")
    press(page, "Gửi giấy mời")
    said(page, "Đã gửi giấy mời")
    page = walk.home(WALKER, date(2020, 1, 3))
    begin(page, "Cử đại biểu")
    page.get_by_label("Dự").first.check()
    page.locator("[name$=-person_name]").first.fill("Giám đốc Sở Thông tin và Truyền thông")
    page.locator("[name$=-office_name]").first.fill("Giám đốc")
    page.locator("[name$=-is_voter]").first.check()
    press(page, "Gửi trả lời")
    said(page, "Đã gửi trả lời")
    others.answer(date(2020, 1, 4))


def the_conference_opens(walk: Walk) -> None:
    page = walk.at(HEAD, CONFERENCE_DAY, "hoi-nghi/")
    page.get_by_role("link", name="Hội nghị tổng kết").first.click()
    page.get_by_role("link", name="Điểm danh", exact=True).click()
    for box in page.locator("[name=present]").all():
        box.check()
    press(page, "Lưu điểm danh")
    said(page, "Có mặt 11/11")
    page = walk.at(HEAD, CONFERENCE_DAY, f"hoi-nghi/{others.conference().pk}/")
    press(page, "Khai mạc hội nghị")
    said(page, "Hội nghị đã khai mạc")


def the_leading_unit_is_elected(walk: Walk) -> None:
    """By secret ballot on paper; the two counts are entered with the keyboard alone."""
    page = walk.at(HEAD, CONFERENCE_DAY, f"hoi-nghi/{others.conference().pk}/")
    row = page.locator("tr", has_text="Suy tôn đơn vị dẫn đầu")
    row.get_by_role("button", name="Bắt đầu").click()
    row.get_by_role("link", name="Lập cuộc bỏ phiếu").click()
    press(page, "Lập cuộc bỏ phiếu")
    page.get_by_role("link", name="Ghi ban kiểm phiếu").click()
    for n, code in enumerate(COMMITTEE):
        page.locator(f"[name=members-{n}-user]").select_option(label=others.name_of(f"{code}.cv"))
    press(page, "Lưu ban kiểm phiếu")
    press(page, "Chốt danh sách cử tri")
    page.get_by_role("button", name="Ghi tất cả có mặt").click()
    expect(page.locator("#danh-sach")).to_contain_text("có mặt 11")
    press(page, "Mở bỏ phiếu")
    page.get_by_role("button", name="Ghi mọi người có mặt đã nhận phiếu").click()
    expect(page.locator("#danh-sach")).to_contain_text("đã nhận phiếu 11")
    press(page, "Đóng bỏ phiếu")
    said(page, "0/2 lần nhập")
    for code in COMMITTEE[:2]:
        enter_count(walk, f"{code}.cv")
    for code in COMMITTEE:
        page = walk.page_as(f"{code}.cv", on=CONFERENCE_DAY, size=walk.size)
        page.goto(f"{walk.site}/bo-phieu/{others.ballot().pk}/ket-qua/")
        press(page, "Ký biên bản")
        said(page, "đã ký")


def enter_count(walk: Walk, login: str) -> None:
    """One of the committee types the count, never touching a pointer."""
    page = walk.page_as(login, on=CONFERENCE_DAY, size=walk.size)
    page.goto(f"{walk.site}/bo-phieu/{others.ballot().pk}/")
    link = page.get_by_role("link", name="Nhập số liệu của tôi")
    reach(page, link)
    page.keyboard.press("Enter")
    expect(page.locator("[name=valid]")).to_be_visible()
    for box in page.locator(".counting input.count").all():
        reach(page, box)
        page.keyboard.type(COUNT.get(box.get_attribute("name") or "", VOTES.get(labelled(page, box), "0")))
    press_by_keyboard(page, "Ghi số liệu của tôi")
    expect(page).to_have_url(re.compile(r"/bo-phieu/\d+/(ket-qua/)?$"))


def labelled(page: Page, box: Locator) -> str:
    """What stands before a field."""
    return page.locator(f"label[for={box.get_attribute('id')}]").inner_text().removesuffix("*").strip()


def the_headship_is_handed_over(walk: Walk) -> None:
    page = walk.at(HEAD, CONFERENCE_DAY, "ban-giao/soan/")
    page.get_by_label("Đơn vị nhận").select_option(label="Trường Cao đẳng Nghề Dân tộc Nội trú tỉnh")
    page.get_by_label("Căn cứ").fill("Hội nghị tổng kết năm 2019 thống nhất.")
    page.get_by_label("Ngày bàn giao").fill("08/01/2020")
    for row in page.locator("[data-formset] tbody tr").all():
        if row.locator("[name$=-text]").input_value():
            row.locator("[name$=-done]").check()
    press(page, "Lưu biên bản")
    said(page, "Đã lưu biên bản bàn giao")
    for login in ("bhxh.ld", "cdndt.ld"):
        page = walk.home(login, CONFERENCE_DAY)
        begin(page, "bàn giao")
        press(page, "Ký bàn giao")
        said(page, "Đã ký biên bản bàn giao")
    page = walk.at(HEAD, CONFERENCE_DAY, "ban-giao/")
    press(page, "Mở năm sau")
    said(page, "Đã mở năm 2020")
    page = walk.home("cdndt.gv", date(2020, 1, 9))
    said(page, "giao ước")


def the_minutes_are_sealed(walk: Walk) -> None:
    page = walk.at(HEAD, CONFERENCE_DAY, f"hoi-nghi/{others.conference().pk}/")
    page.locator("tr", has_text="Suy tôn đơn vị dẫn đầu").get_by_role("button", name="Xong").click()
    press(page, "Bế mạc hội nghị")
    said(page, "Hội nghị đã bế mạc")
    press(page, "Lập biên bản")
    said(page, "Đã lập dự thảo biên bản")
    page.get_by_label("Thư ký").fill("Thư ký hội nghị")
    page.get_by_label("Chủ tọa").fill("Chủ tọa hội nghị")
    press(page, "Lưu dự thảo")
    said(page, "Đã lưu biên bản")
    page = walk.at("bhxh.ld", CONFERENCE_DAY, f"hoi-nghi/{others.conference().pk}/bien-ban/")
    press(page, "Chốt biên bản")
    said(page, "Đã chốt biên bản")


def the_package_goes_to_the_standing_body(walk: Walk) -> None:
    day = date(2020, 1, 10)
    page = walk.at(HEAD, day, "de-nghi/")
    press(page, "Lập hồ sơ trình khen")
    said(page, "Đã lập hồ sơ")
    said(page, "Sở Thông tin và Truyền thông")
    page.get_by_role("link", name="Thêm đề nghị").click()
    page.get_by_label("Đơn vị thành viên").select_option(label="Sở Y tế")
    page.get_by_label("Danh hiệu, hình thức").select_option("BK_TINH")
    press(page, "Thêm đề nghị")
    said(page, "Đã thêm đề nghị")
    press(page, "Gửi hồ sơ")
    said(page, "Đã gửi hồ sơ")
    page = walk.home(BODY, date(2020, 1, 13))
    begin(page, "hồ sơ")
    press(page, "Tiếp nhận hồ sơ")
    said(page, "Đã tiếp nhận hồ sơ")


STEPS = [
    the_head_adopts_the_regulation,
    all_leaders_sign_the_covenant,
    members_register_and_the_head_forwards,
    a_movement_is_launched_and_answered,
    the_head_issues_the_points_table,
    reports_are_sent_taken_and_compiled,
    the_walker_marks_itself,
    members_score_each_other,
    the_standing_body_appraises,
    the_walker_explains_and_the_head_concludes,
    the_conference_is_called,
    the_conference_opens,
    the_leading_unit_is_elected,
    the_minutes_are_sealed,
    the_package_goes_to_the_standing_body,
    the_headship_is_handed_over,
]
