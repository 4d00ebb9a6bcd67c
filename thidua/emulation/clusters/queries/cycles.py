"""Questions about setting up a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from thidua.base.periods import Term, last_day
from thidua.base.text import day
from thidua.emulation.clusters.deadlines import dates_in
from thidua.emulation.clusters.models import Cluster, Cycle
from thidua.emulation.clusters.queries.clusters import members
from thidua.emulation.clusters.queries.regulations import regulation_of
from thidua.organisations.models import Unit


def suggested_term(cluster: Cluster, on: date) -> tuple[str, Term]:
    """Name and days of the year to open next: right after the latest and as long; else this calendar year."""
    latest = cluster.cycles.order_by("-term").first()
    if latest is None:
        return str(on.year), Term(date(on.year, 1, 1), date(on.year + 1, 1, 1))
    starts: date = latest.term.upper
    ends = _a_year_later(starts)
    last = ends - timedelta(days=1)
    crosses = starts.year != last.year and "–" in latest.name
    return (f"{starts.year}–{last.year}" if crosses else str(last.year)), Term(starts, ends)


def _a_year_later(starts: date) -> date:
    leap_day = (starts.month, starts.day) == (2, 29)
    return starts.replace(year=starts.year + 1, day=28 if leap_day else starts.day)


def obstacles_to_heading(cycle: Cycle, units: Iterable[Unit]) -> list[str]:
    """Why units cannot lead a year: its head and deputies belong to the cluster in that year."""
    joined = {m.unit_id for m in members(cycle)}
    return [
        f"{unit} không phải thành viên {cycle.cluster.noun} trong năm {cycle.name}."
        for unit in units
        if unit.pk not in joined
    ]


def obstacles_to_closing(cycle: Cycle, on: date) -> list[str]:
    """Why a year cannot be closed yet."""
    if cycle.closed_at is not None:
        return [f"Năm {cycle.name} đã khép lại."]
    last = last_day(cycle.term)
    if on <= last:
        return [f"Năm thi đua còn đến hết ngày {day(last)}."]
    return []


def dates_by_regulation(cycle: Cycle, on: date) -> dict[str, date]:
    """The due dates the regulation in force gives this year; empty without a regulation."""
    regulation = regulation_of(cycle, max(on, cycle.term.lower))
    return dates_in(regulation.deadlines, cycle.term) if regulation else {}


def years_of(cluster: Cluster) -> list[Cycle]:
    """All years of a cluster with their heads, latest first."""
    return list(cluster.cycles.prefetch_related("headships__unit").order_by("-term"))


def obstacles_to_changing(cycle: Cycle) -> list[str]:
    """Why nothing of a year is written any more."""
    if cycle.closed_at is None:
        return []
    return [f"Năm {cycle.name} đã khép lại. Cơ quan thường trực mở lại thì mới sửa được."]
