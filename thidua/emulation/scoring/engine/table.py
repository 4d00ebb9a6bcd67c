"""A points table as a tree of lines, what is wrong with it, and the sums of marks over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ZERO = Decimal(0)


class LineKind(StrEnum):
    """What a line of the table is."""

    GROUP = "group"  # its points are the sum of the lines below it
    MARK = "mark"  # 0 to its maximum
    BONUS = "bonus"  # 0 to its maximum, on top of the table's total
    PENALTY = "penalty"  # minus its maximum to 0


@dataclass(frozen=True)
class Line:
    """One line: its code, the code of the line above it (empty at the top), its maximum in points."""

    code: str
    title: str
    max_points: Decimal
    kind: LineKind = LineKind.MARK
    parent: str = ""


def bounds(line: Line) -> tuple[Decimal, Decimal]:
    """The least and the most a mark on this line may be."""
    if line.kind is LineKind.PENALTY:
        return -line.max_points, ZERO
    return ZERO, line.max_points


def round_points(points: Decimal, places: int) -> Decimal:
    """Round half up, away from zero, to the regulation's number of decimals."""
    return points.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class Table:
    """The lines of a table in order, and the questions asked of them."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = tuple(lines)
        self._below: dict[str, list[Line]] = {}
        for line in self.lines:
            self._below.setdefault(line.parent, []).append(line)

    def below(self, code: str) -> list[Line]:
        """Lines directly under a code; the top ones for the empty code."""
        return self._below.get(code, [])

    @property
    def leaves(self) -> list[Line]:
        """Lines that take a mark."""
        return [line for line in self.lines if line.kind is not LineKind.GROUP]

    def sums(self, marks: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """Points of every line: a leaf's own mark (absent counts 0), a group's sum; "" is the whole table."""
        points: dict[str, Decimal] = {}

        def add(code: str) -> Decimal:
            total = ZERO
            for line in self.below(code):
                value = add(line.code) if line.kind is LineKind.GROUP else marks.get(line.code, ZERO)
                points[line.code] = value
                total += value
            return total

        points[""] = add("")
        return points

    def total_max(self) -> Decimal:
        """The table's total without bonuses: what “thang điểm 100” means."""
        return sum((line.max_points for line in self.leaves if line.kind is LineKind.MARK), ZERO)

    def bonus_max(self) -> Decimal:
        """The most that bonuses can add."""
        return sum((line.max_points for line in self.leaves if line.kind is LineKind.BONUS), ZERO)


def problems(table: Table, scale: Decimal) -> list[str]:
    """What is wrong with a table, as sentences that say where; none when it can be adopted."""
    found = [
        f"Mã {code} dùng {times} lần."
        for code, times in Counter(x.code for x in table.lines).items()
        if times > 1
    ]
    codes = {line.code: line for line in table.lines}
    for line in table.lines:
        found += _problems_of(line, table, codes)
    if not table.leaves:
        found.append("Bảng điểm chưa có tiêu chí nào để chấm.")
    elif table.total_max() != scale:
        found.append(
            f"Tổng điểm các tiêu chí là {_plain(table.total_max())}, quy chế ghi thang {_plain(scale)}."
        )
    return found


def _problems_of(line: Line, table: Table, codes: Mapping[str, Line]) -> list[str]:
    found = []
    if line.max_points < 0:
        found.append(f"{line.code}: điểm tối đa không được âm; điểm trừ cũng ghi số dương.")
    if line.parent:
        above = codes.get(line.parent)
        if above is None:
            found.append(f"{line.code}: không có mục {line.parent}.")
        elif above.kind is not LineKind.GROUP:
            found.append(f"{line.code}: {line.parent} không phải là mục lớn.")
    if line.parent == line.code or _loops(line, codes):
        found.append(f"{line.code}: mục nằm trong chính nó.")
    elif line.kind is LineKind.GROUP:
        found += _problems_of_group(line, table)
    return found


def _problems_of_group(group: Line, table: Table) -> list[str]:
    below = table.below(group.code)
    if not below:
        return [f"{group.code}: mục chưa có tiêu chí."]
    counted = sum((x.max_points for x in below if x.kind is not LineKind.PENALTY), ZERO)
    if counted != group.max_points:
        return [
            f"{group.code}: tối đa {_plain(group.max_points)} nhưng các dòng bên dưới "
            f"cộng lại {_plain(counted)}."
        ]
    return []


def _loops(line: Line, codes: Mapping[str, Line]) -> bool:
    seen: set[str] = set()
    above: Line | None = line
    while above is not None and above.parent:
        if above.code in seen:
            return True
        seen.add(above.code)
        above = codes.get(above.parent)
    return False


def _plain(points: Decimal) -> str:
    text = f"{points:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
