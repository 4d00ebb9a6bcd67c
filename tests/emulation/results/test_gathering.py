"""The cluster's report is gathered from members' reports and never overwrites what the head wrote."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.emulation.results.test_reports import SECTIONS, _cycle, _page, _send
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.emulation.clusters.models import Qualifier
from thidua.emulation.results import actions
from thidua.emulation.results.models import Period, Report, achievement, figure_text
from thidua.emulation.results.papers import report_paper
from thidua.emulation.results.queries import Figure, figures_of, lines_of, sections_of, side_by_side

COOPERATIVES = Figure("Hợp tác xã thành lập mới", value=Decimal(10), measure="hợp tác xã")


def _compile(year, who="binh"):
    return actions.compile_report(cycle=_cycle(year, who), period=Period.MID_YEAR, by=year.actor(who))


def test_texts_are_gathered_with_names_and_counts_are_summed(year):
    _send(year, figures=[COOPERATIVES])
    _send(
        year,
        "giang",
        "giao_duc",
        [Figure("hop tac xa thanh lap moi", value=Decimal(16), measure="hợp tác xã")],
    )
    report = _compile(year)
    assert sections_of(report)["results"] == (
        "Sở Giáo dục và Đào tạo:\nThu ngân sách đạt 52%.\n\nSở Y tế:\nThu ngân sách đạt 52%."
    )
    [figure] = figures_of(report)
    assert figure.value == Decimal(26)


def test_what_all_say_alike_is_said_once_with_their_names(year):
    above = Figure("Thu ngân sách", Qualifier.ABOVE, Decimal(50), "%")
    _send(year, figures=[above])
    _send(year, "giang", "giao_duc", [above])
    [figure] = figures_of(_compile(year))
    assert (figure.qualifier, figure.value) == (Qualifier.ABOVE, Decimal(50))
    assert figure.units == {year.units["y_te"].pk, year.units["giao_duc"].pk}


def test_percentages_are_never_summed(year):
    _send(year, figures=[Figure("Thu ngân sách", value=Decimal(60), measure="%")])
    _send(year, "giang", "giao_duc", [Figure("Thu ngân sách", value=Decimal(52), measure="%")])
    [figure] = figures_of(_compile(year))
    assert figure.value is None
    assert len(figure.units) == 2


def test_what_the_head_wrote_stays_and_only_new_reports_are_added(year):
    _send(year, figures=[COOPERATIVES])
    report = _compile(year)
    with pytest.raises(Refused, match="Chưa có báo cáo mới"):
        _compile(year)
    edited = actions.Draft(
        sections=sections_of(report) | {"situation": "Khối có 3 đơn vị."},
        figures=[Figure("Số của trưởng", value=Decimal(7)), *figures_of(report)],
    )
    actions.save_report(report=report, draft=edited, revision=report.revision, by=year.actor("binh"))
    _send(
        year, "giang", "giao_duc", [COOPERATIVES, Figure("Trường chuẩn", value=Decimal(2), measure="trường")]
    )
    report = _compile(year)
    assert sections_of(report)["situation"] == "Khối có 3 đơn vị."
    assert sections_of(report)["results"].startswith("Sở Y tế:")
    told = {figure.indicator: figure.value for figure in figures_of(report)}
    assert told == {"Số của trưởng": 7, "Hợp tác xã thành lập mới": 20, "Trường chuẩn": 2}


def test_a_sum_the_head_changed_stays_changed(year):
    _send(year, figures=[COOPERATIVES])
    report = _compile(year)
    edited = actions.Draft(
        sections_of(report), [Figure(COOPERATIVES.indicator, value=Decimal(12), measure="hợp tác xã")]
    )
    actions.save_report(report=report, draft=edited, revision=report.revision, by=year.actor("binh"))
    _send(year, "giang", "giao_duc", [COOPERATIVES])
    assert figures_of(_compile(year))[0].value == Decimal(12)


def test_parts_stay_below_their_whole(year):
    exemplars = [
        Figure("Tập thể điển hình", value=Decimal(8), measure="tập thể"),
        Figure("học tập và làm theo Hồ Chí Minh", value=Decimal(5), measure="tập thể", is_part=True),
        Figure("Cá nhân điển hình", value=Decimal(27), measure="người"),
        Figure("học tập và làm theo Hồ Chí Minh", value=Decimal(14), measure="người", is_part=True),
    ]
    _send(year, figures=exemplars)
    report = _compile(year)
    assert [(f.indicator[:3], f.value, f.is_part) for f in figures_of(report)] == [
        ("Tập", Decimal(8), False),
        ("học", Decimal(5), True),
        ("Cá ", Decimal(27), False),
        ("học", Decimal(14), True),
    ]
    whole, part, *_ = lines_of(report)
    assert part.parent == whole


def test_the_statements_of_half_year_2020_can_be_told(year):
    """Bắc Kạn, half-year 2020: a count, units above a threshold, all units, a vague count, a ranking."""
    some = frozenset([year.units["y_te"].pk, year.units["giao_duc"].pk])
    told = [
        Figure("Hợp tác xã thành lập mới", value=Decimal(26), measure="hợp tác xã"),
        Figure("Thu ngân sách so với dự toán", Qualifier.ABOVE, Decimal(50), "%", units=some),
        Figure("Tuyển quân", value=Decimal(100), measure="%", target=Decimal(100)),
        Figure("Cán bộ, công chức được khen thưởng", Qualifier.HUNDREDS, measure="người"),
        Figure("Diện tích trồng rừng đạt tỷ lệ cao", units=some),
    ]
    report = Report(cycle=_cycle(year), period=Period.MID_YEAR)
    report = actions.save_report(
        report=report, draft=actions.Draft(SECTIONS, told), revision=0, by=year.actor("binh")
    )
    assert [line.said for line in lines_of(report)] == [
        "26 hợp tác xã",
        "trên 50%",
        "100%",
        "hàng trăm người",
        "–",
    ]
    assert lines_of(report)[2].percent == Decimal(100)
    paper = report_paper(report)
    assert paper.kind == "BC"
    assert "6 tháng đầu năm 2019" in paper.subject


def test_only_the_head_gathers(year):
    _send(year)
    for who in ("an", "giang", "dung", "tam"):
        with pytest.raises(NotAllowed):
            _compile(year, who)


def test_the_heads_page_gathers_and_shows_side_by_side(year, as_user):
    _send(year, figures=[COOPERATIVES])
    binh = as_user("binh")
    assert "Gom 1 báo cáo mới" in binh.get(_page(year, unit=None)).content.decode()
    answer = binh.post(_page(year, "gom", unit=None), follow=True)
    assert "Sở Y tế:" in answer.content.decode()
    text = binh.get(_page(year, unit=None)).content.decode()
    assert "10 hợp tác xã" in text
    assert as_user("an").get(_page(year, unit=None)).status_code == 404, "the draft is the head's alone"


def test_members_read_the_clusters_report_once_it_is_sent(year, as_user):
    _send(year)
    report = _compile(year)
    actions.submit_report(report=report, by=year.actor("binh"))
    assert as_user("an").get(_page(year, unit=None)).status_code == 200
    assert as_user("chi").get(_page(year, unit=None)).status_code == 404
    with pytest.raises(NotAllowed):
        actions.accept_report(report=report, by=year.actor("binh"))


def test_a_conference_passes_the_clusters_report_once(year):
    member = _send(year)
    report = _compile(year)
    passed = actions.pass_report(report=report, conference="Hội nghị sơ kết", by=year.actor("binh"))
    actions.pass_report(report=report, conference="Hội nghị khác", by=year.actor("binh"))
    passed.refresh_from_db()
    assert passed.passed_by_conference == "Hội nghị sơ kết"
    with pytest.raises(Refused):
        actions.pass_report(report=member, conference="Hội nghị", by=year.actor("binh"))


@pytest.mark.parametrize(
    ("qualifier", "value", "measure", "said"),
    [
        ("eq", "26", "hợp tác xã", "26 hợp tác xã"),
        ("gt", "50", "%", "trên 50%"),
        ("ge", "1234.5", "tỷ đồng", "từ 1.234,5 tỷ đồng"),
        ("hundreds", None, "cán bộ", "hàng trăm cán bộ"),
        ("thousands", None, "", "hàng nghìn"),
        ("eq", None, "%", "–"),
        ("eq", "0", "vụ", "0 vụ"),
    ],
)
def test_figures_in_words(qualifier, value, measure, said):
    assert figure_text(qualifier, Decimal(value) if value else None, measure) == said


def test_achievement_needs_exact_numbers():
    assert achievement("eq", Decimal(21675), Decimal(30000)) == Decimal("72.25")
    assert achievement("gt", Decimal(50), Decimal(100)) is None
    assert achievement("eq", Decimal(1), Decimal(0)) is None
    assert achievement("eq", None, Decimal(5)) is None


@given(
    value=st.decimals(min_value=0, max_value=10**9, places=4),
    target=st.decimals(min_value="0.0001", max_value=10**9, places=4),
)
def test_achievement_is_within_half_a_hundredth(value, target):
    told = achievement("eq", value, target)
    assert told is not None
    assert abs(told - value * 100 / target) <= Decimal("0.0050001")


@given(counts=st.lists(st.integers(min_value=0, max_value=10**6), min_size=1, max_size=6))
def test_the_sum_is_of_all_or_there_is_none(counts):
    from thidua.emulation.results.models import ReportFigure
    from thidua.emulation.results.queries import Comparison

    row = Comparison("Hợp tác xã", "", False)
    for unit, count in enumerate(counts):
        row.by_unit[unit] = ReportFigure(value=Decimal(count))
    assert row.total == sum(counts)
    row.by_unit[99] = ReportFigure(qualifier="hundreds")
    assert row.total is None


def test_side_by_side_of_nothing_is_empty(db):
    assert side_by_side([]) == {}
