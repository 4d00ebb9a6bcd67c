"""A checked list as Excel, with a column of reasons."""

from __future__ import annotations

from thidua.base.sheets.columns import Column, Sheet
from thidua.commendation.eligibility.models import Answer, ListCheck

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
    """What is said of the whole list."""
    return Sheet(
        "Nhận xét chung", (Column("Nhận xét", "note", width=110),), [{"note": one} for one in check.notes]
    )
