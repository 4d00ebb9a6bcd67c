"""Questions about the points table and its scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle, Regulation, ScoreVisibility
from thidua.emulation.clusters.permissions import acts_for_unit, audits, oversees, runs_cycle, sees_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS, regulation_of
from thidua.emulation.scoring.engine import (
    Finding,
    Line,
    LineKind,
    Place,
    Table,
    rank,
    read_number,
    said,
)
from thidua.emulation.scoring.models import (
    Criterion,
    CriterionKind,
    LayerKind,
    Mark,
    Scorecard,
    ScorecardState,
    ScoreLayer,
    ScoreSheet,
)
from thidua.emulation.scoring.queries.documents import findings
from thidua.organisations.models import Unit

LAYERS = (LayerKind.SELF, LayerKind.CROSS, LayerKind.APPRAISAL, LayerKind.FINAL)
DEFAULT_SCALE, DEFAULT_PLACES = Decimal(100), 2


def scorecard_of(cycle: Cycle) -> Scorecard | None:
    """The table in force in the year."""
    return cycle.scorecards.filter(state=ScorecardState.ADOPTED).first()


def draft_of(cycle: Cycle) -> Scorecard | None:
    """The version being written."""
    return cycle.scorecards.filter(state=ScorecardState.DRAFT).first()


@dataclass(frozen=True)
class CardFacts:
    """A version of the table, counted: criteria that take a mark, and the points without bonuses."""

    card: Scorecard
    leaves: int
    points: Decimal


def cards_of(cycle: Cycle) -> list[CardFacts]:
    """The versions of the year's table, newest first, counted in the query that reads them."""
    is_mark = Q(criteria__kind=CriterionKind.MARK)
    counted = cycle.scorecards.annotate(
        leaves=Count("criteria", filter=~Q(criteria__kind=CriterionKind.GROUP)),
        points=Sum("criteria__max_points", filter=is_mark, default=Decimal(0)),
    )
    return [CardFacts(card, card.leaves, card.points) for card in counted]


@dataclass(frozen=True)
class LayerProgress:
    """How far one layer of a sheet has come."""

    scorer_id: int | None
    submitted_at: datetime | None
    written: int  # criteria with a mark

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
    """Every sheet of the table, in one query."""
    rows = (
        ScoreLayer.objects.filter(sheet__scorecard=card)
        .select_related("sheet__unit")
        .annotate(written=Count("marks__criterion", distinct=True))
        .order_by("sheet")
    )
    found: dict[int, SheetProgress] = {}
    for row in rows:
        sheet = found.setdefault(row.sheet_id, SheetProgress(row.sheet.unit, {}))
        sheet.layers[row.kind] = LayerProgress(row.scorer_id, row.submitted_at, row.written)
    return list(found.values())


def scale_of(cycle: Cycle, on: date) -> tuple[Decimal, int]:
    """The points scale and the number of decimals, by the regulation of the day; 100 and 2 without one."""
    regulation = regulation_of(cycle, on)
    if regulation is None:
        return DEFAULT_SCALE, DEFAULT_PLACES
    return regulation.points_total, regulation.points_places


def table_of(criteria: Iterable[Criterion]) -> Table:
    """The engine's table of these lines."""
    rows = list(criteria)
    codes = {row.pk: row.code for row in rows}
    return Table(
        Line(
            code=row.code,
            title=row.title,
            max_points=row.max_points,
            kind=LineKind(row.kind),
            parent=codes.get(row.parent_id or 0, ""),
        )
        for row in rows
    )


