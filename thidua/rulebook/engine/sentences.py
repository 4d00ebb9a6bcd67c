"""Facts and expectations told in Vietnamese sentences, as a jurist writes and corrects them.

A case is a paragraph: a title line, sentences of facts, then lines “Ngày …: xét … → …”. “Như trên, nhưng …”
starts from the facts of the case before. A sentence nobody understands is refused with its line.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from thidua.rulebook.engine import told
from thidua.rulebook.engine.facts import DISCIPLINES, OCCUPATIONS, Facts
from thidua.rulebook.engine.facts import MEMBERS as MEMBER_COUNTS
from thidua.rulebook.engine.lookups import Listed, Lookup, read_listed, read_lookups
from thidua.rulebook.engine.reading import kind_word, read_facts, statement_keys
from thidua.rulebook.engine.told import BadFile

OUTCOMES = {
    "đủ": "eligible",
    "chưa đủ": "not_yet",
    "không được xét": "excluded",
    "cần kiểm tra": "needs_review",
}
Data = dict[str, Any]


class Expected(NamedTuple):
    """What a reason must come out as; `reading`: if what is in doubt is right; `since`: the earliest year."""

    code: str
    status: str
    reading: str
    since: str


@dataclass(frozen=True)
class Asked:
    """One question of a case: on a day, of a kind, with the answer and what must be cited in it."""

    place: str
    on: date
    kind: str
    outcome: str
    cited: str = ""
    earliest: int | None = None
    province: str = ""
    followed: date | None = None  # “theo luật ngày …”
    reading: str = ""  # “đúng như ghi thì đủ”
    noted: bool | None = None  # “có lưu ý”, “không lưu ý”
    gone: str = ""  # “không còn MÃ”: no reason has this code
    codes: tuple[Expected, ...] = ()  # “MÃ đạt”, “MÃ chưa đạt”: some reason with this code came out so
    said: tuple[str, ...] = ()  # “nói “…””: some reason says so
    lacking: str | None = None  # “thiếu sáng kiến”: among what is missing; “không thiếu gì”: nothing is
    weighed: str | None = None  # “để bình xét tiêu biểu”, “không để bình xét gì”


@dataclass
class Case:
    """Trường hợp: facts and questions, where they stand and how they are called."""

    place: str
    title: str
    data: Data = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    lookups: list[Lookup] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    beside: Data = field(default_factory=dict)  # the facts of the case before it

    @functools.cached_property
    def facts(self) -> Facts:
        """The facts it tells."""
        return self._read(self.data)

    @property
    def before(self) -> Facts:
        """The facts of the case before it, which may stand in one list with it."""
        return self._read(self.beside)

    def _read(self, data: Data) -> Facts:
        try:
            return read_facts(data)
        except BadFile as fault:
            raise BadFile(f"{self.place}: {fault}") from None


def read_cases(path: Path) -> list[Case]:
    """The cases of a file: paragraphs parted by empty lines; a line that begins with # is a remark."""
    cases: list[Case] = []
    for number, lines in _paragraphs(path.read_text(encoding="utf-8")):
        cases.append(
            _case(f"{path.name}:{number}", number, lines, cases[-1].data if cases else {}, path.name)
        )
    return cases


def _paragraphs(text: str) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    fresh = True
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            fresh = True
            continue
        if fresh:
            found.append((number, []))
        found[-1][1].append(line.strip())
        fresh = False
    return found


def _case(place: str, first: int, lines: list[str], before: Data, file: str) -> Case:
    case = Case(place, lines[0].rstrip("."), beside=before)
    for number, line in enumerate(lines[1:], first + 1):
        here = f"{file}:{number}"
        if line.startswith("Ngày "):
            found, listed = read_lookups(line, here), read_listed(line, here)
            case.lookups += found
            case.listed += listed
            case.asked += [] if found or listed else _asked(line, here)
            continue
        for sentence in re.split(r"(?<=[^\d\s])\.\s*|(?<=\d)\.(?:\s+|$)", line):
            if sentence.strip():
                _tell(case, sentence.strip(), before, here)
    if not case.asked and not case.lookups and not case.listed:
        raise BadFile(f"{place}: trường hợp không hỏi gì; thêm dòng “Ngày …: xét … → đủ”.")
    return case


