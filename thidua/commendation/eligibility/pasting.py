"""Reading a list pasted from Excel: names, units, titles proposed; and finding whom each row means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from thidua.base.sheets.reading import pasted_table
from thidua.base.text import loose_key, nearly, normalise, search_key
from thidua.honours.queries import kind_named
from thidua.organisations.models import Person, Unit
from thidua.organisations.queries import people_called, people_named, units_named
from thidua.rulebook.catalogue import kind as kind_of_code

MOST_ROWS = 5000
NUMBERS = re.compile(r"\d+")
HEADS = {  # what stands in a column: words of its head, the surer first
    "kind": ("danh hieu", "hinh thuc", "de nghi"),
    "unit": ("don vi", "co quan", "noi cong tac"),
    "name": ("ho va ten", "ho ten", "ca nhan", "tap the", "ten"),
}
IN_ORDER = ("name", "unit", "kind")


@dataclass
class Line:
    """A row of the list and whom it means; `fault` says why nobody could be found."""

    number: int
    name: str
    unit: str
    words: str
    kind: str = ""
    unit_id: int | None = None
    person_id: int | None = None
    fault: str = ""
    twin: str = ""  # the earlier row that says the same, or nearly

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def read_list(text: str) -> list[Line]:
    """The rows of a pasted block; ValueError says what is wrong with the whole."""
    table = [[normalise(cell) for cell in cells] for cells in pasted_table(text)]
    table = [cells for cells in table if any(cells)]
    if not table:
        raise ValueError("Chưa có dòng nào. Anh/chị chép cả bảng trong Excel rồi dán vào đây.")
    places = _places(table[0])
    first = 1 if places else 0
    if len(table) - first > MOST_ROWS:
        raise ValueError(f"Danh sách quá {MOST_ROWS} dòng. Anh/chị chia nhỏ rồi kiểm lần lượt.")
    places = places or _without_head(table[0])
    if "name" not in places or "kind" not in places:
        raise ValueError(
            "Cần ít nhất cột họ tên (hoặc tên tập thể) và cột danh hiệu, hình thức. "
            "Anh/chị chép cả dòng đầu đề."
        )
    return [
        Line(number, _cell(cells, places, "name"), _cell(cells, places, "unit"), _cell(cells, places, "kind"))
        for number, cells in enumerate(table[first:], start=first + 1)
    ]


def _places(head: Sequence[str]) -> dict[str, int]:
    """Which column stands where, when the first row is a head; a list of units has no names besides."""
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        words = search_key(cell)
        key = next((key for key, heads in HEADS.items() if any(one in words for one in heads)), "")
        if key and key not in found and not _is_kind(cell):
            found[key] = at
    if "name" not in found and "unit" in found:
        found["name"] = found.pop("unit")
    return found if "name" in found and "kind" in found else {}


def _is_kind(cell: str) -> bool:
    """The cell names a title or form: the row is no head."""
    return bool(kind_named(cell))


def _without_head(cells: Sequence[str]) -> dict[str, int]:
    """Name, unit, title in this order; a leading number is passed over; two columns are name and title."""
    shift = 1 if cells[0].rstrip(".").isdigit() else 0
    keys = IN_ORDER if len(cells) - shift >= len(IN_ORDER) else ("name", "kind")
    return {key: at + shift for at, key in enumerate(keys) if at + shift < len(cells)}


def _cell(cells: Sequence[str], places: dict[str, int], key: str) -> str:
    at = places.get(key)
    return cells[at][:300] if at is not None and at < len(cells) else ""


class Recogniser:
    """Finds whom rows mean, among the units one may see, in a few queries for the whole list."""

    def __init__(self, lines: Sequence[Line], seen: set[int]) -> None:
        self.seen = seen
        self.units = units_named()
        named = {loose_key(line.unit) for line in lines}
        self.people = people_named(unit.pk for key in named for unit in self.units.get(key, []))
        self.anywhere = people_called([line.name for line in lines if not line.unit], seen)
        self.near: dict[tuple[str, str, int | None], Line] = {}

    def find(self, line: Line) -> Line:
        """Fill in what the row means, or say why not."""
        line.kind = kind_named(line.words)
        missing = "họ tên hoặc tên tập thể" if not line.name else "" if line.words else "danh hiệu, hình thức"
        if missing:
            line.fault = f"Thiếu {missing}."
            return line
        if not line.kind:
            line.fault = f"“{line.words}” không có trong danh mục danh hiệu, hình thức."
            return line
        try:
            unit, person = self._subject(line)
        except ValueError as fault:
            line.fault = str(fault)
            return line
        line.unit_id, line.person_id = unit.pk, person.pk if person else None
        return line

    def _subject(self, line: Line) -> tuple[Unit, Person | None]:
        recipients = kind_of_code(line.kind).recipients
        if "ca_nhan" not in recipients or (not line.unit and self.units.get(loose_key(line.name))):
            return self._unit(line.name), None
        own = self.units.get(loose_key(line.name)) if "tap_the" in recipients else None
        if own:
            return self._unit(line.name), None
        if not line.unit:
            return self._only_one(line.name)
        unit = self._unit(line.unit)
        found = self.people.get((unit.pk, loose_key(line.name)), [])
        if len(found) != 1:
            how_many = "Không tìm thấy" if not found else f"Có {len(found)} người tên"
            raise ValueError(f"{how_many} “{line.name}” ở {unit}.")
        return unit, found[0]

    def _only_one(self, name: str) -> tuple[Unit, Person]:
        """A person without a unit beside the name: the one of that name among the units one may see."""
        found = self.anywhere.get(loose_key(name), [])
        if not found:
            raise ValueError(f"Không tìm thấy “{name}” ở đơn vị nào anh/chị theo dõi.")
        if len({person.pk for _, person in found}) > 1:
            places = ", ".join(sorted({unit.name for unit, _ in found}))
            raise ValueError(f"Có nhiều người tên “{name}” ({places}). Ghi thêm cột đơn vị.")
        return found[-1]

    def _unit(self, name: str) -> Unit:
        found = self.units.get(loose_key(name), [])
        if len(found) != 1:
            how_many = "Không tìm thấy" if not found else f"Có {len(found)}"
            raise ValueError(f"{how_many} đơn vị tên “{name}”.")
        if found[0].pk not in self.seen:
            raise ValueError(f"{found[0]} không thuộc phạm vi anh/chị theo dõi.")
        return found[0]

    def find_twin(self, line: Line) -> Line:
        """Say which earlier row proposes the same subject, or nearly the same name, for the same kind."""
        key = loose_key(line.name)
        for short in nearly(key):
            other = self.near.get((short, line.kind or line.words, line.unit_id))
            if other is not None and not self._told_apart(line, other):
                same = other.person_id == line.person_id and loose_key(other.name) == key
                line.twin = f"{'Trùng' if same else 'Gần giống'} dòng {other.number} ({other.name})."
                break
        for short in nearly(key):
            self.near.setdefault((short, line.kind or line.words, line.unit_id), line)
        return line

    @staticmethod
    def _told_apart(line: Line, other: Line) -> bool:
        if None not in (line.person_id, other.person_id):
            return line.person_id != other.person_id
        return NUMBERS.findall(line.name) != NUMBERS.findall(other.name)
