"""What the desk gathers: the acts of a year from every area, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State
from thidua.base.notices.models import Notice
from thidua.commendation.eligibility import duties as eligibility
from thidua.commendation.nominations import duties as nominations
from thidua.documents.models import Paper, PaperDirection, PaperState
from thidua.documents.queries import visible_papers
from thidua.emulation.clusters import duties as clusters
from thidua.emulation.clusters.models import Cluster, Cycle, Oversight, OversightKind
from thidua.emulation.clusters.queries import followed_clusters, visible_clusters, visible_cycles
from thidua.emulation.conferences import duties as conferences
from thidua.emulation.exemplars import duties as exemplars
from thidua.emulation.movements import duties as movements
from thidua.emulation.results import duties as results
from thidua.emulation.scoring import duties as scoring
from thidua.emulation.scoring.queries import appraised_cycles
from thidua.organisations.models import AppointmentKind
from thidua.organisations.queries import appointed_at, offices_of
from thidua.voting import duties as voting

AREAS = (clusters, movements, exemplars, results, scoring, conferences, eligibility, nominations)
NEAR = timedelta(days=7)
MOST_UNGIVEN = 3  # clusters given to no officer for which the whole standing body is asked
LATE = {State.OVERDUE, State.RETURNED}
OVER = {State.DONE, State.NOT_APPLICABLE}


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
    """The line under the person's name: the unit of their first office that day."""
    if by.person_id is None:
        return ""
    held = offices_of(by.person_id, on=by.on).first()
    return held.office.unit.short_name if held else ""


def cycle_acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """Every act of the year by due date; one without a date stays beside the act told before it."""
    told = [act for area in AREAS for act in area.acts(cycle, by=by)]
    placed, last = [], date.min
    for act in told:
        last = act.due or last
        placed.append((last, act))
    return [act for _, act in sorted(placed, key=lambda pair: pair[0])]


def with_due(duty: Duty, act: Act) -> Duty:
    """The duty with the act's own date where it has none."""
    return duty if duty.due else replace(duty, due=act.due)


@dataclass(frozen=True)
class OpenYear:
    """A year in which something may wait for the person."""

    cycle: Cycle
    acts: list[Act]


def gathered(cycles: Iterable[Cycle], *, by: Actor) -> list[OpenYear]:
    """These years with what each asks."""
    return [OpenYear(cycle, cycle_acts(cycle, by=by)) for cycle in cycles]


def named_years(asked: Iterable[Cycle], *, by: Actor) -> list[OpenYear]:
    """Years of clusters one does not belong to, whose points table names one's unit to appraise a part."""
    known = {cycle.pk for cycle in asked}
    return [
        OpenYear(cycle, scoring.acts(cycle, by=by)) for cycle in appraised_cycles(by) if cycle.pk not in known
    ]


@dataclass(frozen=True)
class BegunYears:
    """Years begun and not closed: `asked` of the person and gathered; `ungiven` only listed; all they see."""

    asked: list[Cycle]
    ungiven: list[Cycle]
    seen: list[Cycle]


def begun_years(by: Actor) -> BegunYears:
    """Years in which the person's units are members, lead, watch or follow an indicator; newest first.

    A year stays open until it is closed, even after its last day. An officer of the standing body is asked
    for the clusters given to them, and for those given to nobody while these are a handful; more are listed,
    so that somebody gives them to an officer, instead of everybody being asked for everything.
    """
    begun = list(visible_cycles(by).filter(closed_at__isnull=True, term__startswith__lte=by.on))
    watched = [cycle for cycle in begun if not _is_member(by, cycle) and _is_watched(by, cycle)]
    given, own = _given(by)
    ungiven = [cycle for cycle in watched if cycle.cluster_id not in given]
    listed = ungiven if len({cycle.cluster_id for cycle in ungiven}) > MOST_UNGIVEN else []
    others = [c for c in watched if c.cluster_id in given - own]
    aside = {cycle.pk for cycle in (*listed, *others)}
    followed = set(followed_clusters(by).values_list("pk", flat=True)) if by.units() else set()
    concerned = [
        cycle for cycle in begun if cycle in watched or _is_member(by, cycle) or cycle.cluster_id in followed
    ]
    return BegunYears([cycle for cycle in concerned if cycle.pk not in aside], listed, begun)


def _given(by: Actor) -> tuple[set[int], set[int]]:
    """Clusters that have an officer in charge that day, and those of them that are the person's."""
    given = Oversight.objects.filter(kind=OversightKind.OFFICER, term__contains=by.on)
    pairs = list(given.values_list("cluster_id", "person_id"))
    return {cluster for cluster, _ in pairs}, {c for c, person in pairs if person == by.person_id}


def _is_member(by: Actor, cycle: Cycle) -> bool:
    return bool(by.units() & {member.unit_id for member in cycle.cluster.memberships.all()})


