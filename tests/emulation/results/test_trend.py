"""A unit's years go on through a merger, beside its targets and the mean of the cluster."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.emulation.results.catalogue import define
from tests.story import ALWAYS, moment
from thidua.base.periods import Term
from thidua.emulation.clusters.models import Cycle, Membership
from thidua.emulation.clusters.queries import visible_cycle
from thidua.emulation.results.actions import Entry, Kind, enter_values
from thidua.emulation.results.models import Period, Said
from thidua.emulation.results.queries import trend_of
from thidua.organisations.models import Succession, Unit
from thidua.organisations.queries import forerunners


def _merged(year):
    """Two departments became Sở Y tế on 1 January 2019."""
    before = [
        Unit.objects.create(
            kind="department", name=name, short_name=name, parent=year.units["tinh"], existence=ALWAYS
        )
        for name in ("Sở Dân số", "Sở Dược")
    ]
    succession = Succession.objects.create(kind="merger", on=date(2019, 1, 1))
    succession.predecessors.set(before)
    succession.successors.set([year.units["y_te"]])
    earlier = Cycle.objects.create(
        cluster=year.bloc, name="2018", address="2018", term=Term(date(2018, 1, 1), date(2019, 1, 1))
    )
    for at, unit in enumerate(before, start=10):
        Membership.objects.create(cluster=year.bloc, unit=unit, position=at, term=earlier.term)
    return before


def _tell(year, cycle, unit, indicator, said, kind=Kind.RESULT):
    by = year.actor("dung", moment(date(2019, 12, 20)))
    entry = Entry(kind=kind, unit=unit.pk, indicator=indicator.pk, seen=0, said=said)
    enter_values(
        cycle=visible_cycle(by, year.bloc.address, cycle), period=Period.YEAR_END, entries=[entry], by=by
    )


def test_forerunners_are_found_through_the_generations(year):
    before = _merged(year)
    older = Unit.objects.create(kind="department", name="Ty Y tế", short_name="Ty Y tế", existence=ALWAYS)
    renaming = Succession.objects.create(kind="renaming", on=date(2015, 1, 1))
    renaming.predecessors.set([older])
    renaming.successors.set([before[0]])
    assert [unit.name for unit in forerunners(year.units["y_te"].pk)] == ["Sở Dân số", "Sở Dược", "Ty Y tế"]


def test_the_years_of_merged_units_are_told_together(year, as_user):
    before, made = _merged(year), define(year)
    for unit, count in zip(before, (4, 7), strict=True):
        _tell(year, "2018", unit, made["cooperatives"], Said(value=Decimal(count)))
        _tell(year, "2018", unit, made["budget"], Said(value=Decimal(60)))
    for key, count in (("y_te", 26), ("giao_duc", 10), ("van_hoa", 6)):
        _tell(year, "2019", year.units[key], made["cooperatives"], Said(value=Decimal(count)))
    _tell(year, "2019", year.units["y_te"], made["cooperatives"], Said(value=Decimal(20)), Kind.TARGET)
    strands = {s.indicator.pk: s for s in trend_of(year.units["y_te"], Period.YEAR_END, by=year.actor("an"))}
    counts = strands[made["cooperatives"].pk]
    assert [(p.cycle.name, p.said(counts.indicator).text) for p in counts.points] == [
        ("2018", "11"),
        ("2019", "26"),
    ]
    assert counts.points[1].goal(counts.indicator) == Said(value=Decimal(20))
    assert [point.mean for point in counts.points] == [None, Decimal("14.0")], (
        "of two, one could tell the other"
    )
    shares = strands[made["budget"].pk]
    assert shares.points[0].said(shares.indicator).is_empty, "two percentages make no third"
    page = year.address("so-lieu", "cac-nam", str(year.units["y_te"].pk))
    text = as_user("an").get(page).content.decode()
    assert "Sở Dân số và Sở Dược" in text
    assert text.count('<rect class="reached') >= 3
    assert 'aria-label="Hợp tác xã thành lập mới, 2018: 11; 2019: 26"' in text
    assert as_user("giang").get(page).status_code == 404
    assert as_user("chi").get(page).status_code == 404
    assert as_user("binh").get(page + "?ky=quy-9").status_code == 200


def test_an_indicator_defined_anew_under_its_name_goes_on(year):
    from thidua.emulation.clusters import actions

    _merged(year)
    old = define(year, "cooperatives")["cooperatives"]
    _tell(year, "2018", Unit.objects.get(name="Sở Dược"), old, Said(value=Decimal(3)))
    actions.end_indicator(indicator=old, ends=date(2019, 1, 1), by=year.actor("binh"))
    new = actions.define_indicator(
        cluster=year.bloc,
        text=actions.IndicatorText(name=old.name, decimals=0),
        measure=old.measure,
        starts=date(2019, 1, 1),
        by=year.actor("binh"),
    )
    _tell(year, "2019", year.units["y_te"], new, Said(value=Decimal(5)))
    [strand] = trend_of(year.units["y_te"], Period.YEAR_END, by=year.actor("an"))
    assert [point.cycle.name for point in strand.points] == ["2018", "2019"]


def test_the_page_asks_as_much_for_one_as_for_three_indicators(
    year, as_user, django_assert_num_queries, django_assert_max_num_queries
):
    made = define(year)
    unit = year.units["y_te"]
    _tell(year, "2019", unit, made["cooperatives"], Said(value=Decimal(1)))
    an, page = as_user("an"), year.address("so-lieu", "cac-nam", str(unit.pk))
    an.get(page)
    with django_assert_max_num_queries(30) as asked:
        an.get(page)
    for key in ("budget", "debt"):
        _tell(year, "2019", unit, made[key], Said(value=Decimal(1)))
    with django_assert_num_queries(len(asked.captured_queries)):
        an.get(page)
