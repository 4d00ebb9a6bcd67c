"""Questions to the tables in Vietnamese sentences: a value of a row, a bonus, how many may be proposed.

Ngày 01/12/2025: bảng tỷ lệ phiếu của Hội đồng, CSTD_TQ: share → 90% (Điều 33 khoản 5)
Ngày 01/12/2025: tiền thưởng CSTD_TQ cho cá nhân → 10.530.000 đồng
Ngày 01/12/2025: chỉ tiêu CO_CP trong 66 → 13
Ngày 01/07/2025: danh mục THON_VH: người quyết định → Chủ tịch Ủy ban nhân dân cấp xã
Ngày 01/12/2025: khi điều kiện như nhau → được ưu tiên
Ngày 01/12/2025: cùng danh sách với trường hợp trên → trùng sáng kiến “Số hóa hồ sơ”
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from thidua.rulebook import catalogue
from thidua.rulebook.engine import told
from thidua.rulebook.engine.facts import RECIPIENTS, Facts
from thidua.rulebook.engine.lists import preferred, quota, used_twice
from thidua.rulebook.engine.reading import kind_word
from thidua.rulebook.engine.tables import bonus, rows
from thidua.rulebook.engine.topics import TOPICS

HEAD = r"Ngày (?P<days>[\d/, ]+)(?: tại (?P<tenant>[\w-]+))?: "
ROW = re.compile(
    HEAD
    + r"bảng (?P<topic>.+), (?P<kind>\w+|mọi loại): (?P<key>\w+) → (?P<value>[^(]+?)(?: \((?P<cited>.+)\))?"
)
BONUS = re.compile(
    HEAD + r"tiền thưởng (?P<kind>\w+) cho (?P<who>cá nhân|tập thể|hộ gia đình)(?P<by> do xã)?"
    r" → (?P<value>không|[\d.]+ đồng)"
)
QUOTA = re.compile(HEAD + r"chỉ tiêu (?P<kind>\w+) trong (?P<of>\d+) → (?P<value>không|\d+)")
ENTRY = re.compile(HEAD + r"danh mục (?P<kind>\w+): (?P<key>tên|người quyết định|căn cứ) → (?P<value>.+)")
FIELDS = {"tên": "name", "người quyết định": "decided_by", "căn cứ": "source"}
TIE = re.compile(HEAD + r"khi điều kiện như nhau → (?P<value>được ưu tiên|không ưu tiên)")
TWICE = re.compile(
    HEAD + r"cùng danh sách với trường hợp trên → (?P<value>trùng sáng kiến “[^”]+”|không trùng sáng kiến)"
)
TOPIC_CODES = {words: code for code, words in TOPICS.items()}
RECIPIENT_CODES = {words: code for code, words in RECIPIENTS.items()}


@dataclass(frozen=True)
class Lookup:
    """One question to the tables on one day; `fault` says what came out otherwise."""

    place: str
    line: str
    on: date
    found: re.Match[str]

    def fault(self) -> str:
        """What is wrong; nothing when the tables say so."""
        ask = {ROW: self._row, BONUS: self._bonus, QUOTA: self._quota, ENTRY: self._entry}[self.found.re]
        said = ask()
        value = self.found["value"].strip()
        return "" if said == value else f"{self.place} {self.line}: mong {value}, ra {said}"

    def _kind(self) -> str:
        word = self.found["kind"]
        return "" if word == "mọi loại" else kind_word(word, self.place)

    def _row(self) -> str:
        topic = told.one_of(self.found["topic"], TOPIC_CODES, self.place)
        asked = rows(TOPIC_CODES[topic], self.on, self._kind(), self.found["tenant"] or "")
        value, cited = self.found["value"].strip(), self.found["cited"] or ""
        said = [
            str(row.values[self.found["key"]])
            for row in asked
            if self.found["key"] in row.values and cited in row.cited
        ]
        return value if value in said else ", ".join(said) or "không có dòng nào"

    def _bonus(self) -> str:
        who = RECIPIENT_CODES[self.found["who"]]
        found = bonus(self._kind(), who, self.on, by="xa" if self.found["by"] else "")
        return f"{found.amount:,} đồng".replace(",", ".") if found else "không"

    def _quota(self) -> str:
        found = quota(self._kind(), self.on, int(self.found["of"]), self.found["tenant"] or "")
        return str(found.most) if found else "không"

    def _entry(self) -> str:
        found = [one for one in catalogue.kinds(self.on) if one.code == self._kind()]
        return getattr(found[0], FIELDS[self.found["key"]]) if found else "không có"


def read_lookups(line: str, place: str) -> list[Lookup]:
    """The questions to the tables in a line; none when it asks something else."""
    for pattern in (ROW, BONUS, QUOTA, ENTRY):
        found = pattern.fullmatch(line)
        if found:
            days = [told.day(one.strip(), place) for one in found["days"].split(",")]
            return [Lookup(place, line, on, found) for on in days]
    return []


@dataclass(frozen=True)
class Listed:
    """One question about a subject in a list with others; `fault` says what came out otherwise."""

    place: str
    line: str
    on: date
    found: re.Match[str]

    def fault(self, facts: Facts, before: Facts) -> str:
        """What is wrong; nothing when the rules about lists say so."""
        said = self._tie(facts) if self.found.re is TIE else self._twice(facts, before)
        return "" if said == self.found["value"] else f"{self.place} {self.line}: ra {said}"

    def _tie(self, facts: Facts) -> str:
        first = preferred(facts, facts.judged_year(self.on), self.on)
        return "được ưu tiên" if first else "không ưu tiên"

    def _twice(self, facts: Facts, before: Facts) -> str:
        names = ", ".join(f"“{name}”" for name in used_twice([before, facts]))
        return f"trùng sáng kiến {names}" if names else "không trùng sáng kiến"


def read_listed(line: str, place: str) -> list[Listed]:
    """The questions of a line about a list; none when it asks something else."""
    found = TIE.fullmatch(line) or TWICE.fullmatch(line)
    days = found["days"].split(",") if found else []
    return [Listed(place, line, told.day(one.strip(), place), found) for one in days if found]
