"""The lines of a sheet as the page and the paper show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.forms import BoundField

from thidua.emulation.scoring.models import Criterion, CriterionKind, LayerKind
from thidua.emulation.scoring.queries import LAYERS, LayerView, SheetView, layers_of

AWAY = "_away"  # ends the name of the tick that says a criterion was not given to the unit


@dataclass(frozen=True)
class Cell:
    """One layer's points on one line; `changed` when they differ from the layer before."""

    kind: str
    points: Decimal | None
    changed: bool
    corrected: bool
    is_away: bool  # the criterion was not given to the unit

    @property
    def label(self) -> str:
        """The layer's name, before its points on a phone."""
        return str(LayerKind(self.kind).label)


@dataclass(frozen=True)
class Row:
    """One line of the sheet."""

    line: Criterion
    is_group: bool
    cells: list[Cell]
    fields: list[BoundField]  # of the criterion's own value
    extras: list[BoundField]  # of its bonuses and deductions
    away: BoundField | None  # the tick “Không giao”, of a group for all below it
    reason_field: BoundField | None
    gap: Decimal | None  # against the self-score
    gap_width: int  # 0..60, of the little bar
    remarks: tuple[str, ...]  # what the engine says of the layer being written, or of the last sent


def rows_of(view: SheetView, writing: str | None, form: Any) -> list[Row]:
    """Every line with the points of the layers sent, and the inputs of the one being written."""
    widest = max(
        (abs(g) for line in view.criteria if (g := _gap(view, line, writing)) is not None), default=0
    )
    entries = {entry.line.pk: entry for entry in form.entries} if form is not None else {}
    return [_row(view, line, writing, form, entries.get(line.pk), Decimal(widest)) for line in view.criteria]


def _row(
    view: SheetView, line: Criterion, writing: str | None, form: Any, entry: Any, widest: Decimal
) -> Row:
    is_group = line.kind == CriterionKind.GROUP
    gap = _gap(view, line, writing)
    width = int(abs(gap) / widest * 40) if gap and widest and not is_group else 0
    last = view.layers[writing] if writing else view.latest()
    mark = last.mark_of(line) if last else None
    own = [form[name] for name, _ in entry.own.fields()] if entry else []
    return Row(
        line=line,
        is_group=is_group,
        cells=_cells(view, line, writing),
        fields=[field for field in own if not field.name.endswith(AWAY)],
        extras=[form[name] for _, ask in entry.extras for name, _ in ask.fields()] if entry else [],
        away=next((field for field in own if field.name.endswith(AWAY)), _whole(line, form)),
        reason_field=form[f"reason_{line.pk}"] if entry else None,
        gap=gap,
        gap_width=width,
        remarks=mark.faults if mark else (),
    )


def _whole(line: Criterion, form: Any) -> BoundField | None:
    """The tick of a group for everything below it."""
    name = f"group_{line.pk}{AWAY}"
    return form[name] if form is not None and name in form.fields else None


def _cells(view: SheetView, line: Criterion, writing: str | None) -> list[Cell]:
    cells: list[Cell] = []
    before: Decimal | None = None
    for kind in LAYERS:
        layer = view.layers[kind]
        points = _shown(view, line, kind) if layer.sent or kind == writing else None
        mark = layer.marks.get(line.pk)
        changed = points is not None and before is not None and points != before
        is_away = (layer.sent or kind == writing) and view.is_away(layer, line)
        cells.append(Cell(kind, points, changed, mark is not None and mark.is_correction, is_away))
        before = points if layer.sent and points is not None else before
    return cells


def _shown(view: SheetView, line: Criterion, kind: str) -> Decimal | None:
    """Points of a line; in a layer not sent what still has to be written has none, whatever was before."""
    layer, leaf = view.layers[kind], view.rules.get(line.code)
    is_open = leaf is not None and leaf.must_be_filed and kind in layers_of(line)
    if not layer.sent and is_open and line.pk not in layer.marks:
        return None
    return layer.points_of(line)


def _gap(view: SheetView, line: Criterion, writing: str | None) -> Decimal | None:
    """The latest points, the column being written included, less the self-score."""
    own = view.layers[LayerKind.SELF]
    last = view.layers[writing] if writing else view.latest()
    if last is None or not own.sent or last is own:
        return None
    mine, theirs = own.points_of(line), _shown(view, line, last.layer.kind)
    return None if mine is None or theirs is None else theirs - mine


@dataclass(frozen=True)
class Difference:
    """A criterion on which a layer differs from the one sent before, and why."""

    line: Criterion
    kind: LayerKind
    before: Decimal
    after: Decimal
    reason: str


def differences_of(view: SheetView) -> list[Difference]:
    """Every difference between the layers sent, in the order of the table."""
    sent = [(kind, view.layers[kind]) for kind in LAYERS if view.layers[kind].sent]
    found = []
    for line in view.leaves:
        for (_, earlier), (kind, later) in pairwise(sent):
            before, after = earlier.points_of(line), later.points_of(line)
            if before is not None and after is not None and before != after:
                found.append(Difference(line, kind, before, after, _reason(line, earlier, later)))
    return found


def _reason(line: Criterion, earlier: LayerView, later: LayerView) -> str:
    """The reason written, or why none had to be: the same was filed, and only the cluster moved."""
    mark, before = later.marks.get(line.pk), earlier.marks.get(line.pk)
    if mark is not None and mark.reason:
        return mark.reason
    same = mark is None or (before is not None and (mark.filed, mark.extras) == (before.filed, before.extras))
    return "Vẫn điều đã ghi; điểm đổi theo các đơn vị khác trong lớp này" if same else ""
