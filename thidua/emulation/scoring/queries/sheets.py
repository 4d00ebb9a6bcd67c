"""Questions about the units' sheets and their layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle, Regulation, ScoreVisibility
from thidua.emulation.clusters.permissions import acts_for_unit, audits, oversees, runs_cycle, sees_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, regulation_of
from thidua.emulation.scoring.engine import PENALTY, PointsTable, Sheet
from thidua.emulation.scoring.engine import Criterion as Leaf
from thidua.emulation.scoring.engine import Mark as Scored
from thidua.emulation.scoring.models import (
    AppraisalPart,
    Criterion,
    CriterionKind,
    Explanation,
    LayerKind,
    Scorecard,
    ScoreLayer,
    ScoreSheet,
    Seat,
    Visit,
)
from thidua.emulation.scoring.queries.cards import must_be_written
from thidua.emulation.scoring.queries.documents import points_table
from thidua.emulation.scoring.queries.filings import (
    LAYERS,
    Filed,
    computed,
    entries_of,
    filings_document,
    names_of,
)
from thidua.emulation.scoring.queries.hands import (
    appraisers,
    hand_words,
    layers_of,
    may_mark,
    teams_of,
    visits_of,
)
from thidua.organisations.models import Unit


@dataclass(frozen=True)
class LayerProgress:
    """How far one layer of a sheet has come."""

    scorers: frozenset[int]  # of the cross layer: who may write it
    submitted_at: datetime | None
    written: int  # criteria that must be written and are

    @property
    def sent(self) -> bool:
        """The layer was submitted and is immutable."""
        return self.submitted_at is not None


@dataclass(frozen=True)
class SheetProgress:
    """How far a unit's sheet has come, layer by layer, without its marks."""

    unit: Unit
    layers: dict[str, LayerProgress]


def progress_of(card: Scorecard) -> list[SheetProgress]:
    """Every sheet of the table, in three queries."""
    counted = must_be_written("marks__criterion__")
    rows = (
        ScoreLayer.objects.filter(sheet__scorecard=card)
        .select_related("sheet__unit")
        .annotate(written=Count("marks__criterion", distinct=True, filter=counted))
        .order_by("sheet")
    )
    found: dict[int, SheetProgress] = {}
    teams, visits = teams_of(card.pk), visits_of(card.pk)
    for row in rows:
        sheet = found.setdefault(row.sheet_id, SheetProgress(row.sheet.unit, {}))
        scorers = {row.scorer_id} if row.scorer_id else _team(row.sheet.unit_id, teams, visits)
        sheet.layers[row.kind] = LayerProgress(frozenset(scorers), row.submitted_at, row.written)
    return list(found.values())


def _team(unit_id: int, teams: Mapping[int, int], visits: Mapping[int, Visit]) -> set[int]:
    """The members of the team that visits a unit."""
    visit = visits.get(unit_id)
    return {unit for unit, team in teams.items() if visit and team == visit.team and unit != unit_id}


@dataclass
class LayerView:
    """One layer of a sheet as it is read: what was filed, and what the engine made of it."""

    layer: ScoreLayer
    marks: dict[int, Filed]
    scored: Sheet | None = None  # None while nothing of the layer counts

    @property
    def total(self) -> Decimal:
        """Points of the whole table, as far as written."""
        return self.scored.total if self.scored else Decimal(0)

    @property
    def sent(self) -> bool:
        """The layer was submitted and is immutable."""
        return self.layer.submitted_at is not None

    def mark_of(self, line: Criterion) -> Scored | None:
        """What the engine made of a criterion; None when nothing was filed."""
        return self.scored.marks.get(line.code) if self.scored else None

    def points_of(self, line: Criterion) -> Decimal | None:
        """Points of a line, below nought for a penalty; None when nothing was filed."""
        if line.kind == CriterionKind.GROUP:
            return self.scored.sums.get(line.code) if self.scored else None
        mark = self.mark_of(line)
        if mark is None:
            return None
        return -abs(mark.points) if line.kind == PENALTY else mark.points


