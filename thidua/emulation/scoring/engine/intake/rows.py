"""Rows of a table as they were typed: which are lines, which are sums, which only speak."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from thidua.emulation.scoring.engine.intake.codes import BULLET, code_of, split_title
from thidua.emulation.scoring.engine.intake.grids import Grid, Line
from thidua.emulation.scoring.engine.intake.headers import Heading, fold, is_numbering, says_again
from thidua.emulation.scoring.engine.numbers import read_number

_AMOUNT = re.compile(r"^\(?\s*([+\-−–]?\s*\d+(?:[.,]\d+)?)\s*(?:điểm|đ|d)?\s*\)?\.?$", re.IGNORECASE)
_MOST = re.compile(
    r"^\(?\s*(?:(?:tối đa|không quá|nhiều nhất|≤|<=)\s*(?:là\s*)?|(?:từ\s*)?0\s*(?:-|–|đến)\s*)"
    r"(\d+(?:[.,]\d+)?)\s*(?:điểm|đ)?\s*\)?\.?$",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(r"\s*\((?:tối đa\s*)?(\d+(?:[.,]\d+)?)\s*(?:điểm|đ)\)\s*[.:;]?$", re.IGNORECASE)
THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SUM = re.compile(  # “Cộng mục I”, not “Công tác cán bộ”; “Tổng”, not “Tổng kết phong trào”
    r"^(tổng (cộng|điểm|số)\b|tong cong\b|(tổng|cộng)\s*($|[(:.]|(mục|phần|nhóm|điểm|các|[ivx]+|[a-z])\b))"
)
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
    heads: bool = False  # a text merged over the first columns

    def amount(self, column: str) -> Decimal | None:
        """The number in a column of points."""
        told = self.points.get(column, "")
        return most_of(told) if column == "max" else amount_of(told)


def amount_of(text: str) -> Decimal | None:
    """“3,5”, “(30)”, “5 điểm”, “1.000”; None for anything else."""
    found = _AMOUNT.match(text.strip())
    return read_number(_whole(found[1].replace(" ", ""))) if found else None


def _whole(number: str) -> str:
    """“1.000” is a thousand: nobody gives thousandths of a point."""
    return re.sub(r"[.,]", "", number) if THOUSANDS.fullmatch(number) else number


def most_of(text: str) -> Decimal | None:
    """The same, and “tối đa 10”, “≤ 5”, “0 - 10 điểm”: the most there is; of points a line each the sum."""
    parts = [amount_of(part) for part in text.splitlines() if part.strip()]
    if len(parts) > 1 and None not in parts:
        return sum((part for part in parts if part), Decimal(0))
    found = _MOST.match(text.strip())
    return read_number(_whole(found[1])) if found else amount_of(text)


def rows_of(grid: Grid, heading: Heading) -> Iterator[Row]:
    """Every row below the heading that says something."""
    for line in grid.lines[heading.first :]:
        if any(line.cells) and not is_numbering(line) and not says_again(line, heading):
            yield _row(line, heading)


def mended(rows: Iterable[Row]) -> Iterator[tuple[Row, str]]:
    """Rows of a workbook: Excel keeps the code 1.10 as the number 1.1; after 1.9 it is read as it was meant.

    With each row the code it had where it was mended.
    """
    last: dict[str, int] = {}
    for row in rows:
        found = re.fullmatch(r"(.*\d\.)(\d+)", row.code)
        before = ""
        if found is not None:
            above, end = found[1], int(found[2])
            if (last.get(above, 0) + 1) == end * 10 and end < 10:  # noqa: PLR2004  9 then 1 for 10, 19 then 2
                before, end = row.code, end * 10
                row.code = f"{above}{end}"
            last[above] = end
        yield row, before


def _row(line: Line, heading: Heading) -> Row:
    cells = {
        role: (line.cells[at].strip() if at < len(line.cells) else "") for role, at in heading.columns.items()
    }
    filled = [cell for cell in line.cells if cell.strip()]
    code, title = code_of(cells.get("code", "")), cells.get("title", "")
    heads = bool(not code and cells.get("code") and not title)
    if heads:
        title = cells["code"]
    if not code:
        code, title = split_title(title)
    points = {role: cells[role] for role in ("max", "bonus", "penalty") if cells.get(role)}
    title = _points_in(title, points)
    _second(cells, points)
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
        is_sum=not code and _SUM.match((title or (filled[0] if filled else "")).casefold()) is not None,
        is_note=not code and (_NOTE.match(plain) is not None or (title.startswith("*") and not points)),
        is_bullet=not code and BULLET.match(title) is not None,
        across=len(filled) == 1 and not points,
        heads=heads,
    )


def _points_in(title: str, points: dict[str, str]) -> str:
    """“Kinh tế (40 điểm)” says its points in the title: they count where the column has none."""
    found = _IN_TITLE.search(title)
    if found is None or (points.get("max") and most_of(points["max"]) != read_number(found[1])):
        return title
    points.setdefault("max", found[1])
    return title[: found.start()]


def _second(cells: dict[str, str], points: dict[str, str]) -> None:
    """A second column of points: those the first leaves empty, else words on how they are given."""
    told = cells.get("second", "")
    if not told:
        return
    if not points.get("max") and most_of(told) is not None:
        points["max"] = told
    elif amount_of(told) is None:
        cells["how"] = "\n".join(filter(None, [cells.get("how", ""), told]))
