"""The cycle page's content, laid out for the template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.queries import entries_of_cycle
from thidua.base.duties import Act, Duty, State
from thidua.desk.queries import Column, columns, cycle_acts, with_due
from thidua.desk.wording import sentence
from thidua.emulation.clusters.models import Cycle, HeadshipOffice, Membership
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, members_now, regulation_of
from thidua.organisations.models import Unit

OWED = {State.OVERDUE, State.RETURNED, State.SOON, State.BLOCKED, State.DOING}


@dataclass(frozen=True)
class Row:
    """One member across all acts."""

    unit: Unit
    office: str  # Trưởng, Phó, or nothing
    cells: list[tuple[Column, Duty | None]]

    @property
    def owed(self) -> list[tuple[Column, Duty]]:
        """What it has to do now."""
        return [(c, d) for c, d in self.cells if d and d.state in OWED]

    @property
    def summary(self) -> tuple[str, str]:
        """State and words for the phone's list."""
        states = [d.state for _, d in self.owed]
        for state, word in ((State.OVERDUE, "quá hạn"), (State.RETURNED, "bị trả lại"), (State.SOON, "sắp đến hạn")):
            if count := states.count(state):
                return state, f"{count} việc {word}"
        return "", "đúng hạn"


@dataclass(frozen=True)
class Station:
    """An act on the timeline; `today_before` puts the line of today in front of it."""

    act: Act
    today_before: bool

    @property
    def waiting(self) -> list[Duty]:
        """Members that owe it now."""
        return [d for d in self.act.duties if d.state.asks or d.state is State.WAITING]

    @property
    def late_units(self) -> list[int]:
        """Members to remind."""
        return [d.unit_id for d in self.act.duties if d.state in {State.OVERDUE, State.RETURNED, State.SOON}]


@dataclass(frozen=True)
class YearView:
    """Everything the cycle page shows."""

    cycle: Cycle
    stations: list[Station]
    columns: list[Column]
    rows: list[Row]
    names: dict[int, str]
    head: str
    deputies: list[str]
    member_count: int
    regulation: object
    next_for_head: list[Duty]
    log: list[tuple[object, str]]
    manages: bool
    show: str
    today: date
    urgent: int
    soon: int

    @property
    def today_after_all(self) -> bool:
        """The year's last station has passed."""
        return not any(s.today_before for s in self.stations)


def year_view(cycle: Cycle, *, by: Actor, show: str = "") -> YearView:
    """Gather the year. `show`: "no" only members that owe something, "toi" only one's own units."""
    acts = cycle_acts(cycle, by=by)
    members = members_now(cycle, by.on)
    table = columns(acts)
    rows = [_row(member, cycle, table) for member in members]
    mine = by.units(*MEMBER_KINDS)
    shown = [r for r in rows if _is_shown(r, show, mine)]
    cells = [d.state for row in rows for _, d in row.cells if d]
    return YearView(
        cycle=cycle,
        stations=_stations(acts, by.on),
        columns=table,
        rows=shown,
        names={member.unit_id: member.unit.short_name for member in members},
        head=next((h.unit.name for h in cycle.headships.all() if h.office == HeadshipOffice.HEAD), ""),
        deputies=[h.unit.name for h in cycle.headships.all() if h.office == HeadshipOffice.DEPUTY],
        member_count=len(members),
        regulation=regulation_of(cycle, by.on),
        next_for_head=_next_for_head(acts),
        log=[(entry, sentence(entry)) for entry in entries_of_cycle(cycle.pk)[:6]],
        manages=bool(runs_cycle(by, cycle) or oversees(by, cycle)),
        show=show,
        today=by.on,
        urgent=sum(s in {State.OVERDUE, State.RETURNED} for s in cells),
        soon=cells.count(State.SOON),
    )


def _row(member: Membership, cycle: Cycle, table: list[Column]) -> Row:
    office = next((h.get_office_display() for h in cycle.headships.all() if h.unit_id == member.unit_id), "")
    return Row(member.unit, office, [(c, c.cells.get(member.unit_id)) for c in table])


def _is_shown(row: Row, show: str, mine: frozenset[int]) -> bool:
    if show == "no":
        return bool(row.owed)
    return row.unit.pk in mine if show == "toi" else True


def _stations(acts: list[Act], on: date) -> list[Station]:
    dated = [act for act in acts if act.due]
    first_ahead = next((act for act in dated if act.due and act.due > on), None)
    return [Station(act, act is first_ahead) for act in dated]


def _next_for_head(acts: list[Act]) -> list[Duty]:
    """What the head does next, latest due first in line, late units to remind included by their acts."""
    told = [with_due(d, act) for act in acts for d in act.head_duties if d.state is not State.DONE and d.title]
    return sorted(told, key=lambda d: d.due or date.max)[:5]
