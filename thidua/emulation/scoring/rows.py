"""The lines of a sheet as the page and the paper show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.forms import BoundField

from thidua.emulation.scoring.models import Criterion, CriterionKind, LayerKind
from thidua.emulation.scoring.queries import LAYERS, SheetView


def entry_name(line: Criterion) -> str:
    """The field in which a criterion is written: its points, or what its rule computes them from."""
    return f"{'filed' if line.rule else 'points'}_{line.pk}"


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
    points_field: BoundField | None
    reason_field: BoundField | None
    gap: Decimal | None  # against the self-score
    gap_width: int  # 0..60, of the little bar


def rows_of(view: SheetView, writing: str | None, form: Any) -> list[Row]:
    """Every line with the points of the layers sent, and the inputs of the one being written."""
    widest = max(
        (abs(g) for line in view.criteria if (g := _gap(view, line, writing)) is not None), default=0
    )
    return [_row(view, line, writing, form, Decimal(widest)) for line in view.criteria]


def _row(view: SheetView, line: Criterion, writing: str | None, form: Any, widest: Decimal) -> Row:
    is_group = line.kind == CriterionKind.GROUP
    gap = _gap(view, line, writing)
    width = int(abs(gap) / widest * 40) if gap and widest and not is_group else 0
    typed = writing is not None and not is_group and form is not None
    return Row(
        line=line,
        is_group=is_group,
        cells=_cells(view, line, writing),
        points_field=form[entry_name(line)] if typed else None,
        reason_field=form[f"reason_{line.pk}"] if typed else None,
        gap=gap,
        gap_width=width,
    )


def _cells(view: SheetView, line: Criterion, writing: str | None) -> list[Cell]:
    cells: list[Cell] = []
    before: Decimal | None = None
    for kind in LAYERS:
        layer = view.layers[kind]
        shown = layer.sent or (kind == writing)
        points = _points(layer.sums, layer.marks, line) if shown else None
        mark = layer.marks.get(line.pk)
        changed = points is not None and before is not None and points != before
        cells.append(Cell(kind, points, changed, bool(mark and mark.corrects_id)))
        before = points if layer.sent and points is not None else before
    return cells


def _points(sums: Mapping[str, Decimal], marks: Mapping[int, Any], line: Criterion) -> Decimal | None:
    if line.kind != CriterionKind.GROUP and line.pk not in marks:
        return None
    return sums.get(line.code)


def _gap(view: SheetView, line: Criterion, writing: str | None) -> Decimal | None:
    """The latest points, the column being written included, less the self-score."""
    own = view.layers[LayerKind.SELF]
    last = view.layers[writing] if writing else view.latest()
    if last is None or not own.sent or last is own:
        return None
    mine, theirs = _points(own.sums, own.marks, line), _points(last.sums, last.marks, line)
    return None if mine is None or theirs is None else theirs - mine
