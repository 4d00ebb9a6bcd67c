"""The cells of a file: of a Word table or of a worksheet, each merged cell once, where it begins."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import takewhile
from typing import Any, NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.table import _Row as TableRow
from python_calamine import CalamineError, CalamineWorkbook

from thidua.emulation.scoring.engine.told import BadFile

MOST_ROWS, MOST_COLUMNS = 5_000, 60
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
EXCEL, WORD = (".xlsx", ".xls", ".xlsm"), (".docx",)


class Line(NamedTuple):
    """A row: where it stands for the officer, and its cells as text."""

    place: str
    cells: tuple[str, ...]


class Grid(NamedTuple):
    """A table of a file by its name."""

    name: str
    lines: tuple[Line, ...]
    above: tuple[str, ...] = ()  # what is written before it


def grids_of(data: bytes, name: str) -> list[Grid]:
    """Every table of the file; raises BadFile when it is none that can be read."""
    low = name.lower()
    try:
        if low.endswith(WORD):
            return list(_of_word(data))
        if low.endswith(EXCEL):
            return list(_of_excel(data))
    except (CalamineError, PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
        raise BadFile(f"{name}: không mở được. Mở bằng Word, Excel, lưu lại rồi thử lại.") from fault
    if low.endswith(".doc"):
        raise BadFile(f"{name}: mở bằng Word, lưu thành .docx rồi đọc lại.")
    raise BadFile(f"{name}: chỉ đọc được .docx, .xlsx, .xls.")


def _of_excel(data: bytes) -> Iterator[Grid]:
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for title in book.sheet_names:
        rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
        _refuse_excess(title, len(rows))
        yield Grid(
            title,
            tuple(
                Line(f"dòng {at}", tuple(text_of(cell) for cell in row[:MOST_COLUMNS]))
                for at, row in enumerate(rows, 1)
            ),
        )


def text_of(value: Any) -> str:
    """A cell as it is read: whole numbers without their nought, binary fractions as they were typed."""
    if isinstance(value, bool) or value is None:
        return "x" if value else ""
    if isinstance(value, float):
        number = round(value, 9)
        return str(int(number)) if number == int(number) else f"{number:f}".rstrip("0")
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return str(value).strip()


def _of_word(data: bytes) -> Iterator[Grid]:
    document = Document(BytesIO(data))
    for at, table in enumerate(_tables(document), 1):
        _refuse_excess(f"bảng {at}", len(table.rows))
        yield Grid(f"bảng {at}", tuple(_word_lines(table)), _words_above(table))


def _words_above(table: Table) -> tuple[str, ...]:
    """The paragraphs before a table, back to the table before it."""
    before = takewhile(lambda one: one.tag != qn("w:tbl"), table._tbl.itersiblings(preceding=True))
    words = ("".join(part.text or "" for part in one.iter(qn("w:t"))).strip() for one in before)
    return tuple(word for word in words if word)[::-1]


def _tables(document: WordDocument) -> Iterator[Table]:
    """Every table of the text, those in a text box, in a cell or in a form's field too, once."""
    for part in document.element.body.iter(qn("w:tbl")):
        if next(part.iterancestors(_FALLBACK), None) is None:  # a text box is written twice, for old programs
            yield Table(part, document)


def _word_lines(table: Table) -> Iterator[Line]:
    """A cell merged over columns or rows is given once, where it begins."""
    above: set[Any] = set()
    for at, row in enumerate(table.rows, 1):
        here, cells = _word_row(row, above)
        above = here
        yield Line(f"hàng {at}", tuple(cells[:MOST_COLUMNS]))


def _word_row(row: TableRow, above: set[Any]) -> tuple[set[Any], list[str]]:
    seen: set[Any] = set()
    cells = [""] * row.grid_cols_before
    for cell in row.cells:
        key = cell._tc  # the only mark by which python-docx tells merged cells
        again = key in seen or key in above
        cells.append("" if again else cell.text.strip())
        seen.add(key)
    return seen, cells


def _refuse_excess(name: str, rows: int) -> None:
    if rows > MOST_ROWS:
        raise BadFile(f"{name}: nhiều hơn {MOST_ROWS} dòng. Tách thành nhiều bảng.")


def width(lines: Sequence[Line]) -> int:
    """The widest row."""
    return max((len(line.cells) for line in lines), default=0)
