"""Pages of reports: the list, reading and handing, writing; of targets and results: their tables."""

from thidua.emulation.results.views.handing import accept, gather, give_back, submit, withdraw
from thidua.emulation.results.views.listing import late, listing
from thidua.emulation.results.views.owning import confirm, followed
from thidua.emulation.results.views.reading import figures_excel, paper, report
from thidua.emulation.results.views.trend import trend
from thidua.emulation.results.views.value import detach_evidence, value
from thidua.emulation.results.views.values import board, enter, grid, values, values_excel
from thidua.emulation.results.views.writing import attach, autosave, detach, edit

__all__ = [
    "accept",
    "attach",
    "autosave",
    "board",
    "confirm",
    "detach",
    "detach_evidence",
    "edit",
    "enter",
    "figures_excel",
    "followed",
    "gather",
    "give_back",
    "grid",
    "late",
    "listing",
    "paper",
    "report",
    "submit",
    "trend",
    "value",
    "values",
    "values_excel",
    "withdraw",
]
