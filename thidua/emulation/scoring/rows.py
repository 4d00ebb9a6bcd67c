"""The lines of a sheet as the page and the paper show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms import BoundField

from thidua.emulation.scoring.models import Criterion, CriterionKind, LayerKind
from thidua.emulation.scoring.queries import LAYERS, SheetView


@dataclass(frozen=True)
class Cell:
    """One layer's points on one line; `changed` when they differ from the layer before."""

    kind: str
    points: Decimal | None
    changed: bool
    corrected: bool

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
    return Row(
        line=line,
        is_group=is_group,
        cells=_cells(view, line, writing),
        fields=[form[name] for name, _ in entry.own.fields()] if entry else [],
        extras=[form[name] for _, ask in entry.extras for name, _ in ask.fields()] if entry else [],
        reason_field=form[f"reason_{line.pk}"] if entry else None,
        gap=gap,
        gap_width=width,
        remarks=mark.faults if mark else (),
    )


def _cells(view: SheetView, line: Criterion, writing: str | None) -> list[Cell]:
    cells: list[Cell] = []
    before: Decimal | None = None
    for kind in LAYERS:
        layer = view.layers[kind]
        points = layer.points_of(line) if layer.sent or kind == writing else None
        mark = layer.marks.get(line.pk)
        changed = points is not None and before is not None and points != before
        cells.append(Cell(kind, points, changed, mark is not None and mark.is_correction))
        before = points if layer.sent and points is not None else before
    return cells


def _gap(view: SheetView, line: Criterion, writing: str | None) -> Decimal | None:
    """The latest points, the column being written included, less the self-score."""
    own = view.layers[LayerKind.SELF]
    last = view.layers[writing] if writing else view.latest()
    if last is None or not own.sent or last is own:
        return None
    mine, theirs = own.points_of(line), last.points_of(line)
    return None if mine is None or theirs is None else theirs - mine
