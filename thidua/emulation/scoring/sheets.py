"""The points table as an Excel file that the import reads back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from thidua.base.sheets import Column, Sheet
from thidua.emulation.scoring.engine import read_number
from thidua.emulation.scoring.engine.intake.machine import SETTINGS, SETTINGS_SHEET, cell_of, words_of
from thidua.emulation.scoring.models import Scorecard
from thidua.emulation.scoring.queries import document_of

COLUMNS = [
    Column("Mã", "code", width=10),
    Column("Nội dung", "title", width=60),
    Column("Loại", "kind", width=14),
    Column("Thuộc mục", "parent", width=12),
    Column("Điểm tối đa", "max", kind="number", width=10),
    Column("Điểm thưởng", "bonus", width=24),
    Column("Điểm trừ", "penalty", width=24),
    Column("Cách chấm", "how", width=60),
    Column("Minh chứng", "evidence", width=30),
    Column("Đơn vị tính", "measure", width=12),
    Column("Ai chấm", "scored_by", width=24),
    Column("Quy tắc (bang-diem-1)", "rule", width=30),
]
OWN = {"code", "title", "max", "children", "evidence", "measure", "scored_by", "bonuses", "deductions"}
KINDS = {"mark": "Tiêu chí", "bonus": "Điểm thưởng", "penalty": "Điểm trừ"}


def table_sheets(card: Scorecard) -> list[Sheet]:
    """The criteria on one sheet, what concerns the whole table on another."""
    document = document_of(card)
    rows = [row for line in document["criteria"] for row in _rows(line, "")]
    settings = [
        {"name": key, "value": json.dumps(document[key], ensure_ascii=False)}
        for key in SETTINGS
        if key in document
    ]
    names = [Column("Mục", "name", width=20), Column("Giá trị", "value", width=100)]
    return [Sheet("Bảng điểm", COLUMNS, rows), Sheet(SETTINGS_SHEET, names, settings)]


def _rows(line: Mapping[str, Any], above: str) -> Iterator[dict[str, Any]]:
    """A line, its bonuses and deductions, all below it."""
    children = line.get("children", [])
    kind = str(line.get("kind", "mark"))
    exact = {key: one for key, one in line.items() if key not in OWN and not (key == "kind" and one == kind)}
    most = read_number(line["max"]) or Decimal(0)
    yield {
        "code": line["code"],
        "title": line["title"],
        "kind": "Mục lớn" if children and kind == "mark" else KINDS[kind],
        "parent": above,
        "max": most,
        "how": str(line.get("note", "")) if children else words_of(exact, most),
        "evidence": line.get("evidence", ""),
        "measure": line.get("measure", ""),
        "scored_by": "\n".join(line.get("scored_by", [])),
        "rule": "" if children else cell_of(exact),
    }
    for key, column in (("bonuses", "bonus"), ("deductions", "penalty")):
        for extra in line.get(key, []):
            yield _extra(extra, str(line["code"]), column)
    for child in children:
        yield from _rows(child, str(line["code"]))


def _extra(extra: Mapping[str, Any], above: str, column: str) -> dict[str, Any]:
    exact = {key: one for key, one in extra.items() if key not in {"code", "title"}}
    return {
        "code": extra["code"],
        "title": extra.get("title", ""),
        "kind": "Dòng thưởng" if column == "bonus" else "Dòng trừ",
        "parent": above,
        column: words_of(exact, None),
        "rule": cell_of(exact),
    }
