"""What people fill in: reports, and the cells of targets and results."""

from thidua.emulation.results.forms.cells import SourceForm, Typed, cell_name, read_typed
from thidua.emulation.results.forms.reports import (
    MOST,
    AttachForm,
    FigureForm,
    Figures,
    ReportForm,
    ReportForms,
    ReturnForm,
)

__all__ = [
    "MOST",
    "AttachForm",
    "FigureForm",
    "Figures",
    "ReportForm",
    "ReportForms",
    "ReturnForm",
    "SourceForm",
    "Typed",
    "cell_name",
    "read_typed",
]
