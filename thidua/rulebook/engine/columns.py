"""The columns of a Parquet register: which there may be, and each as the type its reader expects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from thidua.rulebook import catalogue
from thidua.rulebook.engine import told
from thidua.rulebook.engine.facts import MEMBERS
from thidua.rulebook.engine.reading import posts, statement_keys
from thidua.rulebook.engine.sight import WORK_FAMILIES
from thidua.rulebook.engine.told import BadFile

WORDS = ("id", "recipient", "occupation", "sex", "discipline_form")
DAYS = ("recruited", "founded", "discipline_date", "discipline_ends")
TYPES = {
    "words": (pa.string(), "chữ"),
    "day": (pa.date32(), "ngày (kiểu date, hoặc chữ như 2025-12-31)"),
    "count": (pa.int32(), "số nguyên"),
    "truth": (pa.bool_(), "đúng/sai"),
    "years": (pa.list_(pa.int64()), "danh sách năm, như [2023, 2024]"),
    "list": (pa.list_(pa.string()), "danh sách mã"),
}


def known() -> dict[str, str]:
    """The columns besides `rating_…`, each with its sort."""
    names = dict.fromkeys(WORDS, "words") | dict.fromkeys(DAYS, "day") | dict.fromkeys(MEMBERS, "count")
    names |= dict.fromkeys((f"months_{post}" for post in posts()), "count")
    names |= dict.fromkeys(statement_keys(), "truth")
    names |= dict.fromkeys((*WORK_FAMILIES, *(one.code for one in catalogue.eras()), "registered"), "years")
    return names | {"pending": "list"}


def check(names: Sequence[str], path: str) -> None:
    """Refuse a column nobody reads."""
    told.only({name: None for name in names if not name.startswith("rating_")}, known(), path)
    for name in names:
        if name.startswith("rating_"):
            told.year(name.removeprefix("rating_"), f"{path}: {name}")


def as_expected(table: pa.Table) -> pa.Table:
    """The columns as their readers expect them. What an empty cell leaves open is filled in.

    Raises `BadFile` for a column of another sort.
    """
    sorts = known()
    columns = {name: _cast(table[name], sorts.get(name, "words"), name) for name in table.column_names}
    if "recipient" in columns:
        columns["recipient"] = pc.fill_null(columns["recipient"], "ca_nhan")
    if "discipline_form" in columns:
        nothing = pa.nulls(table.num_rows, pa.date32())
        columns |= {name: pa.chunked_array([nothing]) for name in DAYS[2:] if name not in columns}
    _check_members(columns)
    return pa.table(columns)


def _cast(column: Any, sort: str, name: str) -> Any:
    kind, words = TYPES[sort]
    try:
        return column.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise BadFile(f"{name}: cột này phải là {words}; đang là {column.type}.") from None


def _check_members(columns: dict[str, Any]) -> None:
    """Nobody counts less than no member, or more of them than there are."""
    total = columns.get("total")
    for name in MEMBERS:
        if name in columns:
            _refuse(pc.less(columns[name], 0), f"{name}: có dòng ghi số âm")
            if total is not None:
                _refuse(pc.greater(columns[name], total), f"{name}: có dòng nhiều người hơn “total”")


def _refuse(wrong: Any, says: str) -> None:
    if pc.any(wrong).as_py():
        raise BadFile(f"{says}.")
