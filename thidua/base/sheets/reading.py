"""Reading Excel: values only, errors by row and column, never a formula."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.core.files.base import File
from python_calamine import CalamineError, CalamineWorkbook

from thidua.base.audit.refusals import Refused
from thidua.base.files.actions import checked
from thidua.base.files.inspection.kinds import EXCEL_IMPORT_LIMIT, XLSX
from thidua.base.sheets.cells import read_cell
from thidua.base.sheets.columns import Column, Import, Row, RowError
from thidua.base.sheets.scanning import SheetScan, scan_first_sheet
from thidua.base.text import search_key

MAX_ROWS = 20_000
MAX_COLUMNS = 200
HEADER_WITHIN = 20  # first rows among which the header is looked for: papers carry a heading above it
MAX_ERRORS = 500

BROKEN = "Không đọc được tệp Excel này. Anh/chị mở bằng Excel, lưu lại rồi nhập lại."
EMPTY = "Tệp không có dòng dữ liệu nào. Anh/chị dùng tệp mẫu rồi điền từ dòng thứ hai."


def read_rows(file: File[Any], columns: Sequence[Column], *, field: str | None = "file") -> Import:
    """Read the first sheet of an uploaded XLSX by these columns.

    Refused, as a whole, when the file is unsafe, too large (5 MB, 20,000 rows), holds formulas or lacks
    a required column. Faults of single cells come back in `errors`.
    """
    _, data = checked(file, kinds=(XLSX,), limit=EXCEL_IMPORT_LIMIT, field=field)
    return read_checked(data, columns, field=field)


def read_checked(data: bytes, columns: Sequence[Column], *, field: str | None = "file") -> Import:
    """Like `read_rows`, for bytes that were checked when they were stored."""
    table = raw_table(data, field=field)
    return _read_table(table, *find_header(table, columns, field=field), field)


def read_pasted(text: str, columns: Sequence[Column], *, field: str | None = "pasted") -> Import:
    """Read a block copied from Excel; without a header its cells stand in the order of the columns."""
    table = pasted_table(text)
    if len(table) > MAX_ROWS + HEADER_WITHIN:
        raise Refused("Vùng dán có quá 20.000 dòng. Anh/chị dán từng phần.", field=field)
    titles = {search_key(title) for column in columns for title in (column.title, *column.also)}
    if sum(search_key(cell) in titles for line in table[:HEADER_WITHIN] for cell in line) > 1:
        return _read_table(table, *find_header(table, columns, field=field), field)
    return _read_table(table, -1, dict(enumerate(columns)), field)


def pasted_table(text: str) -> list[list[str]]:
    """The cells of a block from the clipboard: tabs between columns, quotes around cells with line ends."""
    csv.field_size_limit(10_000_000)
    return list(csv.reader(StringIO(text.replace("\x00", "")), dialect="excel-tab"))


def _read_table(
    table: Sequence[Sequence[Any]], at: int, places: dict[int, Column], field: str | None
) -> Import:
    """The rows below the header's line `at`."""
    rows: list[Row] = []
    errors: list[RowError] = []
    for number, cells in enumerate(table[at + 1 :], start=at + 2):
        if any(cell not in (None, "") for cell in cells):
            rows.append(_read_row(number, cells, places, errors))
    if not rows:
        raise Refused(EMPTY, field=field)
    return Import(rows, errors[:MAX_ERRORS])


def raw_table(data: bytes, *, field: str | None = "file") -> list[list[Any]]:
    """All cells of the first sheet, from A1 on; Refused when it holds formulas or is too large."""
    try:
        _refuse_excess(scan_first_sheet(data), field)
        book = CalamineWorkbook.from_object(BytesIO(data))
        cells: list[list[Any]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, KeyError, IndexError, OSError) as fault:
        raise Refused(BROKEN, field=field) from fault
    return cells


def _refuse_excess(seen: SheetScan, field: str | None) -> None:
    if seen.rows > MAX_ROWS + HEADER_WITHIN:
        raise Refused("Tệp có quá 20.000 dòng. Anh/chị tách thành nhiều tệp rồi nhập lần lượt.", field=field)
    if seen.columns > MAX_COLUMNS:
        raise Refused(f"Tệp có quá {MAX_COLUMNS} cột. Anh/chị xóa các cột thừa rồi nhập lại.", field=field)
    if seen.formulas:
        raise Refused(
            f"Ô {', '.join(seen.formulas)} có công thức. Anh/chị chép vùng đó, dán lại chỉ lấy giá trị "
            "(Paste Special → Values), lưu tệp rồi nhập lại.",
            field=field,
        )


def find_header(
    table: Sequence[Sequence[Any]], columns: Sequence[Column], *, field: str | None = "file"
) -> tuple[int, dict[int, Column]]:
    """The header's line (from 0) and which column stands where, whatever its marks and capitals."""
    known = {search_key(title): column for column in columns for title in (column.title, *column.also)}
    best: tuple[int, dict[int, Column]] = (0, {})
    for line, cells in enumerate(table[:HEADER_WITHIN]):
        places = {
            at: known[search_key(str(cell))]
            for at, cell in enumerate(cells)
            if search_key(str(cell)) in known
        }
        if len(places) > len(best[1]):
            best = line, places
    _refuse_bad_header(best[1], columns, field)
    return best


def _refuse_bad_header(places: dict[int, Column], columns: Sequence[Column], field: str | None) -> None:
    found = [column.key for column in places.values()]
    missing = [f"“{column.title}”" for column in columns if column.required and column.key not in found]
    if missing:
        raise Refused(
            f"Tệp thiếu cột {', '.join(missing)}. Anh/chị tải tệp mẫu, giữ nguyên dòng đầu đề rồi nhập lại.",
            field=field,
        )
    twice = [f"“{column.title}”" for column in columns if found.count(column.key) > 1]
    if twice:
        raise Refused(
            f"Cột {', '.join(twice)} có hai lần. Anh/chị xóa bớt một cột rồi nhập lại.", field=field
        )


def _read_row(number: int, cells: Sequence[Any], places: dict[int, Column], errors: list[RowError]) -> Row:
    values: dict[str, Any] = {}
    for at, column in places.items():
        try:
            values[column.key] = read_cell(column, cells[at] if at < len(cells) else None)
        except ValueError as fault:
            values[column.key] = None
            errors.append(RowError(number, column.title, str(fault)))
    return Row(number, values)


def to_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as they are kept between preview and confirmation: days and numbers as words."""
    return [
        {
            "number": row.number,
            "values": {
                key: str(value) if isinstance(value, Decimal | date) else value
                for key, value in row.values.items()
            },
        }
        for row in rows
    ]


def from_json(kept: Sequence[dict[str, Any]], columns: Sequence[Column]) -> list[Row]:
    """Rows as they were read, from what `to_json` made; columns the file lacked are None."""
    kinds = {column.key: column.kind for column in columns}
    return [
        Row(item["number"], {key: _revived(kind, item["values"].get(key)) for key, kind in kinds.items()})
        for item in kept
    ]


def _revived(kind: str, value: Any) -> Any:
    if value is None or kind in {"text", "figure"}:
        return value
    return date.fromisoformat(value) if kind == "date" else Decimal(value)
