"""Targets pasted from Excel: one a line, columns between tabs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua.base.text import search_key
from thidua.emulation.clusters.models import Qualifier

COLUMNS = ("unit", "indicator", "qualifier", "value", "measure", "due")
FOR_ALL = frozenset({"", "chung", "tat ca", "moi don vi", "toan khoi", "toan cum"})
HEADS = frozenset({"don vi", "stt"})
MOST_LINES = 500


@dataclass(frozen=True)
class Pasted:
    """Rows as the form takes them, and what was not understood, by line."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_pasted(text: str, units: Mapping[str, int]) -> Pasted:
    """Rows of pasted cells. `units` maps search keys of unit names to their ids."""
    found = Pasted()
    for number, line in enumerate(text.splitlines()[:MOST_LINES], start=1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not any(cells) or search_key(cells[0]) in HEADS:
            continue
        _read_line(number, cells, units, found)
    return found


def _read_line(number: int, cells: list[str], units: Mapping[str, int], found: Pasted) -> None:
    row: dict[str, Any] = dict(zip(COLUMNS, [*cells, *[""] * len(COLUMNS)], strict=False))
    name = search_key(row["unit"])
    if len(cells) == 1:
        row["unit"], row["indicator"] = "", cells[0]
    elif name in FOR_ALL:
        row["unit"] = ""
    elif name in units:
        row["unit"] = units[name]
    else:
        found.faults.append(f"Dòng {number}: không có đơn vị “{cells[0]}” trong cụm, khối.")
        return
    if not row["indicator"]:
        found.faults.append(f"Dòng {number}: chưa ghi chỉ tiêu.")
        return
    row["qualifier"] = _qualifier(row["qualifier"])
    found.rows.append(row)


def _qualifier(words: str) -> str:
    """The qualifier of these words; “từ” when there are none or others."""
    said = search_key(words)
    return next(
        (key for key, label in Qualifier.choices if search_key(str(label)) == said), Qualifier.AT_LEAST
    )
