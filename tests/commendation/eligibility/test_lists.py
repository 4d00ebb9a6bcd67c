"""A list pasted from Excel: each row its answer and reasons, the wrong ones found, the whole exported."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.commendation.eligibility.world import deserving, invented
from tests.story import ALWAYS, Story
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.commendation.eligibility.actions import begin_check
from thidua.commendation.eligibility.asking import KEPT_QUIET
from thidua.commendation.eligibility.jobs import check_list
from thidua.commendation.eligibility.models import ListCheck
from thidua.commendation.eligibility.queries.lists import _ties
from thidua.commendation.eligibility.queries.units import Quota
from thidua.organisations.models import Office, Person, Tenure
from thidua.records import actions

HEAD = "TT\tHọ và tên\tĐơn vị công tác\tDanh hiệu đề nghị"
ON = date(2019, 12, 16)


def pasted(*rows: str) -> str:
    return "\r\n".join([HEAD, *(f"{at}\t{row}" for at, row in enumerate(rows, 1))])


def checked(year: Story, *rows: str, by: str = "dung") -> ListCheck:
    return begin_check(title="", text=pasted(*rows), on=ON, by=year.actor(by))


def test_each_row_has_its_answer_and_its_reason(year: Story) -> None:
    invented(year, deserving(year), 2019)
    check = checked(
        year,
        "Nguyễn Văn An\tSở Y tế\tCSTĐ cơ sở",
        "Người Lạ\tSở Y tế\tCSTĐCS",
        "Nguyễn Văn An\tSở Y tế\tHuy hiệu lạ",
        "Sở Y tế\t\tCờ thi đua của UBND tỉnh",
        "Nguyễn Văn An\tSở Lạ\tLĐTT",
    )
    assert check.state == "done"
    answers = [result["answer"] for result in check.results]
    assert answers[0] in {"eligible", "needs_review"}
    assert answers[1:3] == ["", ""]
    assert "Không tìm thấy “Người Lạ” ở Sở Y tế." in check.results[1]["reasons"]
    assert "không có trong danh mục" in check.results[2]["reasons"][0]
    assert any("Điều" in reason for reason in check.results[3]["reasons"])
    assert "Không tìm thấy đơn vị" in check.results[4]["reasons"][0]


def test_duplicates_and_initiatives_used_twice_are_told(year: Story) -> None:
    an = deserving(year)
    invented(year, an, 2019, title="Bàn khám lưu động")
    check = checked(
        year,
        "Nguyễn Văn An\tSở Y tế\tCSTĐ cơ sở",
        "NGUYỄN VĂN AN\tso y te\tChiến sĩ thi đua cơ sở",
        "Nguyễn Văn An\tSở Y tế\tBằng khen UBND tỉnh",
    )
    assert check.results[1]["warnings"][0] == "Trùng dòng 2 (Nguyễn Văn An)."
    assert any("“Bàn khám lưu động”" in note and "Dòng 2, 4" in note for note in check.notes)
    assert any("trùng hoặc gần giống" in note for note in check.notes)


def test_a_title_already_held_is_warned_of(year: Story) -> None:
    deserving(year)
    check = begin_check(
        title="", text=pasted("Nguyễn Văn An\tSở Y tế\tLĐTT"), on=date(2019, 3, 1), by=year.actor("dung")
    )
    assert "Đã có danh hiệu, hình thức này năm 2018" in check.results[0]["warnings"][0]


def test_the_quota_of_the_law_is_counted_over_the_list(year: Story) -> None:
    names = _people(year, 7)
    rows = [f"{name}\tSở Y tế\tLĐTT" for name in names]
    fighters = [f"{name}\tSở Y tế\tCSTĐCS" for name in names[:2]]
    (note,) = [note for note in checked(year, *rows, *fighters).notes if "15%" in note]
    assert "Tính trên 7: nhiều nhất 1, đang đề nghị 2, vượt 1." in note
    assert "Nghị định 91/2017/NĐ-CP" in note
    check = begin_check(title="", text=pasted(*rows, *fighters), on=date(2025, 12, 1), by=year.actor("dung"))
    assert not [note for note in check.notes if "15%" in note], "no such limit since 2024"


def test_rows_of_others_are_not_answered(year: Story, as_user) -> None:
    deserving(year)
    check = checked(
        year, "Nguyễn Văn An\tSở Y tế\tLĐTT", "Vũ Thị Giang\tSở Giáo dục và Đào tạo\tLĐTT", by="an"
    )
    assert check.results[0]["answer"]
    assert "không thuộc phạm vi" in check.results[1]["reasons"][0]
    for name in ("binh", "phuc", "tam"):
        with pytest.raises(NotAllowed):
            checked(year, "A\tB\tC", by=name)
    assert as_user("dung").get(f"/xet-khen/danh-sach/{check.pk}/").status_code == 404, "An's own list"


def test_an_officer_is_not_told_of_pending_matters(year: Story) -> None:
    an = deserving(year)
    actions.report_matter(
        unit=year.units["y_te"],
        person=an,
        kind="complaint",
        since=date(2019, 11, 1),
        told_by="Thanh tra tỉnh",
        by=year.actor("lan"),
    )
    told = {}
    for name in ("an", "lan"):
        check = begin_check(
            title="",
            text=pasted("Nguyễn Văn An\tSở Y tế\tLĐTT"),
            on=date(2024, 12, 16),
            by=year.actor(name),
        )
        assert check.results[0]["answer"] == "excluded"
        told[name] = " ".join(check.results[0]["reasons"])
    assert "tố cáo đang được xác minh" in told["lan"]
    assert "tố cáo đang được xác minh" not in told["an"]
    assert KEPT_QUIET.rstrip(".") in told["an"]


def test_what_is_no_list_is_said(year: Story, as_user) -> None:
    for text, word in [("  \n ", "Chưa có dòng"), ("một cột", "ít nhất cột họ tên")]:
        with pytest.raises(Refused, match=word):
            begin_check(title="", text=text, on=ON, by=year.actor("dung"))
    page = as_user("dung").post("/xet-khen/danh-sach/", {"on": "16/12/2019", "text": "chỉ một cột"})
    assert "chỉ một cột" in page.text, "nothing typed is lost"
    assert not ListCheck.objects.exists()


def test_dung_pastes_looks_at_the_wrong_rows_and_exports(year: Story, as_user) -> None:
    deserving(year)
    dung = as_user("dung")
    rows = pasted("Nguyễn Văn An\tSở Y tế\tLĐTT", "Người Lạ\tSở Y tế\tLĐTT", "=1+1\tSở Y tế\tLĐTT")
    made = dung.post("/xet-khen/danh-sach/", {"title": "Đợt 1", "on": "16/12/2019", "text": rows})
    address = made.headers["Location"]
    assert "Người Lạ" in dung.get(address).text
    wrong = dung.get(address, {"chi": "sai"}).text
    assert "Người Lạ" in wrong
    assert "Nguyễn Văn An</a>" not in wrong or "cần kiểm tra" in wrong
    data = dung.get(address, {"dang": "excel"}).content
    table = CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert table[0][5] == "Lý do"
    assert table[3][1] == "=1+1", "words, not a formula"
    assert "Không tìm thấy" in table[2][5]
    assert "Đợt 1" in dung.get("/xet-khen/danh-sach/").text
    assert dung.post(f"{address}bo/").status_code == 302
    assert not ListCheck.objects.exists()


def _people(year: Story, count: int) -> list[str]:
    office = Office.objects.create(unit=year.units["y_te"], name="Nhân viên")
    made = Person.objects.bulk_create(
        Person(full_name=f"Trần {'ABCDEGHIKL'[at % 10] * 4} {at * 7919}") for at in range(count)
    )
    Tenure.objects.bulk_create(Tenure(person=one, office=office, term=ALWAYS) for one in made)
    return [one.full_name for one in made]


def test_a_long_list_is_judged_in_the_worker_with_progress(year: Story, as_user) -> None:
    names = _people(year, 450)
    check = checked(year, *(f"{name}\tSở Y tế\tLĐTT" for name in names))
    assert (check.state, check.done, check.total) == ("waiting", 0, 450)
    dung = as_user("dung")
    assert "Đã kiểm 0/450" in dung.get(f"/xet-khen/danh-sach/{check.pk}/").text
    part = dung.get(f"/xet-khen/danh-sach/{check.pk}/", headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="tien-do"')
    check_list(check.pk)
    check.refresh_from_db()
    assert (check.state, check.done, len(check.results)) == ("done", 450, 450)
    assert "Chỉ hiện" in dung.get(f"/xet-khen/danh-sach/{check.pk}/").text


def test_a_list_asks_the_same_questions_of_one_and_of_many(year: Story, as_user) -> None:
    names = _people(year, 60)

    def count(rows: list[str]) -> int:
        with CaptureQueriesContext(connection) as asked:
            checked(year, *(f"{name}\tSở Y tế\tLĐTT" for name in rows))
        return len(asked)

    count(names[:1])
    assert count(names[:1]) == count(names)
    dung = as_user("dung")

    def page() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert dung.get("/xet-khen/danh-sach/").status_code == 200
        return len(asked)

    page()
    few = page()
    checked(year, f"{names[0]}\tSở Y tế\tLĐTT")
    assert page() == few


def test_names_and_titles_alone_are_enough_where_one_person_bears_the_name(year: Story) -> None:
    deserving(year)
    told = "Họ tên\tHình thức đề nghị\r\nNguyễn Văn An\tLĐTT\r\nLạ Hoắc\tLĐTT\r\n\tLĐTT\r\nSở Y tế\t\r\n"
    check = begin_check(title="", text=told, on=ON, by=year.actor("dung"))
    assert check.rows[0]["person_id"] == year.people["an"].pk
    reasons = [result["reasons"][0] for result in check.results[1:]]
    assert reasons[0] == "Không tìm thấy “Lạ Hoắc” ở đơn vị nào anh/chị theo dõi."
    assert reasons[1:] == ["Thiếu họ tên hoặc tên tập thể.", "Thiếu danh hiệu, hình thức."]
    other = Office.objects.create(unit=year.units["giao_duc"], name="Nhân viên")
    Tenure.objects.create(person=Person.objects.create(full_name="Nguyễn Văn An"), office=other, term=ALWAYS)
    twice = begin_check(title="", text=told, on=ON, by=year.actor("dung"))
    assert "Có nhiều người tên “Nguyễn Văn An”" in twice.results[0]["reasons"][0]


def test_heads_are_read_as_officers_write_them(year: Story) -> None:
    deserving(year)
    for head in (
        "STT\tHọ tên\tĐơn vị công tác\tHình thức đề nghị",
        "TT\tTên cá nhân\tNơi công tác\tDanh hiệu",
    ):
        text = f'{head}\n1\tNguyễn Văn An\t"Sở\nY tế"\tLĐTT'
        (row,) = begin_check(title="", text=text, on=ON, by=year.actor("dung")).rows
        assert row["person_id"] == year.people["an"].pk, head
    units = begin_check(
        title="", text="Tên đơn vị\tDanh hiệu\nSở Y tế\tCờ tỉnh", on=ON, by=year.actor("dung")
    )
    assert units.rows[0]["unit_id"] == year.units["y_te"].pk


def test_an_initiative_no_verdict_rests_on_is_not_called_used_twice(year: Story) -> None:
    an = deserving(year)
    invented(year, an, 2019, title="Bàn khám lưu động")
    check = checked(year, "Nguyễn Văn An\tSở Y tế\tLĐTT", "Nguyễn Văn An\tSở Y tế\tBằng khen UBND tỉnh")
    assert not [note for note in check.notes if "Bàn khám" in note]


def test_above_a_quota_women_are_preferred(year: Story) -> None:
    names = _people(year, 7)
    woman = Person.objects.get(full_name=names[1])
    actions.describe_person(unit=year.units["y_te"], person=woman, sex="female", by=year.actor("an"))
    rows = [{"number": 1, "name": "A"}, {"number": 2, "name": "B"}]
    told = [{"preferred": preferred, "answer": "eligible"} for preferred in (False, True)]
    assert _ties(rows, told, [Quota("", "", 2, 7, 1)]) == [
        "Vượt chỉ tiêu: điều kiện như nhau thì ưu tiên dòng 2 (B)."
    ]
    assert _ties(rows, told, [Quota("", "", 1, 7, 1)]) == []
    day = date(2025, 12, 1)
    check = begin_check(
        title="", text=pasted(*(f"{one}\tSở Y tế\tLĐTT" for one in names[:2])), on=day, by=year.actor("dung")
    )
    assert [result["preferred"] for result in check.results] == [False, True]
