"""A report's figures are drawn from the results: exactly as known, as sums, or as a list of units."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tests.emulation.exemplars import test_exemplars as exemplars
from tests.emulation.results.catalogue import define, put, the_year
from tests.emulation.results.test_reports import SECTIONS, _form, _new, _page, _send
from tests.records.test_records import initiative
from thidua.emulation.results import actions
from thidua.emulation.results.actions import Kind
from thidua.emulation.results.models import Period, Report, Said
from thidua.emulation.results.papers import report_paper
from thidua.emulation.results.queries import (
    Figure,
    changed_since_drawn,
    drawn_figures,
    exemplars_told,
    figures_of,
    lines_of,
)

THE_REPORTS_OWN = [  # the figures of the five reports, as they are said
    (Figure("Thu ngân sách", "gt", Decimal(50), "%"), "trên 50%"),
    (Figure("Cán bộ được khen", "hundreds", measure="người"), "hàng trăm người"),
    (Figure("Giải ngân", "range", Decimal("97.7"), "%", upper=Decimal("139.5")), "97,7–139,5%"),
    (Figure("Hợp tác xã", value=Decimal(26), measure="hợp tác xã"), "26 hợp tác xã"),
    (Figure("Lao động", value=Decimal("72.25"), measure="%", target=Decimal(100)), "72,25%"),
]


def test_the_reports_figures_are_kept_exactly_as_said(year, as_user):
    report = _send(year, figures=[figure for figure, _ in THE_REPORTS_OWN])
    assert [line.said for line in lines_of(report)] == [said for _, said in THE_REPORTS_OWN]
    assert figures_of(report) == [figure for figure, _ in THE_REPORTS_OWN]
    text = as_user("binh").get(_page(year)).content.decode()
    paper = str(report_paper(report))
    for _, said in THE_REPORTS_OWN:
        assert said in text
        assert said in paper


def test_an_draws_what_was_entered_and_mends_what_was_typed(year, as_user):
    made = define(year)
    put(year, "an", "y_te", made["cooperatives"], "26")
    put(year, "an", "y_te", made["cooperatives"], "20", kind=Kind.TARGET)
    put(year, "an", "y_te", made["disbursed"], Said("range", Decimal("97.7"), Decimal("139.5")))
    an = as_user("an")
    begun = an.get(_page(year, "soan")).content.decode()
    assert 'value="Hợp tác xã thành lập mới"' in begun, "a new report begins with what was entered"
    typed = [{"indicator": "hop tac xa thanh lap moi", "value": "12", "note": "Ghi tay"}]
    drawn = an.post(_page(year, "soan"), _form(figures=typed, do="draw")).content.decode()
    named = re.findall(r'-indicator" value="Hợp tác xã thành lập mới"', drawn)
    assert len(named) == 1, "the typed line is mended, not doubled"
    assert 'value="26"' in drawn
    assert 'value="Ghi tay"' in drawn
    assert 'value="139,5"' in drawn
    assert not Report.objects.exists(), "drawn on the page; kept only when saved"
    rows = [
        {"indicator": "Hợp tác xã thành lập mới", "value": "26", "target": "20"},
        {"indicator": "Giải ngân vốn đầu tư công", "qualifier": "range", "value": "97,7", "upper": "139,5"},
    ]
    an.post(_page(year, "soan"), _form(figures=rows, do="submit"))
    lines = lines_of(Report.objects.get())
    assert [line.said for line in lines] == ["26 hợp tác xã", "97,7–139,5%"]
    assert [line.catalogued for line in lines] == [made["cooperatives"], made["disbursed"]]
    assert lines[0].percent == Decimal("130.00")


def test_a_line_of_the_catalogue_refuses_another_measure(year, as_user):
    define(year, "revenue")
    row = {"indicator": "Thu ngân sách", "value": "1.500", "measure": "triệu đồng"}
    text = as_user("an").post(_page(year, "soan"), _form(figures=[row], do="save")).content.decode()
    assert "Anh/chị ghi 1,5 tỷ đồng." in text
    wrong = {"indicator": "Khác", "qualifier": "range", "value": "9", "upper": "3"}
    text = as_user("an").post(_page(year, "soan"), _form(figures=[wrong], do="save")).content.decode()
    assert "từ số nhỏ đến số lớn" in text
    assert not Report.objects.exists()


def test_figures_changed_after_they_were_drawn_are_told(year, as_user):
    one = define(year, "cooperatives")["cooperatives"]
    put(year, "an", "y_te", one, "26")
    report = _new(year)
    by = year.actor("an")
    draft = actions.Draft(SECTIONS, drawn_figures(report, by))
    report = actions.submit_report(report=report, draft=draft, revision=0, by=by)
    report.cycle = the_year(year)
    assert changed_since_drawn(report, by) == []
    put(year, "an", "y_te", one, "27", seen=1)
    [(line, now)] = changed_since_drawn(report, by)
    assert (line.value, now.value) == (26, 27)
    assert "số liệu nay là 27" in as_user("binh").get(_page(year)).content.decode()


def _members_tell(year, made):
    for who, unit, count, share, drafted in (
        ("an", "y_te", "10", "60", "100"),
        ("giang", "giao_duc", "16", "40", "100"),
        ("hai", "van_hoa", "0", "55", "100"),
    ):
        put(year, who, unit, made["cooperatives"], count)
        put(year, who, unit, made["budget"], share)
        put(year, who, unit, made["disbursed"], drafted)


def test_the_cluster_s_report_draws_sums_lists_and_what_all_say_alike(year, as_user):
    made = define(year)
    _members_tell(year, made)
    report = Report(cycle=the_year(year, "binh"), unit=None, period=Period.MID_YEAR)
    told = {figure.indicator: figure for figure in drawn_figures(report, year.actor("binh"))}
    assert told["Hợp tác xã thành lập mới"].said == Said(value=Decimal(26))
    above = told["Thu ngân sách so với dự toán"]
    assert above.said == Said("gt", Decimal(50))
    assert above.units == {year.units["y_te"].pk, year.units["van_hoa"].pk}
    alike = told["Giải ngân vốn đầu tư công"]
    assert (alike.said, len(alike.units)) == (Said(value=Decimal(100)), 3)


def test_gathering_members_reports_says_who_lies_above_the_threshold(year):
    made = define(year)
    _members_tell(year, made)
    for who, unit in (("an", "y_te"), ("giang", "giao_duc")):
        report = _new(year, unit)
        _send(year, who, unit, drawn_figures(report, year.actor(who)))
    by = year.actor("binh")
    report = actions.compile_report(cycle=the_year(year, "binh"), period=Period.MID_YEAR, by=by)
    told = {figure.indicator: figure for figure in figures_of(report)}
    assert told["Hợp tác xã thành lập mới"].said == Said(value=Decimal(26))
    assert told["Thu ngân sách so với dự toán"].said == Said("gt", Decimal(50))
    assert told["Thu ngân sách so với dự toán"].units == {year.units["y_te"].pk}
    report = _new(year, "van_hoa")
    _send(year, "hai", "van_hoa", drawn_figures(report, year.actor("hai")))
    report = actions.compile_report(cycle=the_year(year, "binh"), period=Period.MID_YEAR, by=by)
    told = {figure.indicator: figure for figure in figures_of(report)}
    assert told["Thu ngân sách so với dự toán"].units == {year.units["y_te"].pk, year.units["van_hoa"].pk}


def test_quarter_reports_draw_their_own_quarter(year):
    one = define(year, "cooperatives")["cooperatives"]
    put(year, "an", "y_te", one, "3", period=Period.Q1)
    put(year, "an", "y_te", one, "26")
    report = _new(year, period=Period.Q1)
    [figure] = drawn_figures(report, year.actor("an"))
    assert figure.value == 3


def _names(page: str) -> list[str]:
    return [name for name in re.findall(r'-indicator" value="([^"]*)"', page) if name]


def test_exemplars_counted_anew_after_a_report_are_told(year, as_user):
    uncle = exemplars.category(year)
    exemplars.enter(year, categories=[uncle])
    report, by = _new(year, period=Period.YEAR_END), year.actor("an")
    draft = actions.Draft(SECTIONS, drawn_figures(report, by))
    report = actions.submit_report(report=report, draft=draft, revision=0, by=by)
    report.cycle = the_year(year)
    assert changed_since_drawn(report, by) == []
    assert exemplars_told(figures_of(report)) == f"01 tập thể, trong đó 01 tập thể: {uncle.name}"
    exemplars.enter(year, "Tổ minh họa 2")
    [(line, now)] = changed_since_drawn(report, by)
    assert (line.indicator, line.value, now.value) == ("Tập thể điển hình tiên tiến", 1, 2)
    page = as_user("binh").get(_page(year).replace("6-thang", "ca-nam")).content.decode()
    assert "báo cáo ghi 1, số liệu nay là 2 tập thể" in page


def test_exemplars_are_drawn_from_their_register_with_their_headings_below(year, as_user):
    uncle = exemplars.category(year)
    exemplars.enter(year, categories=[uncle])
    exemplars.enter(year, "Tổ minh họa 2")
    exemplars.enter(year, "Cá nhân minh họa", kind="individual", categories=[uncle])
    exemplars.enter(year, "Tổ của ngành giáo dục", who="giang", unit="giao_duc")
    year_report = Report(cycle=the_year(year, "binh"), unit=None, period=Period.YEAR_END)
    told = [(one.indicator, one.value, one.is_part) for one in drawn_figures(year_report, year.actor("binh"))]
    whole, of_persons = "Tập thể điển hình tiên tiến", "Cá nhân điển hình tiên tiến"
    name = uncle.name
    assert told == [(whole, 3, False), (name, 1, True), (of_persons, 1, False), (name, 1, True)]
    half_year = Report(cycle=the_year(year, "binh"), unit=None, period=Period.MID_YEAR)
    assert drawn_figures(half_year, year.actor("binh")) == []  # registered in October

    page = _page(year, "soan").replace("6-thang", "ca-nam")
    typed = [{"indicator": whole, "value": "9", "measure": "tập thể"}, {"indicator": "Khác", "value": "1"}]
    sent = as_user("an").post(page, _form(figures=typed, do="draw")).content.decode()
    assert _names(sent) == [whole, name, "Khác", of_persons, name], "a part goes right below its whole"
    assert 'value="2"' in sent  # An's own unit, upon the line that was typed
    assert 'value="9"' not in sent


def test_initiatives_recognised_are_counted_by_their_scope(year, as_user):
    initiative(year, decision_date=date(2019, 3, 5))
    initiative(year, title="Khám từ xa", scope="province", decision_date=date(2019, 5, 5))
    initiative(year, title="Sổ tay điện tử", decision_date=date(2019, 11, 5))
    initiative(year, title="Của năm trước", decision_date=date(2018, 11, 5))
    told = [(f.indicator, f.value, f.is_part) for f in drawn_figures(_new(year), year.actor("an"))]
    assert told == [
        ("Sáng kiến được công nhận", 2, False),
        ("Cấp cơ sở", 1, True),
        ("Cấp bộ, ban, ngành, tỉnh", 1, True),
    ]
    cluster = drawn_figures(_new(year, unit=None, period=Period.YEAR_END), year.actor("binh"))
    assert cluster[0].value == 3
    assert drawn_figures(_new(year, unit="giao_duc"), year.actor("giang")) == []
    sent = _send(year, figures=drawn_figures(_new(year), year.actor("an")))
    assert "Trong đó: Cấp bộ, ban, ngành, tỉnh" in str(report_paper(sent))
    initiative(year, title="Đặt lịch khám", decision_date=date(2019, 4, 5))
    changed = changed_since_drawn(sent, year.actor("an"))
    assert [(line.indicator, line.value, new.value) for line, new in changed] == [
        ("Sáng kiến được công nhận", 2, 3),
        ("Cấp cơ sở", 1, 2),
    ]
