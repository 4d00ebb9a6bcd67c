"""Initiatives with their authors as Excel."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects
from thidua.base.text import decimal_text, read_decimal, search_key
from thidua.organisations.models import Person, Unit
from thidua.records.actions import (
    InitiativeText,
    record_initiative,
    record_use,
    remove_initiative,
    remove_use,
)
from thidua.records.models import Initiative, InitiativeKind, InitiativeScope, InitiativeUse
from thidua.records.sheets.finding import DAY, FIRST_YEAR, SYMBOL, UNIT, Finder, checked, refuse_future
from thidua.rulebook.catalogue import kind, name_of
from thidua.rulebook.engine.reading import kind_word

INITIATIVE_COLUMNS = (
    UNIT,
    Column("Tên sáng kiến", "title", width=48, required=True),
    Column("Loại", "kind", width=24, choices={x.label: x.value for x in InitiativeKind}),
    Column("Phạm vi", "scope", width=22, required=True, choices={x.label: x.value for x in InitiativeScope}),
    Column(
        "Tác giả",
        "authors",
        width=40,
        required=True,
        hint="Nhiều người cách nhau bằng dấu chấm phẩy, tỷ lệ trong ngoặc: Nguyễn Văn A (60); Trần B (40).",
    ),
    Column("Người công nhận", "recognised_by", width=30, required=True),
    SYMBOL,
    DAY,
    Column(
        "Đã dùng để xét",
        "uses",
        width=44,
        hint="Tác giả, danh hiệu hoặc hình thức, năm: Nguyễn Văn A: Chiến sĩ thi đua cơ sở 2024; Trần B: …",
    ),
)
USE = re.compile(r"(?P<name>[^:]+?)\s*:\s*(?P<kind>.+?)\s*,?\s+(?:năm\s+)?(?P<year>\d{4})")
AUTHOR = re.compile(r"(?P<name>[^()]+?)\s*(?:\(\s*(?P<share>[\d.,]+)\s*%?\s*\))?")


def initiatives_sheet(rows: Iterable[Initiative]) -> Sheet:
    """Initiatives with their authors."""
    return Sheet(
        "Sáng kiến",
        INITIATIVE_COLUMNS,
        [
            {
                "unit": row.unit.name,
                "title": row.title,
                "kind": row.get_kind_display(),
                "scope": row.get_scope_display(),
                "authors": "; ".join(_author_text(one.person, one.share) for one in row.authors.all()),
                "recognised_by": row.recognised_by,
                "decision_symbol": row.decision_symbol,
                "decision_date": row.decision_date,
                "uses": "; ".join(
                    f"{one.person}: {name_of(one.kind)} {one.year}" for one in reversed(row.uses.all())
                ),
            }
            for row in rows
        ],
    )


def _author_text(person: Person, share: Decimal | None) -> str:
    return str(person) if share is None else f"{person} ({decimal_text(share)})"


def check_initiatives(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units and authors; the same initiative by the same decision once."""
    finder = Finder(rows, by, "records.record_initiative")
    taken = {
        (search_key(title), search_key(symbol))
        for title, symbol in Initiative.objects.values_list("title", "decision_symbol")
    }

    def check(row: Row) -> None:
        if None in (row["unit"], row["title"], row["authors"], row["decision_symbol"]):
            return
        unit = finder.unit(row["unit"])
        authors = {person for person, _ in _authors(finder, unit, row["authors"])}
        _refuse_uses(_uses(finder, unit, row["uses"]), authors, by)
        refuse_future(row["decision_date"], "Ngày", by)
        key = (search_key(row["title"]), search_key(row["decision_symbol"]))
        if key in taken:
            raise ValueError("Tên sáng kiến", "Sáng kiến này đã có, theo cùng quyết định.")
        taken.add(key)

    return checked(rows, check, "Đơn vị")


def _authors(finder: Finder, unit: Unit, text: str) -> list[tuple[Person, Decimal | None]]:
    try:
        return read_authors(text, lambda name: finder.person(unit, name))
    except ValueError as fault:
        raise ValueError("Tác giả", str(fault)) from fault


