"""Reports by outline; targets and results."""

from thidua.emulation.results.models.period import Period
from thidua.emulation.results.models.report import (
    Report,
    ReportFigure,
    ReportSection,
    ReportState,
    ReportStep,
    SectionKey,
    StepKind,
)
from thidua.emulation.results.models.value import (
    WORDS_ALONE,
    Confirmation,
    Origin,
    Result,
    Said,
    Target,
    Value,
    achievement,
    figure_text,
)

__all__ = [
    "WORDS_ALONE",
    "Confirmation",
    "Origin",
    "Period",
    "Report",
    "ReportFigure",
    "ReportSection",
    "ReportState",
    "ReportStep",
    "Result",
    "Said",
    "SectionKey",
    "StepKind",
    "Target",
    "Value",
    "achievement",
    "figure_text",
]
