"""The catalogue of movements, and where one stands among those above and below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.text import search_key
from thidua.emulation.clusters.queries import visible_clusters
from thidua.emulation.movements.models import CycleMovement, Movement, MovementReview, ReviewFigure
from thidua.organisations.models import AppointmentKind, StandingBody, Unit


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


def ancestors(movement: Movement) -> Iterable[int]:
    """Ids of the movements above, nearest first."""
    seen: set[int] = set()
    above = movement.parent
    while above is not None and above.pk not in seen:
        seen.add(above.pk)
        yield above.pk
        above = above.parent


def reviews_of(movement: Movement) -> QuerySet[MovementReview]:
    """Interim and final reviews in the order of their days, with their figures."""
    return movement.reviews.prefetch_related(Prefetch("figures", ReviewFigure.objects.all()))


def standing_authorities(by: Actor) -> QuerySet[StandingBody]:
    """Standing bodies the person is an officer of: their authorities' catalogues are theirs to keep."""
    return StandingBody.objects.filter(unit__in=by.units(AppointmentKind.STANDING_OFFICER))


def obstacles_to_launching(movement: Movement) -> list[str]:
    """What a new movement still lacks: one commended up to the ministry or province needs its word first."""
    if movement.needs_consent and not movement.consent.strip():
        return ["Anh/chị ghi văn bản đồng ý cho phát động phong trào này."]
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


@dataclass(frozen=True)
class Branch:
    """A movement in the tree of those that concretise one another; `depth` 0 is the one at the top."""

    movement: Movement
    depth: int


DEEPEST = 8  # from the country to a unit there are five levels; what is deeper is not drawn


def tree_of(movement: Movement, by: Actor) -> list[Branch]:
    """The tree this movement stands in, as far as the person sees it: the top first, each before its own."""
    seen = visible_movements(by)
    top = movement
    for above in [*ancestors(movement)][:DEEPEST]:
        found = seen.filter(pk=above).first()
        if found is None:
            break
        top = found
    below: dict[int | None, list[Movement]] = {}
    level, known = [top.pk], {top.pk}
    for _ in range(DEEPEST):
        children = [child for child in seen.filter(parent__in=level) if child.pk not in known]
        if not children:
            break
        for child in children:
            below.setdefault(child.parent_id, []).append(child)
        level = [child.pk for child in children]
        known.update(level)
    return _in_order(top, below, 0)


def _in_order(movement: Movement, below: dict[int | None, list[Movement]], depth: int) -> list[Branch]:
    rows = [Branch(movement, depth)]
    for child in below.get(movement.pk, []):
        rows += _in_order(child, below, depth + 1)
    return rows
