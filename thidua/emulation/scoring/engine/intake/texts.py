"""“Cách chấm” in words made into rules, where only one reading is possible."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from thidua.emulation.scoring.engine.intake.headers import fold

FEWEST = 2  # a single band is a condition, not a scale
N = r"[+\-−–]?\d+(?:[.,]\d+)?"
COUNTED = (  # what is counted in whole numbers
    r"(?:vụ|việc|tin|bài|lượt|lần|mô hình|người|hồ sơ|văn bản|buổi|cuộc|sáng kiến|đơn|hộ|ngày|báo cáo"
    r"|trường hợp|đề tài|tập thể|cá nhân|công trình|đồng chí|phong trào|gương|giải pháp"
    r"|thủ tục|dịch vụ|đảng viên|đoàn viên)"
)
_UNIT = rf"\s*(?:%|phần trăm|{COUNTED}(?:\s*,\s*{COUNTED})*\b)?"
_POINTS = rf"(?P<points>{N})\s*(?:điểm|đ)\b"
_LOW = rf"(?P<low>từ|trên|hơn|≥|>=|>|đạt từ|đạt trên|đạt)\s*(?P<from>{N}){_UNIT}(?P<up>\s*trở lên)?"
_HIGH = rf"(?P<high>đến dưới|[-–]\s*dưới|[-–]\s*<|đến|tới|dưới|nhỏ hơn|≤|<=|<|-|–)\s*(?P<to>{N}){_UNIT}"
_BAND = re.compile(
    rf"^(?P<lead>[^\d<>≥≤]*?)(?:{_LOW}\s*,?\s*(?:và\s*)?)?(?:{_HIGH}(?P<down>\s*trở xuống)?)?\s*"
    rf"(?::|→|=>|=|thì|được|đạt|chấm|cho|tính|,|-|–)+\s*(?:được|chấm|đạt|cho)?\s*{_POINTS}\.?$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"^(?P<from>{N}){_UNIT}\s*(?:-|–|đến)\s*(?P<less><|dưới)?\s*(?P<to>{N}){_UNIT}\s*(?::|→|=>|=|được)\s*{_POINTS}\.?$",
    re.IGNORECASE,
)
_REST = re.compile(
    r"^(?:còn lại|các trường hợp còn lại|trường hợp khác|khác|không có|không đạt|không thực hiện)\b"
    rf".*?{_POINTS}\.?$",
    re.IGNORECASE,
)
_EACH = r"(?<![\d/\w])(?:cứ\s+)?(?:mỗi|từng|cứ|01|một|1)\s+(?P<what>[^\d:;]*?(?:\d+\s*%[^\d:;]*?)?)"
_TAKE = r"(?:bị\s+)?(?:trừ)"
_GIVE = r"(?:được\s+)?(?:cộng thêm|thưởng thêm|cộng|thưởng|thêm)"
_CAP = re.compile(
    r"(?:tối đa|không quá|không vượt quá|nhiều nhất)\s*(?:là\s*)?"
    rf"(?P<cap>{N})\s*(?:điểm|đ)?\b",
    re.IGNORECASE,
)
_PER = r"(?:/|cho mỗi|mỗi|trên mỗi)\s*(?:01|1|một)?\s*(?P<per>[^\d,.;:]+)"
_AMOUNT = rf"(?P<each>{N})(?![\d,.]*\s*%)\s*(?:điểm|đ)?"
_STEPS = re.compile(
    rf"(?P<past>trên|vượt|từ|đạt từ|đạt trên|≥|>)\s*(?P<start>{N})\s*%?.*?{_GIVE}\s*(?P<first>{N})"
    r"\s*(?:điểm|đ)?.*?"
    rf"(?:cứ|mỗi|thêm|tăng)[^\d]*(?P<step>{N})\s*%[^\d]*?{_GIVE}?\s*(?P<each>{N})\s*(?:điểm|đ)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"\n|;|,\s*(?=còn lại)|(?<=[^\d])\.\s+(?=[A-ZĐÀ-Ỹ\-+•])|(?<=điểm)\.\s*")


@dataclass
class Understood:
    """What a text says of scoring, as data; from which words; and what was not understood."""

    rule: dict[str, Any] | None = None
    bonuses: list[dict[str, Any]] = field(default_factory=list)
    deductions: list[dict[str, Any]] = field(default_factory=list)
    caps: dict[str, str] = field(default_factory=dict)  # of all bonuses, of all deductions
    told: list[tuple[str, str]] = field(default_factory=list)  # words, as what they were understood
    left: list[str] = field(default_factory=list)

    @property
    def last(self) -> dict[str, Any] | None:
        """What counts cases and was said last: a deduction, a bonus, or the criterion's own count."""
        counted = self.rule if self.rule and self.rule["type"] == "count" else None
        lines = [*self.bonuses, *self.deductions]
        words = self.told[-1][1] if self.told else ""
        if words.startswith(("trừ", "thưởng")):
            return (self.deductions if words.startswith("trừ") else self.bonuses)[-1] if lines else None
        return counted

    @property
    def anything(self) -> bool:
        """Something was understood."""
        return bool(self.rule or self.bonuses or self.deductions)


