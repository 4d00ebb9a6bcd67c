"""Home, the cycle page, notices, the log, the demonstration's day: through the doors people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.story import ALWAYS, Story, add_bloc, add_person, moment, set_due
from thidua.base.audit.actions import record
from thidua.base.audit.models import Entry
from thidua.base.notices.actions import tell
from thidua.base.notices.models import Notice
from thidua.base.periods import stand_on
from thidua.desk.jobs import morning_reminders
from thidua.desk.menu import MENU
from thidua.emulation.clusters.models import Membership
from thidua.organisations.models import Unit

AsUser = Callable[..., Client]


@pytest.fixture
def late_report(year: Story) -> Story:
    """The year-end report was due six days ago and nobody sent it."""
    set_due(year.cycle, "year_report", date(2019, 12, 10))
    return year


def test_an_finds_the_late_report_first_with_its_button(late_report: Story, as_user: AsUser) -> None:
    page = as_user("an").get("/")
    assert "Việc của tôi" in page.text
    assert "Quá hạn" in page.text
    assert "Trễ 6 ngày" in page.text
    assert "Gửi báo cáo năm" in page.text or "báo cáo" in page.text


def test_home_without_anything_waiting_says_so(year: Story, as_user: AsUser) -> None:
    page = as_user("tam").get("/")
    assert "Không còn việc nào chờ anh/chị" in page.text


def test_an_auditor_without_work_finds_the_open_years(year: Story, as_user: AsUser) -> None:
    page = as_user("son").get("/")
    assert "Năm thi đua đang mở" in page.text
    assert f'href="{year.address()}"' in page.text.split("Năm thi đua đang mở")[1]


def test_the_frame_of_a_first_visit_stands_in_the_year_that_asks(year: Story, as_user: AsUser) -> None:
    """The province of Quân, who approves for every bloc, is itself a member of one that comes last."""
    _, own = add_bloc(year, "Vùng các tỉnh", "vung-cac-tinh", ("tinh",))
    quan = as_user("quan")
    assert quan.get("/").context["here"] == own
    quan.get(year.address())
    page = quan.get("/")
    assert page.context["here"] == year.cycle
    assert page.context["several"]  # each line says of which year it is


def test_the_cycle_page_shows_members_by_acts(late_report: Story, as_user: AsUser) -> None:
    page = as_user("binh").get(late_report.address())
    assert page.status_code == 200
    for words in ("Đơn vị và việc", "Sở Y tế", "Sở GD và ĐT", "Trưởng khối làm tiếp", "Đã xong"):
        assert words in page.text


def test_chi_of_another_bloc_finds_no_such_page(year: Story, as_user: AsUser) -> None:
    for words in ((), ("nhat-ky",)):
        assert as_user("chi").get(year.address(*words)).status_code == 404
    assert as_user("chi").post(year.address("nhac")).status_code == 404


def test_only_who_runs_the_year_is_offered_to_remind(late_report: Story, as_user: AsUser) -> None:
    button = late_report.address("nhac")
    assert button in as_user("binh").get(late_report.address()).text
    assert button in as_user("dung").get(late_report.address()).text
    assert button not in as_user("an").get(late_report.address()).text


def test_binh_reminds_an_once_a_day(late_report: Story, as_user: AsUser) -> None:
    unit = late_report.units["y_te"].pk
    asked = {"act": "year_report", "unit": [unit]}
    for _ in range(2):
        answer = as_user("binh").post(late_report.address("nhac"), asked, follow=True)
    assert "Không gửi lời nhắc nào" in answer.text
    told = Notice.objects.filter(key__startswith="nhac:")
    assert {notice.to.username for notice in told} == {"an", "lan"}
    assert "trễ 6 ngày" in told[0].text
    assert "Đã nhắc 1 lần" in as_user("binh").get(late_report.address()).text


def test_an_may_not_remind(late_report: Story, as_user: AsUser) -> None:
    asked = {"act": "year_report", "unit": [late_report.units["giao_duc"].pk]}
    assert as_user("an").post(late_report.address("nhac"), asked).status_code == 403
    assert not Notice.objects.exists()


@pytest.mark.parametrize("asked", [{}, {"act": "khong-co", "unit": ["x", "²", "999999"]}])
def test_unfit_reminders_remind_nobody(late_report: Story, as_user: AsUser, asked: dict[str, object]) -> None:
    answer = as_user("binh").post(late_report.address("nhac"), asked, follow=True)
    assert answer.status_code == 200
    assert not Notice.objects.exists()


def test_the_filters_leave_out_other_members(late_report: Story, as_user: AsUser) -> None:
    mine = as_user("an").get(late_report.address(), {"xem": "toi"})
    assert [row.unit.short_name for row in mine.context["year"].rows] == ["Sở Y tế"]
    assert len(as_user("an").get(late_report.address(), {"xem": "no"}).context["year"].rows) == 3
    assert as_user("an").get(late_report.address(), {"xem": "gì đó", "theo": "don-vi"}).status_code == 200


def test_the_matrix_leaves_as_excel(late_report: Story, as_user: AsUser) -> None:
    answer = as_user("an").get(late_report.address(), {"xuat": "excel"})
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["STT", "Đơn vị"]
    assert [row[1] for row in rows[1:4]] == [
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Y tế",
        "Sở Giáo dục và Đào tạo",
    ]
    assert rows[-1][1] == "Đã xong"


def _queries(browser: Client, url: str) -> int:
    browser.get(url)  # sessions and content types settle on the first visit
    with CaptureQueriesContext(
        connection,
    ) as told:
        assert browser.get(url).status_code == 200
    return len(told)


@pytest.mark.parametrize("name", ["an", "binh"])
def test_more_members_cost_no_more_queries(late_report: Story, as_user: AsUser, name: str) -> None:
    browser = as_user(name)
    before = [_queries(browser, url) for url in (late_report.address(), "/")]
    for number in range(5):
        unit = Unit.objects.create(
            kind="department",
            name=f"Sở mới {number}",
            short_name=f"Sở {number}",
            symbol=f"S{number}",
            existence=ALWAYS,
        )
        Membership.objects.create(cluster=late_report.bloc, unit=unit, position=10 + number, term=ALWAYS)
    assert [_queries(browser, url) for url in (late_report.address(), "/")] == before


def test_past_years_say_which_year_is_the_present_one(year: Story, as_user: AsUser) -> None:
    assert "Anh/chị đang xem" not in as_user("an").get(year.address()).text
    year.bloc.cycles.create(name="2020", address="2020", term=(date(2020, 1, 1), date(2021, 1, 1)))
    page = as_user("an", on=date(2020, 5, 5)).get(year.address())
    assert "Anh/chị đang xem năm 2019" in page.text


def test_notices_are_listed_and_marked_as_read(year: Story, as_user: AsUser) -> None:
    user = year.people["an"].user
    assert user is not None
    browser = as_user("an")
    assert "Chưa có thông báo" in browser.get(reverse("desk:notices")).text
    tell(people=[user], text="Hạn gửi báo cáo là hôm nay.", url="/", key="k", at=moment(date(2019, 12, 10)))
    assert "1 chưa xem" in browser.get("/").text
    assert "Hạn gửi báo cáo là hôm nay." in browser.get(reverse("desk:notices")).text
    browser.post(reverse("desk:notices"))
    assert not Notice.objects.filter(read_at__isnull=True).exists()


def test_the_log_tells_who_did_what(late_report: Story, as_user: AsUser) -> None:
    as_user("binh").post(
        late_report.address("nhac"), {"act": "year_report", "unit": [late_report.units["y_te"].pk]}
    )
    assert Entry.objects.get().verb == "desk.remind"
    page = as_user("an").get(late_report.address("nhat-ky"))
    assert "Lê Văn Bình" in page.text
    assert "Nhắc đơn vị" in page.text


def test_what_repeats_is_one_line_of_the_log(year: Story, as_user: AsUser) -> None:
    """An autosave leaves an entry each time; the page tells how often, the log keeps each."""
    for who, minute in (("an", 1), ("an", 5), ("an", 14), ("lan", 15), ("an", 16)):
        at = moment(date(2019, 12, 10)).replace(minute=minute)
        record(by=year.actor(who, at=at), verb="results.save_report", subject=year.cycle)
    for page in (as_user("binh").get(year.address("nhat-ky")), as_user("binh").get(year.address())):
        assert page.text.count("3 lần, 09:01–09:14") == 1
        assert page.text.count(" lần, ") == 1, "what is done once, or after another's turn, stands alone"
    assert Entry.objects.count() == 5
    record(by=year.actor("an", at=moment(date(2019, 12, 11))), verb="results.save_report", subject=year.cycle)
    assert as_user("binh").get(year.address("nhat-ky")).text.count(" lần, ") == 1, "another day"


def test_the_worker_reminds_before_and_after_the_day(late_report: Story) -> None:
    for day, told in (
        (date(2019, 12, 8), 0),
        (date(2019, 12, 9), 1),
        (date(2019, 12, 11), 1),
        (date(2019, 12, 15), 0),
    ):
        Notice.objects.all().delete()
        with stand_on(day):
            morning_reminders(0)
            morning_reminders(0)
        assert Notice.objects.filter(to__username="an").count() == told, day


def test_the_demonstration_may_stand_on_another_day(year: Story, as_user: AsUser) -> None:
    browser = as_user("an")
    answer = browser.post(reverse("desk:demo_day"), {"day": "5/3/2019"}, follow=True)
    assert "05/03/2019" in answer.text
    answer = browser.post(reverse("desk:demo_day"), {"day": "mai"}, follow=True)
    assert "ngày/tháng/năm" in answer.text
    assert "05/03/2019" in answer.text


def test_a_real_system_has_no_other_day(year: Story, settings: LazySettings) -> None:
    settings.DEMO = False
    assert Client().post(reverse("desk:demo_day"), {"day": "5/3/2019"}).status_code == 404


def test_the_menu_follows_the_order_of_the_areas(settings: LazySettings) -> None:
    order = [area.rsplit(".", 1)[-1] for area in settings.AREAS]
    of_the_year = [item.area for item in MENU[1:] if not item.apart and item.of_year]
    assert MENU[0].area == "desk"
    assert of_the_year == sorted(of_the_year, key=order.index)


def test_only_keepers_of_the_registers_see_the_units(year: Story, as_user: AsUser) -> None:
    for name, sees in {"an": False, "binh": False, "dung": True, "tam": True}.items():
        titles = [place.title for place in as_user(name).get("/").context["menu"]]
        assert ("Đơn vị" in titles) is sees, name


def test_every_place_of_the_menu_opens(year: Story, as_user: AsUser) -> None:
    browser = as_user("dung")
    for place in browser.get(year.address()).context["menu"]:
        assert browser.get(place.url, follow=True).status_code == 200, place.title


def test_a_person_without_units_still_has_a_desk(year: Story, as_user: AsUser) -> None:
    add_person(year, "moi", "Người Mới", "dan_toc", "approver", "Chuyên viên")
    assert as_user("moi").get("/").status_code == 200
