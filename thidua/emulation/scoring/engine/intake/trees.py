"""Rows made into a tree: what stands under what, which lines give, which take."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import takewhile

from thidua.emulation.scoring.engine.intake.codes import continues, style_of
from thidua.emulation.scoring.engine.intake.headers import fold
from thidua.emulation.scoring.engine.intake.rows import Row
from thidua.emulation.scoring.engine.points import BONUS, MARK, PENALTY

_BONUS_TITLE = re.compile(
    r"^((phan|muc|cac|noi dung) )?(diem )?(thuong|cong)( them| diem)?$|^diem (thuong|cong)\b|^thuong diem"
)
_PENALTY_TITLE = re.compile(r"^((phan|muc|cac|noi dung) )?(diem )?tru( diem)?$|^diem tru\b|^tru diem")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")  # for parts that have no code
KINDS = {
    "muc lon": "group",
    "tieu chi": MARK,
    "diem thuong": BONUS,
    "diem tru": PENALTY,
    "dong thuong": "bonuses",
    "dong tru": "deductions",
}


@dataclass
class Node:
    """A line of the tree with the row it came from and the rows that only speak of it."""

    row: Row
    code: str
    most: Decimal | None
    kind: str = MARK
    children: list[Node] = field(default_factory=list)
    extras: list[Node] = field(default_factory=list)
    spoken: list[Row] = field(default_factory=list)
    is_named: bool = True  # it had a code of its own
    column: str = ""  # of an extra: bonuses or deductions

    def walk(self) -> Iterator[Node]:
        """This and all below."""
        yield self
        for child in self.children:
            yield from child.walk()

    def next_code(self) -> str:
        """For a line below it that has none."""
        return f"{self.code}.{len(self.children) + len(self.extras) + 1}"


@dataclass
class Tree:
    """The top lines, the sum the table states, notes that belong to the whole, rows not taken."""

    tops: list[Node] = field(default_factory=list)
    total: Decimal | None = None
    notes: list[Row] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Every line."""
        for top in self.tops:
            yield from top.walk()


def tree_of(rows: Iterable[Row]) -> Tree:
    """Put rows under each other; codes that several places share are told apart by those above."""
    grower = _Grower()
    for row in rows:
        grower.take(row)
    tree = grower.tree
    _qualify(tree)
    return tree


