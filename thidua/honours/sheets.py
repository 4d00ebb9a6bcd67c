"""The ledger as Excel: out, and its history in, in bulk.

An entry of the ledger is never removed, so the import is staged: rows lie in the preview, with what is wrong
and what looks like a duplicate, until somebody takes all of them in. Undoing afterwards strikes every row out
by a correction that stands beside it, as long as nothing rests on one of them. To delete rows would make the
ledger forget; to revoke them would say that a decision took them back, which none did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import rules
from django.db.models import QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.periods import Term, last_day_if_any
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects, Importer, offer
from thidua.base.text import loose_key, nearly, normalise
from thidua.honours.actions import HonourText, record_history, strike_honours
from thidua.honours.models import CommendationGround, Honour
from thidua.honours.queries import honours, kind_named
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import people_named, units_named, workplaces

OTHERS = "Hộ gia đình, đối tượng khác"
WHO = {"Tập thể": "unit", "Cá nhân": "person", OTHERS: "other"}
HISTORY = (
    Column("Tên trong quyết định", "recipient", width=40, required=True, also=("Tên", "Họ và tên")),
    Column("Đối tượng", "who", width=16, required=True, choices=WHO),
    Column("Đơn vị", "unit", width=36, hint="Nơi cá nhân công tác khi được khen."),
    Column(
        "Danh hiệu, hình thức", "kind", width=36, required=True, hint="Tên đầy đủ hoặc tên gọn, như danh mục."
    ),
    Column("Năm", "year", "number", 8, required=True, also=("Năm đạt thành tích",)),
    Column("Thành tích từ ngày", "first", "date", 16, hint="Bỏ trống thì tính trọn năm."),
    Column("Thành tích đến hết ngày", "last", "date", 16),
    Column("Loại hình", "ground", width=24, choices={x.label: x.value for x in CommendationGround}),
    Column("Số, ký hiệu", "symbol", width=18, required=True, also=("Số quyết định",)),
    Column("Ngày quyết định", "day", "date", 14, required=True),
    Column("Người ký", "issuer", width=30, required=True),
    Column(
        "Không trùng",
        "distinct",
        width=14,
        choices={"Có": True},
        hint="Ghi “Có” khi máy báo giống dòng khác mà thực là hai lượt khen.",
    ),
)
COLUMNS = (  # as they come in, so that a ledger taken out can be brought in elsewhere; then what it adds
    *(column for column in HISTORY if column.key != "distinct"),
    Column("Thời kỳ pháp luật", "era", width=48),
    Column("Ghi chú", "note", width=40),
)
FIRST_YEAR = 1945


def honours_sheet(honours: QuerySet[Honour]) -> Sheet:
    """One row an entry; a revoked one says so."""
    rows = list(honours)
    homes = workplaces({row.person_id for row in rows if row.person_id is not None})
    return Sheet("Sổ khen thưởng", COLUMNS, [_told(row, homes) for row in rows])


def _told(honour: Honour, homes: Mapping[int, Unit]) -> dict[str, Any]:
    home = homes.get(honour.person_id or 0)
    term = honour.achievement
    return {
        "recipient": honour.recipient_name,
        "who": "Tập thể" if honour.unit_id else "Cá nhân" if honour.person_id else OTHERS,
        "unit": home.name if home else "",
        "kind": honour.kind_name,
        "year": str(honour.year),
        "first": term.lower if term else None,
        "last": last_day_if_any(term),
        "ground": honour.get_ground_display(),
        "symbol": honour.decision_symbol,
        "day": honour.decision_date,
        "issuer": honour.issuer,
        "era": honour.era_name,
        "note": _note(honour),
    }


def _note(honour: Honour) -> str:
    revocation = getattr(honour, "revocation", None)
    if revocation is None:
        return ""
    return f"Đã thu hồi theo {revocation.decision_symbol} ngày {revocation.decision_date:%d/%m/%Y}"


def offer_import() -> None:
    """Let the import pages take the history of honours."""
    offer(
        Importer(
            kind="honours",
            address="lich-su-khen-thuong",
            title="Nhập lịch sử khen thưởng từ Excel",
            noun="lượt khen thưởng",
            columns=HISTORY,
            permission="honours.record_history",
            list_route="honours:search",
            check=check_history,
            apply=import_history,
            undo=undo_history,
        )
    )


@dataclass
class Finder:
    """The units and people that rows name, in a few queries for the whole file."""

    by: Actor
    units: dict[str, list[Unit]] = field(default_factory=units_named)
    people: dict[tuple[int, str], list[Person]] = field(default_factory=dict)
    may: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Row], by: Actor) -> Finder:
        """Ready for these rows."""
        found = cls(by)
        keys = {loose_key(row["unit"] or "") for row in rows if row["who"] == "person"}
        found.people = people_named(unit.pk for key in keys for unit in found.units.get(key, []))
        return found

    def text(self, row: Row) -> HonourText:
        """The row as the action takes it; ValueError(column, sentence) says what is wrong."""
        unit, person, keeper = self._recipient(row)
        return HonourText(
            unit=unit,
            person=person,
            keeper=keeper,
            recipient_name=row["recipient"],
            kind=_kind(row["kind"]),
            year=int(row["year"]),
            achievement=_achievement(row),
            ground=row["ground"] or CommendationGround.MERIT,
            decision_symbol=normalise(row["symbol"]),
            decision_date=row["day"],
            issuer=normalise(row["issuer"]),
        )

    def _recipient(self, row: Row) -> tuple[Unit | None, Person | None, Unit | None]:
        if row["who"] == "other":
            return None, None, None
        if row["who"] == "unit":
            unit = self._unit(row["recipient"], "Tên trong quyết định")
            return unit, None, unit
        if not row["unit"]:
            raise ValueError("Đơn vị", "Ghi đơn vị nơi cá nhân công tác, để biết đúng người.")
        unit = self._unit(row["unit"], "Đơn vị")
        found = self.people.get((unit.pk, loose_key(row["recipient"])), [])
        if len(found) != 1:
            how_many = "Không tìm thấy" if not found else f"Có {len(found)} người tên"
            words = f"{how_many} “{row['recipient']}” ở {unit}. Anh/chị ghi chức vụ của người này trước."
            raise ValueError("Tên trong quyết định", words)
        return None, found[0], unit

    def _unit(self, name: str, column: str) -> Unit:
        found = self.units.get(loose_key(name), [])
        if len(found) != 1:
            how_many = "Không tìm thấy" if not found else f"Có {len(found)}"
            raise ValueError(column, f"{how_many} đơn vị tên “{name}”. Anh/chị ghi tên như trong danh sách.")
        unit = found[0]
        if unit.pk not in self.may:
            self.may[unit.pk] = self.by.is_system or rules.has_perm("honours.record_honour", self.by, unit)
        if not self.may[unit.pk]:
            raise ValueError(column, "Anh/chị không ghi sổ cho đơn vị này.")
        return unit


def _kind(words: str) -> str:
    found = kind_named(words)
    if not found:
        raise ValueError("Danh hiệu, hình thức", f"“{words}” không có trong danh mục danh hiệu, hình thức.")
    return found


def _achievement(row: Row) -> Term:
    first, last = row["first"], row["last"]
    year = int(row["year"])
    if first and last and last < first:
        raise ValueError("Thành tích đến hết ngày", "Ngày cuối đứng trước ngày đầu.")
    if last and last.year != year:
        raise ValueError("Thành tích đến hết ngày", f"Thành tích phải kết thúc trong năm {year}.")
    return Term.through(first or date(year, 1, 1), last or date(year, 12, 31))


@dataclass
class Ledger:
    """What stands in the ledger and in the rows read so far, to find the same thing written twice."""

    exact: dict[tuple[str, str, int], list[tuple[str, str]]] = field(default_factory=dict)
    near: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, years: set[int]) -> Ledger:
        """The entries of these years."""
        found = cls()
        kept = honours().filter(year__in=years, revocation=None)
        names = ("recipient_name", "kind", "year", "decision_symbol", "unit_id", "person_id")
        for name, kind, year, symbol, unit, person in kept.values_list(*names):
            found.add(name, kind, year, symbol, _identity(unit, person), f"“{name}” đã có trong sổ")
        return found

    def like(self, text: HonourText) -> str:
        """Where the same, or nearly the same, stands already; empty words when nowhere."""
        key = loose_key(text.recipient_name)
        for symbol, where in self.exact.get((key, text.kind, text.year), []):
            told = f"năm {text.year} theo {symbol}"
            return f"Trùng: {where}, {told}."
        who = _identity_of(text)
        for short in nearly(key):
            other, where = self.near.get((short, text.kind, loose_key(text.decision_symbol)), ("", ""))
            if where and not (who and other and who != other):
                return f"Gần giống: {where}, cùng quyết định."
        return ""

    def add(self, name: str, kind: str, year: int, symbol: str, who: str, where: str) -> None:
        """One more entry."""
        key = loose_key(name)
        self.exact.setdefault((key, kind, year), []).append((symbol, where))
        for short in nearly(key):
            self.near.setdefault((short, kind, loose_key(symbol)), (who, where))


def _identity(unit: int | None, person: int | None) -> str:
    return f"u{unit}" if unit else f"p{person}" if person else ""


def _identity_of(text: HonourText) -> str:
    return _identity(text.unit.pk if text.unit else None, text.person.pk if text.person else None)


def check_history(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known recipients and kinds, decisions that were made, nothing that stands twice under two spellings."""
    finder = Finder.of(rows, by)
    ledger = Ledger.of({int(row["year"]) for row in rows if row["year"] is not None})
    needed = [column.key for column in HISTORY if column.required]
    errors = []
    for row in rows:
        if any(row[key] is None for key in needed):
            continue  # the cells themselves were found faulty
        try:
            _check(row, finder, ledger, by)
        except ValueError as fault:
            errors.append(RowError(row.number, *fault.args))
    return errors


