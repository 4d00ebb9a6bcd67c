"""The owner department of an indicator says what it found, beside what the units said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.emulation.results.catalogue import define, put, the_year
from tests.emulation.results.test_reports import _send as send_report
from tests.story import set_due
from thidua.base.audit.refusals import NotAllowed
from thidua.base.duties import State
from thidua.emulation.results.actions import Entry, Kind, compile_report, confirm_values
from thidua.emulation.results.duties import acts
from thidua.emulation.results.models import Confirmation, Period, Report, Result, Said
from thidua.emulation.results.queries import drawn_figures, figures_of
from thidua.emulation.results.queries.reports import Figure


def followed_by(year, unit="dan_toc", *keys):
    """Indicators whose owner department is this unit, by default one outside the bloc."""
    made = define(year, *(keys or ("cooperatives",)))
    for one in made.values():
        one.owner = year.units[unit]
        one.save()
    return made[next(iter(made))]


def page(year, *more):
    return year.address("so-lieu", "6-thang", "theo-doi", *more)


def test_the_department_confirms_one_figure_and_corrects_another(year, as_user):
    one = followed_by(year)
    put(year, "an", "y_te", one, "26")
    put(year, "giang", "giao_duc", one, "10")
    chi = as_user("chi")
    shown = chi.get(page(year)).content.decode()
    assert "2 số chưa xác nhận" in shown
    assert "Nguyễn Văn An, 01/07/2019" in shown
    y_te, giao_duc = (f"c-{year.units[key].pk}-{one.pk}" for key in ("y_te", "giao_duc"))
    told = chi.post(page(year, "luu"), {y_te: "26", giao_duc: "9", f"seen-{y_te}": "0"}).json()
    assert told["cells"][y_te] == {"text": "26", "version": 1}
    assert told["computed"][f"verdict-{giao_duc[2:]}"] == "ghi 9"
    assert {result.value for result in Result.objects.all()} == {26, 10}, "what the units said stands"
    grid = as_user("an").get(year.address("so-lieu", "6-thang", str(year.units["y_te"].pk)))
    assert "Ban Dân tộc đã xác nhận" in grid.content.decode()
    assert "Ban Dân tộc ghi 9" in as_user("binh").get(year.address("so-lieu", "6-thang")).content.decode()
    chi.post(page(year, "luu"), {giao_duc: "8", f"seen-{giao_duc}": "1"})
    value = year.address("so-lieu", "6-thang", str(year.units["giao_duc"].pk), str(one.pk))
    versions = as_user("binh").get(value).context["confirmations"]
    assert [(one.said, one.author) for one in versions] == [("8", "Đỗ Thị Chi"), ("9", "Đỗ Thị Chi")]


def test_only_its_own_indicators_and_never_the_units_figures(year, as_user):
    one = followed_by(year)
    other = define(year, "budget")["budget"]
    chi, unit = as_user("chi"), year.units["y_te"].pk
    sent = {f"c-{unit}-{other.pk}": "1", f"r-{unit}-{one.pk}": "1", f"t-{unit}-{one.pk}": "1"}
    assert chi.post(page(year, "luu"), sent).json()["cells"] == {}
    assert not Confirmation.objects.exists()
    assert not Result.objects.exists()
    entry = Entry(kind=Kind.CONFIRMED, unit=unit, indicator=other.pk, seen=0, said=Said(value=Decimal(1)))
    with pytest.raises(NotAllowed, match="cơ quan theo dõi"):
        confirm_values(cycle=the_year(year), period=Period.MID_YEAR, entries=[entry], by=year.actor("chi"))
    assert as_user("giang").get(page(year)).status_code == 403
    assert chi.get(year.address("so-lieu", "6-thang")).status_code == 404, "no unit's other figures"
    assert chi.get(year.address("so-lieu")).url.endswith("/theo-doi/")
    assert as_user("khang").get(year.address("so-lieu", "6-thang", str(unit))).status_code == 404


def test_two_in_the_department_are_told_of_each_other(year, as_user):
    one = followed_by(year)
    name = f"c-{year.units['y_te'].pk}-{one.pk}"
    as_user("chi").post(page(year, "luu"), {name: "26", f"seen-{name}": "0"})
    told = as_user("khang").post(page(year, "luu"), {name: "27", f"seen-{name}": "0"}).json()
    assert "Đỗ Thị Chi vừa ghi: 26" in told["faults"][name]["reason"]
    sent = as_user("khang").post(page(year), {name: "nhiều", f"seen-{name}": "1"})
    assert 'value="nhiều"' in sent.content.decode(), "what was typed stays without a script too"


def test_the_department_is_asked_while_a_figure_waits(year, as_user):
    set_due(year.cycle, "mid_year_report", date(2019, 7, 5))
    one = followed_by(year)
    put(year, "an", "y_te", one, "26")

    def asked():
        half = next(
            act for act in acts(the_year(year, "chi"), by=year.actor("chi")) if act.key.startswith("mid")
        )
        return [duty for duty in half.head_duties if duty.unit_id == year.units["dan_toc"].pk]

    [duty] = asked()
    assert (duty.title, duty.state) == ("Xác nhận 1 số liệu 6 tháng đầu năm", State.OVERDUE)
    assert "Xác nhận 1 số liệu" in as_user("chi").get("/").content.decode()
    name = f"c-{year.units['y_te'].pk}-{one.pk}"
    as_user("chi").post(page(year, "luu"), {name: "25", f"seen-{name}": "0"})
    assert asked() == []


def test_the_page_asks_as_much_for_one_as_for_three(year, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one = followed_by(year)
    put(year, "an", "y_te", one, "26")
    chi = as_user("chi")
    chi.get(page(year))
    with CaptureQueriesContext(connection) as asked:
        chi.get(page(year))
    followed_by(year, "dan_toc", "revenue", "debt")
    put(year, "giang", "giao_duc", one, "10")
    with django_assert_num_queries(len(asked)):
        chi.get(page(year))


def test_a_year_is_put_together_from_its_quarters(year, as_user):
    one = define(year, "cooperatives")["cooperatives"]
    one.accrues = True
    one.save()
    for period, count in ((Period.Q1, "3"), (Period.Q2, "4"), (Period.Q3, "5"), (Period.Q4, "6")):
        put(year, "an", "y_te", one, count, period=period)

    def drawn(period):
        report = year_report(year, period)
        return [(f.value, f.note) for f in drawn_figures(report, year.actor("an"))]

    assert drawn(Period.YEAR_END) == [(18, "Cộng quý I, quý II, quý III, quý IV")]
    assert drawn(Period.MID_YEAR) == [(7, "Cộng quý I, quý II")]
    assert drawn(Period.NINE_MONTHS) == [(12, "Cộng quý I, quý II, quý III")]
    put(year, "an", "y_te", one, "8", period=Period.MID_YEAR)
    assert drawn(Period.YEAR_END) == [(19, "Cộng 6 tháng đầu năm, quý III, quý IV")]
    shown = as_user("an").get(year.address("so-lieu", "ca-nam", str(year.units["y_te"].pk))).content.decode()
    assert 'data-offer="19"' in shown
    put(year, "an", "y_te", one, "20", period=Period.YEAR_END)
    assert drawn(Period.YEAR_END) == [(20, "")], "what was said of the year itself stands before a sum"
    cell = as_user("binh").get(year.address("so-lieu", "ca-nam")).content.decode()
    assert "Cộng 6 tháng đầu năm, quý III, quý IV: 19" in cell, "a year unlike its parts is seen"


def year_report(year, period):
    from thidua.emulation.results.models import Report

    return Report(cycle=the_year(year), unit=year.units["y_te"], period=period)


def test_a_gap_or_a_share_adds_up_to_nothing(year):
    one, share = (define(year, key)[key] for key in ("cooperatives", "budget"))
    one.accrues = True
    one.save()
    for period in (Period.Q1, Period.Q3, Period.Q4):
        put(year, "an", "y_te", one, "3", period=period)
        put(year, "an", "y_te", share, "90", period=period)
    found: list[Figure] = drawn_figures(year_report(year, Period.YEAR_END), year.actor("an"))
    assert found == []
    [late] = drawn_figures(year_report(year, Period.SECOND_HALF), year.actor("an"))
    assert (late.value, late.note) == (6, "Cộng quý III, quý IV")


def confirm(year, one, unit, value):
    """Ban Dân tộc says what it found of a unit's figure."""
    entry = Entry(
        kind=Kind.CONFIRMED,
        unit=year.units[unit].pk,
        indicator=one.pk,
        seen=0,
        said=Said(value=Decimal(value)),
    )
    confirm_values(cycle=the_year(year), period=Period.MID_YEAR, entries=[entry], by=year.actor("chi"))


