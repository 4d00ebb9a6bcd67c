"""A small catalogue of indicators for the stories: a share, money, a count, and one to keep low."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.story import Story, moment
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.actions import IndicatorText
from thidua.emulation.clusters.models import Cycle, Indicator
from thidua.emulation.clusters.queries import visible_cycle
from thidua.emulation.results.actions import Entered, Entry, Kind, enter_values
from thidua.emulation.results.models import Origin, Period, Said

START = date(2010, 1, 1)
LINES: dict[str, dict[str, Any]] = {
    "budget": {
        "name": "Thu ngân sách so với dự toán",
        "measure": "%",
        "gathering": "list",
        "threshold": Decimal(50),
    },
    "revenue": {"name": "Thu ngân sách", "measure": "tỷ đồng", "decimals": 3},
    "cooperatives": {"name": "Hợp tác xã thành lập mới", "measure": "hợp tác xã", "decimals": 0},
    "debt": {"name": "Nợ xấu", "measure": "%", "direction": "less", "gathering": "mean"},
    "disbursed": {
        "name": "Giải ngân vốn đầu tư công",
        "measure": "%",
        "direction": "range",
        "lowest": Decimal(95),
        "highest": Decimal(140),
        "gathering": "list",
    },
}


def define(story: Story, *keys: str, by: str = "binh") -> dict[str, Indicator]:
    """These lines (all without any) in the bloc's catalogue, by key."""
    made = {}
    for key in keys or LINES:
        told = dict(LINES[key])
        measure = told.pop("measure")
        made[key] = actions.define_indicator(
            cluster=story.bloc,
            text=IndicatorText(**told),
            measure=measure,
            starts=START,
            by=story.actor(by),
        )
    return made


def the_year(story: Story, by: str = "an") -> Cycle:
    """The bloc's year as this person opens it."""
    return visible_cycle(story.actor(by), story.bloc.address, "2019")


def put(
    story: Story,
    who: str,
    unit: str,
    indicator: Indicator,
    said: Said | str,
    *,
    period: Period = Period.MID_YEAR,
    kind: Kind = Kind.RESULT,
    seen: int = 0,
    origin: Origin | None = None,
    day: date = date(2019, 7, 1),
) -> Entered:
    """One value entered by somebody; a plain word is an exact number."""
    told = said if isinstance(said, Said) else Said(value=Decimal(said))
    entry = Entry(
        kind=kind,
        unit=story.units[unit].pk,
        indicator=indicator.pk,
        seen=seen,
        said=told,
        origin=origin or (Origin.OWN if kind is Kind.TARGET else None),
    )
    by = story.actor(who, moment(day))
    return enter_values(cycle=the_year(story, who), period=period, entries=[entry], by=by)
