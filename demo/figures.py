"""Indicators of a cluster and what its members reached, as the data files write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from demo.world import World, members_of, read, system
from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import indicator_named, indicators_in
from thidua.emulation.results import actions as results
from thidua.emulation.results.actions import Entry, Kind
from thidua.emulation.results.models import Origin, Period
from thidua.emulation.results.wording import read_said
from thidua.organisations.models import Unit

NUMBERS = ("lowest", "highest", "threshold")


def define(world: World, file: str, lines: Iterable[dict[str, Any]], by: Actor) -> None:
    """The catalogue of a cluster, in the order of its lines."""
    for line in lines:
        told: dict[str, Any] = {
            key: Decimal(value) if key in NUMBERS else value for key, value in line.items()
        }
        clusters.define_indicator(
            cluster=world.clusters[file],
            measure=told.pop("measure"),
            text=clusters.IndicatorText(**told),
            starts=date(2018, 1, 1),
            by=by,
        )


def _units(world: World, file: str) -> dict[str, Unit]:
    """Those whose figures the file tells, by code: its members, of one with mergers its units."""
    if "members" in read(file)["cluster"]:
        return dict(members_of(world, file))
    return {code: world.units[code] for code in read(file)["units"]}


def enter(
    world: World,
    file: str,
    cycle: Cycle,
    period: Period,
    told: dict[str, Any],
    day: date,
    kind: Kind = Kind.RESULT,
) -> None:
    """What members reached: by indicator, then by unit's code or “all”, as one would type it."""
    catalogue, units = indicators_in(cycle), _units(world, file)
    entries = []
    origin = Origin.PLAN if kind is Kind.TARGET else None
    for name, values in told.items():
        indicator = indicator_named(catalogue, name)
        assert indicator is not None, name
        for code in units if "all" in values else values:
            said = read_said(str(values.get(code, values.get("all"))), indicator)
            entries.append(
                Entry(
                    kind=kind, unit=units[code].pk, indicator=indicator.pk, seen=0, said=said, origin=origin
                )
            )
    results.enter_values(cycle=cycle, period=period, entries=entries, by=system(day))
