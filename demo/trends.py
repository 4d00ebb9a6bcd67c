"""A made-up cluster with five years of figures and a merger among them; marked as an illustration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from demo.figures import define, enter
from demo.world import World, add_unit, read, system
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.results.actions import Kind
from thidua.emulation.results.models import Period
from thidua.organisations.actions import record_succession

FILE = "cum-minh-hoa-cac-nam"
OFFICE = "Giám đốc"
QUARTERS = (Period.Q1, Period.Q2, Period.Q3, Period.Q4)
LAST = "2025"  # the year that stands open
Steps = Iterator[tuple[date, Callable[[], Any]]]


def steps(world: World) -> Steps:
    """Units and cluster, then year after year with the merger between."""
    yield date(2021, 1, 4), lambda: _found(world)
    yield read(FILE)["merged"]["day"], lambda: _merge(world)
    for name, reached in read(FILE)["years"].items():
        year = int(name)
        told, ended = date(year, 11, 27), date(year + 1, 1, 3)
        yield date(year, 1, 5), partial(_open, world, name)
        yield told, partial(_tell, world, name, reached, told)
        if name != LAST:
            yield ended, partial(_close, world, name, ended)


def _found(world: World) -> None:
    told, by = read(FILE), system(date(2021, 1, 4))
    for code, (name, short_name) in told["units"].items():
        add_unit(world, code, ["department", name, short_name, "TTYT", OFFICE], "bn")
    world.clusters[FILE] = clusters.create_cluster(
        authority=world.units["bn"],
        details=clusters.ClusterDetails(
            kind="cluster", level="province", starts=date(2021, 1, 1), **told["cluster"]
        ),
        by=by,
    )
    define(world, FILE, [_line(world, line) for line in told["indicators"]], by)
    before = [world.units[code] for code in told["merged"]["before"]]
    lasting = [world.units[code] for code in ("ttkvhai", "ttkvba")]
    cluster = world.clusters[FILE]
    clusters.add_members(cluster=cluster, units=[*before, *lasting], starts=date(2021, 1, 1), by=by)


def _line(world: World, line: dict[str, Any]) -> dict[str, Any]:
    """An indicator; one that is `owned` has the owner department of the file."""
    told = {key: value for key, value in line.items() if key != "owned"}
    return told | ({"owner": world.units[read(FILE)["owner"]]} if line.get("owned") else {})


def _merge(world: World) -> None:
    told = read(FILE)["merged"]
    before, after = [world.units[code] for code in told["before"]], world.units[told["after"]]
    by = system(told["day"])
    cluster = world.clusters[FILE]
    for membership in cluster.memberships.filter(unit__in=before):
        clusters.end_membership(
            membership=membership, last=told["day"] - timedelta(days=1), reason=told["decision"], by=by
        )
    clusters.add_members(cluster=cluster, units=[after], starts=told["day"], by=by)
    record_succession(
        lead=after,
        kind="merger",
        on=told["day"],
        decision=told["decision"],
        predecessors=before,
        successors=[after],
        by=by,
    )


def _open(world: World, name: str) -> None:
    first = date(int(name), 1, 1)
    world.cycles[FILE, name] = clusters.open_cycle(
        cluster=world.clusters[FILE],
        name=name,
        starts=first,
        last=date(int(name), 12, 31),
        theme="",
        head=world.units["ttkvhai"],
        deputies=[],
        by=system(first),
    )


def _tell(world: World, name: str, reached: dict[str, Any], day: date) -> None:
    cycle = world.cycles[FILE, name]
    enter(world, FILE, cycle, Period.YEAR_END, reached, day)
    if name == LAST:
        told = read(FILE)
        enter(world, FILE, cycle, Period.YEAR_END, told["targets"], day, Kind.TARGET)
        for at, quarter in enumerate(QUARTERS[:3]):
            enter(world, FILE, cycle, quarter, _quarter(told["quarters"], at), day)


def _quarter(told: dict[str, dict[str, list[str]]], at: int) -> dict[str, dict[str, str]]:
    return {name: {code: values[at] for code, values in units.items()} for name, units in told.items()}


def _close(world: World, name: str, day: date) -> None:
    kept = Cycle.objects.get(pk=world.cycles[FILE, name].pk)
    clusters.close_cycle(cycle=kept, by=system(day))
