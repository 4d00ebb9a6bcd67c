"""Bảng Excel: written so that no text becomes a formula, read with preview, errors by row and undo."""

from thidua.base.sheets.columns import Column, Sheet
from thidua.base.sheets.writing import write_xlsx, xlsx_response

__all__ = ["Column", "Sheet", "write_xlsx", "xlsx_response"]
