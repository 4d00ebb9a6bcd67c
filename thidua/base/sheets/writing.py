"""Writing Excel. Nothing a person typed becomes a formula, a link or a number it was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from thidua.base.files.inspection.kinds import XLSX
from thidua.base.sheets.columns import Column, Sheet

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so could run when it is edited
LONGEST_TEXT = 32_767  # letters an Excel cell holds
WIDE = 95  # letters that fit across a portrait page
A4 = 9  # Excel's number of the paper size
NAME_LIMIT = 31  # letters of a sheet's name
DAY_FORMAT = "dd/mm/yyyy"


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The workbook as bytes: header frozen and repeated, filter set, columns wide enough, A4."""
    made = BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(made, options) as book:
        formats = _Formats(book)
        for number, sheet in enumerate(sheets, start=1):
            page = book.add_worksheet(_sheet_name(sheet.title, number))
            _write_sheet(page, sheet, formats)
    return made.getvalue()


def xlsx_response(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """The workbook as a download called `name`.xlsx."""
    return workbook_response(name, write_xlsx(sheets))


def workbook_response(name: str, content: bytes) -> HttpResponse:
    """Bytes of a workbook as a download called `name`.xlsx."""
    response = HttpResponse(content, content_type=XLSX.content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


class _Formats:
    """Looks of cells, each made once for a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Format] = {}

    def get(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "border": 1}
            self._made[key] = self._book.add_format(base | look)
        return self._made[key]


def _sheet_name(title: str, number: int) -> str:
    plain = "".join(" " if letter in "[]:*?/\\'" else letter for letter in title).strip()
    return plain[:NAME_LIMIT].strip() or f"Bảng {number}"


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    header = formats.get(bold=True, text_wrap=True, align="center", bg_color="#F3EDE2")
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, column.width)
        page.write_string(0, at, column.title, header)
    for line, row in enumerate(sheet.rows, start=1):
        _write_row(page, line, sheet.columns, row, formats, {})
    if sheet.total is not None:
        _write_row(page, len(sheet.rows) + 1, sheet.columns, sheet.total, formats, {"bold": True})
    _set_up_page(page, sheet)


def _set_up_page(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    if sheet.columns:
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.set_paper(A4)
    page.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    page.fit_to_pages(1, 0)
    page.set_footer("&R&P/&N")
    if sum(column.width for column in sheet.columns) > WIDE:
        page.set_landscape()


def _write_row(
    page: Worksheet, line: int, columns: Sequence[Column], row: Any, formats: _Formats, look: dict[str, Any]
) -> None:
    for at, column in enumerate(columns):
        _write_cell(page, line, at, row.get(column.key), formats, look)


def _write_cell(
    page: Worksheet, line: int, at: int, value: Any, formats: _Formats, look: dict[str, Any]
) -> None:
    """Write by the value's type; words stay words whatever they begin with."""
    if value is None or value == "":
        page.write_blank(line, at, None, formats.get(**look))
    elif isinstance(value, bool):
        page.write_string(line, at, "Có" if value else "Không", formats.get(**look))
    elif isinstance(value, int | float | Decimal):
        page.write_number(line, at, float(value), formats.get(num_format=_number_format(value), **look))
    elif isinstance(value, datetime):
        naive = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        page.write_datetime(line, at, naive, formats.get(num_format=f"{DAY_FORMAT} hh:mm", **look))
    elif isinstance(value, date):
        page.write_datetime(line, at, value, formats.get(num_format=DAY_FORMAT, **look))
    else:
        text = str(value)[:LONGEST_TEXT]
        quoted = {"quote_prefix": True} if text.startswith(FORMULA_LEADS) else {}
        page.write_string(line, at, text, formats.get(text_wrap=True, **quoted, **look))


def _number_format(value: float | Decimal) -> str:
    """As many decimals as the number carries (at most four); Excel shows the reader's separators."""
    text = f"{Decimal(str(value)).normalize():f}"
    places = min(len(text.partition(".")[2]), 4)
    return "#,##0" + ("." + "0" * places if places else "")
