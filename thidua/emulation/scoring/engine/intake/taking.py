"""The whole way from a file to a document, with what was noticed row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Any, NamedTuple

from thidua.emulation.scoring.engine.checking import ERROR, LEVELS, WARNING, check
from thidua.emulation.scoring.engine.intake.codes import style_of
from thidua.emulation.scoring.engine.intake.criteria import Maker, plain_text
from thidua.emulation.scoring.engine.intake.grids import EXCEL, Grid, grids_of, width
from thidua.emulation.scoring.engine.intake.headers import Heading, find_heading, fold
from thidua.emulation.scoring.engine.intake.machine import settings_of
from thidua.emulation.scoring.engine.intake.rows import THOUSANDS, Row, mended, most_of, rows_of
from thidua.emulation.scoring.engine.intake.trees import Tree, tree_of
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.points import BONUS, MARK
from thidua.emulation.scoring.engine.reading import TABLE_FORMAT, read_table
from thidua.emulation.scoring.engine.told import BadFile

TITLES = ("bang ", "tieu chi ", "thang diem ", "bieu diem ", "phieu cham ")  # how the name of a table begins
NOTICE = "notice"  # neither wrong nor doubtful: how something was read
WORDS = {**LEVELS, NOTICE: "ĐỌC"}


class Remark(NamedTuple):
    """Something noticed: how bad, where in the file, on which code, a sentence."""

    level: str
    place: str
    code: str
    sentence: str

    def __str__(self) -> str:
        where = ", ".join(filter(None, [self.place, self.code]))
        return f"{WORDS[self.level]} {where or 'cả bảng'}: {self.sentence}"


@dataclass
class Taken:
    """A document made from a file; what was noticed; what each text was understood as, by code."""

    document: dict[str, Any]
    remarks: list[Remark] = field(default_factory=list)
    understood: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> list[Remark]:
        """What stops an adoption."""
        return [one for one in self.remarks if one.level == ERROR]


def read_layout(data: bytes, name: str, total: Decimal | None = None, only: str = "") -> Taken:
    """Read a Word or Excel file, perhaps `only` one sheet of it; raises BadFile when it has no table."""
    grids = grids_of(data, name)
    if only and only not in {grid.name for grid in grids}:
        raise BadFile(f"{name}: không có “{only}”. Có: {', '.join(grid.name for grid in grids)}.")
    found = [(grid, heading) for grid in grids if only in {"", grid.name} and (heading := find_heading(grid))]
    if not found:
        raise BadFile(
            f"{name}: không thấy bảng điểm. Cần một bảng có dòng tiêu đề ghi “Nội dung” (hoặc “Tiêu chí”) và "
            "“Điểm chuẩn”, “Điểm tối đa”, “Điểm thưởng” hoặc “Điểm trừ”."
        )
    kept = _one_table(found) if only else _with_the_rest(grids, _one_table(found))
    rows = [row for grid, heading in kept for row in rows_of(grid, heading)]
    codes: list[Remark] = []
    if name.lower().endswith(EXCEL):
        codes = [
            Remark(NOTICE, row.place, row.code, f"mã {before} đọc là {row.code}")
            for row, before in mended(rows)
            if before
        ]
    tree = tree_of(rows)
    maker = Maker()
    criteria = [maker.line(top) for top in tree.tops]
    if not criteria:
        raise BadFile(f"{name}: bảng không có tiêu chí nào.")
    settings = settings_of(grids)
    document = (
        _head(kept[0], name) | {"total": _total(tree, criteria, total), "criteria": criteria} | settings
    )
    if tree.notes:
        document["note"] = "\n".join(row.title for row in tree.notes)
    taken = Taken(document, [], maker.understood, maker.places)
    taken.remarks = [
        *codes,
        *(Remark(*one) for one in maker.remarks),
        *_marks(rows),
        *_read_as(rows),
        *_left_out(tree, found, kept),
        *_checked(document, maker.places),
    ]
    return taken


def _one_table(found: list[tuple[Grid, Heading]]) -> list[tuple[Grid, Heading]]:
    """Tables with the same columns are one that was cut into pages, unless each begins with the same codes.

    Otherwise the longest counts.
    """
    best = max(found, key=lambda one: len(one[0].lines))
    alike = [one for one in found if one[1].columns == best[1].columns]
    codes = [[row.code for row in rows_of(*one) if row.code] for one in alike]
    top = _top_style([code for own in codes for code in own])
    used = [code for own in codes for code in own if style_of(code) == top]
    return alike if len(set(used)) == len(used) else [best]


def _top_style(codes: Sequence[str]) -> str:
    """How the largest parts are numbered: by roman numbers where there are any, else as the first code is."""
    styles = [style_of(code) for code in codes]
    return "roman" if "roman" in styles else next(iter(styles), "")


def _with_the_rest(grids: list[Grid], kept: list[tuple[Grid, Heading]]) -> list[tuple[Grid, Heading]]:
    """Tables that go on, on the next page, without a heading of their own: as wide as the one before."""
    found, open_one = [], None
    headed = {grid.name: (grid, heading) for grid, heading in kept}
    for grid in grids:
        if grid.name in headed:
            open_one = headed[grid.name]
            found.append(open_one)
        elif open_one and width(grid.lines) == width(open_one[0].lines) and find_heading(grid) is None:
            found.append((grid, open_one[1]._replace(first=0)))
        else:
            open_one = None
    return found


def _head(first: tuple[Grid, Heading], name: str) -> dict[str, Any]:
    grid, heading = first
    above = [cell for line in grid.lines[: heading.first - 1] for cell in line.cells if cell]
    titles = [cell for cell in (*grid.above, *above) if fold(cell).startswith(TITLES)]
    title = re.sub(r"\s+", " ", titles[0] if titles else PurePath(name).stem)
    return {"format": TABLE_FORMAT, "title": title, "source": PurePath(name).name}


def _total(tree: Tree, criteria: list[dict[str, Any]], told: Decimal | None) -> str:
    """As told, as the table's last sum says, else what the lines add up to; a sum with bonuses, without."""
    if told is not None:
        return plain_text(told)
    counted, beside = (
        sum((Decimal(one["max"]) for one in criteria if one.get("kind", MARK) == kind), ZERO)
        for kind in (MARK, BONUS)
    )
    return plain_text(counted if tree.total in {None, counted + beside} else tree.total or ZERO)