def obstacles_to_adopting(scorecard: Scorecard, on: date) -> list[str]:
    """Why a table cannot be issued yet."""
    if scorecard.state != ScorecardState.DRAFT:
        return ["Bảng điểm này đã ban hành."]
    found = sentences(findings(scorecard), "error")
    rows = list(scorecard.criteria.all())
    filled = {row.parent_id for row in rows}
    found += [
        f"{row.code}: mục chưa có tiêu chí."
        for row in rows
        if row.kind == CriterionKind.GROUP and row.pk not in filled
    ]
    scale, _ = scale_of(scorecard.cycle, on)
    total = read_number(scorecard.settings.get("total"))
    if rows and total != scale:
        found.append(f"Thang điểm của bảng là {said(total or Decimal(0))}, quy chế ghi thang {said(scale)}.")
    in_force = scorecard_of(scorecard.cycle)
    if in_force and ScoreLayer.objects.filter(sheet__scorecard=in_force, submitted_at__isnull=False).exists():
        found.append("Đã có đơn vị gửi điểm theo bản đang áp dụng, nên không thay bảng điểm giữa chừng được.")
    return found


def sentences(found: Iterable[Finding], level: str) -> list[str]:
    """What the checks found at a level: “error” stops an adoption, “warning” asks for a reason."""
    return [f"{one.code or 'Cả bảng'}: {one.sentence.rstrip('.')}." for one in found if one.level == level]


def cautions(scorecard: Scorecard) -> list[str]:
    """What the engine's checks would have looked at again; an adoption despite it gives its reason."""
    found = findings(scorecard)
    return [] if any(one.level == "error" for one in found) else sentences(found, "warning")


def table_data(scorecard: Scorecard, lines: Iterable[Criterion], places: int) -> dict[str, Any]:
    """The table as a file of the format bang-diem-1, which the engine's commands read without a database."""
    rows = list(lines)
    return {
        "format": "bang-diem-1",
        "title": str(scorecard),
        "total": str(table_of(rows).total_max()),
        "rounding": {"places": places, "mode": "half_up"},
        "criteria": [_line_data(row, rows) for row in rows if row.parent_id is None],
    }


def _line_data(line: Criterion, rows: list[Criterion]) -> dict[str, Any]:
    told: dict[str, Any] = {"code": line.code, "title": line.title, "max": str(line.max_points)}
    if line.kind == CriterionKind.GROUP:
        below = [_line_data(row, rows) for row in rows if row.parent_id == line.pk]
        counted = sum((Decimal(one["max"]) for one in below if one.get("kind", "mark") == "mark"), Decimal(0))
        return told | {"max": str(counted), "children": below}
    return told | {"kind": str(line.kind), "rule": line.rule or "direct"}


def filings_data(views: Iterable[SheetView]) -> dict[str, Any]:
    """What was sent in each layer, as a file of the format ket-qua-cham-1."""
    return {
        "format": "ket-qua-cham-1",
        "units": [
            {
                "unit": view.sheet.unit.name,
                "layers": {
                    kind.label: {"values": _values(view, kind)} for kind in LAYERS if view.layers[kind].sent
                },
            }
            for view in views
        ],
    }


def _values(view: SheetView, kind: str) -> dict[str, str]:
    marks = view.layers[kind].marks
    return {
        line.code: marks[line.pk].filed or str(abs(marks[line.pk].points))
        for line in view.leaves
        if line.pk in marks
    }


@dataclass
class LayerView:
    """One layer of a sheet as it is read: the current mark of each criterion and the sums."""

    layer: ScoreLayer
    marks: dict[int, Mark] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        """Points of the whole table, as far as written."""
        return self.sums.get("", Decimal(0))

    @property
    def sent(self) -> bool:
        """The layer was submitted and is immutable."""
        return self.layer.submitted_at is not None


@dataclass
class SheetView:
    """A sheet with its four layers, ready to be shown or printed."""

    sheet: ScoreSheet
    criteria: list[Criterion]
    layers: dict[str, LayerView]

    @property
    def leaves(self) -> list[Criterion]:
        """Criteria that take a mark."""
        return [line for line in self.criteria if line.kind != CriterionKind.GROUP]

    def unwritten(self, kind: str) -> list[Criterion]:
        """Criteria without a mark in a layer."""
        return [line for line in self.leaves if line.pk not in self.layers[kind].marks]

    def before(self, kind: str) -> LayerView | None:
        """The last layer sent before this one: what a mark is compared with."""
        earlier = [self.layers[k] for k in LAYERS[: LAYERS.index(LayerKind(kind))] if k in self.layers]
        return next((view for view in reversed(earlier) if view.sent), None)

    def latest(self) -> LayerView | None:
        """The last layer sent."""
        return next((self.layers[k] for k in reversed(LAYERS) if self.layers[k].sent), None)