def _tell(case: Case, sentence: str, before: Data, place: str) -> None:
    if sentence.lower().startswith("như trên"):
        case.data = {
            key: dict(one) if isinstance(one, dict) else list(one) if isinstance(one, list) else one
            for key, one in before.items()
        }
        sentence = re.sub(r"^như trên,?\s*(nhưng\s+)?", "", sentence, flags=re.IGNORECASE)
    for part in sentence.split(";"):
        if part.strip():
            _say(case.data, part.strip(), place)


DAY = r"\d{1,2}/\d{1,2}/\d{4}"
ASKED = re.compile(
    r"Ngày (?P<days>[\d/, ]+)(?: tại (?P<province>[\w-]+))?: "
    r"xét (?P<kind>.+?) → (?P<answer>[^,;(]+)(?P<rest>.*)"
)


STATUSES = "đạt|chưa đạt|cần kiểm tra|loại trừ"
CODES = re.compile(rf"\b([A-Z][A-Z0-9_]+) ({STATUSES})(?: nếu đúng thì ({STATUSES}))?(?: \(từ (\d{{4}})\))?")


def _asked(line: str, place: str) -> list[Asked]:
    found = ASKED.match(line)
    if not found:
        raise BadFile(
            f"{place}: không hiểu câu hỏi. Ghi như “Ngày 01/12/2025: xét CSTD_TINH → đủ (Điều 22 khoản 1)”."
        )
    outcome = OUTCOMES[told.one_of(found["answer"].strip(" ."), OUTCOMES, place)]
    cited = re.search(r"\(((?:Điều|Mục|Mẫu|Phụ lục) .+?)\)", found["rest"])
    year = re.search(r"sớm nhất (?:năm )?(\d{4})", found["rest"])
    followed = re.search(rf"theo luật ngày ({DAY})", found["rest"])
    reading = re.search(r"đúng như ghi thì ([^,;(.]+)", found["rest"])
    noted = re.search(r"(có|không) lưu ý", found["rest"])
    gone = re.search(r"không còn (\w+)", found["rest"])
    return [
        Asked(
            codes=tuple(Expected(*one) for one in CODES.findall(found["rest"])),
            said=tuple(re.findall(r"nói “([^”]+)”", found["rest"])),
            lacking=_after(r"thiếu ([^,;(]+)", found["rest"]),
            weighed=_after(r"để bình xét ([^,;(]+)", found["rest"]),
            followed=told.day(followed[1], place) if followed else None,
            reading=OUTCOMES[told.one_of(reading[1].strip(), OUTCOMES, place)] if reading else "",
            noted=noted[1] == "có" if noted else None,
            gone=gone[1] if gone else "",
            place=place,
            on=told.day(one.strip(), place),
            kind=kind_word(found["kind"], place),
            outcome=outcome,
            cited=cited[1] if cited else "",
            earliest=int(year[1]) if year else None,
            province=found["province"] or "",
        )
        for one in found["days"].split(",")
    ]


def _after(pattern: str, rest: str) -> str | None:
    """What is expected to be named; nothing at all for “gì”; not asked when not written."""
    found = re.search(pattern, rest)
    return found and found[1].strip(" .").removesuffix("gì")


def _say(data: Data, sentence: str, place: str) -> None:
    """Put what one sentence says into the facts."""
    for pattern, put in SAYINGS:
        found = pattern.fullmatch(sentence)
        if found:
            put(data, found.groupdict(), place)
            return
    raise BadFile(f"{place}: không hiểu câu “{sentence}”. Các câu hiểu được có trong docs/spec/su-kien-1.md.")


