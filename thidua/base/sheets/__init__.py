"""Bảng Excel: written so that no text becomes a formula, read with preview, errors by row and undo."""

from thidua.base.sheets.columns import Column, Import, Row, RowError, Sheet
from thidua.base.sheets.writing import workbook_response, write_xlsx, xlsx_response

__all__ = [
    "Column",
    "Import",
    "Row",
    "RowError",
    "Sheet",
    "workbook_response",
    "write_xlsx",
    "xlsx_response",
]
