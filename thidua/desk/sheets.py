"""The matrix of a year as an Excel sheet."""

from __future__ import annotations

from thidua.base.sheets import Column, Sheet
from thidua.base.ui.words import STATES
from thidua.desk.year import Cell, YearView


def year_sheet(year: YearView) -> Sheet:
    """Members as rows, acts as columns, each cell its state in words and its fact."""
    head = [Column("STT", "n", kind="number", width=6), Column("Đơn vị", "unit", width=42)]
    acts = [
        Column(_head(column.act.title, column.act.due), column.act.key, width=18) for column in year.columns
    ]
    rows = [
        {"n": n, "unit": row.unit.name, **{cell.column.act.key: _words(cell) for cell in row.cells}}
        for n, row in enumerate(year.rows, start=1)
    ]
    total = {"unit": "Đã xong", **{c.act.key: f"{c.done}/{c.asked}" for c in year.columns}}
    return Sheet("Đơn vị và việc", [*head, *acts], rows, total=total)


def _head(title: str, due: object) -> str:
    return f"{title} (hạn {due:%d/%m/%Y})" if due else title


def _words(cell: Cell) -> str:
    return f"{STATES[cell.duty.state].word} {cell.duty.fact}".strip()