class _Grower:
    """Takes row after row; `open` are the lines from the top to the one the next row may stand under."""

    def __init__(self) -> None:
        self.tree = Tree()
        self.open: list[Node] = []
        self.section = MARK

    def take(self, row: Row) -> None:
        """One row."""
        if row.is_note:
            self.tree.notes.append(row)
        elif row.is_sum:
            if row.amount("max") is not None:
                self.tree.total = row.amount("max")
        elif row.code:
            self._coded(row)
        elif row.points:
            self._pointed(row)
        else:
            self._spoken(row)

    def _coded(self, row: Row) -> None:
        kind = KINDS.get(fold(row.words.get("kind", "")), "")
        host = self._host(row)
        is_extra = kind in {"bonuses", "deductions"} or (
            not kind and "max" not in row.points and bool(row.points) and host is not None
        )
        if is_extra and host is not None:
            host.extras.append(self._extra(row, row.code, kind))
            return
        self._close(row)
        above = self.open[-1] if self.open else None
        node = Node(row, row.code, self._most(row), self._kind(row, kind, above))
        (above.children if above else self.tree.tops).append(node)
        if above is None and node.kind == MARK:
            self.tree.total = None  # what stood above was the sum of a part
        self.open.append(node)

    def _host(self, row: Row) -> Node | None:
        """The line whose bonus or deduction a row without a maximum is."""
        for node in reversed(self.open):
            if (
                node.most is not None
                and not node.children
                and (
                    continues(row.code, node.code)
                    or style_of(row.code) not in {style_of(x.code) for x in self.open}
                )
            ):
                return node
        named = fold(row.words.get("parent", ""))
        return next((x for x in self.tree.walk() if named and fold(x.code) == named and not x.children), None)

    def _close(self, row: Row) -> None:
        """Leave the lines the new one does not stand under."""
        if "parent" in row.words:  # the table says itself what stands under what; nothing: a top line
            while self.open and fold(self.open[-1].code) != fold(row.words["parent"]):
                self.open.pop()
            return
        for at in range(len(self.open) - 1, -1, -1):
            if continues(row.code, self.open[at].code):
                del self.open[at + 1 :]
                return
        styles = [style_of(node.code) for node in self.open]
        if style_of(row.code) in styles:
            del self.open[styles.index(style_of(row.code)) :]
        elif not self._may_nest(row):
            self.open.clear()

    def _may_nest(self, row: Row) -> bool:
        """A roman number stands under nothing but the capital letter of a part: A, then I, then 1."""
        if style_of(row.code) != "roman":
            return True
        top = self.open[0].code if self.open else ""
        return len(top) == 1 and top.isupper() and style_of(top) == "letter"

    def _most(self, row: Row) -> Decimal | None:
        found = row.amount("max")
        if found is None and "max" not in row.points:
            found = next((row.amount(name) for name in ("bonus", "penalty") if row.points.get(name)), None)
            found = abs(found) if found is not None else None
        return found

    def _kind(self, row: Row, told: str, above: Node | None) -> str:
        if told in {MARK, BONUS, PENALTY}:
            return told
        if above is not None and above.kind != MARK:
            return above.kind
        title = fold(row.title)
        if _BONUS_TITLE.search(title):
            return BONUS
        if _PENALTY_TITLE.search(title):
            return PENALTY
        if "max" not in row.points and row.points:
            return BONUS if "bonus" in row.points else PENALTY
        return self.section

    def _extra(self, row: Row, code: str, told: str = "") -> Node:
        column = told or ("bonuses" if "bonus" in row.points else "deductions")
        return Node(row, code, None, column=column, is_named=bool(row.code))

    def _heading(self, row: Row) -> None:
        """A part without a code, its name over the first columns: what follows stands under it."""
        self.open = list(takewhile(lambda node: node.row.heads and node.is_named, self.open))
        above = self.open[-1] if self.open else None
        code = above.next_code() if above else ROMAN[min(len(self.tree.tops), len(ROMAN) - 1)]
        node = Node(row, code, self._most(row), self._kind(row, "", above), is_named=False)
        (above.children if above else self.tree.tops).append(node)
        self.open.append(node)

    def _pointed(self, row: Row) -> None:
        """Points without a code: a part of the line above, or its bonus or deduction."""
        if row.heads and "max" in row.points:
            self._heading(row)
            return
        above = self.open[-1] if self.open else None
        if above is None:
            node = Node(
                row, str(len(self.tree.tops) + 1), self._most(row), self._kind(row, "", None), is_named=False
            )
            self.tree.tops.append(node)
        elif "max" in row.points:
            above.children.append(Node(row, above.next_code(), self._most(row), above.kind, is_named=False))
        else:
            above.extras.append(self._extra(row, above.next_code()))

    def _spoken(self, row: Row) -> None:
        title = fold(row.title)
        if row.across and (_BONUS_TITLE.search(title) or _PENALTY_TITLE.search(title)):
            self.section = BONUS if _BONUS_TITLE.search(title) else PENALTY
            self.open.clear()
        elif self.open:
            self.open[-1].spoken.append(row)
        else:
            self.tree.dropped.append(row)


def _qualify(tree: Tree) -> None:
    """Where 1 stands under I and under II, they are I.1 and II.1; everything keeps its code otherwise."""
    used = Counter(node.code for node in tree.walk())
    if all(times == 1 for times in used.values()) or _is_one_place(tree):
        return

    def name(node: Node, above: str, written: str) -> None:
        own = node.code
        if written and continues(own, written) and own.startswith(written):
            node.code = above + own[len(written) :]
        elif above and not continues(own, above):
            is_letter = own[:1].isalpha() and above[-1:].isdigit()
            node.code = f"{above}{'' if is_letter else '.'}{own}"
        for child in (*node.children, *node.extras):
            name(child, node.code, own)

    for top in tree.tops:
        name(top, "", "")


def _is_one_place(tree: Tree) -> bool:
    """Codes used twice among the same siblings are a slip of the table, not a way of numbering."""
    for siblings in (tree.tops, *(node.children for node in tree.walk())):
        if any(times > 1 for times in Counter(node.code for node in siblings).values()):
            return True
    return False
