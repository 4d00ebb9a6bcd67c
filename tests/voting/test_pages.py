"""The ballot through the door its users use: pages, buttons, bad input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.story import Story
from tests.voting.world import (
    closed,
    counted,
    enter,
    new_ballot,
    opened,
    papers,
    ready_to_open,
    voters,
    with_committee,
)
from thidua.voting import actions, queries
from thidua.voting.counting import Share
from thidua.voting.models import Ballot, CountEntry
from thidua.voting.views import devices

SignIn = Callable[[str], Client]


def url(ballot: Ballot, *words: str) -> str:
    return "/".join(["/bo-phieu", str(ballot.pk), *words]) + "/"


def shown(client: Client, *where: Any) -> str:
    page = client.get(url(*where))
    assert page.status_code == 200
    return str(page.content.decode())


def typed(ballot: Ballot, *votes: int, **numbers: int) -> dict[str, Any]:
    """A filled count form."""
    options = ballot.options.values_list("pk", flat=True)
    return papers(ballot, **numbers) | {f"option_{pk}": v for pk, v in zip(options, votes, strict=True)}


def test_who_came_is_marked_only_while_it_can_be(year: Story, as_user: SignIn) -> None:
    """The close of an electronic ballot carries the number of those present: no button offers another."""
    binh = as_user("binh")
    pages = [shown(binh, make(year, mode="electronic")) for make in (opened, closed)]
    assert ["Ghi tất cả có mặt" in page for page in pages] == [True, False]
    assert ["Bỏ dấu" in page for page in pages] == [True, False]


def test_another_program_than_the_sealed_one_is_told_before_anything_else(
    year: Story, as_user: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, warning, where = as_user("an"), "Khác chương trình trong bản niêm phong", ("dien-tu", "phieu-bau")
    ballots = [make(year, mode="electronic") for make in (opened, closed)]
    assert [warning in shown(an, one, *where) for one in ballots] == [False, False]
    monkeypatch.setattr(devices, "client_hash", lambda: bytes(32))
    during, after = (shown(an, one, *where) for one in ballots)
    assert -1 < during.find(warning) < during.find('id="noi-dung"')
    assert warning not in after


def test_binh_takes_a_paper_ballot_from_draft_to_result(year: Story, as_user: SignIn) -> None:
    ballot = new_ballot(year, question="Mỗi đại biểu một phiếu, chọn một đơn vị")
    binh = as_user("binh")
    assert "Chốt danh sách cử tri" in shown(binh, ballot)
    binh.post(url(ballot, "chot-danh-sach"))
    page = shown(binh, ballot)
    assert "Ban kiểm phiếu gồm 3 hoặc 5 người, hiện có 0." in page
    assert "Có mặt 0/11 cử tri, cần từ 8 (2/3 của 11)." in page
    _name_committee(year, binh, ballot)
    binh.post(url(ballot, "danh-dau"), {"mark": "present:all:1"})
    assert queries.obstacles_to_opening(Ballot.objects.get(pk=ballot.pk)) == []
    binh.post(url(ballot, "mo"))
    binh.post(url(ballot, "danh-dau"), {"mark": "received:all:1"})
    assert "đã nhận phiếu 11" in shown(binh, ballot)
    binh.post(url(ballot, "dong"))
    for name in ("an", "dung"):
        page = as_user(name).get(url(ballot, "kiem-phieu"))
        assert page.status_code == 200
        as_user(name).post(url(ballot, "kiem-phieu"), {**typed(ballot, 9, 1, 1), "step": "save"})
    page = shown(as_user("lan"), ballot, "ket-qua")
    assert "9/11 phiếu = 81,8%, cần từ 8 phiếu (2/3 của 11)" in page
    assert "Sở VH, TT và DL được chọn" in page


def _name_committee(year: Story, binh: Client, ballot: Ballot) -> None:
    rows = {"members-TOTAL_FORMS": 5, "members-INITIAL_FORMS": 5}
    for n in range(5):
        rows |= {f"members-{n}-person_name": "", f"members-{n}-role": "chair" if n == 0 else "member"}
    for n, name in enumerate(("dung", "an", "giang")):
        user = year.people[name].user
        assert user is not None
        rows[f"members-{n}-user"] = user.pk
    page = binh.post(url(ballot, "ban-kiem-phieu"), rows)
    assert page.status_code == 302, page.content.decode()
    assert [m.person_name for m in ballot.committee.all()] == [
        "Ngô Thị Dung",
        "Nguyễn Văn An",
        "Vũ Thị Giang",
    ]


def test_a_refused_committee_keeps_what_was_typed(year: Story, as_user: SignIn) -> None:
    ballot = new_ballot(year)
    rows = {"members-TOTAL_FORMS": 5, "members-INITIAL_FORMS": 5, "members-0-person_name": "Người Một"}
    rows |= {f"members-{n}-role": "member" for n in range(5)}
    page = as_user("binh").post(url(ballot, "ban-kiem-phieu"), rows).content.decode()
    assert "Ban kiểm phiếu gồm 3 hoặc 5 người, đang ghi 1." in page
    assert "Người Một" in page


def test_the_second_person_never_sees_the_first_entry(year: Story, as_user: SignIn) -> None:
    ballot = closed(year)
    enter(year, ballot, "an", 7, 3, 1)
    for name in ("dung", "giang", "binh", "hai"):
        client = as_user(name)
        page = client.get(url(ballot)).content.decode()
        assert "1/2 lần nhập" in page
        for where in ("kiem-phieu", "kiem-phieu/khong-khop", "ket-qua", "man-chieu"):
            answer = client.get(url(ballot, where))
            text = answer.content.decode()
            assert "7/11" not in text
            assert 'value="7"' not in text
    assert as_user("dung").get(url(ballot, "kiem-phieu", "khong-khop")).status_code == 302


def test_a_count_is_checked_before_it_is_kept(year: Story, as_user: SignIn) -> None:
    ballot = closed(year)
    an = as_user("an")
    page = an.post(url(ballot, "kiem-phieu"), {**typed(ballot, 9, 2, 1), "step": "check"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Cộng phiếu của các phương án là 12, nhiều hơn 11 phiếu hợp lệ × 1 lựa chọn = 11." in text
    assert 'value="9"' in text
    assert not CountEntry.objects.exists()
    live = an.post(url(ballot, "kiem-phieu", "doi-chieu"), typed(ballot, 9, 1, 1)).content.decode()
    assert "Số liệu khớp" in live
    live = an.post(url(ballot, "kiem-phieu", "doi-chieu"), typed(ballot, 9, 1, 1, kept=2)).content.decode()
    assert "không nộp lại 2 là 13" in live
    page = an.post(url(ballot, "kiem-phieu"), {**typed(ballot, 9, 2, 1), "step": "save"})
    assert page.status_code == 200
    assert not CountEntry.objects.exists()


def test_two_people_disagree_and_count_again(year: Story, as_user: SignIn) -> None:
    ballot = closed(year)
    as_user("an").post(url(ballot, "kiem-phieu"), {**typed(ballot, 9, 1, 1), "step": "save"})
    answer = as_user("dung").post(url(ballot, "kiem-phieu"), {**typed(ballot, 8, 2, 1), "step": "save"})
    assert answer.headers["Location"] == url(ballot, "kiem-phieu", "khong-khop")
    page = shown(as_user("dung"), ballot, "kiem-phieu", "khong-khop")
    assert page.count("Khác nhau") >= 2
    assert "Ghi kết quả kiểm lại" in page
    assert as_user("lan").get(url(ballot, "kiem-phieu", "khong-khop")).status_code == 403
    assert "Ghi kết quả kiểm lại" not in shown(as_user("giang"), ballot, "kiem-phieu", "khong-khop")
    wrong = as_user("dung").post(url(ballot, "kiem-phieu", "kiem-lai"), typed(ballot, 9, 9, 1))
    assert "phiếu hợp lệ" in wrong.content.decode()
    as_user("dung").post(url(ballot, "kiem-phieu", "kiem-lai"), typed(ballot, 9, 1, 1))
    third = CountEntry.objects.get(is_recount=True)
    assert "chờ người còn lại xác nhận" in shown(as_user("dung"), ballot, "kiem-phieu", "khong-khop")
    answer = as_user("an").post(url(ballot, "kiem-phieu", "xac-nhan"), {"entry": third.pk})
    assert answer.headers["Location"] == url(ballot, "ket-qua")
    page = shown(as_user("mai"), ballot, "ket-qua")
    assert "Ngô Thị Dung ghi kết quả kiểm lại, Nguyễn Văn An xác nhận." in page


def test_the_committee_signs_on_the_result_page(year: Story, as_user: SignIn) -> None:
    ballot = counted(year)
    for name in ("dung", "an", "giang"):
        assert "Ký biên bản" in shown(as_user(name), ballot, "ket-qua")
        user = year.people[name].user
        member = ballot.committee.get(user=user)
        as_user(name).post(url(ballot, "ky"), {"member": member.pk})
    ballot.refresh_from_db()
    assert ballot.state == "signed"


def test_a_tie_goes_to_a_second_ballot_and_then_to_whom_the_regulation_names(
    year: Story, as_user: SignIn
) -> None:
    binh = as_user("binh")
    ballot = counted(year, (5, 5, 1), threshold=Share(1, 3), max_rounds=2)
    page = shown(binh, ballot, "ket-qua")
    assert "Bằng phiếu" in page
    assert "Lập lượt bỏ phiếu sau" in page
    both = [o.pk for o in queries.options_open_for_choice(ballot)]
    assert "Sở Y tế" in shown(binh, ballot, "luot-sau")
    binh.post(url(ballot, "luot-sau"), {"options": both})
    second = Ballot.objects.get(previous=ballot)
    assert second.options.count() == 2
    assert "Lượt bỏ phiếu tiếp theo đã được lập." in shown(binh, ballot, "luot-sau")
    last = counted(year, (5, 5, 1), threshold=Share(1, 3), max_rounds=1)
    chosen = queries.options_open_for_choice(last)[0]
    page = shown(binh, last, "quyet-dinh")
    assert "Trưởng, phó khối thống nhất" in page
    told = {"options": [chosen.pk], "deciders": "Trưởng khối", "reason": "Điểm cao hơn"}
    binh.post(url(last, "quyet-dinh"), told)
    assert "Trưởng khối quyết định chọn" in shown(binh, last, "ket-qua")


def test_a_void_ballot_is_repeated(year: Story, as_user: SignIn) -> None:
    binh = as_user("binh")
    ballot = opened(year)
    assert "Anh/chị ghi mục này." in binh.post(url(ballot, "huy"), {"reason": ""}).content.decode()
    binh.post(url(ballot, "huy"), {"reason": "Hòm phiếu bị mở"})
    page = shown(binh, ballot)
    assert "Lý do: Hòm phiếu bị mở" in page
    binh.post(url(ballot, "lam-lai"))
    binh.post(url(ballot, "lam-lai"))
    assert Ballot.objects.filter(replaces=ballot).count() == 1
    assert "đã hủy" in shown(binh, ballot, "man-chieu")


def test_a_draft_is_revised_on_its_page(year: Story, as_user: SignIn) -> None:
    binh = as_user("binh")
    ballot = new_ballot(year)
    y_te = year.units["y_te"].pk
    told = {
        "title": "Suy tôn lần hai",
        "question": "",
        "revision": 1,
        "options-TOTAL_FORMS": 3,
        "options-INITIAL_FORMS": 0,
        "options-0-unit": y_te,
        "options-1-label": "Không chọn đơn vị nào",
        "roll-TOTAL_FORMS": 2,
        "roll-INITIAL_FORMS": 0,
        "roll-0-unit": y_te,
        "roll-0-person_name": "Trần Thị Lan",
        "roll-0-office": "Giám đốc",
    }
    assert binh.post(url(ballot, "sua"), told).status_code == 302
    assert [o.label for o in ballot.options.all()] == ["Sở Y tế", "Không chọn đơn vị nào"]
    assert ballot.roll.count() == 1
    stale = binh.post(url(ballot, "sua"), told)
    assert "Người khác vừa sửa" in stale.content.decode()
    page = binh.post(url(ballot, "sua"), {**told, "revision": 2, "roll-1-person_name": "Không đơn vị"})
    assert "Chọn đơn vị của cử tri này." in page.content.decode()


def test_the_room_sees_counts_only_until_the_result(year: Story, as_user: SignIn) -> None:
    an = as_user("an")
    ballot = opened(year)
    actions.mark_roll(
        ballot=ballot, entries=voters(ballot)[7:], mark="received", value=False, by=year.actor("binh")
    )
    page = shown(an, ballot, "man-chieu")
    assert 'aria-label="7 trên 11"' in page
    assert "Đại biểu" not in page
    assert "Có 11 người bỏ phiếu. Nếu kết quả là 0 hoặc 11 phiếu" in page
    assert "81,8%" in shown(an, counted(year), "man-chieu")
    hands = ready_to_open(year, mode="show_of_hands")
    assert "Giơ tay là biểu quyết công khai" in shown(an, hands, "man-chieu")


def test_the_page_leads_back_to_where_the_ballot_was_opened(year: Story, as_user: SignIn) -> None:
    ballot = new_ballot(year, about_url="/hoi-nghi/7/", occasion="Hội nghị tổng kết")
    assert '<a href="/hoi-nghi/7/">Hội nghị tổng kết</a>' in shown(as_user("an"), ballot)


def test_hands_ask_two_numbers_and_no_papers(year: Story, as_user: SignIn) -> None:
    ballot = closed(year, mode="show_of_hands", options=[(None, "Đồng ý"), (None, "Không đồng ý")])
    an = as_user("an")
    page = shown(an, ballot, "kiem-phieu")
    assert "Số người không biểu quyết" in page
    assert "Số phiếu in ra" not in page
    assert "Nhận phiếu" not in shown(an, ballot)
    wrong = an.post(url(ballot, "kiem-phieu"), {**typed(ballot, 12, 0), "step": "check"})
    assert "Đồng ý có 12 lượt tán thành" in wrong.content.decode()
    for name in ("an", "dung"):
        as_user(name).post(url(ballot, "kiem-phieu"), {**typed(ballot, 10, 1), "step": "save"})
    assert "10/11 lượt tán thành = 90,9%" in shown(an, ballot, "ket-qua")


@pytest.mark.parametrize(
    "where",
    ["", "ket-qua", "man-chieu", "kiem-phieu", "sua", "ban-kiem-phieu", "huy", "luot-sau", "quyet-dinh"],
)
def test_chi_of_another_bloc_sees_nothing(year: Story, as_user: SignIn, where: str) -> None:
    ballot = counted(year)
    address = url(ballot, where) if where else url(ballot)
    assert as_user("chi").get(address).status_code == 404
    assert as_user("chi").post(address).status_code in {404, 405}
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("where", ["sua", "ban-kiem-phieu", "huy", "luot-sau", "quyet-dinh", "kiem-phieu"])
def test_lan_may_look_but_not_run(year: Story, as_user: SignIn, where: str) -> None:
    assert as_user("lan").get(url(closed(year), where)).status_code == 403


@pytest.mark.parametrize("where", ["chot-danh-sach", "mo", "dong", "danh-dau", "lam-lai", "ky"])
def test_only_posts_change_anything(year: Story, as_user: SignIn, where: str) -> None:
    assert as_user("binh").get(url(new_ballot(year), where)).status_code == 405


BAD_MARKS = [
    "",
    "present",
    "present:1",
    "present:x:1",
    "x:1:1",
    "present:٣:1",
    f"present:{'9' * 30}:1",
    "present:1:2",
]


@pytest.mark.parametrize("told", BAD_MARKS)
def test_marks_that_make_no_sense_are_refused(year: Story, as_user: SignIn, told: str) -> None:
    ballot = ready_to_open(year)
    answer = as_user("binh").post(url(ballot, "danh-dau"), {"mark": told})
    assert answer.status_code == 409


@pytest.mark.parametrize("value", ["", "-1", "1,5", "mười", "9" * 40, "1e3", "٣", "<b>"])
def test_numbers_that_make_no_sense_are_told_beside_their_field(
    year: Story, as_user: SignIn, value: str
) -> None:
    ballot = closed(year)
    told = {**typed(ballot, 9, 1, 1), "printed": value, "step": "save"}
    page = as_user("an").post(url(ballot, "kiem-phieu"), told)
    assert page.status_code == 200
    assert not CountEntry.objects.exists()


@pytest.mark.parametrize("entry", ["", "0", "x", "9" * 30, "-3"])
def test_confirming_nothing_is_refused(year: Story, as_user: SignIn, entry: str) -> None:
    ballot = closed(year)
    answer = as_user("an").post(url(ballot, "kiem-phieu", "xac-nhan"), {"entry": entry})
    assert answer.status_code == 409
    assert as_user("an").post(url(ballot, "ky"), {"member": entry}).status_code == 409


def test_steps_out_of_order_are_refused_with_the_reason(year: Story, as_user: SignIn) -> None:
    binh = as_user("binh")
    ballot = with_committee(year, new_ballot(year))
    for where in ("mo", "dong"):
        answer = binh.post(url(ballot, where))
        assert answer.status_code == 409
        assert "đang ở bước “Đang chuẩn bị”" in answer.content.decode()
    assert binh.get(url(ballot, "ket-qua")).status_code == 302


@pytest.mark.parametrize("where", ["", "man-chieu"])
def test_a_longer_roll_asks_no_more_of_the_database(
    year: Story, as_user: SignIn, where: str, django_assert_num_queries: Any
) -> None:
    short = counted(year)
    three = new_ballot(year, roll=[(year.units["y_te"], f"Người {n}", "") for n in range(3)])
    many = new_ballot(year, roll=[(year.units["y_te"], f"Người {n}", "") for n in range(60)])
    binh = as_user("binh")
    binh.get(url(short))
    with CaptureQueriesContext(connection) as few:
        binh.get(url(three, where) if where else url(three))
    with django_assert_num_queries(len(few)):
        binh.get(url(many, where) if where else url(many))
