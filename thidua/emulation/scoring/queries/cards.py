"""Questions about the versions of the year's points table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.queries import due, regulation_of
from thidua.emulation.movements.models import CycleMovement
from thidua.emulation.scoring.engine import Finding, read_number, said
from thidua.emulation.scoring.models import CriterionKind, LayerKind, Scorecard, ScorecardState, ScoreLayer
from thidua.emulation.scoring.queries.documents import STANDING_BODY, findings

DEFAULT_SCALE, DEFAULT_PLACES = Decimal(100), 2


def versions_of(cycle: Cycle, movement: CycleMovement | None = None) -> QuerySet[Scorecard]:
    """All versions of the year's own table, or of the one a movement of the year has; the newest first."""
    return cycle.scorecards.filter(movement=movement).select_related("movement__movement", "movement__cycle")


def scorecard_of(cycle: Cycle, movement: CycleMovement | None = None) -> Scorecard | None:
    """The table in force in the year, or for a movement of it."""
    return versions_of(cycle, movement).filter(state=ScorecardState.ADOPTED).first()


def draft_of(cycle: Cycle, movement: CycleMovement | None = None) -> Scorecard | None:
    """The version being written."""
    return versions_of(cycle, movement).filter(state=ScorecardState.DRAFT).first()


def thematic_tables(cycle: Cycle) -> QuerySet[Scorecard]:
    """Tables in force for movements of the year, beside the year's own."""
    found = cycle.scorecards.filter(movement__isnull=False, state=ScorecardState.ADOPTED)
    return found.select_related("movement__movement", "movement__cycle").order_by("movement__movement__order")


@dataclass(frozen=True)
class CardFacts:
    """A version of the table, counted: criteria that must be written, and the points without bonuses."""

    card: Scorecard
    leaves: int
    points: Decimal


def must_be_written(prefix: str = "") -> Q:
    """Criteria that stay open until something is written; bonuses, penalties and full marks need nothing."""
    full = Q((f"{prefix}rule__has_key", "type"), (f"{prefix}rule__type", "full")) | Q(
        (f"{prefix}rule", {}), (f"{prefix}terms__has_key", "deductions")
    )
    return Q((f"{prefix}kind", CriterionKind.MARK)) & ~full


def cards_of(cycle: Cycle) -> list[CardFacts]:
    """The versions of the year's table and of its movements', newest first, counted while they are read."""
    is_mark = Q(criteria__kind=CriterionKind.MARK)
    counted = cycle.scorecards.select_related("movement__movement", "movement__cycle").annotate(
        leaves=Count("criteria", filter=must_be_written("criteria__")),
        points=Sum("criteria__max_points", filter=is_mark, default=Decimal(0)),
    )
    return [CardFacts(card, card.leaves, card.points) for card in counted]


def scale_of(cycle: Cycle, on: date) -> tuple[Decimal, int]:
    """The points scale and the number of decimals, by the regulation of the day; 100 and 2 without one."""
    regulation = regulation_of(cycle, on)
    if regulation is None:
        return DEFAULT_SCALE, DEFAULT_PLACES
    return regulation.points_total, regulation.points_places


def obstacles_to_adopting(scorecard: Scorecard, on: date) -> list[str]:
    """Why a table cannot be issued yet."""
    if scorecard.state != ScorecardState.DRAFT:
        return ["Bảng điểm này đã ban hành."]
    rows = list(scorecard.criteria.all())
    if not rows:
        return ["Bảng chưa có tiêu chí nào. Bấm “Sửa dự thảo” để ghi, hoặc “Nhập từ tệp”."]
    found = sentences(findings(scorecard), "error")
    filled = {row.parent_id for row in rows}
    found += [
        f"{row.code}: mục chưa có tiêu chí."
        for row in rows
        if row.kind == CriterionKind.GROUP and row.pk not in filled
    ]
    scale, _ = scale_of(scorecard.cycle, on)
    total = read_number(scorecard.settings.get("total"))
    if total != scale and scorecard.movement_id is None:
        found.append(f"Thang điểm của bảng là {said(total or Decimal(0))}, quy chế ghi thang {said(scale)}.")
    in_force = scorecard_of(*scorecard.scope)
    if in_force is not None and in_force.published_at is not None:
        found.append(f"Kết quả {scorecard.scope.words} đã công bố, nên không thay bảng điểm được nữa.")
    return found


def obstacles_to_dropping(scorecard: Scorecard) -> list[str]:
    """Why a table is not thrown away: members have been told of it."""
    if scorecard.state == ScorecardState.DRAFT:
        return []
    return [f"Bảng điểm bản {scorecard.version} đã ban hành nên không bỏ được. Muốn thay thì soạn bản mới."]


def is_filed(scorecard: Scorecard) -> bool:
    """Some unit has sent a layer on this version."""
    return ScoreLayer.objects.filter(sheet__scorecard=scorecard, submitted_at__isnull=False).exists()


def sentences(found: Iterable[Finding], level: str) -> list[str]:
    """What the checks found at a level: “error” stops an adoption, “warning” asks for a reason."""
    return [f"{one.code or 'Cả bảng'}: {one.sentence.rstrip('.')}." for one in found if one.level == level]


def cautions(scorecard: Scorecard) -> list[str]:
    """What the engine's checks would have looked at again; an adoption despite it gives its reason."""
    found = findings(scorecard)
    if any(one.level == "error" for one in found):
        return []
    return sentences(found, "warning") + _unknown_scorers(scorecard)


def _unknown_scorers(scorecard: Scorecard) -> list[str]:
    """Names under `scored_by` that are neither a layer, the standing body nor one unit: they bind nobody."""
    known = {kind.label.lower() for kind in LayerKind} | {STANDING_BODY}
    return [
        f"{line.code}: không có đúng một đơn vị tên “{word}”, nên tên này không giới hạn ai chấm."
        for line in scorecard.criteria.select_related("owner")
        for word in line.scored_by
        if word.lower() not in known and (line.owner is None or line.owner.name != word)
    ]


def visible_scorecards(by: Actor, cycle: Cycle, movement: CycleMovement | None = None) -> QuerySet[Scorecard]:
    """Versions of the table one may read: drafts only by those who run or oversee the year."""
    versions = versions_of(cycle, movement)
    if runs_cycle(by, cycle) or oversees(by, cycle):
        return versions
    return versions.exclude(state=ScorecardState.DRAFT)


def due_of(scorecard: Scorecard, act: str) -> date | None:
    """When an act of scoring is due; a thematic table has one day, by which members score themselves."""
    if scorecard.movement_id is None:
        return due(scorecard.cycle, act)
    return scorecard.due if act == ActKey.SELF_SCORE else None