def _marks(rows: Iterable[Row]) -> list[Remark]:
    """Decimal comma in one row and dot in another."""
    seen: dict[str, tuple[str, str]] = {}
    for row in rows:
        for told in row.points.values():
            if found := re.fullmatch(r"\D*\d+([.,])\d+\D*", told):
                seen.setdefault(found[1], (row.place, told))
    if len(seen) < 2:  # noqa: PLR2004  one mark is no mixture
        return []
    (one, first), (other, second) = seen.values()
    return [
        Remark(
            WARNING, one, "", f"dấu phẩy và dấu chấm thập phân lẫn nhau: “{first}”, ở {other} là “{second}”"
        )
    ]


def _read_as(rows: Iterable[Row]) -> Iterable[Remark]:
    """“1.000”, and points a line each, are told as they were read."""
    for row in rows:
        for told in row.points.values():
            number = most_of(told)
            if number is not None and (THOUSANDS.fullmatch(told.strip()) or "\n" in told.strip()):
                words = " và ".join(told.split("\n"))
                yield Remark(NOTICE, row.place, row.code, f"“{words}” đọc là {said(number)}")


def _left_out(
    tree: Tree, found: list[tuple[Grid, Heading]], kept: list[tuple[Grid, Heading]]
) -> Iterable[Remark]:
    for row in tree.dropped:
        yield Remark(NOTICE, row.place, "", f"không phải tiêu chí, bỏ qua: “{row.title[:80]}”")
    for grid, _ in found:
        if grid.name not in {one.name for one, _ in kept}:
            yield Remark(WARNING, grid.name, "", "còn một bảng khác trong tệp, chưa đọc")


def _checked(document: dict[str, Any], places: dict[str, str]) -> list[Remark]:
    """The checks of every table, at the rows of this one."""
    try:
        found = check(read_table(document))
    except BadFile as fault:
        return [Remark(ERROR, "", "", str(fault))]
    remarks = [Remark(one.level, places.get(one.code, ""), one.code, one.sentence) for one in found]
    return remarks if document["criteria"] else [Remark(ERROR, "", "", f"thang {said(ZERO)}")]
