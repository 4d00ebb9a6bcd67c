"""Questions about movements. They never write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.text import search_key
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle, Membership
from thidua.emulation.clusters.queries import due, members_now, overlap, visible_clusters
from thidua.emulation.movements.models import Adoption, CycleMovement, Movement, MovementReview
from thidua.organisations.models import AppointmentKind, StandingBody, Unit

ACT = ActKey.MOVEMENTS


def bodies_followed(by: Actor) -> Q:
    """Units whose catalogues the person reads: own, above, the clusters' organisers and fellow members."""
    own, clusters = by.units(), visible_clusters(by)
    return (
        Q(pk__in=own)
        | Q(children__in=own)
        | Q(clusters_organised__in=clusters)
        | Q(memberships__cluster__in=clusters)
        | Q(served_by__unit__in=by.units(AppointmentKind.STANDING_OFFICER))
    )


def visible_movements(by: Actor) -> QuerySet[Movement]:
    """National movements, those of the bodies one follows, and those of one's clusters."""
    movements = Movement.objects.select_related("authority", "cycle__cluster", "parent", "paper")
    movements = movements.prefetch_related("launchers")
    if by.is_system or by.holds(AppointmentKind.ADMINISTRATOR):
        return movements
    clusters = visible_clusters(by).values("pk")
    bodies = Unit.objects.filter(bodies_followed(by)).values("pk")
    return movements.filter(
        Q(level="national")
        | Q(authority__in=bodies)
        | Q(cycle__cluster__in=clusters)
        | Q(pk__in=CycleMovement.objects.filter(cycle__cluster__in=clusters).values("movement"))
    )


@dataclass(frozen=True)
class Filter:
    """What the catalogue was asked for; empty words ask nothing."""

    words: str = ""
    level: str = ""
    kind: str = ""
    year: int | None = None


def catalogue(by: Actor, asked: Filter) -> QuerySet[Movement]:
    """The catalogue, narrowed; `year` keeps movements running in it and those whose term is not known."""
    found = visible_movements(by)
    if asked.words:
        found = found.filter(search__contains=search_key(asked.words))
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.year:
        of_year = (date(asked.year, 1, 1), date(asked.year + 1, 1, 1))
        found = found.filter(Q(term__isnull=True) | Q(term__overlap=of_year))
    return found


def choosable(cycle: Cycle, by: Actor) -> QuerySet[Movement]:
    """Movements not yet applied to the year and running in it, as far as their term is known."""
    return (
        visible_movements(by)
        .exclude(level="unit")
        .exclude(expected__cycle=cycle)
        .filter(Q(term__isnull=True) | Q(term__overlap=cycle.term))
    )


def plan_due(expected: CycleMovement, cycle: Cycle) -> date | None:
    """When plans are due: the movement's own date, else the year's."""
    return expected.plan_due or due(cycle, ACT)


def expected_of(cycle: Cycle) -> list[CycleMovement]:
    """Movements the year expects of every member, with their adoptions, in three queries."""
    adoptions = Adoption.objects.select_related("plan_file")
    return list(
        cycle.movements.select_related("movement__paper")
        .prefetch_related(Prefetch("adoptions", adoptions), "movement__launchers")
        .order_by("-movement__is_theme_of_year", "movement__order", "pk")
    )


def answered(expected: CycleMovement, adoption: Adoption | None) -> bool:
    """The member did all that is asked: adopted, and has a plan when one is required."""
    return adoption is not None and (adoption.has_plan or not expected.plan_required)


