"""The column “Quy tắc (bang-diem-1)” of our own export: exact, believed while the words beside it stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.intake.grids import Grid
from thidua.emulation.scoring.engine.reading import read_criterion, read_extra, read_rule
from thidua.emulation.scoring.engine.telling import extra_words, rule_words
from thidua.emulation.scoring.engine.told import BadFile, Told


def as_exported(cell: str, words: str, most: Decimal | None) -> dict[str, Any] | None:
    """What our export wrote, unless somebody has changed the words since; `most` None: of an extra."""
    try:
        told = json.loads(cell) if cell else None
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    try:
        said = words_of(told, most)
    except (BadFile, TypeError, AttributeError):
        return None
    return told if " ".join(said.split()) == " ".join(words.split()) else None


def words_of(told: Mapping[str, Any], most: Decimal | None) -> str:
    """The words our export writes beside what it wrote."""
    if most is None:
        return extra_words(read_extra(Told.of({"code": "-", **told}, "dòng")))
    line = {key: one for key, one in told.items() if key != "note"}
    read_criterion(Told.of({"code": "-", "max": str(most), **line}, "tiêu chí"))
    rule = told.get("rule")
    words = ""
    if rule:
        words = rule_words(read_rule({"type": rule} if isinstance(rule, str) else rule, "quy tắc"), most)
    return " ".join(filter(None, [words, str(told.get("note", ""))]))


def cell_of(told: Mapping[str, Any]) -> str:
    """As `as_exported` reads it."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


SETTINGS_SHEET = "Quy định chung"
SETTINGS = (
    "title",
    "total",
    "rounding",
    "bonus_cap",
    "penalty_cap",
    "not_assigned",
    "classes",
    "flags",
    "source",
    "note",
)


def settings_of(grids: Iterable[Grid]) -> dict[str, Any]:
    """What our export wrote of the table as a whole, on a sheet of its own."""
    found: dict[str, Any] = {}
    for line in next((grid.lines for grid in grids if grid.name == SETTINGS_SHEET), ()):
        if len(line.cells) > 1 and line.cells[0] in SETTINGS:
            try:
                found[line.cells[0]] = json.loads(line.cells[1])
            except ValueError:
                found[line.cells[0]] = line.cells[1]
    return found
