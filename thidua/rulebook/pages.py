"""What the pages of the law show: what is in force on a day, each provision's history, what ends soon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings

from thidua.base.text import decimal_text
from thidua.rulebook.catalogue import GROUPS, RECIPIENTS, HonourKindText, eras, kinds, name_of
from thidua.rulebook.engine.conditions import Group, Test
from thidua.rulebook.engine.differences import differences, sentence
from thidua.rulebook.engine.standards import era, has_own
from thidua.rulebook.engine.tables import rows
from thidua.rulebook.engine.texts import Book, Dated, Era, Instrument, Provision, Row, book
from thidua.rulebook.engine.topics import TOPICS

SOON = timedelta(days=120)


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
    tables: Sequence[tuple[str, Sequence[tuple[Row, str]]]]
    ending: Sequence[Instrument]
    expiring: Sequence[tuple[Dated, str]]
    coming: Era | None
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
        expiring=_expiring(texts, on),
        coming=next((one for one in texts.eras if on < one.starts <= on + SOON), None),
        doubts=[
            (one, doubt.why)
            for one in texts.instruments
            for doubt in one.doubts
            if _is_ours(one) and doubt.starts <= on and (doubt.ends is None or on < doubt.ends)
        ],
    )


def ending_soon(on: date) -> list[Instrument]:
    """Instruments in force on the day that end within four months."""
    return [
        one
        for one in book().instruments
        if _is_ours(one) and one.starts <= on and one.ends is not None and on < one.ends <= on + SOON
    ]


def _expiring(texts: Book, on: date) -> list[tuple[Dated, str]]:
    """What ends within four months by itself, while its instrument goes on or went before."""
    parts: list[Provision | Row] = [*texts.provisions, *texts.rows]
    return [
        (one, told_of(one) if isinstance(one, Row) else one.test.says)
        for one in parts
        if _is_ours(one.instrument)
        and one.holds_on(on)
        and one.ends is not None
        and one.ends <= on + SOON
        and one.ends != one.instrument.ends
    ]


@dataclass(frozen=True)
class Change:
    """One thing that differs between two days: its sign, in words; a part belongs to the one above it."""

    sign: str
    says: str
    is_part: bool


MOVED = "căn cứ mới"
HEADS = ("hết", "trước", "nay")  # what a line says of itself; it becomes its sign
SIGNS = {"-": "hết", "+": "mới", "=": MOVED, "±": "đổi", "?": "cần kiểm tra"}


def changes(first: date, second: date, kind: str = "") -> tuple[list[Change], list[Change]]:
    """What changed in the law between two days, of one kind when it is named; then what only moved."""
    earlier, later = sorted((first, second))
    found: list[Change] = []
    table = ""
    for line in differences(book(), earlier, later, kind, settings.PROVINCE):
        if line.strip()[:1] in SIGNS:
            found.append(_change(line, table))
        else:
            table = line.rstrip(":") if line.rstrip(":") in TABLES else ""
    return [one for one in found if one.sign != MOVED], [one for one in found if one.sign == MOVED]


TABLES = {sentence(words) for words in TOPICS.values()}


def _change(line: str, table: str) -> Change:
    sign, says = line.strip()[0], line.strip()[1:].strip()
    head, colon, rest = says.partition(": ")
    if colon and head in HEADS:
        sign, says = head, rest.strip()
    says = f"{table} – {says}" if table and not line.startswith(" ") else says
    return Change(SIGNS.get(sign, sign), says, line.startswith(" "))


def law_eras() -> list[Era]:
    """The eras of the texts, latest first."""
    return list(reversed(book().eras))


def _is_ours(instrument: Instrument) -> bool:
    """National, or of the province whose rules are asked here."""
    return instrument.tenant in {"", settings.PROVINCE}


def _tables(texts: Book, on: date) -> list[tuple[str, list[tuple[Row, str]]]]:
    found: dict[str, list[tuple[Row, str]]] = {}
    for row in texts.rows:
        if row.holds_on(on) and _is_ours(row.instrument):
            found.setdefault(sentence(TOPICS[row.topic]), []).append((row, told_of(row)))
    return list(found.items())


def _provisions_of(texts: Book, kind: str, on: date) -> list[Provision]:
    return [one for one in texts.provisions if kind in one.kinds and one.holds_on(on)]


def standards_of(kind: str, on: date) -> list[Shown]:
    """The provisions about a kind on a day, with what each asks."""
    return [Shown(one, asked(one.test), one.doubt_on(on)) for one in _provisions_of(book(), kind, on)]


def unset_of(kind: str, on: date) -> list[Row]:
    """What is not known of a kind's standards on a day, and where to look for it."""
    recipients = [recipient for one in kinds(on) if one.code == kind for recipient in one.recipients]
    if all(has_own(kind, one, on, settings.PROVINCE) for one in recipients):
        return []
    return rows("unset", on, kind, settings.PROVINCE)


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


@dataclass(frozen=True)
class Block:
    """A paragraph of an explanation, or a list; `lead` are its first words, in bold."""

    lead: str
    lines: Sequence[str]
    is_list: bool


def explanation(code: str) -> tuple[str, list[Block]]:
    """The page of a reason's code: its title and blocks; empty for a code without one."""
    title, *parts = book().pages.get(code, "").split("\n\n")
    return title.lstrip("# ").strip(), [_block(part) for part in parts if part.strip()]


def _block(text: str) -> Block:
    if text.startswith("- "):
        items = [" ".join(item.split()) for item in text.removeprefix("- ").split("\n- ")]
        return Block("", items, is_list=True)
    words = " ".join(text.split())
    lead, _, rest = words.removeprefix("**").partition("**") if words.startswith("**") else ("", "", words)
    return Block(lead, [rest.strip()], is_list=False)


def told_of(row: Row) -> str:
    """What a row of a table says; numbers alone are put in words."""
    names = ", ".join(name_of(kind) for kind in row.kinds if kind != "*")
    if row.topic == "unset":
        return f"{names}: {row.says}. Tìm ở: {row.values['look']}"
    if row.says:
        return row.says
    if row.topic == "base_salary":
        return f"{decimal_text(Decimal(row.values['amount']))} đồng một tháng"
    times = [
        f"{RECIPIENTS[key]} {decimal_text(Decimal(str(value)))} lần lương cơ sở"
        for key, value in row.values.items()
        if key in RECIPIENTS
    ]
    return f"{names}: {'; '.join(times)}" if times else names
