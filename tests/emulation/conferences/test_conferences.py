"""A year-end conference, from the plan to the sealed minutes, through the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.base.files import samples
from tests.emulation.conferences import steps
from tests.story import Story
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.notices.models import Notice
from thidua.emulation.conferences import actions
from thidua.emulation.conferences.actions import ChairText, ConferenceText, DelegateText
from thidua.emulation.conferences.models import AgendaItem, Attendance, Conference, Minutes
from thidua.emulation.conferences.queries import acclaimed, attendance_lines, quorum_of, visible_conferences

Users = Callable[..., Client]
FACTS = {
    "kind": "mid_year",
    "title": "Hội nghị sơ kết 6 tháng đầu năm 2019",
    "period": "6 tháng đầu năm 2019",
    "day": "28/07/2019",
    "day_part": "morning",
    "starts_at": "07:30",
    "place": "Trụ sở Sở Y tế",
}


def test_binh_plans_with_the_usual_agenda_and_invites_the_members(year: Story, as_user: Users) -> None:
    page = as_user("binh").post(year.address("hoi-nghi", "lap"), FACTS | {"host_unit": year.units["y_te"].pk})
    conference = Conference.objects.get()
    assert page.url == conference.page("conference")
    assert conference.host_unit == year.units["y_te"]  # the host is not the head
    assert [i.unit for i in conference.invitations.filter(is_member=True)] == [
        year.units[key] for key in ("van_hoa", "y_te", "giao_duc")
    ]
    assert conference.invitations.filter(is_member=False).get().unit == year.units["ban_tdkt"]
    assert conference.chairs.get().person_name == "Phạm Văn Hải"
    shown = as_user("an").get(page.url).content.decode()
    assert "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2019" in shown
    assert "Trụ sở Sở Y tế" in shown


@pytest.mark.parametrize(
    "typed", [{"day": "31/02/2019"}, {"day": "hôm qua"}, {"starts_at": "25:99"}, {"kind": "x"}, {"title": ""}]
)
def test_unfit_facts_are_said_and_nothing_typed_is_lost(
    year: Story, as_user: Users, typed: dict[str, str]
) -> None:
    page = as_user("binh").post(year.address("hoi-nghi", "lap"), FACTS | typed)
    assert page.status_code == 200
    assert "Trụ sở Sở Y tế" in page.content.decode()
    assert not Conference.objects.exists()


def test_chi_of_another_bloc_sees_nothing(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    delegate = conference.attendances.first()
    chi = as_user("chi")
    for address in (
        year.address("hoi-nghi"),
        year.address("ban-giao"),
        *(
            conference.page(name)
            for name in ("conference", "attendance", "screen", "minutes", "edit", "agenda")
        ),
        conference.page("paper", document="giay-moi", fmt="pdf"),
        f"/diem-danh/{delegate.code}/",
        f"/dai-hoi/{conference.pk}/",
    ):
        assert chi.get(address).status_code == 404, address
    assert not visible_conferences(year.actor("chi")).exists()


def test_members_do_not_run_the_conference(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    an = as_user("an")
    for name in ("edit", "chairs", "agenda", "invite", "handout", "guest", "add_opinion", "add_task"):
        assert an.get(conference.page(name)).status_code == 403, name
    for name in ("send_invitations", "start", "cancel", "compose", "seal"):
        assert an.post(conference.page(name)).status_code == 403, name
    with pytest.raises(NotAllowed):
        actions.tick_list(conference=conference, present=[], by=year.actor("an"))


def test_three_people_chair_together(year: Story, as_user: Users) -> None:
    conference = steps.year_end(year)
    head, deputy = year.units["van_hoa"], year.units["y_te"]
    rows = [
        {"body": "Ban Thi đua – Khen thưởng Trung ương", "person_name": "", "office_name": "Phó Trưởng ban"},
        {"unit": head.pk, "person_name": "Phạm Văn Hải", "office_name": "Giám đốc, Trưởng khối"},
        {"unit": deputy.pk, "person_name": "Trần Thị Lan", "office_name": "Giám đốc, Phó khối"},
    ]
    typed = {f"chairs-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    management = {"chairs-TOTAL_FORMS": 3, "chairs-INITIAL_FORMS": 1}
    page = as_user("binh").post(conference.page("chairs"), typed | management)
    assert page.status_code == 302
    assert [chair.body_name for chair in conference.chairs.all()] == [
        "Ban Thi đua – Khen thưởng Trung ương",
        head.name,
        deputy.name,
    ]
    with pytest.raises(Refused):
        actions.set_chairs(conference=conference, chairs=[ChairText("Trưởng đoàn")], by=year.actor("binh"))


def test_the_agenda_is_reordered_and_keeps_what_began(year: Story, as_user: Users) -> None:
    conference = steps.running(year)
    first = conference.items.first()
    assert first is not None
    actions.begin_item(item=first, by=year.actor("binh"))
    texts = [
        {"pk": item.pk, "position": 100 - n, "kind": item.kind, "title": item.title, "presenter": ""}
        for n, item in enumerate(conference.items.all())
    ]
    typed = {f"items-{n}-{key}": value for n, row in enumerate(texts) for key, value in row.items()}
    management = {"items-TOTAL_FORMS": len(texts), "items-INITIAL_FORMS": len(texts)}
    binh = as_user("binh")
    assert binh.post(conference.page("agenda"), typed | management).status_code == 302
    assert conference.items.last() == first
    page = binh.post(conference.page("agenda"), typed | management | {f"items-{0}-DELETE": "on"})
    assert page.status_code == 200
    assert "đã bắt đầu nên không bỏ được" in page.content.decode()
    assert AgendaItem.objects.filter(pk=first.pk).exists()


def test_an_invitation_is_numbered_and_told_once(year: Story, as_user: Users) -> None:
    conference = steps.year_end(year)
    binh = as_user("binh")
    for _ in range(2):
        assert binh.post(conference.page("send_invitations")).status_code == 302
    conference.refresh_from_db()
    assert conference.invitation_paper.symbol == "01/GM-KTĐ"
    told = Notice.objects.filter(key__startswith="conferences.invitation")
    assert told.filter(to__username="an").count() == 1
    assert not told.filter(to__username="chi").exists()
    paper = as_user("an").get(conference.page("paper", document="giay-moi", fmt="pdf"))
    assert paper.content.startswith(b"%PDF")


def test_an_incomplete_invitation_says_what_is_missing(year: Story, as_user: Users) -> None:
    text = ConferenceText(kind="thematic", title="Sinh hoạt chuyên đề", day=steps.DAY)
    conference = actions.plan_conference(owner=year.cycle, text=text, by=year.actor("binh"))
    page = as_user("binh").get(conference.page("conference")).content.decode()
    assert "Chưa ghi địa điểm họp." in page
    with pytest.raises(Refused, match="Chưa ghi địa điểm"):
        actions.send_invitations(conference=conference, by=year.actor("binh"))


def _delegates(*rows: dict[str, Any]) -> dict[str, Any]:
    typed = {f"people-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    return typed | {"people-TOTAL_FORMS": len(rows), "people-INITIAL_FORMS": 0}


def test_an_names_the_delegates_of_her_own_unit_only(year: Story, as_user: Users) -> None:
    conference = actions.send_invitations(conference=steps.year_end(year), by=year.actor("binh"))
    own = conference.invitations.get(unit=year.units["y_te"])
    other = conference.invitations.get(unit=year.units["giao_duc"])
    typed = {"answer": "comes"} | _delegates(
        {"person_name": "Trần Thị Lan", "office_name": "Giám đốc", "is_voter": "on", "head_count": 1},
        {"person_name": "", "office_name": "Chuyên viên", "head_count": 8},
    )
    an = as_user("an")
    assert an.post(conference.page("answer", invitation=own.pk), typed).status_code == 302
    assert an.post(conference.page("answer", invitation=other.pk), typed).status_code == 403
    assert [one.head_count for one in conference.attendances.all()] == [1, 8]
    assert own.conference.invitations.get(pk=own.pk).answer == "comes"


def test_a_unit_sends_no_more_voters_than_the_regulation_gives(year: Story, as_user: Users) -> None:
    conference = actions.send_invitations(conference=steps.year_end(year), by=year.actor("binh"))
    own = conference.invitations.get(unit=year.units["y_te"])
    voter = {"office_name": "Phó Giám đốc", "is_voter": "on"}
    typed = _delegates({"person_name": "Một"} | voter, {"person_name": "Hai"} | voter)
    page = as_user("an").post(conference.page("answer", invitation=own.pk), {"answer": "comes"} | typed)
    assert page.status_code == 200
    assert "Sở Y tế có 1 phiếu; đang ghi 2 người bỏ phiếu." in page.content.decode()
    assert not conference.attendances.exists()
    page = as_user("an").post(
        conference.page("answer", invitation=own.pk), {"answer": "declines"} | _delegates()
    )
    assert "Ghi lý do không dự." in page.content.decode()


def test_quorum_is_told_with_its_sum(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    lines = attendance_lines(conference)
    people = [one for line in lines for one in line.people]
    found = quorum_of(conference, people)
    assert found is not None
    assert (found.present, found.entitled, found.least) == (0, 3, 2)
    ticked = [one.pk for one in people[:2]]
    assert as_user("binh").post(conference.page("attendance"), {"present": ticked}).status_code == 302
    page = as_user("an").get(conference.page("attendance")).content.decode()
    assert "Có mặt 2/3 đại biểu được bỏ phiếu của 3 đơn vị, cần từ 2 (2/3 của 3): đủ." in page


@pytest.mark.parametrize("typed", [["x"], ["-1"], ["9" * 40], [""]])
def test_ticks_that_are_nobody_change_nothing(year: Story, as_user: Users, typed: list[str]) -> None:
    conference = steps.invited(year)
    assert as_user("binh").post(conference.page("attendance"), {"present": typed}).status_code == 302
    assert not conference.attendances.filter(present_at__isnull=False).exists()


def test_a_scanned_code_marks_presence_once(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    lan = conference.attendances.get(unit=year.units["y_te"])
    address = f"/diem-danh/{lan.code}/"
    assert as_user("giang").post(address).status_code == 403
    assert as_user("an", on=steps.DAY - timedelta(1)).post(address).status_code == 409
    an = as_user("an")
    page = an.get(address).content.decode()
    assert "Ghi có mặt" in page
    assert 'class="segno"' in page
    for _ in range(2):
        assert an.post(address).status_code == 302
    lan.refresh_from_db()
    assert (lan.noted, lan.noted_by) == ("qr", "Nguyễn Văn An")
    assert lan.present_at is not None
    assert as_user("binh").get("/diem-danh/0000000000000000/").status_code == 404


def test_codes_are_random_and_printed(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    codes = set(conference.attendances.values_list("code", flat=True))
    assert len(codes) == 3
    assert all(len(code) == 16 for code in codes)
    paper = as_user("binh").get(conference.page("paper", document="ma-diem-danh", fmt="pdf"))
    assert paper.content.startswith(b"%PDF")
    assert as_user("an").get(conference.page("paper", document="ma-diem-danh", fmt="pdf")).status_code == 403


def test_the_host_stands_at_the_door(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    Conference.objects.filter(pk=conference.pk).update(host_unit=year.units["giao_duc"])
    guest = {
        "body": "Báo tỉnh",
        "person_name": "",
        "office_name": "Phóng viên",
        "role": "guest",
        "head_count": "2",
    }
    page = as_user("giang").post(conference.page("guest"), guest)
    assert page.status_code == 302
    added = Attendance.objects.get(body="Báo tỉnh")
    assert added.present_at is not None
    assert added.head_count == 2
    assert as_user("an").post(conference.page("guest"), guest).status_code == 403


def test_a_conference_runs_act_by_act(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    binh = as_user("binh")
    assert binh.post(conference.page("start")).status_code == 302
    first, second, *_ = conference.items.all()
    binh.post(conference.page("begin_item", item=first.pk))
    binh.post(conference.page("begin_item", item=second.pk))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.ended_at is not None  # beginning one ends the other
    assert second.is_running
    screen = as_user("an").get(conference.page("screen")).content.decode()
    assert second.title in screen
    with pytest.raises(Refused, match="chưa kết thúc"):
        actions.end_conference(conference=conference, by=year.actor("binh"))
    binh.post(conference.page("end_item", item=second.pk))
    assert binh.post(conference.page("end")).status_code == 302
    conference.refresh_from_db()
    assert conference.state == "ended"


def test_a_conference_does_not_begin_before_its_day(year: Story) -> None:
    conference = steps.year_end(year, day=steps.DAY + timedelta(3))
    with pytest.raises(Refused, match="Chưa đến ngày họp"):
        actions.start_conference(conference=conference, by=year.actor("binh"))


def test_the_projector_part_is_exchanged_alone(year: Story, as_user: Users) -> None:
    conference = steps.running(year)
    part = as_user("an").get(conference.page("screen"), headers={"HX-Request": "true"}).content.decode()
    assert "room-body" in part
    assert "<html" not in part


def test_minutes_are_composed_from_what_the_conference_holds(year: Story) -> None:
    conference = steps.acclaimed(year)
    binh = year.actor("binh", steps.at(12))
    actions.add_opinion(
        conference=conference,
        kind="conclusion",
        text="Nâng chất lượng phong trào.",
        speaker="Phạm Văn Hải",
        by=binh,
    )
    actions.add_action_item(
        conference=conference,
        text="Gửi đăng ký thi đua",
        due=date(2020, 2, 28),
        unit=year.units["y_te"],
        by=binh,
    )
    actions.end_conference(conference=conference, by=binh)
    text = actions.compose_minutes(conference=conference, by=binh).text
    assert "Hội nghị khai mạc lúc 08 giờ 00 phút, ngày 16 tháng 12 năm 2019." in text
    assert "- Sở Y tế: Trần Thị Lan, Giám đốc." in text
    assert "Có mặt 3/3 đại biểu được bỏ phiếu" in text
    assert "phát ra 3, thu về 3, hợp lệ 3" in text
    assert "- Sở Y tế: 2 phiếu." in text
    assert "Sở Y tế được chọn" in text
    assert "- Phạm Văn Hải: Nâng chất lượng phong trào." in text
    assert "- Gửi đăng ký thi đua (Sở Y tế, trước ngày 28/02/2020)." in text


def test_minutes_are_sealed_for_good(year: Story, as_user: Users) -> None:
    conference = steps.sealed(year)
    minutes = Minutes.objects.get()
    assert minutes.paper is not None
    assert minutes.paper.symbol == "01/BB-KTĐ"
    for change in (
        lambda: Minutes.objects.update(text="Khác"),
        lambda: Minutes.objects.all().delete(),
        lambda: conference.items.update(title="Khác"),
        lambda: conference.attendances.update(present_at=None, noted=""),
        lambda: conference.chairs.all().delete(),
        lambda: Conference.objects.update(place="Nơi khác"),
        lambda: Conference.objects.update(state="ended"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE conferences_minutes SET text = 'Khác'")
    with pytest.raises(Refused):
        actions.edit_minutes(
            conference=conference,
            text="Khác",
            secretary="",
            chair="",
            revision=minutes.revision,
            by=year.actor("binh"),
        )
    assert "Đã chốt" in as_user("an").get(conference.page("minutes")).content.decode()
    assert (
        as_user("an").get(conference.page("paper", document="bien-ban", fmt="docx")).content.startswith(b"PK")
    )
    actions.record_publication(
        conference=conference,
        published_on=steps.DAY + timedelta(8),
        source="Cổng tỉnh",
        by=year.actor("binh"),
    )


def test_it_is_not_reported_on_before_it_met(year: Story, as_user: Users) -> None:
    conference = steps.year_end(year)
    page = as_user("binh").post(
        conference.page("publication"), {"published_on": "15/12/2019", "source": "Cổng tỉnh"}
    )
    assert page.status_code == 200
    assert "không thể trước ngày họp" in page.content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Conference.objects.update(published_on=date(2019, 12, 1))


def test_minutes_wait_for_the_count_and_for_both_signers(year: Story) -> None:
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    actions.open_ballot_for(item=item, by=year.actor("binh"))
    actions.end_conference(conference=conference, by=year.actor("binh"))
    actions.compose_minutes(conference=conference, by=year.actor("binh"))
    with pytest.raises(Refused) as refusal:
        actions.seal_minutes(conference=conference, by=year.actor("binh"))
    assert any("chưa ký biên bản kiểm phiếu" in reason for reason in refusal.value.reasons)
    assert any("thư ký" in reason for reason in refusal.value.reasons)


def test_a_stale_page_changes_nothing(year: Story) -> None:
    conference = steps.year_end(year)
    text = ConferenceText(kind="year_end", title="Tên mới", day=steps.DAY)
    actions.edit_conference(conference=conference, text=text, revision=1, by=year.actor("binh"))
    with pytest.raises(Stale):
        actions.edit_conference(conference=conference, text=text, revision=1, by=year.actor("binh"))


def test_an_action_item_is_told_and_settled_by_its_unit(year: Story, as_user: Users) -> None:
    conference = steps.running(year)
    binh = as_user("binh")
    task = {"text": "Nộp báo cáo sáng kiến", "unit": year.units["y_te"].pk, "due": "15/01/2020"}
    assert binh.post(conference.page("add_task"), task).status_code == 302
    item = conference.action_items.get()
    assert Notice.objects.filter(to__username="an", key__contains="action_item").exists()
    address = conference.page("settle_task", task=item.pk)
    assert as_user("giang").post(address, {"note": "Xong"}).status_code == 403
    assert as_user("an").post(address, {"note": "Đã nộp 5 sáng kiến"}).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.done_by) == ("done", "Nguyễn Văn An")
    page = as_user("an").get(year.address("hoi-nghi")).content.decode()
    assert "Nộp báo cáo sáng kiến" not in page  # only what is still to do


def test_a_cancelled_conference_is_told(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    assert as_user("binh").post(conference.page("cancel")).status_code == 302
    assert not Conference.objects.exists()
    assert Notice.objects.filter(to__username="an", text__contains="không họp").exists()
    held = steps.running(year)
    with pytest.raises(Refused, match="đã họp"):
        actions.cancel_conference(conference=held, by=year.actor("binh"))


def test_a_unit_holds_a_congress_under_a_plan(year: Story, as_user: Users) -> None:
    lan = as_user("lan")
    facts = FACTS | {
        "kind": "congress",
        "title": "Đại hội Thi đua yêu nước Sở Y tế",
        "day": "16/12/2019",
        "plan_symbol": "348/KH-UBND",
        "unit": year.units["y_te"].pk,
    }
    page = lan.post("/dai-hoi/lap/", facts)
    congress = Conference.objects.get()
    assert page.url == f"/dai-hoi/{congress.pk}/"
    assert "348/KH-UBND" in lan.get(page.url).content.decode()
    assert as_user("giang").get(page.url).status_code == 404  # not invited
    assert as_user("chi").get("/dai-hoi/").status_code == 200
    lan.post(congress.page("invite"), {"units": [year.units["dan_toc"].pk], "bodies": "Báo tỉnh\n"})
    assert as_user("chi").get(page.url).status_code == 200  # invited
    assert lan.post(congress.page("send_invitations")).status_code == 302
    assert lan.post(congress.page("start")).status_code == 302
    assert lan.post("/dai-hoi/lap/", facts | {"kind": "year_end"}).status_code == 200
    assert lan.post("/dai-hoi/lap/", facts | {"unit": year.units["giao_duc"].pk}).status_code == 200
    assert Conference.objects.count() == 1


def test_every_change_is_logged_under_the_year(year: Story) -> None:
    conference = steps.running(year)
    verbs = set(Entry.objects.filter(cycle_id=year.cycle.pk).values_list("verb", flat=True))
    assert {
        "conferences.plan_conference",
        "conferences.answer_invitation",
        "conferences.start_conference",
    } <= verbs
    assert conference.cycle_id == year.cycle.pk


def test_more_rows_ask_no_more_queries(year: Story, as_user: Users, django_assert_num_queries: Any) -> None:
    conference = steps.running(year)
    actions.add_action_item(conference=conference, text="Một", by=year.actor("binh"))
    binh = as_user("binh")
    pages = [
        year.address("hoi-nghi"),
        *(conference.page(name) for name in ("conference", "attendance", "screen")),
    ]
    before = {}
    for page in pages:
        binh.get(page)
        with CaptureQueriesContext(connection) as one:
            binh.get(page)
        before[page] = len(one)
    for n in range(3):
        steps.year_end(year, title=f"Hội nghị {n}")
        actions.add_action_item(conference=conference, text=f"Việc {n}", by=year.actor("binh"))
        delegate = DelegateText(f"Khách {n}", "Chuyên viên")
        actions.add_attendance(
            conference=conference, delegate=delegate, body=f"Cơ quan {n}", by=year.actor("binh")
        )
    for page, number in before.items():
        with django_assert_num_queries(number):
            binh.get(page)


def test_a_duty_never_leads_where_an_may_not_go(year: Story, as_user: Users) -> None:
    """An reports what her unit was given; what everybody was given she reads, and Bình tells it done."""
    conference, binh = steps.running(year), year.actor("binh")
    ours = actions.add_action_item(
        conference=conference, text="Gửi đăng ký", unit=year.units["y_te"], by=binh
    )
    actions.add_action_item(conference=conference, text="Đổi mới phong trào", by=binh)
    an = as_user("an")
    home = an.get("/").content.decode()
    assert ("Báo kết quả" in home, "Xem kết luận" in home) == (True, True)
    links = re.findall(rf'href="({re.escape(conference.page("conference"))}(?:viec/\d+/)?)"', home)
    assert conference.page("settle_task", task=ours.pk) in links
    assert {an.get(link).status_code for link in links} == {200}


def test_what_is_sent_twice_is_written_once(year: Story, as_user: Users) -> None:
    binh = as_user("binh")
    first, second = (binh.post(year.address("hoi-nghi", "lap"), FACTS).url for _ in range(2))
    assert first == second
    conference = Conference.objects.get()
    for _ in range(2):
        binh.post(
            conference.page("add_opinion"), {"kind": "opinion", "text": "Nhất trí", "speaker": "Bà Lan"}
        )
        binh.post(conference.page("add_task"), {"text": "Gửi báo cáo", "due": "31/12/2019"})
    assert (conference.opinions.count(), conference.action_items.count()) == (1, 1)
    assert Notice.objects.filter(to__username="an", key__contains="action_item").count() == 1


def test_the_time_of_the_day_is_kept(year: Story) -> None:
    assert steps.year_end(year).starts_at == time(8)


def test_acclaimed_is_told_with_its_sum(year: Story) -> None:
    steps.acclaimed(year)
    (found,) = acclaimed(year.cycle)
    assert found.unit == year.units["y_te"]
    assert "2/3 phiếu = 66,7%" in found.how


def test_a_handout_is_read_by_those_invited_only(year: Story, as_user: Users) -> None:
    conference = steps.invited(year)
    binh, url = as_user("binh"), conference.page("handout")
    bad = binh.post(
        url, {"title": "Báo cáo", "upload": SimpleUploadedFile("bao-cao.pdf", b"MZ\x90\x00 not a pdf")}
    )
    assert bad.status_code == 200
    assert "Báo cáo" in bad.content.decode()
    assert "Chọn một tệp hoặc một văn bản trong sổ." in binh.post(url, {"title": "Báo cáo"}).content.decode()
    assert not conference.handouts.exists()
    good = {"title": "Báo cáo tổng kết", "upload": SimpleUploadedFile("bao-cao.pdf", samples.pdf())}
    assert binh.post(url, good).status_code == 302
    handout = conference.handouts.get()
    assert "Báo cáo tổng kết" in as_user("an").get(conference.page("conference")).content.decode()
    file = as_user("an").get(f"/tep/{handout.file_id}/")
    assert file.getvalue().startswith(b"%PDF")
    assert as_user("chi").get(f"/tep/{handout.file_id}/").status_code == 404
    assert binh.post(conference.page("remove_handout", handout=handout.pk)).status_code == 302
    assert not conference.handouts.exists()