def years(text: str) -> list[int]:
    """Years: “2021–2023, 2025”."""
    found: list[int] = []
    for part in re.split(r",\s*|\s+và\s+", text.strip()):
        ends = [int(one) for one in re.split(r"\s*[–-]\s*", part)]
        found += range(ends[0], ends[-1] + 1)
    return found


def _recipient(data: Data, found: Data, place: str) -> None:
    data["recipient"] = {"cá nhân": "ca_nhan", "tập thể": "tap_the", "hộ gia đình": "ho_gia_dinh"}[
        found["who"].lower()
    ]
    data.update(
        honours=[], initiatives=[], discipline=[], pending=[], positions=[], ratings={}, statements={}
    )
    if found["who"].lower() == "cá nhân":
        data["recruited"] = "2000-01-01"
        data["sex"] = "nam"


def _set(key: str, read: Callable[[str], Any]) -> Callable[[Data, Data, str], None]:
    def put(data: Data, found: Data, place: str) -> None:
        data[key] = read(found["value"])

    return put


def _ratings(data: Data, found: Data, place: str) -> None:
    for year in years(found["years"]):
        data.setdefault("ratings", {})[str(year)] = found["rating"]


def _honours(data: Data, found: Data, place: str) -> None:
    ground = found.get("ground") or "công trạng"
    decided = {"date": found["decided"]} if found["decided"] else {}
    data["honours"] += [
        {"kind": found["kind"], "year": year, "ground": ground, **decided} for year in years(found["years"])
    ]


def _no_honours(data: Data, found: Data, place: str) -> None:
    gone, kind = set(years(found["years"])), kind_word(found["kind"], place)
    data["honours"] = [
        one for one in data["honours"] if not (kind_word(one["kind"], place) == kind and one["year"] in gone)
    ]


def _initiatives(data: Data, found: Data, place: str) -> None:
    used = [found["used"]] if found.get("used") else []
    one = {"year": int(found["year"]), "reach": found["reach"], "work": found["work"], "used_for": used}
    one["name"] = found["name"] or ""
    data["initiatives"] += [dict(one) for _ in range(int(found["count"]))]


def _discipline(data: Data, found: Data, place: str) -> None:
    had = data["discipline"] if found["again"] else []
    data["discipline"] = [*had, {"form": found["form"], "date": found["on"], "ends": found.get("ends")}]


def _pending(data: Data, found: Data, place: str) -> None:
    matter = {
        "kỷ luật": "ky_luat",
        "điều tra": "dieu_tra",
        "khiếu nại, tố cáo": "khieu_nai",
        "báo chí nêu": "bao_chi",
    }
    term = {key: found[one] for key, one in (("from", "since"), ("to", "until")) if found[one]}
    data["pending"] = [{"matter": matter[found["matter"]], "cleared": bool(found["cleared"]), **term}]


def _position(data: Data, found: Data, place: str) -> None:
    data["positions"] += [{"post": found["post"], "from": found["start"], "to": found.get("end")}]


def _members(data: Data, found: Data, place: str) -> None:
    counts = {key: int(found[key]) for key in MEMBER_COUNTS if found[key] is not None}
    data["members"] = {found["year"]: counts}


def _statement(value: bool | None) -> Callable[[Data, Data, str], None]:
    def put(data: Data, found: Data, place: str) -> None:
        key = told.one_of(found["key"], statement_keys(), place)
        data["statements"][key] = value

    return put


def _unknown(data: Data, found: Data, place: str) -> None:
    names = {
        "khen thưởng": "honours",
        "sáng kiến": "initiatives",
        "kỷ luật": "discipline",
        "việc đang xem xét": "pending",
    }
    names |= {
        "ngày tuyển dụng": "recruited",
        "ngày thành lập": "founded",
        "đăng ký": "registered",
        "chức vụ": "positions",
    }
    names |= {"giới tính": "sex"}
    data[names[found["what"]]] = None


def _unknown_rating(data: Data, found: Data, place: str) -> None:
    for year in years(found["years"]):
        data["ratings"].pop(str(year), None)


def _registered(data: Data, found: Data, place: str) -> None:
    data["registered"] = years(found["years"])


