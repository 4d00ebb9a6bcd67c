"""A checked list as Excel, with a column of reasons; a unit's people with their answers."""

from __future__ import annotations

from thidua.base.sheets.columns import Column, Sheet
from thidua.commendation.eligibility.asking import era_on
from thidua.commendation.eligibility.models import Answer, ListCheck
from thidua.commendation.eligibility.queries import Overview

COLUMNS = (
    Column("Dòng", "number", "number", 8),
    Column("Họ và tên, tập thể", "name", width=30),
    Column("Đơn vị", "unit", width=34),
    Column("Danh hiệu, hình thức", "words", width=34),
    Column("Kết luận", "answer", width=18),
    Column("Lý do", "reasons", width=80),
    Column("Sớm nhất", "earliest", width=10),
    Column("Lưu ý", "warnings", width=44),
)


def check_sheet(check: ListCheck) -> Sheet:
    """Row by row as it was pasted."""
    rows = [
        {
            **row,
            "answer": Answer(result["answer"]).label if result["answer"] else "Không xét được",
            "reasons": "\n".join(result["reasons"]),
            "earliest": str(result["earliest"] or ""),
            "warnings": "\n".join(result["warnings"]),
        }
        for row, result in zip(check.rows, check.results, strict=False)
    ]
    return Sheet("Kết quả kiểm", COLUMNS, rows)


def notes_sheet(check: ListCheck) -> Sheet:
    """What is said of the whole list, and by which law."""
    notes = [f"Xét theo ngày {check.on:%d/%m/%Y}: {era_on(check.on) or 'chưa có văn bản'}.", *check.notes]
    return Sheet("Nhận xét chung", (Column("Nhận xét", "note", width=110),), [{"note": one} for one in notes])


def overview_sheet(overview: Overview) -> Sheet:
    """Everybody of a unit with the answer for each kind; the year beside it is the earliest."""
    columns = [
        Column("Họ và tên", "name", width=34),
        Column("Được lưu ý", "tags", width=26),
        *(Column(kind.short, kind.code, width=20) for kind in overview.kinds),
    ]
    rows = [
        {
            "name": row.person.full_name,
            "tags": ", ".join(row.tags),
            **{
                kind.code: f"{Answer(cell.answer).label}{f' ({cell.earliest})' if cell.earliest else ''}"
                for kind, cell in zip(overview.kinds, row.cells, strict=True)
            },
        }
        for row in overview.people
    ]
    return Sheet("Xét điều kiện", columns, rows)


def unproposed_sheet(overview: Overview) -> Sheet:
    """Who is or was eligible and never was proposed."""
    columns = (
        Column("Họ và tên", "name", width=34),
        Column("Được lưu ý", "tags", width=26),
        Column("Đủ điều kiện năm nay", "now", width=44),
        Column("Đã từng đủ điều kiện", "before", width=60),
    )
    rows = [
        {
            "name": row.person.full_name,
            "tags": ", ".join(row.tags),
            "now": ", ".join(row.eligible_for),
            "before": "\n".join(row.was_eligible),
        }
        for row in overview.unproposed
    ]
    return Sheet("Chưa từng được đề nghị", columns, rows)