@dataclass
class SheetView:
    """A sheet with its four layers, ready to be shown or printed."""

    sheet: ScoreSheet
    criteria: list[Criterion]
    layers: dict[str, LayerView]
    table: PointsTable
    visit: Visit | None = None
    scorers: frozenset[int] = frozenset()  # units that may score it across

    @cached_property
    def leaves(self) -> list[Criterion]:
        """Criteria that take a mark."""
        return [line for line in self.criteria if line.kind != CriterionKind.GROUP]

    @cached_property
    def rules(self) -> dict[str, Leaf]:
        """The engine's criteria by code."""
        return {leaf.code: leaf for leaf in self.table.leaves}

    @cached_property
    def named(self) -> dict[int, Criterion]:
        """Lines that somebody is named to appraise, with the line that names them."""
        return appraisers(self.criteria)

    @cached_property
    def owned(self) -> dict[int, list[Criterion]]:
        """Criteria that a unit of their own appraises, by that unit."""
        found: dict[int, list[Criterion]] = {}
        for line in self.leaves:
            named = self.named.get(line.pk)
            if named is not None and named.owner_id and not named.by_standing_body:
                found.setdefault(named.owner_id, []).append(line)
        return found

    def is_away(self, layer: LayerView, line: Criterion) -> bool:
        """Không giao: the criterion was not given to the unit, or nothing was of what its group counts."""
        if layer.scored is None:
            return False
        below = self.table.by_code[line.code].walk()
        counted = [
            one.code for one in below if not one.children and one.kind in {CriterionKind.MARK, line.kind}
        ]
        return bool(counted) and set(counted) <= set(layer.scored.excluded)

    def part_of(self, owner_id: int) -> AppraisalPart | None:
        """What an owner has sent of the appraisal; None when it has not."""
        parts = self.layers[LayerKind.APPRAISAL].layer.parts.all()
        return next((part for part in parts if part.owner_id == owner_id), None)

    def needed(self, kind: str) -> list[Criterion]:
        """Criteria that must be written before a layer is sent."""
        return [
            line for line in self.leaves if self.rules[line.code].must_be_filed and kind in layers_of(line)
        ]

    def unwritten(self, kind: str) -> list[Criterion]:
        """Criteria that must be written in a layer and are not."""
        marks = self.layers[kind].marks
        return [line for line in self.needed(kind) if line.pk not in marks]

    def writable(self, kind: str, by: Actor) -> list[Criterion]:
        """Criteria this person may write in a layer, as far as their owner has not sent its part."""
        cycle, sent = self.sheet.cycle, self.layers[kind].layer.sent_criteria
        return [
            line
            for line in self.leaves
            if line.pk not in sent and may_mark(by, kind, line, self.named, cycle)
        ]

    def before(self, kind: str) -> LayerView | None:
        """The last layer sent before this one: what a mark is compared with."""
        earlier = [self.layers[k] for k in LAYERS[: LAYERS.index(LayerKind(kind))] if k in self.layers]
        return next((view for view in reversed(earlier) if view.sent), None)

    def latest(self) -> LayerView | None:
        """The last layer sent."""
        return next((self.layers[k] for k in reversed(LAYERS) if self.layers[k].sent), None)


