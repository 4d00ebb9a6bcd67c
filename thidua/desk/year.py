"""The cycle page's content, laid out for the template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from thidua.base.accounts.actors import Actor
from thidua.base.audit.queries import Repeated, entries_of_cycle, in_one_line
from thidua.base.duties import Act, Duty, State
from thidua.desk.queries import LATE, Reminded, cycle_acts, is_late, papers_of, reminders, with_due
from thidua.desk.wording import told
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Cycle, HeadshipOffice, Membership, Regulation
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, leading_unit_ids, members_now, regulation_of
from thidua.organisations.models import Unit

OWED = LATE | {State.SOON, State.BLOCKED, State.DOING}
MOST_STATIONS = 10  # as many stand side by side on an office screen
MOST_STEPS = 5  # of the head, beside the matrix
MOST_DUTIES = 2  # of one step
MOST_NAMES = 4
RECENT = 6  # lines of the log beside the matrix
REPEATS = 20  # entries read for each of them


@dataclass(frozen=True)
class Column:
    """A column of the matrix: an act that members do."""

    act: Act
    cells: dict[int, Duty]

    @property
    def done(self) -> int:
        """How many members have done it."""
        return sum(duty.state is State.DONE for duty in self.cells.values())

    @property
    def asked(self) -> int:
        """Of how many it is asked."""
        return sum(duty.state is not State.NOT_APPLICABLE for duty in self.cells.values())


@dataclass(frozen=True)
class Cell:
    """What one member owes or did for one act."""

    column: Column
    duty: Duty
    reminded: Reminded | None

    @property
    def tells_due(self) -> bool:
        """The due date must be told, since the reason does not begin with it."""
        return self.duty.due is not None and not self.duty.reason.startswith("Hạn ")

    @property
    def asks(self) -> bool:
        """The member has something to do about it now."""
        return self.duty.state in OWED


@dataclass(frozen=True)
class Row:
    """One member across all acts."""

    unit: Unit
    office: str  # Trưởng, Phó, or nothing
    cells: list[Cell]

    @property
    def owed(self) -> list[Cell]:
        """What it has to do now."""
        return [cell for cell in self.cells if cell.asks]

    @property
    def is_late(self) -> bool:
        """Something is overdue or was returned."""
        return any(cell.duty.state in LATE for cell in self.cells)

    @property
    def summary(self) -> tuple[str, str]:
        """State and words for the phone's list."""
        states = [cell.duty.state for cell in self.cells]
        words = {State.OVERDUE: "quá hạn", State.RETURNED: "bị trả lại", State.SOON: "sắp đến hạn"}
        for state, word in words.items():
            if count := states.count(state):
                return state, f"{count} việc {word}"
        return "", "đúng hạn"


@dataclass(frozen=True)
class Station:
    """An act on the timeline; `today_before` puts the line of today in front of it."""

    act: Act
    today_before: bool

    @property
    def is_past(self) -> bool:
        """Done, so it may be folded away."""
        return self.act.state is State.DONE and not self.today_before

    @property
    def waiting(self) -> list[Duty]:
        """Members that owe it now, or wait for somebody else."""
        if self.act.state in {State.DONE, State.LATER}:
            return []
        return [duty for duty in self.act.duties if duty.state in OWED or duty.state is State.WAITING]

    @property
    def late_units(self) -> list[int]:
        """Members to remind."""
        return late_units(self.act)


@dataclass(frozen=True)
class NextStep:
    """What the head or the standing body does next about one act, with the members to remind of it."""

    act: Act
    state: State
    due: date | None
    duties: list[Duty]
    late_units: list[int]
    late_names: str

    @property
    def shown(self) -> list[Duty]:
        """The first of what the act asks; the rest is counted."""
        return self.duties[:MOST_DUTIES]

    @property
    def more(self) -> int:
        """How many are only counted."""
        return max(len(self.duties) - MOST_DUTIES, 0)


@dataclass(frozen=True)
class YearView:
    """Everything the cycle page shows."""

    cycle: Cycle
    past: list[Station]
    stations: list[Station]
    columns: list[Column]
    rows: list[Row]
    names: dict[int, str]
    head: str
    deputies: list[str]
    member_count: int
    regulation: Regulation | None
    next_steps: list[NextStep]
    log: list[tuple[Repeated, str, str]]
    papers: list[Paper]
    manages: bool
    show: str
    today: date
    urgent: int
    soon: int

    @property
    def all_stations(self) -> list[Station]:
        """The folded ones too."""
        return [*self.past, *self.stations]

    @property
    def done_first(self) -> list[Station]:
        """On a phone everything done at the start is folded."""
        return list(takewhile(lambda station: station.is_past, self.all_stations))

    @property
    def after_done(self) -> list[Station]:
        """What stands open on a phone."""
        return self.all_stations[len(self.done_first) :]

    @property
    def today_after_all(self) -> bool:
        """The year's last station has passed."""
        return bool(self.stations) and not any(station.today_before for station in self.stations)


