"""Excel files of reports, and of targets and results out and in."""

from thidua.emulation.results.sheets.reports import comparison_sheet, figures_sheet, late_sheet
from thidua.emulation.results.sheets.values import offer_imports, values_sheet

__all__ = ["comparison_sheet", "figures_sheet", "late_sheet", "offer_imports", "values_sheet"]
