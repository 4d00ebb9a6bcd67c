"""A paper confirms a condition that no register tells; verdicts count it and cite the paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.base.sheets.workbooks import upload
from tests.story import Story
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.sheets.actions import confirm_import, preview_import, undo_import
from thidua.commendation.eligibility.gathering import facts_of_people, facts_of_units
from thidua.commendation.eligibility.registers import people_of_register, register_of_people
from thidua.records import actions
from thidua.records.actions import StatementText
from thidua.records.models import Statement
from thidua.records.queries import conditions_to_state
from thidua.rulebook.engine import judge
from thidua.rulebook.engine.outcomes import OUTCOMES
from thidua.rulebook.engine.scanning import scan

DAY = date(2025, 12, 1)
PAPER_DAY = date(2019, 12, 5)
PAPER = {
    "decided_by": "Chủ tịch UBND tỉnh",
    "decision_symbol": "12/QĐ-UBND",
    "decision_date": PAPER_DAY,
}
RETIRES, EXCEEDED, REWARDED = "thong_bao_nghi_huu", "vuot_chi_tieu", "thanh_tich_da_khen"
TOLD = "theo văn bản 12/QĐ-UBND ngày 05/12/2019 của Chủ tịch UBND tỉnh"


def state(year: Story, key: str = EXCEEDED, by: str = "an", who: str = "", **more: Any) -> Statement:
    text = StatementText(**{"key": key, "is_met": True, **PAPER, **more})
    person = year.people.get(who)
    return actions.record_statement(unit=year.units["y_te"], person=person, text=text, by=year.actor(by))


def statements(year: Story, who: str = "", of_year: int = 2019, on: date = DAY) -> dict[str, bool]:
    if who:
        pk = year.people[who].pk
        return dict(facts_of_people([pk], on, of_year)[pk].statements)
    pk = year.units["y_te"].pk
    return dict(facts_of_units([pk], on, of_year)[pk].statements)


def test_what_only_papers_tell_is_asked_of_those_it_concerns() -> None:
    of_people, of_units = (conditions_to_state(one, DAY) for one in ("ca_nhan", "tap_the"))
    assert RETIRES in of_people
    assert EXCEEDED in of_units
    assert EXCEEDED not in of_people
    assert "HCLĐ hạng Ba" in of_people[RETIRES].kinds
    assert "guong_mau" not in of_people, "weighed by those who vote"
    assert "khong_thuoc_doi_tuong_co" not in of_units, "the unit's circumstances tell it"


def test_a_director_who_retires_is_eligible_for_an_order(year: Story) -> None:
    """Lan has been Giám đốc sở since 2010; without the notice of retirement nothing is considered."""
    lan = year.people["lan"].pk
    before = judge(facts_of_people([lan], DAY)[lan], kind="HC_LD_3", on=DAY)
    assert before.outcome != "eligible"
    state(year, RETIRES, who="lan")
    after = judge(facts_of_people([lan], DAY)[lan], kind="HC_LD_3", on=DAY)
    assert after.outcome == "eligible"
    assert TOLD in str(after.as_data())
    people = people_of_register()
    found = scan(register_of_people(people, DAY, DAY.year), ("HC_LD_3",))["HC_LD_3"]
    facts = facts_of_people(people.tolist(), DAY)
    assert [OUTCOMES[at] for at in found] == [
        judge(facts[pk], kind="HC_LD_3", on=DAY).outcome for pk in people.tolist()
    ]


def test_a_year_is_its_own_and_the_paper_must_have_been_there(year: Story) -> None:
    state(year, year=2018)
    assert statements(year) == {}
    assert statements(year, of_year=2018) == {EXCEEDED: True}
    state(year, is_met=False)
    assert statements(year) == {EXCEEDED: False}, "for good"
    assert statements(year, of_year=2018)[EXCEEDED] is True, "the year's own goes first"
    assert statements(year, on=date(2019, 12, 4)) == {}


def test_what_stands_in_the_way_is_so_when_its_condition_is_not_met(year: Story) -> None:
    state(year, REWARDED, who="an", is_met=False, year=2019)
    assert statements(year, "an") == {REWARDED: True}
    pk = year.people["an"].pk
    told = judge(facts_of_people([pk], DAY, 2019)[pk], kind="CSTD_CS", on=DAY)
    assert told.outcome == "excluded"


def test_it_is_refused_kindly_corrected_with_its_history_and_taken_back(year: Story) -> None:
    for change, word in [
        ({"key": "guong_mau"}, "trong danh sách"),
        ({"decided_by": " "}, "không được để trống"),
        ({"decision_date": date(2020, 1, 1)}, "sau hôm nay"),
        ({"year": 2020}, "Chưa đến năm"),
        ({"who": "giang", "key": RETIRES}, "không giữ chức vụ"),
    ]:
        with pytest.raises(Refused, match=word):
            state(year, **change)
    made = state(year, year=2019)
    state(year, year=2019, is_met=False, by="dung")
    assert [one.is_met for one in Statement.objects.all()] == [False]
    assert [one.is_met for one in made.events.order_by("pgh_id")] == [True, False]
    for name in ("giang", "binh", "chi", "phuc", "quan", "son", "tam"):
        with pytest.raises(NotAllowed):
            state(year, by=name)
    actions.remove_statement(statement=made, by=year.actor("an"))
    assert statements(year) == {}
    told = {"unit": year.units["y_te"], "key": EXCEEDED, "is_met": True, "recorded_at": made.recorded_at}
    Statement.objects.create(**told, **PAPER)
    for change in ({}, {"year": 2018, "decided_by": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Statement.objects.create(**{**told, **PAPER, **change})


def test_an_writes_it_down_where_the_verdict_misses_it(year: Story, as_user) -> None:
    unit, lan = year.units["y_te"].pk, year.people["lan"].pk
    an = as_user("an", on=date(2025, 12, 1))
    address = f"/ho-so/{unit}/ca-nhan/{lan}/xac-nhan/"
    assert address in an.get(f"/xet-khen/ca-nhan/{lan}/").text
    typed = {"key": RETIRES, "is_met": "True", "year": "", "decided_by": "Giám đốc Sở Nội vụ"}
    typed |= {"decision_symbol": "9/TB-SNV", "decision_date": "40/1/2025"}
    answer = an.post(address, typed)
    assert "Ghi ngày theo dạng" in answer.text
    assert "9/TB-SNV" in answer.text, "nothing typed is lost"
    assert an.post(address, {**typed, "decision_date": "4/11/2025"}).status_code == 302
    assert "9/TB-SNV ngày 04/11/2025 của Giám đốc Sở Nội vụ" in an.get(f"/xet-khen/ca-nhan/{lan}/").text
    row = Statement.objects.get()
    assert "Đã có thông báo nghỉ hưu" in an.get(f"/ho-so/{unit}/").text
    assert an.get(f"/ho-so/{unit}/ca-nhan/{year.people['giang'].pk}/xac-nhan/").status_code == 404
    assert as_user("giang").get(address).status_code == 404
    assert an.post(f"/ho-so/{unit}/xac-nhan/{row.pk}/bo/").status_code == 302
    assert not Statement.objects.exists()


def test_excel_comes_in_and_is_undone(year: Story) -> None:
    an = year.actor("an")
    head = [
        "Đơn vị",
        "Họ và tên",
        "Điều kiện",
        "Kết quả",
        "Năm",
        "Cơ quan, người xác nhận",
        "Số, ký hiệu",
        "Ngày",
    ]
    tail = ["Chủ tịch UBND tỉnh", "12/QĐ-UBND", PAPER_DAY]
    words = conditions_to_state("tap_the", date(2019, 12, 16))[EXCEEDED].says
    good = ["Sở Y tế", None, words, "Đạt", 2019, *tail]
    rows = [head, good, good, ["Sở Y tế", "Trần Thị Lan", *good[2:]], [*good[:4], 2025, *tail]]
    wrong = preview_import(kind="statements", upload=upload(rows), by=an)
    assert [(fault["row"], fault["column"]) for fault in wrong.errors] == [
        (3, "Điều kiện"),
        (4, "Điều kiện"),
        (5, "Năm"),
    ]
    batch = confirm_import(batch=preview_import(kind="statements", upload=upload([head, good]), by=an), by=an)
    assert statements(year) == {EXCEEDED: True}
    undo_import(batch=batch, by=an)
    assert statements(year) == {}
    again = confirm_import(batch=preview_import(kind="statements", upload=upload([head, good]), by=an), by=an)
    state(year, year=2019, is_met=False)
    with pytest.raises(Refused, match="được sửa sau khi nhập"):
        undo_import(batch=again, by=an)
