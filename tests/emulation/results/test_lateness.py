"""Who is late with what: told by day, by unit, in days; what was returned in time is not late."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.emulation.results.test_reports import SECTIONS, _cycle, _new, _send
from tests.story import moment, set_due
from thidua.base.duties import State
from thidua.emulation.results import actions
from thidua.emulation.results.duties import acts
from thidua.emulation.results.models import Period
from thidua.emulation.results.queries import late_reports, span_end

DUE = date(2019, 7, 5)


@pytest.fixture
def dated(year):
    set_due(year.cycle, "mid_year_report", DUE)
    return year


def _late(year, on):
    keys = {unit.pk: key for key, unit in year.units.items()}
    return {
        (keys[one.unit.pk], str(one.period)): (one.days, one.missing)
        for one in late_reports(_cycle(year, "binh"), on=on)
    }


def test_nobody_is_late_on_the_due_day_itself(dated):
    assert _late(dated, DUE) == {}
    assert set(_late(dated, date(2019, 7, 6)).values()) == {(1, True)}


def test_late_and_missing_are_told_apart_as_they_stood_on_a_day(dated):
    _send(dated, at=moment(date(2019, 7, 5)))
    _send(dated, "giang", "giao_duc", at=moment(date(2019, 7, 8)))
    assert _late(dated, date(2019, 7, 20)) == {
        ("van_hoa", "mid_year"): (15, True),
        ("giao_duc", "mid_year"): (3, False),
    }
    assert _late(dated, date(2019, 7, 7))["giao_duc", "mid_year"] == (2, True), "not yet sent that day"


def test_returned_for_a_supplement_is_not_late_but_withdrawn_counts_anew(dated):
    report = _send(dated, at=moment(date(2019, 7, 3)))
    actions.return_report(report=report, reason="Thiếu", by=dated.actor("binh", moment(date(2019, 7, 8))))
    assert ("y_te", "mid_year") not in _late(dated, date(2019, 7, 9))
    report = actions.submit_report(report=report, by=dated.actor("an", moment(date(2019, 7, 9))))
    assert ("y_te", "mid_year") not in _late(dated, date(2019, 7, 9))
    actions.withdraw_report(report=report, by=dated.actor("an", moment(date(2019, 7, 10))))
    assert _late(dated, date(2019, 7, 11))["y_te", "mid_year"] == (6, True)


def test_a_unit_that_joined_after_the_due_day_owed_nothing(dated):
    membership = dated.bloc.memberships.get(unit=dated.units["giao_duc"])
    membership.term = (date(2019, 9, 1), None)
    membership.save()
    assert ("giao_duc", "mid_year") not in _late(dated, date(2019, 12, 1))


def test_without_a_due_date_nobody_is_late(year):
    assert _late(year, date(2019, 12, 31)) == {}


def test_the_list_is_a_page_and_an_excel_file(dated, as_user):
    _send(dated, "giang", "giao_duc", at=moment(date(2019, 7, 8)))
    page = dated.address("bao-cao", "con-no")
    text = as_user("giang").get(page, {"ngay": "20/7/2019"}).content.decode()
    assert "15 ngày" in text
    assert "Sở Y tế" in text
    book = as_user("binh").get(page, {"ngay": "20/7/2019", "xuat": "excel"}).content
    rows = CalamineWorkbook.from_object(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0][:5] == ["Đơn vị", "Báo cáo", "Hạn", "Gửi ngày", "Số ngày chậm"]
    assert ["Sở Giáo dục và Đào tạo", 3.0, "Gửi chậm"] in [[row[0], row[4], row[5]] for row in rows]
    assert "Ghi ngày theo dạng" in as_user("binh").get(page, {"ngay": "31/2/2019"}).content.decode()


def test_the_list_asks_as_much_for_one_as_for_three(
    dated, as_user, django_assert_num_queries, django_assert_max_num_queries
):
    binh, page = as_user("binh"), dated.address("bao-cao", "con-no")
    _send(dated, at=moment(date(2019, 7, 8)))
    binh.get(page)
    with django_assert_max_num_queries(25) as asked:
        binh.get(page)
    _send(dated, "giang", "giao_duc", at=moment(date(2019, 7, 8)))
    _send(dated, "hai", "van_hoa", at=moment(date(2019, 7, 9)))
    with django_assert_num_queries(len(asked.captured_queries)):
        binh.get(page)


def test_quarters_are_asked_only_where_they_have_a_date(year, as_user):
    def keys():
        return [act.key for act in acts(_cycle(year, "binh"), by=year.actor("binh"))]

    assert keys() == ["mid_year_report", "year_report"]
    set_due(year.cycle, "q1_report", date(2019, 4, 5))
    assert keys() == ["q1_report", "mid_year_report", "year_report"]
    _send(year, period=Period.Q1, at=moment(date(2019, 4, 8)))
    assert _late(year, date(2019, 4, 9))["y_te", "q1"] == (3, False)
    assert "Báo cáo quý I" in as_user("binh").get(year.address("bao-cao")).content.decode()
    page = year.address("bao-cao", "quy-1", str(year.units["y_te"].pk))
    assert as_user("binh").get(f"{page}van-ban/pdf/").content[:4] == b"%PDF"


@pytest.mark.parametrize(
    ("day", "asked"),
    [("2019-02-01", False), ("2019-06-25", True), ("2019-08-30", True), ("2019-12-16", False)],
)
def test_a_half_year_report_without_a_date_leaves_the_home_page(year, as_user, day, asked):
    """It is asked for around the end of June, begun or not, and not all the year."""
    actions.save_report(report=_new(year), draft=actions.Draft(SECTIONS), revision=0, by=year.actor("an"))
    on = date.fromisoformat(day)
    text = as_user("an", on).get("/").content.decode()
    assert ("Gửi báo cáo 6 tháng" in text) == asked
    [act, _] = acts(_cycle(year), by=year.actor("an", moment(on)))
    states = {duty.state for duty in act.duties if duty.unit_id == year.units["y_te"].pk}
    assert states == ({State.DOING} if asked else {State.LATER})


def test_spans_follow_the_cluster_s_own_year(year):
    assert span_end(year.cycle, Period.MID_YEAR) == date(2019, 6, 30)
    assert span_end(year.cycle, Period.YEAR_END) == date(2019, 12, 31)
    year.cycle.term = type(year.cycle.term)(date(2018, 12, 1), date(2019, 12, 1))
    assert span_end(year.cycle, Period.Q1) == date(2019, 2, 28)
    assert span_end(year.cycle, Period.YEAR_END) == date(2019, 11, 30)