def understand(text: str) -> Understood:
    """Read a text clause by clause."""
    found = Understood()
    clauses = list(_clauses(text))
    whole = re.sub(r"\s+", " ", text).strip()
    if len(clauses) > 1 and any(read(whole, found) for read in NAMED):
        return found
    bands, rest = _bands(clauses, found)
    if bands is not None and any(_gives_points(clause) for clause in rest):
        found.told.clear()  # a scale understood in part would be another scale
        bands, rest = None, clauses
    for clause in rest:
        if not any(read(clause, found) for read in READERS):
            found.left.append(clause)
    if bands is not None and found.rule is None:
        found.rule = bands
    elif bands is not None:
        found.left.append("; ".join(clause for clause in clauses if clause not in rest))
    return found


def _clauses(text: str) -> Iterator[str]:
    for part in _SENTENCES.split(text):
        clause = re.sub(r"^[-–+•*\s]+(?!\d)", "", part.strip()).strip(" .")
        if clause:
            yield re.sub(r"\s+", " ", clause)


def _bands(clauses: list[str], found: Understood) -> tuple[dict[str, Any] | None, list[str]]:
    """Clauses that are bands, when there are at least two of them; the others are left to read."""
    read = [(clause, band_of(clause)) for clause in clauses]
    bands = [band for _, band in read if band is not None]
    others = [clause for clause, band in read if band is None and _REST.match(clause)]
    if (
        len([*bands, *others]) < FEWEST
        or not bands
        or any(_speaks_of_change(clause) for clause, band in read if band)
    ):
        return None, clauses
    rule: dict[str, Any] = {"type": "bands", "bands": bands}
    rest = []
    for clause, band in read:
        other = _REST.match(clause) if band is None else None
        if other:
            rule["otherwise"] = plain(other["points"])
        elif band is None:
            rest.append(clause)
            continue
        found.told.append((clause, "mức"))
    if _counts(clauses, bands):
        rule["whole"] = True
    return rule, rest


def _counts(clauses: list[str], bands: list[dict[str, str]]) -> bool:
    """The scale counts cases: “từ 3 đến 5 sáng kiến” is followed by 6."""
    ends = [end for band in bands for key, end in band.items() if key != "points"]
    is_whole = all(re.fullmatch(r"\d+", end) for end in ends)
    return is_whole and any(re.search(rf"\d\s*{COUNTED}\b", clause, re.IGNORECASE) for clause in clauses)


def _gives_points(clause: str) -> bool:
    """“đạt 100%: 20 điểm”: a clause of a scale that is not read as one of its bands."""
    return re.search(rf"[:=→]\s*(?:được\s*)?{_POINTS}\.?$", clause, re.IGNORECASE) is not None


