"""Movements that a year expects of its members, and who answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import PROTECT, Model, Prefetch, Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle, Membership
from thidua.emulation.clusters.queries import due, members_now, overlap, visible_clusters
from thidua.emulation.movements.models import Adoption, CycleMovement, Movement, MovementReview, ReviewStage
from thidua.emulation.movements.queries.catalogue import visible_movements
from thidua.organisations.models import Unit

ACT = ActKey.MOVEMENTS


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
    """Movements the year expects of every member, with their adoptions, in four queries."""
    adoptions = Adoption.objects.select_related("plan_file").prefetch_related("targets")
    return list(
        cycle.movements.select_related("movement__paper")
        .prefetch_related(Prefetch("adoptions", adoptions), "movement__launchers")
        .order_by("-movement__is_theme_of_year", "movement__order", "pk")
    )


def ended_by(movement: Movement, cycle: Cycle, on: date) -> bool:
    """The cluster launched it itself in this year, and its last day is over."""
    end = movement.term.upper if movement.term is not None else None
    return movement.cycle_id == cycle.pk and end is not None and end <= on


def summed_up(movements: Collection[Movement]) -> set[int]:
    """Those of them that have their final review; one query."""
    rows = MovementReview.objects.filter(movement__in=movements, stage=ReviewStage.FINAL)
    return set(rows.values_list("movement_id", flat=True))


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


def obstacles_to_dropping(expected: CycleMovement) -> list[str]:
    """Why a movement stays among those of the year."""
    return held_in_the_year([expected]).get(expected.pk, [])


def held_in_the_year(expected: Sequence[CycleMovement]) -> dict[int, list[str]]:
    """Of each movement, what stands on it in the year; one query for each kind of thing that may."""
    found: dict[int, list[str]] = {}
    for relation in CycleMovement._meta.related_objects:
        if relation.on_delete is PROTECT:
            of = f"{relation.field.name}_id"
            rows = relation.related_model._default_manager.filter(**{f"{of}__in": [e.pk for e in expected]})
            for held in sorted(set(rows.values_list(of, flat=True))):
                found.setdefault(held, []).append(_held_by(relation.related_model))
    return found


def _held_by(model: type[Model]) -> str:
    if model is Adoption:
        return "Đã có đơn vị hưởng ứng nên không bỏ khỏi năm được."
    name = model._meta.verbose_name
    return f"Đã có {name} cho phong trào này nên không bỏ khỏi năm được; còn là dự thảo thì bỏ dự thảo trước."


@dataclass
class YearAnswers:
    """A year that expects a movement: who answered, whose plan is missing, who has not answered."""

    expected: CycleMovement
    adoptions: list[Adoption] = field(default_factory=list)
    silent: list[Membership] = field(default_factory=list)


def answers_to(movement: Movement, by: Actor) -> list[YearAnswers]:
    """The years the person sees that expect this movement, in four queries however many."""
    given = Adoption.objects.select_related("unit", "plan_file").prefetch_related("targets")
    adoptions = given.order_by("unit__order")
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
