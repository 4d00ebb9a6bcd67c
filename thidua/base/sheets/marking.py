"""Files made for an import: the template to fill in, and one's own file back with its faults marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from thidua.base.sheets.columns import Column, RowError, Sheet
from thidua.base.sheets.imports import Importer
from thidua.base.sheets.models import ImportBatch
from thidua.base.sheets.reading import pasted_table, raw_table
from thidua.base.sheets.writing import write_xlsx

KINDS = {
    "text": "chữ",
    "number": "số",
    "date": "ngày/tháng/năm",
    "figure": "số, hoặc “trên 50”, “97,7–139,5”",
}


def template(importer: Importer) -> bytes:
    """An empty table with the right header, and a second sheet that says what to write in each column."""
    guide = Sheet(
        "Hướng dẫn",
        [
            Column("Cột", "title", width=30),
            Column("Bắt buộc", "required", width=12),
            Column("Kiểu", "kind", width=18),
            Column("Ghi gì", "hint", width=70),
        ],
        [_guide(column) for column in importer.columns],
    )
    return write_xlsx([Sheet(importer.noun.capitalize(), importer.columns, []), guide])


def _guide(column: Column) -> dict[str, Any]:
    words = f"Một trong: {'; '.join(column.choices)}." if column.choices else ""
    return {
        "title": column.title,
        "required": column.required,
        "kind": KINDS[column.kind],
        "hint": " ".join(filter(None, [column.hint, words])),
    }


def marked_copy(batch: ImportBatch) -> bytes:
    """What was read, as it was, with a last column “Lỗi” beside each faulty row."""
    table = _table_of(batch)
    width = max(map(len, table), default=0)
    faults: dict[int, list[str]] = defaultdict(list)
    for error in batch.errors:
        fault = RowError(**error)
        faults[fault.row].append(f"{fault.column}: {fault.message}" if fault.column else fault.message)
    columns = [Column("", str(at), width=22) for at in range(width)] + [Column("Lỗi", "fault", width=60)]
    header = table[0] if table else []
    columns = [
        Column(str(header[at]), column.key, width=column.width) if at < len(header) else column
        for at, column in enumerate(columns)
    ]
    rows = [
        {**{str(at): cell for at, cell in enumerate(cells)}, "fault": "\n".join(faults.get(number, []))}
        for number, cells in enumerate(table[1:], start=2)
    ]
    return write_xlsx([Sheet("Dữ liệu", columns, rows)])


def _table_of(batch: ImportBatch) -> Sequence[Sequence[Any]]:
    """The cells of the file, or of what was pasted."""
    if batch.file is None:
        return pasted_table(batch.pasted)
    with batch.file.content.open("rb") as content:
        return raw_table(content.read())