def _speaks_of_change(clause: str) -> bool:
    """“trừ”, “cộng”, “thưởng”: not the points of a band."""
    return re.search(r"\b(trừ|cộng|thưởng|giảm)\b", clause, re.IGNORECASE) is not None


def band_of(clause: str) -> dict[str, str] | None:
    """“từ 97% đến dưới 98%: 4 điểm”, “trên 98%: 5đ”, “60 - <80: 3 điểm”; None for anything else."""
    between = _RANGE.match(clause)
    if between:
        end = "below" if between["less"] else "to"
        return {"from": plain(between["from"]), end: plain(between["to"]), "points": plain(between["points"])}
    found = _BAND.match(clause)
    if found is None or not (found["low"] or found["high"]):
        return None
    band = {"points": plain(found["points"])}
    if found["low"]:
        is_over = fold(found["low"]) in {"tren", "hon", "dat tren"} or found["low"] == ">"
        if found["low"].lower() == "đạt" and not found["up"]:
            return None
        band["over" if is_over and not found["up"] else "from"] = plain(found["from"])
    if found["high"]:
        is_closed = found["high"].lower() in {"đến", "tới", "≤", "<=", "-", "–"} or bool(found["down"])
        band["to" if is_closed else "below"] = plain(found["to"])
    return band


def plain(number: str) -> str:
    """A number without its unit, its minus as typed on a keyboard."""
    return number.strip().replace("−", "-").replace("–", "-")


def _steps(clause: str, found: Understood) -> bool:
    """“Trên 92% thưởng 0,1 điểm, cứ thêm 1% thưởng 0,1 điểm, tối đa 0,5 điểm”."""
    told = _STEPS.search(clause)
    if told is None:
        return False
    rule: dict[str, Any] = {
        "type": "steps",
        "start": plain(told["start"]),
        "first": plain(told["first"]),
        "step": plain(told["step"]),
        "each": plain(told["each"]),
    }
    if fold(told["past"]) in {"tu", "dat tu"} or told["past"] == "≥":
        rule["inclusive"] = True
    if cap := _CAP.search(clause):
        rule["cap"] = plain(cap["cap"])
    found.bonuses.append({"title": _title(clause), "rule": rule})
    found.told.append((clause, "thưởng theo bước"))
    return True


def _cases(clause: str, found: Understood) -> bool:
    """“Mỗi báo cáo trễ trừ 0,5 điểm, tối đa 2 điểm”, “cộng 0,2 điểm/bài, không quá 1 điểm”."""
    for verb, into, word in (
        (_TAKE, found.deductions, "trừ theo việc"),
        (_GIVE, found.bonuses, "thưởng theo việc"),
    ):
        told = re.search(rf"{_EACH}{verb}\s*{_AMOUNT}", clause, re.IGNORECASE) or re.search(
            rf"{verb}\s*{_AMOUNT}\s*{_PER}", clause, re.IGNORECASE
        )
        if told is None:
            continue
        line = {"title": _title(clause), "each": plain(told["each"])}
        if cap := _CAP.search(clause):
            line["cap"] = plain(cap["cap"])
        into.append(line)
        found.told.append((clause, word))
        return True
    return False


def _once(clause: str, found: Understood) -> bool:
    """“Phát động sau ngày 31/01 trừ 1 điểm”: once."""
    for verb, into, word in (
        (_TAKE, found.deductions, "trừ một lần"),
        (_GIVE, found.bonuses, "thưởng một lần"),
    ):
        told = list(re.finditer(rf"{verb}\s*{_AMOUNT}", clause, re.IGNORECASE))
        if len(told) != 1 or not re.search(r"(điểm|đ)\b", clause[told[0].start() :]) or _CAP.search(clause):
            continue
        amount = plain(told[0]["each"])
        into.append({"title": _title(clause), "each": amount, "cap": amount.lstrip("-")})
        found.told.append((clause, word))
        return True
    return False


