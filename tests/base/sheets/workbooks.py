"""Excel files of the tests, written as officers' programs write them."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile


def workbook(rows: list[list[Any]], *, formula: tuple[int, int] | None = None) -> bytes:
    """The rows as Excel; words stay words, days are days, and one cell may be a formula."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_formulas": False})
    page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    for line, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(line, at, cell, day)
            elif cell is not None:
                page.write(line, at, cell)
    if formula:
        page.write_formula(*formula, "=1+1", None, 2)
    book.close()
    return made.getvalue()


def upload(rows: list[list[Any]], name: str = "danh sách.xlsx", **more: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, workbook(rows, **more))


def sheet_xml(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return "".join(
            archive.read(name).decode()
            for name in archive.namelist()
            if re.match(r"xl/worksheets/sheet", name)
        )