@dataclass
class Board:
    """The sheets of a table as they were filed, read once, computed as often as a page asks."""

    sheets: list[ScoreSheet]
    criteria: list[Criterion]
    layers: dict[int, dict[str, ScoreLayer]]  # by sheet and kind
    entries: dict[int, dict[int, Filed]]  # by layer and criterion
    table: PointsTable
    teams: dict[int, int]  # by unit
    visits: dict[int, Visit]  # by unit

    def of_unit(self, unit_id: int) -> dict[str, ScoreLayer] | None:
        """The layers of a unit's sheet; None when it has none."""
        return next((self.layers[one.pk] for one in self.sheets if one.unit_id == unit_id), None)

    def only(self, unit_id: int) -> Board:
        """The same with one unit alone, which then is measured against nobody else."""
        return replace(self, sheets=[one for one in self.sheets if one.unit_id == unit_id])

    def document(self, writing: ScoreLayer | None = None) -> dict[str, Any]:
        """What was sent, as a ket-qua-cham-1 document; `writing`: a layer not sent yet, as well."""
        by_pk = {line.pk: line for line in self.criteria}
        return filings_document(self.sheets, self.layers, self.entries, by_pk, writing)

    def views(self, writing: ScoreLayer | None = None) -> list[SheetView]:
        """Every sheet with what the engine makes of all of them."""
        _, result = computed(self.table, self.document(writing))
        names = names_of(self.sheets)
        return [self._view(sheet, result.sheets[names[sheet.unit_id]]) for sheet in self.sheets]

    def _view(self, sheet: ScoreSheet, scored: Mapping[str, Sheet]) -> SheetView:
        views = {
            kind: LayerView(layer, self.entries.get(layer.pk, {}), scored.get(LayerKind(kind).label))
            for kind, layer in self.layers[sheet.pk].items()
        }
        cross = self.layers[sheet.pk][LayerKind.CROSS]
        scorers = {cross.scorer_id} if cross.scorer_id else _team(sheet.unit_id, self.teams, self.visits)
        visit = self.visits.get(sheet.unit_id)
        return SheetView(sheet, self.criteria, views, self.table, visit, frozenset(scorers))


def board_of(scorecard: Scorecard) -> Board:
    """Everything filed on a table, in a number of queries that does not grow with the members."""
    rows = scorecard.sheets.select_related(
        "unit", "scorecard__cycle__cluster__standing_body", "scorecard__movement__movement"
    )
    sheets = list(rows.order_by("pk"))
    criteria = list(scorecard.criteria.select_related("owner"))
    table = points_table(scorecard, criteria)
    entries = entries_of(scorecard.pk)
    teams, visits = teams_of(scorecard.pk), visits_of(scorecard.pk)
    return Board(sheets, criteria, _layers(sheets), entries, table, teams, visits)


def _layers(sheets: list[ScoreSheet]) -> dict[int, dict[str, ScoreLayer]]:
    found: dict[int, dict[str, ScoreLayer]] = {sheet.pk: {} for sheet in sheets}
    by_pk = {sheet.pk: sheet for sheet in sheets}
    rows = ScoreLayer.objects.filter(sheet__in=sheets).select_related("scorer")
    for layer in rows.prefetch_related("flag_corrections", "parts"):
        layer.sheet = by_pk[layer.sheet_id]
        found[layer.sheet_id][layer.kind] = layer
    return found


def sheets_of(scorecard: Scorecard) -> list[SheetView]:
    """The sheets of a table with everything computed."""
    return board_of(scorecard).views()


def sheet_view(scorecard: Scorecard, unit_id: int, *, writing: ScoreLayer | None = None) -> SheetView | None:
    """One unit's sheet, measured against its cluster; None when it has none yet."""
    views = board_of(scorecard).views(writing)
    return next((v for v in views if v.sheet.unit_id == unit_id), None)


def obstacles_to_sending(view: SheetView, kind: str) -> list[str]:
    """Why a layer cannot be sent yet."""
    if view.layers[kind].sent:
        return [f"Lớp {LayerKind(kind).label.lower()} đã gửi."]
    found = []
    missing = view.unwritten(kind)
    if missing:
        codes = ", ".join(line.code for line in missing)
        found.append(f"Còn {len(missing)} tiêu chí chưa ghi điểm: {codes}.{_waited_for(view, missing)}")
    if kind != LayerKind.SELF and not view.layers[LayerKind.SELF].sent:
        found.append("Đơn vị chưa gửi bảng tự chấm.")
    if kind == LayerKind.APPRAISAL and not missing and (open_ones := _open_parts(view)):
        found.append(f"Chờ {', '.join(open_ones)} gửi phần thẩm định.")
    return found + (_obstacles_to_concluding(view) if kind == LayerKind.FINAL else [])


