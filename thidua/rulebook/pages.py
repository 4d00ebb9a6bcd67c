"""What the pages of the law show: what is in force on a day, each provision's history, what ends soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from thidua.rulebook.catalogue import GROUPS, HonourKindText, eras, kinds
from thidua.rulebook.engine.conditions import Group, Test
from thidua.rulebook.engine.standards import era
from thidua.rulebook.engine.texts import Book, Dated, Era, Instrument, Provision, Row, book

SOON = timedelta(days=120)
TOPICS = {  # tables of the texts, as their keys name them
    "quotas": "Chỉ tiêu, tỷ lệ",
    "council": "Hội đồng, tỷ lệ phiếu",
    "councils": "Hội đồng, tỷ lệ phiếu",
    "dossiers": "Thành phần hồ sơ",
    "deadlines": "Thời hạn",
    "publicity": "Công khai",
    "consultation": "Lấy ý kiến",
    "bonuses": "Mức tiền thưởng",
    "base_salary": "Lương cơ sở",
    "initiatives": "Sáng kiến",
}


@dataclass(frozen=True)
class Asked:
    """A test in words, and those below it."""

    says: str
    point: str
    code: str
    is_choice: bool
    parts: Sequence[Asked]


def asked(test: Test) -> Asked:
    """What a test asks, as a tree."""
    parts = [asked(part) for part in test.parts] if isinstance(test, Group) else []
    return Asked(test.says, test.point, test.code, isinstance(test, Group) and test.one, parts)


@dataclass(frozen=True)
class Shown:
    """A provision of a day with what it asks, and the doubt about it."""

    provision: Provision
    asks: Asked
    doubt: str


@dataclass(frozen=True)
class LawOfDay:
    """Everything in force on a day."""

    era: Era | None
    groups: Sequence[tuple[str, Sequence[tuple[HonourKindText, int]]]]
    tables: Sequence[tuple[str, Sequence[Row]]]
    ending: Sequence[Instrument]
    doubts: Sequence[tuple[Instrument, str]]


def law_of_day(on: date) -> LawOfDay:
    """The catalogue with how many provisions each kind has, the tables, what ends soon, what is in doubt."""
    texts = book()
    found = kinds(on)
    return LawOfDay(
        era=era(on),
        groups=[
            (
                title,
                [(one, len(_provisions_of(texts, one.code, on))) for one in found if one.group == group],
            )
            for group, title in GROUPS.items()
        ],
        tables=_tables(texts, on),
        ending=ending_soon(on),
        doubts=[
            (one, doubt.why)
            for one in texts.instruments
            for doubt in one.doubts
            if doubt.starts <= on and (doubt.ends is None or on < doubt.ends)
        ],
    )


def ending_soon(on: date) -> list[Instrument]:
    """Instruments in force on the day that end within four months."""
    return [
        one
        for one in book().instruments
        if one.starts <= on and one.ends is not None and on < one.ends <= on + SOON
    ]


def _tables(texts: Book, on: date) -> list[tuple[str, list[Row]]]:
    found: dict[str, list[Row]] = {}
    for row in texts.rows:
        if row.holds_on(on):
            found.setdefault(TOPICS.get(row.topic, row.topic), []).append(row)
    return list(found.items())


def _provisions_of(texts: Book, kind: str, on: date) -> list[Provision]:
    return [one for one in texts.provisions if kind in one.kinds and one.holds_on(on)]


def standards_of(kind: str, on: date) -> list[Shown]:
    """The provisions about a kind on a day, with what each asks."""
    return [Shown(one, asked(one.test), one.doubt_on(on)) for one in _provisions_of(book(), kind, on)]


def history_of_kind(kind: str) -> list[HonourKindText]:
    """The kind in every era of the catalogue, latest first."""
    return [one for one in reversed(eras()) if one.code == kind]


def history_of_standards(kind: str) -> list[Provision]:
    """Every provision that was ever about the kind, latest first."""
    found = [one for one in book().provisions if kind in one.kinds]
    return sorted(found, key=lambda one: (one.starts, one.article), reverse=True)


def speaks(code: str) -> list[Dated]:
    """Every provision in which a reason of this code stands, latest first."""
    found = [one for one in book().provisions if code in _codes(one)]
    return sorted(found, key=lambda one: one.starts, reverse=True)


def _codes(provision: Provision) -> set[str]:
    return {provision.code, *(test.code for test in _walk(provision.test))}


def _walk(test: Test) -> Iterator[Test]:
    yield test
    if isinstance(test, Group):
        for part in test.parts:
            yield from _walk(part)


def explanation(code: str) -> tuple[str, list[str]]:
    """The page of a reason's code: its title and paragraphs; empty for a code without one."""
    lines = book().pages.get(code, "").split("\n\n")
    if not lines[0]:
        return "", []
    title = lines[0].lstrip("# ").strip()
    return title, [" ".join(paragraph.split()) for paragraph in lines[1:]]
