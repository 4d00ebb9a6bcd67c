"""A paper says to which post of the career tables an office is equal; verdicts count it and cite it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.base.sheets.workbooks import upload
from tests.story import Story, add_person
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.periods import Term
from thidua.base.sheets.actions import confirm_import, preview_import, undo_import
from thidua.commendation.eligibility.gathering import facts_of_people
from thidua.organisations.actions import end_tenure, remove_tenure
from thidua.organisations.models import Tenure
from thidua.records import actions
from thidua.records.actions import EqualPost
from thidua.records.models import CareerPost, Equivalence
from thidua.rulebook.engine import judge
from thidua.rulebook.engine.posts import career_posts

DAY = date(2025, 12, 1)
KIND = "HC_LD_3"
PAPER_DAY = date(2019, 3, 5)
PAPER = {
    "decided_by": "Ban Thường vụ Tỉnh ủy",
    "decision_symbol": "45-KL/TU",
    "decision_date": PAPER_DAY,
}
COLUMNS = [
    "Đơn vị",
    "Họ và tên",
    "Chức vụ",
    "Tương đương",
    "Cơ quan, người xác định",
    "Số, ký hiệu",
    "Ngày",
    "Tính từ ngày",
    "Đến hết ngày",
]
ROW = ["Ban Dân tộc", "Bùi Văn Khang", "Trưởng ban", "Vụ trưởng", "Ban Thường vụ Tỉnh ủy", "45-KL/TU"]


def held(year: Story, who: str = "khang") -> Tenure:
    return Tenure.objects.get(person=year.people[who])


def state(year: Story, by: str = "chi", who: str = "khang", **more: Any) -> Equivalence:
    tenure = held(year, who)
    text = EqualPost(**{"post": "vu_truong", **PAPER, **more})
    return actions.state_equivalence(unit=tenure.office.unit, tenure=tenure, text=text, by=year.actor(by))


def positions(year: Story, who: str = "khang", on: date = DAY) -> list[tuple[str, date]] | None:
    pk = year.people[who].pk
    found = facts_of_people([pk], on)[pk].positions
    return None if found is None else [(one.post, one.starts) for one in found]


def test_the_posts_are_those_of_the_tables() -> None:
    assert [post.value for post in CareerPost if post != CareerPost.NONE] == list(career_posts())
    assert all(career_posts()[post].startswith(post.label) for post in CareerPost if post != CareerPost.NONE)


def test_a_head_under_another_name_is_asked_until_a_paper_answers(year: Story) -> None:
    assert positions(year) is None
    state(year)
    assert positions(year) == [("vu_truong", date(2010, 1, 1))]
    assert positions(year, on=date(2019, 3, 4)) is None  # the paper was not there yet
    facts = facts_of_people([year.people["khang"].pk], DAY)[year.people["khang"].pk]
    told = str(judge(facts, kind=KIND, on=DAY).as_data())
    assert "Trưởng ban, Ban Dân tộc: tương đương Vụ trưởng theo văn bản 45-KL/TU ngày 05/03/2019" in told
    assert "Ban Thường vụ Tỉnh ủy (từ 01/01/2010)" in told


def test_that_it_equals_none_is_an_answer_too(year: Story) -> None:
    state(year, post="none")
    assert positions(year) == [("Trưởng ban, Ban Dân tộc", date(2010, 1, 1))]
    facts = facts_of_people([year.people["khang"].pk], DAY)[year.people["khang"].pk]
    told = str(judge(facts, kind=KIND, on=DAY).as_data())
    assert "không tương đương chức vụ nào trong bảng theo văn bản 45-KL/TU" in told


def test_what_no_paper_speaks_of_is_still_asked(year: Story) -> None:
    state(year, first=date(2015, 1, 1))
    assert positions(year) is None  # 2010–2014
    state(year, post="pho_vu_truong", last=date(2014, 12, 31))
    assert positions(year) == [("pho_vu_truong", date(2010, 1, 1)), ("vu_truong", date(2015, 1, 1))]
    end_tenure(tenure=held(year), ends=date(2018, 1, 1), by=year.actor("dung"))
    pk = year.people["khang"].pk
    assert facts_of_people([pk], DAY)[pk].positions[-1].ends == date(2018, 1, 1)  # type: ignore[index]


def test_a_paper_goes_before_the_name(year: Story) -> None:
    state(year, by="an", who="lan", post="pho_vu_truong", last=date(2013, 12, 31))
    assert positions(year, "lan") == [("pho_vu_truong", date(2010, 1, 1)), ("vu_truong", date(2014, 1, 1))]


def test_it_is_refused_kindly_corrected_with_its_history_and_taken_back(year: Story) -> None:
    for change, word in [
        ({"post": "giam_doc"}, "trong bảng"),
        ({"decided_by": " "}, "không được để trống"),
        ({"decision_date": date(2020, 1, 1)}, "sau hôm nay"),
        ({"first": date(2009, 1, 1)}, "nằm trong thời gian giữ chức vụ"),
        ({"first": date(2015, 1, 1), "last": date(2014, 1, 1)}, "đứng trước ngày đầu"),
    ]:
        with pytest.raises(Refused, match=word):
            state(year, **change)
    made = state(year)
    with pytest.raises(Refused, match="đã ghi chức vụ tương đương"):
        state(year, first=date(2012, 1, 1))
    with pytest.raises(Refused, match="dùng ở nơi khác"):
        remove_tenure(tenure=held(year), by=year.actor("dung"))
    text = EqualPost(post="pho_vu_truong", **PAPER)
    actions.correct_equivalence(equivalence=made, text=text, by=year.actor("dung"))
    assert [one.post for one in made.events.order_by("pgh_id")] == ["vu_truong", "pho_vu_truong"]
    actions.remove_equivalence(equivalence=made, by=year.actor("chi"))
    assert positions(year) is None
    verbs = [entry.verb for entry in Entry.objects.filter(subject_type="records.equivalence").order_by("id")]
    assert verbs == [f"records.{verb}_equivalence" for verb in ("state", "correct", "remove")]
    for name in ("an", "binh", "phuc", "quan", "son", "tam"):
        with pytest.raises(NotAllowed):
            state(year, by=name)


def test_the_database_refuses_two_papers_for_one_time_and_one_without_its_number(year: Story) -> None:
    made = state(year)
    told = {"tenure": made.tenure, "post": "vu_truong", "recorded_at": made.recorded_at, **PAPER}
    for change in (
        {"term": Term(date(2012, 1, 1))},
        {"term": Term(date(2001, 1, 1), date(2002, 1, 1)), "decided_by": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Equivalence.objects.create(**{**told, **change})


def test_the_page_says_who_is_asked_and_takes_the_answer(year: Story, as_user) -> None:
    unit = year.units["dan_toc"]
    chi = as_user("chi")
    page = chi.get(f"/ho-so/{unit.pk}/").text
    assert "Chưa ghi" in page
    asked = "Chưa ghi chức vụ Trưởng ban, Ban Dân tộc tương đương"
    about = f"/xet-khen/ca-nhan/{year.people['khang'].pk}/"
    assert asked in chi.get(about).text
    assert "(positions)" not in chi.get(about).text, "a key of a file is no word"
    address = f"/ho-so/{unit.pk}/chuc-vu/{held(year).pk}/tuong-duong/"
    typed = {
        "post": "vu_truong",
        "decided_by": "Ban Thường vụ Tỉnh ủy",
        "decision_symbol": "45-KL/TU",
        "decision_date": "32/13/2019",
    }
    answer = chi.post(address, typed)
    assert answer.status_code == 200
    assert "45-KL/TU" in answer.text
    assert "Ghi ngày theo dạng" in answer.text
    assert chi.post(address, {**typed, "decision_date": "5/3/2019"}).status_code == 302
    assert asked not in chi.get(about).text
    row = Equivalence.objects.get()
    assert "45-KL/TU ngày 05/03/2019 của Ban Thường vụ Tỉnh ủy" in chi.get(f"/ho-so/{unit.pk}/").text
    correct = f"/ho-so/{unit.pk}/tuong-duong/{row.pk}/"
    assert 'value="05/03/2019"' in chi.get(correct).text
    answer = chi.post(correct, {**typed, "decision_date": "6/3/2019", "last": "1/1/2009"})
    assert "đứng trước ngày đầu" in answer.text
    assert chi.post(correct, {**typed, "decision_date": "6/3/2019"}).status_code == 302
    assert as_user("an").get(correct).status_code == 404
    elsewhere = f"/ho-so/{year.units['y_te'].pk}/tuong-duong/{row.pk}/bo/"
    assert as_user("an").post(elsewhere).status_code == 404
    assert chi.post(f"{correct}bo/").status_code == 302
    assert not Equivalence.objects.exists()


def test_one_leader_or_three_need_the_same_queries(year: Story, as_user) -> None:
    dung, counts = as_user("dung"), []
    state(year)
    dung.get(f"/ho-so/{year.units['dan_toc'].pk}/")  # what is read once is read
    for names in ((), ("Phó Trưởng ban", "Phó Trưởng ban thường trực")):
        for name in names:
            add_person(year, name, "Cao Văn Thư", "dan_toc", "unit_officer", name, leads=True)
            state(year, who=name)
        with CaptureQueriesContext(connection) as seen:
            assert dung.get(f"/ho-so/{year.units['dan_toc'].pk}/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_excel_goes_out_and_in_and_is_undone(year: Story, as_user) -> None:
    chi = year.actor("chi")
    faulty = [
        ["Sở Y tế", *ROW[1:], PAPER_DAY, None, None],
        [ROW[0], "Không Ai", *ROW[2:], PAPER_DAY, None, None],
        [*ROW[:2], "Giám đốc", *ROW[3:], PAPER_DAY, None, None],
        [*ROW[:3], "Vụ phó", *ROW[4:], PAPER_DAY, None, None],
        [*ROW, date(2030, 3, 5), None, None],
        [*ROW, PAPER_DAY, date(2001, 1, 1), None],
        [*ROW, PAPER_DAY, None, date(2014, 12, 31)],
        [*ROW, PAPER_DAY, date(2014, 6, 1), None],
    ]
    wrong = preview_import(kind="equivalences", upload=upload([COLUMNS, *faulty]), by=chi)
    assert [(fault["row"], fault["column"]) for fault in wrong.errors] == [
        (2, "Đơn vị"),
        (3, "Họ và tên"),
        (4, "Chức vụ"),
        (5, "Tương đương"),
        (6, "Ngày"),
        (7, "Tính từ ngày"),
        (9, "Tính từ ngày"),
    ]
    rows = [COLUMNS, [*ROW, PAPER_DAY, None, None]]
    batch = confirm_import(batch=preview_import(kind="equivalences", upload=upload(rows), by=chi), by=chi)
    assert positions(year) == [("vu_truong", date(2010, 1, 1))]
    out = as_user("chi").get(f"/ho-so/{year.units['dan_toc'].pk}/?dang=excel&bang=chuc-vu-tuong-duong")
    told = CalamineWorkbook.from_filelike(BytesIO(out.content)).get_sheet_by_index(0).to_python()
    assert [ROW, PAPER_DAY, date(2010, 1, 1)] == [told[-1][:6], *told[-1][6:8]]
    undo_import(batch=batch, by=chi)
    assert positions(year) is None
    again = confirm_import(batch=preview_import(kind="equivalences", upload=upload(rows), by=chi), by=chi)
    text = EqualPost(post="pho_vu_truong", **PAPER)
    actions.correct_equivalence(equivalence=Equivalence.objects.get(), text=text, by=chi)
    with pytest.raises(Refused, match="được sửa sau khi nhập"):
        undo_import(batch=again, by=chi)
