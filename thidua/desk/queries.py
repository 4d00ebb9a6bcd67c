"""What the desk gathers: the acts of a year from every area, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State
from thidua.commendation.nominations import duties as nominations
from thidua.emulation.clusters import duties as clusters
from thidua.emulation.clusters.models import Cluster, Cycle
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.queries import visible_clusters, visible_cycles
from thidua.emulation.conferences import duties as conferences
from thidua.emulation.movements import duties as movements
from thidua.emulation.results import duties as results
from thidua.emulation.scoring import duties as scoring
from thidua.organisations.models import AppointmentKind
from thidua.organisations.queries import offices_of

AREAS = (clusters, movements, results, scoring, conferences, nominations)
FAR = date.max


def clusters_of(by: Actor) -> list[Cluster]:
    """Clusters the person sees, with their years and the standing body that helps them."""
    return list(visible_clusters(by).select_related("standing_body__unit").prefetch_related("cycles"))


def year_of_today(cycles: Iterable[Cycle], on: date) -> Cycle | None:
    """The latest year begun; the first to come when none has."""
    in_time = sorted(cycles, key=lambda cycle: cycle.term.lower)
    begun = [cycle for cycle in in_time if cycle.term.lower <= on]
    return next(iter(begun[-1:] or in_time[:1]), None)


def chosen_cycle(chosen: int | None, on: date, clusters: list[Cluster]) -> Cycle | None:
    """The year this session last stood in (`chosen`), else the year of today in the first of the clusters."""
    for cluster in clusters:
        for cycle in cluster.cycles.all():
            if cycle.pk == chosen:
                return cycle
    found = (year_of_today(cluster.cycles.all(), on) for cluster in clusters)
    return next((cycle for cycle in found if cycle), None)


def standing_of(by: Actor) -> str:
    """The line under the person's name: first office and unit of the day."""
    if by.person_id is None:
        return ""
    held = offices_of(by.person_id, on=by.on).first()
    return f"{held.office.name}, {held.office.unit.short_name}" if held else ""


def cycle_acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """Every act of the year, by due date; acts without one keep the areas' order at the end."""
    told = [act for area in AREAS for act in area.acts(cycle, by=by)]
    return sorted(told, key=lambda act: act.due or FAR)


@dataclass(frozen=True)
class Todo:
    """A duty as the home page shows it: with the year it belongs to and the date that counts."""

    cycle: Cycle
    act: Act
    duty: Duty
    due: date | None

    @property
    def days(self) -> int | None:
        """Days left; None without a date."""
        return None


def todos(by: Actor, *, cycles: Iterable[Cycle] | None = None) -> list[Todo]:
    """What waits for this person across the years still open of all their clusters."""
    open_cycles = cycles if cycles is not None else current_cycles(by)
    found = [todo for cycle in open_cycles for todo in _todos_of(cycle, cycle_acts(cycle, by=by), by)]
    return sorted(found, key=lambda todo: todo.due or FAR)


def current_cycles(by: Actor) -> list[Cycle]:
    """Years begun and not closed; a year stays open until it is closed, even after its last day."""
    return list(visible_cycles(by).filter(closed_at__isnull=True, term__startswith__lte=by.on))


def _todos_of(cycle: Cycle, acts: list[Act], by: Actor) -> list[Todo]:
    mine = by.units(
        AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER
    )
    leads = bool(runs_cycle(by, cycle) or oversees(by, cycle))
    found = []
    for act in acts:
        own = [duty for duty in act.duties if duty.unit_id in mine and _is_for(by, duty)]
        head = [d for d in act.head_duties if leads or (d.unit_id in mine and _is_for(by, d))]
        for duty in [*own, *head]:
            if duty.title and duty.state not in {State.DONE, State.NOT_APPLICABLE}:
                found.append(Todo(cycle, act, duty, duty.due or act.due))
    return found


def _is_for(by: Actor, duty: Duty) -> bool:
    return not duty.kinds or by.holds(*duty.kinds, unit=duty.unit_id)


@dataclass(frozen=True)
class Column:
    """A column of the matrix: an act that members do."""

    act: Act
    cells: dict[int, Duty]

    @property
    def done(self) -> int:
        """How many members have done it."""
        return sum(duty.state == State.DONE for duty in self.cells.values())

    @property
    def asked(self) -> int:
        """Of how many it is asked."""
        return sum(duty.state != State.NOT_APPLICABLE for duty in self.cells.values())


def columns(acts: list[Act]) -> list[Column]:
    """The acts that ask something of each member."""
    return [Column(act, {duty.unit_id: duty for duty in act.duties}) for act in acts if act.duties]


def with_due(duty: Duty, act: Act) -> Duty:
    """The duty with the act's own date where it has none."""
    return duty if duty.due else replace(duty, due=act.due)