def _is_watched(by: Actor, cycle: Cycle) -> bool:
    body = cycle.cluster.standing_body
    return body is not None and body.unit_id in by.units()


@dataclass(frozen=True)
class Todo:
    """A duty as the home page shows it: with where and to which act it belongs, and the date that counts."""

    where: str
    act: Act
    duty: Duty

    @property
    def due(self) -> date | None:
        """The duty's own date, set when it was gathered."""
        return self.duty.due

    @property
    def title(self) -> str:
        """What to do; for what waits for others, the act."""
        return self.duty.title or self.act.title


@dataclass(frozen=True)
class Todos:
    """What waits for a person: late or returned, in seven days, later; with others; with officers."""

    late: list[Todo]
    soon: list[Todo]
    later: list[Todo]
    others: list[Todo]
    officers: list[Todo]

    @property
    def none(self) -> bool:
        """Nothing that the person waits on or is waited for."""
        return not (self.late or self.soon or self.later or self.others)


def todos(years: Iterable[OpenYear], *, by: Actor) -> Todos:
    """Sort what these years, and ballots under way, ask of the person; by due date, undated ones last.

    A leader is asked for what only leaders do, and for what is late; the rest is with the unit's officers.
    """
    helped = appointed_at(by.units(AppointmentKind.UNIT_LEADER), on=by.on)
    found = [todo for year in years for act in year.acts for todo in _todos_of(str(year.cycle), act, by)]
    found += [Todo("Bỏ phiếu", act, duty) for act in voting.of_person(by) for duty in act.head_duties]
    found.sort(key=lambda todo: todo.due or date.max)
    others = [t for t in found if t.duty.state is State.WAITING]
    late = [t for t in found if t not in others and is_late(t.duty, by.on)]
    rest = [t for t in found if t not in others and t not in late]
    officers = [t for t in rest if _is_with_officers(t.duty, by, helped)]
    soon = [t for t in rest if t not in officers and t.due and t.due - by.on <= NEAR]
    later = [t for t in rest if t not in officers and t not in soon]
    return Todos(late, soon, later, others, officers)


def _is_with_officers(duty: Duty, by: Actor, helped: frozenset[tuple[str, int]]) -> bool:
    """The person is asked as a leader alone, and an officer of the unit is asked too."""
    kinds = [kind for kind in duty.kinds if kind != AppointmentKind.UNIT_LEADER]
    officer = any((kind, duty.unit_id) in helped for kind in kinds)
    return officer and not by.holds(*kinds, unit=duty.unit_id)


def is_late(duty: Duty, on: date) -> bool:
    """Overdue or returned, or still asked for though its day has passed."""
    return duty.state in LATE or (duty.state.asks and duty.due is not None and duty.due < on)


def _todos_of(where: str, act: Act, by: Actor) -> list[Todo]:
    asked = (with_due(duty, act) for duty in (*act.duties, *act.head_duties) if _is_for(by, duty))
    return [
        Todo(where, act, duty)
        for duty in asked
        if duty.state is State.WAITING or (duty.title and duty.state not in OVER)
    ]


def _is_for(by: Actor, duty: Duty) -> bool:
    return by.holds(*duty.kinds, unit=duty.unit_id) if duty.kinds else duty.unit_id in by.units()


@dataclass(frozen=True)
class Reminded:
    """How often a unit was reminded of an act, when last, and whether somebody there has read it."""

    times: int
    last: datetime
    seen: bool


def notice_key(cycle: Cycle, act: Act, unit: int, when: str) -> str:
    """The key under which a unit is told of an act once for `when`, a day or a step of the calendar."""
    return f"nhac:{cycle.pk}:{act.key}:{unit}:{when}"


def reminders(cycle: Cycle) -> dict[tuple[str, int], Reminded]:
    """What units of this year were reminded of, by act and unit, in one query."""
    told = Notice.objects.filter(key__startswith=f"nhac:{cycle.pk}:").values_list("key", "at", "read_at")
    found: dict[tuple[str, int], list[tuple[str, datetime, bool]]] = {}
    for key, at, read_at in told:
        _, _, act, unit, when = key.split(":", 4)
        found.setdefault((act, int(unit)), []).append((when, at, read_at is not None))
    return {
        place: Reminded(
            len({when for when, _, _ in rows}), max(at for _, at, _ in rows), any(s for *_, s in rows)
        )
        for place, rows in found.items()
    }


def papers_of(cycle: Cycle, *, by: Actor) -> QuerySet[Paper]:
    """The cluster's own papers issued in the year, in the order of their dates."""
    return (
        visible_papers(by)
        .filter(
            direction=PaperDirection.OUTGOING,
            state=PaperState.SEALED,
            owner=f"cluster:{cycle.cluster_id}",
            dated__gte=cycle.term.lower,
            dated__lt=cycle.term.upper + NEAR * 26,  # summing up and handing over fall in the next half-year
        )
        .order_by("dated", "pk")
    )
