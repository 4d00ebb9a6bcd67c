"""Columns of the Excel files of this area."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.sheets.columns import Column, Sheet
from thidua.emulation.movements.models import Movement
from thidua.emulation.movements.queries import Board, Statistics


def catalogue_sheet(movements: Iterable[Movement]) -> Sheet:
    """The catalogue as it stands on the page."""
    return Sheet(
        title="Phong trào thi đua",
        columns=[
            Column("Tên phong trào", "title", width=60),
            Column("Cấp", "level", width=20),
            Column("Loại", "kind", width=20),
            Column("Đơn vị phát động", "launchers", width=40),
            Column("Ngày phát động", "launched_on", kind="date", width=14),
            Column("Văn bản", "document", width=28),
            Column("Thời gian", "period", width=24),
            Column("Chủ đề năm", "theme", width=50),
        ],
        rows=[
            {
                "title": movement.title,
                "level": movement.get_level_display(),
                "kind": movement.get_kind_display(),
                "launchers": movement.launched_by,
                "launched_on": movement.launched_on,
                "document": movement.document,
                "period": movement.period,
                "theme": movement.theme,
            }
            for movement in movements
        ],
    )


def board_sheet(board: Board) -> Sheet:
    """The year's movements, one row for each member and movement."""
    return Sheet(
        title="Hưởng ứng phong trào",
        columns=[
            Column("Đơn vị", "unit", width=40),
            Column("Phong trào", "movement", width=60),
            Column("Ngày triển khai", "adopted_on", kind="date", width=14),
            Column("Kế hoạch của đơn vị", "plan", width=36),
            Column("Chỉ tiêu", "targets", width=50),
            Column("Ghi chú", "note", width=40),
        ],
        rows=[
            {
                "unit": row.membership.unit.name,
                "movement": expected.movement.title,
                "adopted_on": adoption.adopted_on if adoption else None,
                "plan": (adoption.plan or "Chưa có kế hoạch") if adoption else "Chưa hưởng ứng",
                "targets": "; ".join(map(str, adoption.targets.all())) if adoption else "",
                "note": adoption.note if adoption else "",
            }
            for row in board.rows
            for expected, adoption in row.cells
        ],
    )


def statistics_sheet(counted: Statistics) -> Sheet:
    """The year's movements in the lines of the statistical form 0601.N."""
    return Sheet(
        title=f"Phong trào năm {counted.year}",
        columns=[
            Column("Nội dung", "title", width=60),
            Column("Mã số", "code", width=10),
            Column("Số phong trào", "count", kind="number", width=16),
        ],
        rows=[{"title": row.title, "code": row.code, "count": row.count} for row in counted.rows],
    )
