"""Reports by outline."""

from thidua.emulation.results.models.report import (
    WORDS_ALONE,
    Period,
    Report,
    ReportFigure,
    ReportSection,
    ReportState,
    ReportStep,
    SectionKey,
    StepKind,
    achievement,
    figure_text,
)

__all__ = [
    "WORDS_ALONE",
    "Period",
    "Report",
    "ReportFigure",
    "ReportSection",
    "ReportState",
    "ReportStep",
    "SectionKey",
    "StepKind",
    "achievement",
    "figure_text",
]
