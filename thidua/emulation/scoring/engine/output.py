"""A result as plain data, and the digest by which anyone sees that theirs is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.adding import Sheet
from thidua.emulation.scoring.engine.computing import Result
from thidua.emulation.scoring.engine.filings import Filings
from thidua.emulation.scoring.engine.numbers import read_number
from thidua.emulation.scoring.engine.points import PointsTable


def result_data(result: Result) -> dict[str, Any]:
    """Everything computed, numbers as text so that nothing is lost."""
    return {
        "layer": result.layer,
        "provisional": list(result.provisional),
        "rounding": {"places": result.table.places, "mode": result.table.rounding},
        "ranking": [
            {"place": one.place, "unit": one.unit, "total": str(one.total), "tied": one.tied}
            for one in result.ranking
        ],
        "out": list(result.out),
        "suspicions": list(result.suspicions),
        "units": {
            unit: {layer: _sheet(sheet) for layer, sheet in own.items()}
            for unit, own in result.sheets.items()
        },
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "total": str(sheet.total),
        "claimed": str(sheet.claimed),
        "bonus": str(sheet.bonus),
        "deducted": str(sheet.deducted),
        "class": sheet.class_title,
        "class_reasons": list(sheet.class_reasons),
        "flags": list(sheet.flags),
        "missing": list(sheet.missing),
        "not_assigned": list(sheet.excluded),
        "faults": list(sheet.faults),
        "groups": {code: str(points) for code, points in sheet.sums.items()},
        "marks": {
            code: {"points": str(mark.points), "claimed": str(mark.claimed), "steps": mark.explanation}
            for code, mark in sheet.marks.items()
        },
    }


def digest(table: PointsTable, filings: Filings, result: Result) -> str:
    """SHA-256 over the table, the filings and the ranking; the order of filing does not matter."""
    ranked = sorted((one.unit, str(one.total), one.place) for one in result.ranking)
    told = {"table": plain(table), "filings": plain(filings.units), "layer": result.layer, "ranking": ranked}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """Dataclasses, decimals and mappings as JSON has them; 0.50 and “0,5” are one number."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: getattr(value, f.name) for f in fields(value) if not _says_nothing(value, f)}
        return {"type": type(value).__name__} | {name: plain(one) for name, one in told.items()}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, frozenset | list | tuple):
        found = [plain(one) for one in value]
        return sorted(found) if isinstance(value, frozenset) else found
    return value if value is None or isinstance(value, bool) else _scalar(value)


def _says_nothing(value: Any, field: Field[Any]) -> bool:
    """A field added after rankings were frozen keeps out of their digests while nobody uses it."""
    return bool(field.metadata.get("later")) and getattr(value, field.name) == field.default


def _scalar(value: Any) -> str:
    """A number in one way of writing; a rule without parts by its name."""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, Decimal | int | str):
        return type(value).__name__
    number = read_number(value)
    if number is None:
        return str(value)
    return f"{number.normalize():f}" if number.is_finite() else str(number)