def _check(row: Row, finder: Finder, ledger: Ledger, by: Actor) -> None:
    if row["year"] % 1 or not FIRST_YEAR <= row["year"] <= by.on.year:
        raise ValueError("Năm", f"Năm phải từ {FIRST_YEAR} đến {by.on.year}.")
    if row["day"] > by.on:
        raise ValueError("Ngày quyết định", "Ngày quyết định ở sau hôm nay.")
    text = finder.text(row)
    if not row["distinct"] and (where := ledger.like(text)):
        words = f"{where} Nếu là hai lượt khen khác nhau, ghi “Có” ở cột “Không trùng”."
        raise ValueError("Tên trong quyết định", words)
    who = _identity_of(text)
    where = f"dòng {row.number} “{text.recipient_name}”"
    ledger.add(text.recipient_name, text.kind, text.year, text.decision_symbol, who, where)


def import_history(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the rows into the ledger."""
    finder = Finder.of(rows, by)
    return {"honours": [made.pk for made in record_history(rows=[finder.text(row) for row in rows], by=by)]}


def undo_history(effects: Effects, by: Actor) -> None:
    """Strike them out, each by its correction."""
    rows = list(Honour.objects.filter(pk__in=effects["honours"]))
    strike_honours(rows=rows, reason="Hoàn tác lượt nhập lịch sử khen thưởng", by=by)
