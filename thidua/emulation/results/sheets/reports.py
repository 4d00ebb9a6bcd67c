"""Columns of the Excel files of reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from thidua.base.sheets.columns import Column, Sheet
from thidua.emulation.results.models import Report
from thidua.emulation.results.queries import LateReport, lines_of, side_by_side


def figures_sheet(reports: Iterable[Report]) -> Sheet:
    """Every figure of every report, one a row."""
    return Sheet(
        title="Số liệu báo cáo",
        columns=[
            Column("Đơn vị", "unit", width=40),
            Column("Chỉ tiêu, nội dung", "indicator", width=50),
            Column("Trong đó", "part", width=12),
            Column("Mức", "qualifier", width=14),
            Column("Kết quả", "value", kind="number", width=16),
            Column("Đơn vị tính", "measure", width=16),
            Column("Chỉ tiêu giao", "target", kind="number", width=16),
            Column("Đạt (%)", "percent", kind="number", width=12),
            Column("Đơn vị đạt", "units", width=40),
            Column("Ghi chú", "note", width=40),
        ],
        rows=[
            {
                "unit": report.author,
                "indicator": line.indicator,
                "part": "x" if line.parent_id else "",
                "qualifier": line.get_qualifier_display(),
                "value": line.value,
                "measure": line.measure,
                "target": line.target,
                "percent": line.percent,
                "units": ", ".join(unit.short_name for unit in line.units.all()),
                "note": line.note,
            }
            for report in reports
            for line in lines_of(report)
        ],
    )


def comparison_sheet(reports: list[Report]) -> Sheet:
    """Figures as rows, units as columns, the sum of exact counts last."""
    units = [report for report in reports if report.unit_id is not None]
    rows = side_by_side(units).values()
    return Sheet(
        title="Đối chiếu các đơn vị",
        columns=[
            Column("Chỉ tiêu, nội dung", "indicator", width=50),
            Column("Đơn vị tính", "measure", width=16),
            *[
                Column(report.unit.short_name, str(report.unit_id), width=16)
                for report in units
                if report.unit
            ],
            Column("Cộng", "total", kind="number", width=16),
        ],
        rows=[
            {
                "indicator": ("– " if row.is_part else "") + row.indicator,
                "measure": row.measure,
                "total": row.total,
            }
            | {str(unit): figure.said for unit, figure in row.by_unit.items()}
            for row in rows
        ],
    )


def late_sheet(late: Iterable[LateReport], on: date) -> Sheet:
    """Who was late with which report on a day."""
    return Sheet(
        title=f"Chậm, còn nợ đến {on:%d-%m-%Y}",
        columns=[
            Column("Đơn vị", "unit", width=44),
            Column("Báo cáo", "report", width=20),
            Column("Hạn", "due", kind="date", width=14),
            Column("Gửi ngày", "sent", kind="date", width=14),
            Column("Số ngày chậm", "days", kind="number", width=14),
            Column("Tình trạng", "state", width=16),
        ],
        rows=[
            {
                "unit": one.unit.name,
                "report": one.period.report,
                "due": one.due,
                "sent": one.sent_on,
                "days": one.days,
                "state": "Chưa gửi" if one.missing else "Gửi chậm",
            }
            for one in late
        ],
    )