def test_what_the_department_found_counts_in_the_clusters_report_and_both_are_told(year, as_user):
    one = followed_by(year)
    put(year, "an", "y_te", one, "26")
    put(year, "giang", "giao_duc", one, "10")
    confirm(year, one, "y_te", "26")
    confirm(year, one, "giao_duc", "9")
    both = "Sở GD và ĐT: cơ quan theo dõi ghi 9, đơn vị báo 10"
    cluster = Report(cycle=the_year(year), unit=None, period=Period.MID_YEAR)
    [drawn] = drawn_figures(cluster, year.actor("binh"))
    assert (drawn.value, drawn.note) == (35, both)
    own = Report(cycle=the_year(year), unit=year.units["giao_duc"], period=Period.MID_YEAR)
    [told] = drawn_figures(own, year.actor("giang"))
    assert (told.value, told.note) == (10, "Cơ quan theo dõi ghi 9"), "a unit reports what it said itself"

    reported = [("an", "y_te", "26"), ("giang", "giao_duc", "10")]
    for who, unit, value in reported:
        line = Figure(one.name, value=Decimal(value), measure=one.measure, catalogued=one.pk)
        send_report(year, who, unit, [line])
    report = compile_report(cycle=the_year(year, "binh"), period=Period.MID_YEAR, by=year.actor("binh"))
    [figure] = figures_of(report)
    assert (figure.value, figure.note) == (35, both)
    page_of = as_user("binh").get(year.address("bao-cao", "6-thang", "tong-hop")).content.decode()
    assert "theo dõi ghi 9" in page_of
    assert "tính theo cơ quan theo dõi" in page_of
