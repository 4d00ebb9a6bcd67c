"""The ledger as Excel."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.sheets.columns import Column, Sheet
from thidua.honours.models import Honour
from thidua.rulebook.catalogue import name_of

COLUMNS = (
    Column("Tên trong quyết định", "recipient", width=40),
    Column("Danh hiệu, hình thức", "kind", width=36),
    Column("Năm", "year", width=8),
    Column("Loại hình", "ground", width=22),
    Column("Số, ký hiệu", "symbol", width=18),
    Column("Ngày quyết định", "day", "date", 14),
    Column("Người ký", "issuer", width=30),
    Column("Ghi chú", "note", width=30),
)


def honours_sheet(honours: Iterable[Honour]) -> Sheet:
    """One row an entry; a revoked one says so."""
    rows = [
        {
            "recipient": honour.recipient_name,
            "kind": name_of(honour.kind, honour.decision_date),
            "year": str(honour.year),
            "ground": honour.get_ground_display(),
            "symbol": honour.decision_symbol,
            "day": honour.decision_date,
            "issuer": honour.issuer,
            "note": _note(honour),
        }
        for honour in honours
    ]
    return Sheet("Sổ khen thưởng", COLUMNS, rows)


def _note(honour: Honour) -> str:
    revocation = getattr(honour, "revocation", None)
    if revocation is None:
        return ""
    return f"Đã thu hồi theo {revocation.decision_symbol} ngày {revocation.decision_date:%d/%m/%Y}"