def read_authors(text: str, find: Callable[[str], Person]) -> list[tuple[Person, Decimal | None]]:
    """“Nguyễn Văn A (60); Trần B (40)” as people with their shares; ValueError says what is wrong."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        told = AUTHOR.fullmatch(part)
        if told is None:
            raise ValueError(f"Không đọc được “{part}”. Anh/chị ghi như: Nguyễn Văn A (60); Trần B (40).")
        found.append((find(told["name"]), read_decimal(told["share"]) if told["share"] else None))
    shares = sum((share or Decimal(0) for _, share in found), Decimal(0))
    if shares > 100 or any(share is not None and share <= 0 for _, share in found):  # noqa: PLR2004  a percentage
        raise ValueError("Tổng tỷ lệ đóng góp phải trên 0 và không quá 100.")
    return found


class Use(NamedTuple):
    """What an author used an initiative for, as a row tells it."""

    person: Person
    kind: str
    year: int


def _uses(finder: Finder, unit: Unit, text: str | None) -> list[Use]:
    try:
        return read_uses(text or "", lambda name: finder.person(unit, name))
    except ValueError as fault:
        raise ValueError("Đã dùng để xét", str(fault)) from fault


def read_uses(text: str, find: Callable[[str], Person]) -> list[Use]:
    """“Nguyễn Văn A: Chiến sĩ thi đua cơ sở 2024; …” as uses; ValueError says what is wrong."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        told = USE.fullmatch(part)
        if told is None:
            raise ValueError(
                f"Không đọc được “{part}”. Anh/chị ghi như: Nguyễn Văn A: Chiến sĩ thi đua cơ sở 2024."
            )
        found.append(Use(find(told["name"]), _kind_code(told["kind"]), int(told["year"])))
    return found


def _kind_code(text: str) -> str:
    try:
        return kind_word(text, "")
    except ValueError as fault:
        raise ValueError(f"Không có danh hiệu, hình thức tên “{text}”.") from fault


def _refuse_uses(uses: Sequence[Use], authors: Collection[Person], by: Actor) -> None:
    """Only an author uses it, in a year that came, and for no second purpose."""
    for at, use in enumerate(uses):
        if use.person not in authors:
            raise ValueError("Đã dùng để xét", f"{use.person} không phải tác giả của sáng kiến này.")
        if not FIRST_YEAR <= use.year <= by.on.year:
            raise ValueError("Đã dùng để xét", f"Năm {use.year} không đúng hoặc chưa đến.")
        earlier = [one for one in uses[:at] if one.person == use.person]
        if use in earlier or any(not _both_titles(one, use) for one in earlier):
            raise ValueError("Đã dùng để xét", f"{use.person} dùng hai lần; một sáng kiến chỉ dùng một lần.")


def _both_titles(one: Use, other: Use) -> bool:
    return kind(one.kind).is_title and kind(other.kind).is_title


def import_initiatives(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the initiatives in."""
    finder = Finder(rows, by, "records.record_initiative")
    made, used = [], []
    for row in rows:
        unit = finder.unit(row["unit"])
        told = {
            name: row[name]
            for name in ("title", "scope", "recognised_by", "decision_symbol", "decision_date")
        }
        text = InitiativeText(
            authors=_authors(finder, unit, row["authors"]),
            kind=row["kind"] or InitiativeKind.INITIATIVE,
            **told,
        )
        initiative = record_initiative(unit=unit, text=text, by=by)
        made.append(initiative.pk)
        used += [
            record_use(initiative=initiative, **use._asdict(), by=by).pk
            for use in _uses(finder, unit, row["uses"])
        ]
    return {"initiatives": made, "uses": used}


def undo_initiatives(effects: Effects, by: Actor) -> None:
    """Remove them again with the uses the file told; refused once one was used since."""
    for use in InitiativeUse.objects.filter(pk__in=effects.get("uses", [])).select_related("initiative"):
        remove_use(use=use, by=by)
    for row in Initiative.objects.filter(pk__in=effects["initiatives"]):
        remove_initiative(initiative=row, by=by)
