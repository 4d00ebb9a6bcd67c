"""What is wrong with a table before anybody files. Errors stop its adoption; warnings ask for a reason."""

from __future__ import annotations

from typing import Any

from thidua.emulation.scoring.engine.checking.codes import codes
from thidua.emulation.scoring.engine.checking.findings import ERROR, LEVELS, WARNING, Finding
from thidua.emulation.scoring.engine.checking.lines import of_line
from thidua.emulation.scoring.engine.checking.whole import whole
from thidua.emulation.scoring.engine.checking.writing import decimal_marks, thousands
from thidua.emulation.scoring.engine.files import lines_of
from thidua.emulation.scoring.engine.points import PointsTable
from thidua.emulation.scoring.engine.reading import read_table

__all__ = ["ERROR", "LEVELS", "WARNING", "Finding", "check", "check_document"]


def check(table: PointsTable) -> list[Finding]:
    """Everything found: of the whole table first, then line by line as they stand."""
    found = [*whole(table), *codes(table), *(one for line in table.lines for one in of_line(table, line))]
    places = _places(table)
    return sorted(dict.fromkeys(found), key=lambda one: (places.get(one.code, -1), one.level))


def check_document(told: Any, name: str = "bảng điểm") -> list[Finding]:
    """The same on a document: also how its numbers are written, with lines; raises BadFile."""
    found = [*decimal_marks(told), *thousands(told), *check(read_table(told, name))]
    lines = lines_of(told)
    return [one._replace(line=lines.get(one.code, 0)) for one in found]


def _places(table: PointsTable) -> dict[str, int]:
    """Where each code stands, counted from the top."""
    found: dict[str, int] = {}
    for line in table.lines:
        for code in (line.code, *(one.code for one in (*line.bonuses, *line.deductions))):
            found.setdefault(code, len(found))
    return found