def _title(clause: str) -> str:
    """The case itself, without what it costs."""
    head = re.split(rf",?\s*(?:thì\s+)?(?:{_TAKE}|{_GIVE})\s*{N}", clause, maxsplit=1, flags=re.IGNORECASE)[0]
    return head.strip(" ,:-") or clause


def _shared_cap(clause: str, found: Understood) -> bool:
    """“Tổng điểm trừ không quá 1,5 điểm”: holds all deductions of the criterion."""
    cap = _CAP.search(clause)
    told = re.match(
        r"^(?:tổng\s+)?(?:số\s+)?(?:điểm\s+)?(trừ|cộng|thưởng)\b[^\d]*$",
        clause[: cap.start() if cap else None],
        re.IGNORECASE,
    )
    if cap is None or told is None:
        return False
    is_taken = told[1].lower() == "trừ"
    found.caps["deduction_cap" if is_taken else "bonus_cap"] = plain(cap["cap"])
    found.told.append((clause, "trần trừ" if is_taken else "trần thưởng"))
    return True


def _own_cap(clause: str, found: Understood) -> bool:
    """“Tối đa 30 điểm” as a clause of its own holds what was said just before."""
    cap = _CAP.fullmatch(clause)
    held = found.last
    if cap is None or held is None or "cap" in held:
        return False
    held["cap"] = plain(cap["cap"])
    found.told.append((clause, "trần của điều vừa nêu"))
    return True


def _count(clause: str, found: Understood) -> bool:
    """“Mỗi mô hình được 2 điểm, tối đa 10 điểm”: the criterion's own points."""
    told = re.search(rf"^{_EACH}(?:được|đạt|tính|chấm|:)\s*{_AMOUNT}", clause, re.IGNORECASE) or re.match(
        rf"{_AMOUNT}\s*{_PER}$", _CAP.sub("", clause).strip(" ,;()"), re.IGNORECASE
    )
    if told is None or found.rule is not None:
        return False
    found.rule = {"type": "count", "each": plain(told["each"])}
    if cap := _CAP.search(clause):
        found.rule["cap"] = plain(cap["cap"])
    found.told.append((clause, "theo số việc"))
    return True


def _named(name: str, word: str, *patterns: str) -> Callable[..., bool]:
    """A rule without parts, known by its words."""

    def read(clause: str, found: Understood) -> bool:
        if found.rule is not None or not any(re.search(one, fold(clause)) for one in patterns):
            return False
        found.rule = {"type": name}
        found.told.append((clause, word))
        return True

    return read


NAMED: tuple[Callable[..., bool], ...] = (
    _named(
        "relative",
        "so với đơn vị cao nhất",
        r"dieu 6\b",
        r"so voi don vi (vuot|cao|dan dau)",
        r"don vi (vuot )?cao nhat (dat|duoc) (diem )?toi da",
    ),
    _named(
        "percent",
        "theo phần trăm hoàn thành",
        r"(theo|bang) (ty|ti) le (% |phan tram )?(hoan thanh|thuc hien|dat)",
        r"theo (% |phan tram )(hoan thanh|thuc hien|dat|ket qua)",
        r"diem (toi da|chuan) (x|nhan) ?(ket qua|ty le|%|phan tram)",
    ),
    _named("direct", "ghi thẳng điểm", r"^(cham|nhap|ghi) (diem )?(truc tiep|thang)( diem)?$"),
    _named(
        "pass_fail",
        "đạt hoặc không đạt",
        r"^(cham )?dat( hoac | )khong dat$",
        r"^dat( duoc)?( diem toi da| \d+( \d+)? diem) (va )?(neu )?khong dat( duoc)? (khong|0)( diem)?$",
    ),
)
READERS: tuple[Callable[..., bool], ...] = (_shared_cap, _own_cap, _steps, _cases, _count, _once, *NAMED)