def _forget(key: str, empty: Any) -> Callable[[Data, Data, str], None]:
    return lambda data, found, place: data.__setitem__(key, type(empty)())


YEARS = r"(?P<years>[\d–\-, và]+)"
FORMS = "|".join(DISCIPLINES.values())
MATTERS = "kỷ luật|điều tra|khiếu nại, tố cáo|báo chí nêu"
WORKS = (
    r"có (?P<count>\d+) (?P<work>sáng kiến|de_tai) (?:cấp |phạm vi )?(?P<reach>cơ sở|tỉnh|toàn quốc)"
    r" năm (?P<year>\d{4})(?: đã dùng xét (?P<used>\w+))?(?: tên “(?P<name>[^”]+)”)?"
)
MEMBERS = (
    r"năm (?P<year>\d{4}) có (?P<total>\d+) người, (?P<advanced>\d+) tiên tiến, (?P<completed>\d+) hoàn"
    r" thành, (?P<fighters>\d+) chiến sĩ thi đua cơ sở, (?P<warned>\d+) bị cảnh cáo(?:, (?P<women>\d+) nữ)?"
)
HONOURS = (
    rf"được tặng (?P<kind>\w+) (?:các )?năm {YEARS}(?: về (?P<ground>[\w ]+?))?"
    rf"(?: theo quyết định ngày (?P<decided>{DAY}))?"
)
DISCIPLINE = rf"(?P<again>lại )?bị (?P<form>{FORMS}) ngày (?P<on>{DAY})(, hết hạn ngày (?P<ends>{DAY}))?"
PENDING = (
    rf"đang có việc (?P<matter>{MATTERS})(?: từ ngày (?P<since>{DAY}))?(?: đến ngày (?P<until>{DAY}))?"
    r"(?P<cleared> đã có kết luận không vi phạm)?"
)
SAYINGS: list[tuple[re.Pattern[str], Callable[[Data, Data, str], None]]] = [
    (re.compile(pattern, re.IGNORECASE), put)
    for pattern, put in (
        (r"(?P<who>cá nhân|tập thể|hộ gia đình)", _recipient),
        (r"năm xét (?P<value>\d{4})", _set("year", int)),
        (r"là (?P<value>nam|nữ)", _set("sex", str)),
        (rf"là (?P<value>{'|'.join(OCCUPATIONS.values())})", _set("occupation", str)),
        (rf"tuyển dụng ngày (?P<value>{DAY})", _set("recruited", str)),
        (rf"thành lập ngày (?P<value>{DAY})", _set("founded", str)),
        (rf"cơ quan thẩm định nhận hồ sơ ngày (?P<value>{DAY})", _set("received", str)),
        (rf"xếp loại (?P<rating>[\w ]+?) (?:các )?năm {YEARS}", _ratings),
        (rf"chưa biết xếp loại năm {YEARS}", _unknown_rating),
        (rf"đăng ký thi đua (?:các )?năm {YEARS}", _registered),
        (rf"không được tặng (?P<kind>\w+) (?:các )?năm {YEARS}", _no_honours),
        (HONOURS, _honours),
        (r"không có sáng kiến", _forget("initiatives", [])),
        (WORKS, _initiatives),
        (DISCIPLINE, _discipline),
        (r"không bị kỷ luật", _forget("discipline", [])),
        (PENDING, _pending),
        (r"không có việc đang xem xét", _forget("pending", [])),
        (rf"giữ chức vụ (?P<post>\w+) từ ngày (?P<start>{DAY})(?: đến ngày (?P<end>{DAY}))?", _position),
        (MEMBERS, _members),
        (r"chưa biết số người", _forget("members", {})),
        (r"nêu (?P<key>\w+)", _statement(True)),
        (r"không có (?P<key>\w+)", _statement(False)),
        (r"chưa nêu (?P<key>\w+)", _statement(None)),
        (r"chưa biết (?P<what>[\w ]+)", _unknown),
    )
]  # fmt: skip