def year_view(cycle: Cycle, *, by: Actor, show: str = "") -> YearView:
    """Gather the year. `show`: "no" only members that owe something, "toi" only one's own units."""
    acts = cycle_acts(cycle, by=by)
    members = members_now(cycle, by.on)
    names = {member.unit_id: member.unit.short_name for member in members}
    manages = bool(runs_cycle(by, cycle) or oversees(by, cycle))
    columns = [Column(act, {duty.unit_id: duty for duty in act.duties}) for act in acts if act.duties]
    reminded = reminders(cycle) if manages else {}
    opens = _opener(by.units(*MEMBER_KINDS), manages=manages)
    rows = [_row(member, cycle, columns, reminded, opens) for member in members]
    states = [cell.duty.state for row in rows for cell in row.cells]
    past, stations = _timeline(acts, by.on)
    return YearView(
        cycle=cycle,
        past=past,
        stations=stations,
        columns=columns,
        rows=[row for row in rows if _is_shown(row, show, by.units(*MEMBER_KINDS))],
        names=names,
        head=next(iter(_named(cycle, HeadshipOffice.HEAD)), ""),
        deputies=_named(cycle, HeadshipOffice.DEPUTY),
        member_count=len(members),
        regulation=regulation_of(cycle, by.on),
        next_steps=_next_steps(acts, names, leading_unit_ids(cycle), by.on),
        log=[(line, *told(line.last, names)) for line in _recent(cycle)],
        papers=list(papers_of(cycle, by=by)),
        manages=manages,
        show=show,
        today=by.on,
        urgent=sum(state in LATE for state in states),
        soon=states.count(State.SOON),
    )


def _recent(cycle: Cycle) -> list[Repeated]:
    """The last things done; what repeats, as an autosave does, counts as one."""
    return in_one_line(entries_of_cycle(cycle.pk)[: RECENT * REPEATS])[:RECENT]


def late_units(act: Act) -> list[int]:
    """Members whose part of the act is overdue or was returned to them."""
    return [duty.unit_id for duty in act.duties if duty.state in LATE]


def _named(cycle: Cycle, office: HeadshipOffice) -> list[str]:
    return [headship.unit.name for headship in cycle.headships.all() if headship.office == office]


def _opener(mine: frozenset[int], *, manages: bool) -> Callable[[Duty], Duty]:
    """Leave a cell its address only where the person may follow it: the own unit's, what was handed in."""

    def opens(duty: Duty) -> Duty:
        handed_in = manages and duty.state in {State.DONE, State.WAITING}
        return duty if duty.unit_id in mine or handed_in else replace(duty, url="")

    return opens


def _row(
    member: Membership,
    cycle: Cycle,
    columns: list[Column],
    reminded: dict[tuple[str, int], Reminded],
    opens: Callable[[Duty], Duty],
) -> Row:
    leads = (h.get_office_display() for h in cycle.headships.all() if h.unit_id == member.unit_id)
    nothing = Duty(unit_id=member.unit_id, state=State.NOT_APPLICABLE)
    cells = [
        Cell(
            column,
            opens(with_due(column.cells.get(member.unit_id, nothing), column.act)),
            reminded.get((column.act.key, member.unit_id)),
        )
        for column in columns
    ]
    return Row(member.unit, next(leads, ""), cells)


def _is_shown(row: Row, show: str, mine: frozenset[int]) -> bool:
    if show == "no":
        return bool(row.owed)
    return row.unit.pk in mine if show == "toi" else True


def _timeline(acts: list[Act], on: date) -> tuple[list[Station], list[Station]]:
    """Stations by due date; the done ones at the start are folded when all do not fit side by side."""
    dated = [act for act in acts if act.due]
    first_ahead = next((act for act in dated if act.due and act.due > on), None)
    stations = [Station(act, act is first_ahead) for act in dated]
    behind = next((at for at, station in enumerate(stations) if not station.is_past), len(stations))
    too_many = max(len(stations) - MOST_STATIONS, 0)
    folded = min(behind, too_many + 1) if too_many else 0
    return stations[:folded], stations[folded:]


def _of_the_head(act: Act, members: dict[int, str], leading: set[int]) -> list[Duty]:
    """What the head or the standing body does for an act; a member's own duty waits on its home page."""
    open_ones = [d for d in act.head_duties if d.title and d.state is not State.DONE]
    own = [d for d in open_ones if d.unit_id not in members or d.unit_id in leading]
    return [with_due(duty, act) for duty in own]


def _next_steps(acts: list[Act], names: dict[int, str], leading: set[int], on: date) -> list[NextStep]:
    """The nearest steps of the head, by due date; what is far off comes when its time is near."""
    steps = []
    for act in acts:
        asked = _of_the_head(act, names, leading)
        late = late_units(act)
        if asked or late:
            owed = [d for d in act.duties if d.state in LATE]
            due = min((d.due for d in (*asked, *owed) if d.due), default=act.due)
            passed = bool(late) or any(is_late(d, on) for d in asked)
            state = State.OVERDUE if passed else asked[0].state
            steps.append(NextStep(act, state, due, asked, late, _listed(late, names)))
    return sorted(steps, key=lambda step: step.due or date.max)[:MOST_STEPS]


def _listed(units: list[int], names: dict[int, str]) -> str:
    """“Sở Y tế, Ban Dân tộc”; everybody and the fifth onward are counted, not named."""
    if units and len(units) == len(names):
        return f"Cả {len(units)} đơn vị"
    told = [names.get(unit, "") for unit in units[:MOST_NAMES]]
    more = len(units) - MOST_NAMES
    return ", ".join(told) + (f" và {more} đơn vị khác" if more > 0 else "")
