"""The registers as Excel files."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.sheets.columns import Column, Sheet
from thidua.documents.models import Paper

OUTGOING = (  # the ten columns of Decree 30/2020 Annex IV
    Column("Số, ký hiệu văn bản", "symbol", width=18),
    Column("Ngày, tháng văn bản", "dated", kind="date", width=14),
    Column("Tên loại và trích yếu nội dung văn bản", "subject", width=60),
    Column("Người ký", "signer", width=24),
    Column("Nơi nhận văn bản", "recipients", width=34),
    Column("Đơn vị, người nhận bản lưu", "file_copy", width=18),
    Column("Số lượng bản", "copies", kind="number", width=10),
    Column("Ngày chuyển", "sent", kind="date", width=14),
    Column("Ký nhận", "receipt", width=12),
    Column("Ghi chú", "note", width=30),
)
REFERENCE = (
    Column("Số, ký hiệu", "symbol", width=20),
    Column("Ngày, tháng", "dated", kind="date", width=14),
    Column("Cơ quan ban hành", "issuer", width=40),
    Column("Tên loại và trích yếu", "subject", width=80),
)


def outgoing_sheet(papers: Iterable[Paper]) -> Sheet:
    """Sổ đăng ký văn bản đi."""
    rows = [
        {
            "symbol": paper.symbol or "Dự thảo",
            "dated": paper.dated,
            "subject": f"{paper.get_kind_display()}: {paper.subject}",
            "signer": paper.signer_name,
            "recipients": paper.recipients.replace("\n", "; "),
            "file_copy": paper.file_copy,
            "copies": paper.copies,
            "sent": paper.sealed_on,
            "receipt": "",
            "note": paper.remark,
        }
        for paper in papers
    ]
    return Sheet("Sổ đăng ký văn bản đi", OUTGOING, rows)


def reference_sheet(papers: Iterable[Paper]) -> Sheet:
    """Văn bản chỉ đạo, hướng dẫn."""
    rows = [
        {
            "symbol": paper.symbol,
            "dated": paper.dated,
            "issuer": paper.issuer_name,
            "subject": f"{paper.get_kind_display()}: {paper.subject}",
        }
        for paper in papers
    ]
    return Sheet("Văn bản chỉ đạo, hướng dẫn", REFERENCE, rows)
