"""Pages of reports: the list, reading and handing, writing."""

from thidua.emulation.results.views.handing import accept, gather, give_back, submit, withdraw
from thidua.emulation.results.views.listing import late, listing
from thidua.emulation.results.views.reading import figures_excel, paper, report
from thidua.emulation.results.views.writing import attach, autosave, detach, edit

__all__ = [
    "accept",
    "attach",
    "autosave",
    "detach",
    "edit",
    "figures_excel",
    "gather",
    "give_back",
    "late",
    "listing",
    "paper",
    "report",
    "submit",
    "withdraw",
]
