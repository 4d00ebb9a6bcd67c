"""Rows of a table as they were typed: which are lines, which are sums, which only speak."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from thidua.emulation.scoring.engine.intake.codes import BULLET, code_of, split_title
from thidua.emulation.scoring.engine.intake.grids import Grid, Line
from thidua.emulation.scoring.engine.intake.headers import Heading, fold, is_numbering
from thidua.emulation.scoring.engine.numbers import read_number

_AMOUNT = re.compile(r"^\(?\s*([+\-−–]?\s*\d+(?:[.,]\d+)?)\s*(?:điểm|đ|d)?\s*\)?\.?$", re.IGNORECASE)
_SUM = re.compile(r"^(tong( cong| diem| so)?|cong|tong cong diem)\b")
_NOTE = re.compile(r"^(ghi chu|luu y|chu thich)\b")
_WORD_CELLS = ("how", "evidence", "scored_by", "measure", "kind", "parent", "rule")


@dataclass
class Row:
    """A row: its place, its code as typed, its words, its points by column as they were typed."""

    place: str
    code: str
    title: str
    points: dict[str, str]
    words: dict[str, str] = field(default_factory=dict)
    is_sum: bool = False
    is_note: bool = False
    is_bullet: bool = False
    across: bool = False  # one text over the whole row

    def amount(self, column: str) -> Decimal | None:
        """The number in a column of points."""
        return amount_of(self.points.get(column, ""))


def amount_of(text: str) -> Decimal | None:
    """“3,5”, “(30)”, “5 điểm”; None for anything else."""
    found = _AMOUNT.match(text.strip())
    return read_number(found[1].replace(" ", "")) if found else None


def rows_of(grid: Grid, heading: Heading) -> Iterator[Row]:
    """Every row below the heading that says something."""
    for line in grid.lines[heading.first :]:
        if any(line.cells) and not is_numbering(line):
            yield _row(line, heading)


def _row(line: Line, heading: Heading) -> Row:
    cells = {
        role: (line.cells[at].strip() if at < len(line.cells) else "") for role, at in heading.columns.items()
    }
    filled = [cell for cell in line.cells if cell.strip()]
    code, title = code_of(cells.get("code", "")), cells.get("title", "")
    if not code and cells.get("code") and not title:  # a text merged over the first columns
        title = cells["code"]
    if not code:
        code, title = split_title(title)
    points = {role: cells[role] for role in ("max", "bonus", "penalty") if cells.get(role)}
    plain = fold(title or (filled[0] if filled else ""))
    return Row(
        line.place,
        code,
        BULLET.sub("", title).strip(),
        points,
        {
            role: cells[role]
            for role in _WORD_CELLS
            if cells.get(role) or (role == "parent" and role in cells)
        },
        is_sum=not code and _SUM.match(plain) is not None,
        is_note=not code and (_NOTE.match(plain) is not None or (title.startswith("*") and not points)),
        is_bullet=not code and BULLET.match(title) is not None,
        across=len(filled) == 1 and not points,
    )