def sheets_of(scorecard: Scorecard, units: Iterable[int] | None = None) -> list[SheetView]:
    """Every sheet with layers and current marks, in four queries however many there are."""
    rows = scorecard.sheets.select_related("unit", "scorecard__cycle").prefetch_related(
        Prefetch("layers", ScoreLayer.objects.select_related("scorer")),
        Prefetch("layers__marks", Mark.objects.select_related("author")),
    )
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    criteria = list(scorecard.criteria.all())
    table = table_of(criteria)
    return [_read(sheet, criteria, table) for sheet in rows]


def _read(sheet: ScoreSheet, criteria: list[Criterion], table: Table) -> SheetView:
    codes = {line.pk: line.code for line in criteria}
    layers = {}
    for layer in sheet.layers.all():
        layer.sheet = sheet
        marks = {mark.criterion_id: mark for mark in layer.marks.all()}  # in order: a correction comes last
        sums = table.sums({codes[pk]: mark.points for pk, mark in marks.items()})
        layers[layer.kind] = LayerView(layer, marks, sums)
    return SheetView(sheet, criteria, layers)


def sheet_view(scorecard: Scorecard, unit_id: int) -> SheetView | None:
    """One unit's sheet; None when it has none yet."""
    return next(iter(sheets_of(scorecard, [unit_id])), None)


def obstacles_to_sending(view: SheetView, kind: str) -> list[str]:
    """Why a layer cannot be sent yet."""
    if view.layers[kind].sent:
        return [f"Lớp {LayerKind(kind).label.lower()} đã gửi."]
    found = []
    missing = view.unwritten(kind)
    if missing:
        codes = ", ".join(line.code for line in missing)
        found.append(f"Còn {len(missing)} tiêu chí chưa ghi điểm: {codes}.")
    if kind != LayerKind.SELF and not view.layers[LayerKind.SELF].sent:
        found.append("Đơn vị chưa gửi bảng tự chấm.")
    return found


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


def may_see_sheet(by: Actor, view: SheetView, *, is_sealed: bool) -> bool:
    """Its own unit, who runs, oversees or audits the cluster, the assigned scorer; others once unsealed."""
    sheet = view.sheet
    cross = view.layers[LayerKind.CROSS].layer.scorer_id
    if any(let_in(by, sheet) for let_in in (acts_for_unit, runs_cycle, oversees, audits)):
        return True
    if cross is not None and by.holds(*MEMBER_KINDS, unit=cross):
        return True
    return not is_sealed and bool(sees_cycle(by, sheet))


def ranking(cycle: Cycle, on: date) -> list[Place]:
    """Places by the final points of the sheets concluded; empty until one is."""
    scorecard = scorecard_of(cycle)
    if scorecard is None:
        return []
    _, places = scale_of(cycle, on)
    final = {
        view.sheet.unit_id: view.layers[LayerKind.FINAL].total
        for view in sheets_of(scorecard)
        if view.layers[LayerKind.FINAL].sent
    }
    return rank(final, places)


def obstacles_to_publishing(scorecard: Scorecard, views: Iterable[SheetView]) -> list[str]:
    """Why the result cannot be published in the cluster yet."""
    if scorecard.published_at:
        return ["Kết quả đã công bố."]
    waiting = [v.sheet.unit.short_name for v in views if not v.layers[LayerKind.FINAL].sent]
    return [f"Chưa có kết luận điểm của: {', '.join(waiting)}."] if waiting else []


def visible_scorecards(by: Actor, cycle: Cycle) -> QuerySet[Scorecard]:
    """Versions of the table one may read: drafts only by those who run or oversee the year."""
    if runs_cycle(by, cycle) or oversees(by, cycle):
        return cycle.scorecards.all()
    return cycle.scorecards.exclude(state=ScorecardState.DRAFT)