def _open_parts(view: SheetView) -> list[str]:
    """Owners who have not sent their part."""
    names = {line.owner_id: str(line.owner) for line in view.named.values() if line.owner_id}
    return [names[owner] for owner in view.owned if view.part_of(owner) is None]


def _waited_for(view: SheetView, lines: list[Criterion]) -> str:
    hands = dict.fromkeys(hand_words(line, view.named) for line in lines if line.pk in view.named)
    return f" Chờ {', '.join(hands)} chấm." if hands else ""


def _obstacles_to_concluding(view: SheetView) -> list[str]:
    """What only others may write must be written, and what the unit explained must be answered."""
    found = []
    scored = view.layers[LayerKind.FINAL].scored
    waiting = {line.code for line in view.leaves if LayerKind.FINAL not in layers_of(line)}
    if scored and (open_ones := [code for code in scored.missing if code in waiting]):
        found.append(f"Lớp thẩm định chưa có điểm của tiêu chí {', '.join(open_ones)}.")
    unanswered = view.sheet.explanations.filter(answered_at__isnull=True).count()
    if unanswered:
        found.append(f"Còn {unanswered} giải trình của đơn vị chưa trả lời.")
    return found


def unanswered(scorecard: Scorecard) -> list[Explanation]:
    """Explanations that wait for an answer, oldest first."""
    rows = Explanation.objects.filter(sheet__scorecard=scorecard, answered_at__isnull=True)
    return list(rows.select_related("sheet__unit").order_by("pk"))


def sealed(
    cycle: Cycle, regulation: Regulation | None, views: Iterable[SheetView], scorecard: Scorecard
) -> bool:
    """Members may not yet see one another's points, by the regulation."""
    rule = regulation.score_visibility if regulation else ScoreVisibility.SEALED
    if rule == ScoreVisibility.OPEN:
        return False
    if rule == ScoreVisibility.AFTER_FINAL:
        return scorecard.published_at is None
    return not all(view.layers[LayerKind.SELF].sent for view in views)


def cross_scorers(layer: ScoreLayer) -> set[int]:
    """The units that may score a sheet across: the one assigned, or all of the team that visits."""
    if layer.scorer_id is not None:
        return {layer.scorer_id}
    visit = Visit.objects.filter(sheet=layer.sheet_id).first()
    if visit is None:
        return set()
    seats = Seat.objects.filter(scorecard=layer.sheet.scorecard_id, team=visit.team)
    return set(seats.values_list("unit_id", flat=True)) - {layer.sheet.unit_id}


def may_see_all(by: Actor, cycle: Cycle) -> bool:
    """Who runs, oversees or audits the cluster reads every sheet, sealed or not."""
    return any(let_in(by, cycle) for let_in in (runs_cycle, oversees, audits))


def may_read_ranking(by: Actor, card: Scorecard) -> bool:
    """Members read places once they are published, or where the regulation leaves all points open."""
    if card.published_at or may_see_all(by, card.cycle):
        return True
    regulation = regulation_of(card.cycle, by.on)
    return regulation is not None and regulation.score_visibility == ScoreVisibility.OPEN


def may_see_sheet(by: Actor, view: SheetView, *, is_sealed: bool) -> bool:
    """Its own unit, who runs, oversees or audits the cluster, the assigned scorer; others once unsealed."""
    sheet = view.sheet
    if acts_for_unit(by, sheet) or may_see_all(by, sheet.cycle):
        return True
    if any(by.holds(*MEMBER_KINDS, unit=unit) for unit in view.scorers):
        return True
    if any(line.owner_id in by.units() for line in view.named.values() if line.owner_id):
        return True
    return not is_sealed and bool(sees_cycle(by, sheet))