@dataclass
class MemberRow:
    """A member of the year and its answers, one for each movement in the same order."""

    membership: Membership
    cells: list[tuple[CycleMovement, Adoption | None]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Movements answered in full."""
        return sum(answered(expected, adoption) for expected, adoption in self.cells)


@dataclass
class Board:
    """The year's movements against its members: who answered, whose plan is missing."""

    expected: list[CycleMovement]
    rows: list[MemberRow]

    def missing(self, expected: CycleMovement) -> list[Membership]:
        """Members that still owe an answer or a plan to this movement."""
        return [
            row.membership
            for row in self.rows
            for of, adoption in row.cells
            if of.pk == expected.pk and not answered(of, adoption)
        ]

    @property
    def counts(self) -> list[int]:
        """For each movement, how many members answered in full."""
        return [len(self.rows) - len(self.missing(expected)) for expected in self.expected]


def board(cycle: Cycle, on: date) -> Board:
    """The year's movements against the members of a day, in a fixed number of queries."""
    expected = expected_of(cycle)
    by_unit: dict[int, dict[int, Adoption]] = defaultdict(dict)
    for row in expected:
        for adoption in row.adoptions.all():
            by_unit[adoption.unit_id][row.pk] = adoption
    rows = [
        MemberRow(membership, [(row, by_unit[membership.unit_id].get(row.pk)) for row in expected])
        for membership in members_now(cycle, on)
    ]
    return Board(expected, rows)


def adoption_of(expected: CycleMovement, unit: Unit) -> Adoption:
    """The unit's answer; a new one, with the plan it used the year before, when it has none yet."""
    kept = Adoption.objects.filter(expected=expected, unit=unit).select_related("plan_file").first()
    if kept is not None:
        return kept
    before = (
        Adoption.objects.filter(expected__movement=expected.movement_id, unit=unit)
        .exclude(plan_symbol="")
        .order_by("-adopted_on")
        .first()
    )
    fresh = Adoption(expected=expected, unit=unit)
    if before is not None:
        fresh.plan_symbol, fresh.plan_dated = before.plan_symbol, before.plan_dated
    return fresh


def ancestors(movement: Movement) -> Iterable[int]:
    """Ids of the movements above, nearest first."""
    seen: set[int] = set()
    above = movement.parent
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        yield above.pk
        above = above.parent


def reviews_of(movement: Movement) -> QuerySet[MovementReview]:
    """Interim and final reviews in the order of their days."""
    return movement.reviews.all()


def standing_authorities(by: Actor) -> QuerySet[StandingBody]:
    """Standing bodies the person is an officer of: their authorities' catalogues are theirs to keep."""
    return StandingBody.objects.filter(unit__in=by.units(AppointmentKind.STANDING_OFFICER))


def obstacles_to_dropping(expected: CycleMovement) -> list[str]:
    """Why a movement stays among those of the year."""
    if expected.adoptions.exists():
        return ["Đã có đơn vị hưởng ứng phong trào này trong năm, nên không bỏ khỏi danh sách được."]
    return []


def obstacles_to_removing(movement: Movement) -> list[str]:
    """Why a movement stays in the catalogue."""
    found = []
    if movement.expected.exists():
        found.append("Phong trào đang áp dụng cho một năm thi đua. Anh/chị bỏ áp dụng trước.")
    if movement.children.exists():
        found.append("Có phong trào khác cụ thể hóa phong trào này.")
    if movement.reviews.exists():
        found.append("Phong trào đã có sơ kết, tổng kết.")
    return found


@dataclass
class YearAnswers:
    """A year that expects a movement: who answered, whose plan is missing, who has not answered."""

    expected: CycleMovement
    adoptions: list[Adoption] = field(default_factory=list)
    silent: list[Membership] = field(default_factory=list)


def answers_to(movement: Movement, by: Actor) -> list[YearAnswers]:
    """The years the person sees that expect this movement, in three queries however many."""
    adoptions = Adoption.objects.select_related("unit", "plan_file").order_by("unit__order")
    years = (
        movement.expected.filter(cycle__cluster__in=visible_clusters(by).values("pk"))
        .select_related("cycle__cluster")
        .prefetch_related(Prefetch("adoptions", adoptions))
        .order_by("-cycle__term", "cycle__cluster__order")
    )
    rows = [YearAnswers(expected, list(expected.adoptions.all())) for expected in years]
    joined = Membership.objects.filter(cluster__in={row.expected.cycle.cluster_id for row in rows})
    memberships = list(joined.select_related("unit"))
    for row in rows:
        told = {adoption.unit_id for adoption in row.adoptions}
        row.silent = [m for m in memberships if _belonged(m, row.expected.cycle) and m.unit_id not in told]
    return rows


def _belonged(membership: Membership, cycle: Cycle) -> bool:
    """The unit belonged to the year's cluster on some day of it."""
    return membership.cluster_id == cycle.cluster_id and overlap(membership.term, cycle.term)
