"""The catalogue of titles and forms, as the law of a day has it. Plain Python; the law stands in `texts/`.

kinds(date(2019, 12, 16))  -> every kind of that day
kind("CO_TINH", date(2019, 12, 16)).name
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

SAFE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXT = Path(__file__).parent / "texts" / "catalogue.yaml"
GROUPS = {"danh_hieu": "Danh hiệu thi đua", "hinh_thuc": "Hình thức khen thưởng"}
RECIPIENTS = {"ca_nhan": "cá nhân", "tap_the": "tập thể", "ho_gia_dinh": "hộ gia đình"}
LEVELS = {"co_so": "cơ sở", "tinh": "tỉnh", "nha_nuoc": "Nhà nước"}


@dataclass(frozen=True, kw_only=True)
class HonourKindText:
    """Danh hiệu hoặc hình thức, as one era of the law words it; `ends` is the first day of the next."""

    code: str
    group: str
    recipients: tuple[str, ...]
    level: str
    name: str
    short: str
    decided_by: str
    source: str
    starts: date
    ends: date | None
    rhythm: str  # khi nào xét
    law_name: str = ""  # as the law prints it, where the decision prints it otherwise
    special: str = ""  # only for these people, not laid before everybody
    review: str = ""  # what a jurist has still to confirm; empty when nothing

    def __str__(self) -> str:
        return self.name

    @property
    def is_title(self) -> bool:
        """Danh hiệu thi đua, not hình thức khen thưởng."""
        return self.group == "danh_hieu"

    @property
    def needs_review(self) -> bool:
        """Something in this row is not certain."""
        return bool(self.review)

    def suits(self, recipient: str) -> bool:
        """It may be given to such a recipient: “ca_nhan”, “tap_the” or “ho_gia_dinh”."""
        return recipient in self.recipients

    def holds_on(self, on: date) -> bool:
        """The era holds the day."""
        return self.starts <= on and (self.ends is None or on < self.ends)


@functools.cache
def eras() -> tuple[HonourKindText, ...]:
    """Every kind in every era, in the order of the text. Raises ValueError when the text is malformed."""
    return tuple(era for row in load(TEXT) for era in _eras_of(row))


def load(path: Path) -> Any:
    """A YAML file, or a refusal with the line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE)  # noqa: S506  # a safe one
    except yaml.YAMLError as fault:
        raise ValueError(f"{path.name}: không đọc được YAML: {fault}") from None


def kinds(on: date) -> list[HonourKindText]:
    """The kinds there are on a day, highest first within titles and within forms as the text lists them."""
    return [era for era in eras() if era.holds_on(on)]


@functools.lru_cache(maxsize=4096)
def kind(code: str, on: date | None = None) -> HonourKindText:
    """The kind of this code on a day; its latest era without one. Raises LookupError for an unknown code."""
    found = [era for era in eras() if era.code == code]
    of_day = [era for era in found if on is not None and era.holds_on(on)]
    if not found:
        raise LookupError(f"Không có danh hiệu, hình thức nào mang mã {code}")
    return (of_day or found[-1:])[0]


def name_of(code: str, on: date | None = None) -> str:
    """Its name on a day, or the code itself for one the catalogue does not know."""
    try:
        return kind(code, on).name
    except LookupError:
        return code


@functools.cache
def _codes() -> dict[str, str]:
    """Every code by its names of all eras, and by itself."""
    words = ((era.code, word) for era in eras() for word in (era.code, era.name, era.short, era.law_name))
    return {word.casefold(): code for code, word in words if word}


def code_of(words: str) -> str | None:
    """The code of a kind told by its name, its short name or the code; None for one the catalogue lacks."""
    return _codes().get(" ".join(words.split()).casefold())


CODE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


def with_names(text: str) -> str:
    """A text in which codes of the catalogue are told by their names."""
    return CODE.sub(lambda found: name_of(found[0]), text)


@functools.cache
def short_of(code: str) -> str:
    """Its short name, or the code itself."""
    try:
        return kind(code).short
    except LookupError:
        return code


def _eras_of(row: dict[str, Any]) -> list[HonourKindText]:
    """The eras of one kind, each ending where the next begins, or on its own last day."""
    _check(row)
    starts = [era["from"] for era in row["eras"]]
    return [
        HonourKindText(
            code=row["code"],
            group=row["group"],
            recipients=tuple(row["recipients"]),
            level=row["level"],
            rhythm=row["rhythm"],
            law_name=row.get("law_name", ""),
            special=row.get("special", ""),
            starts=era["from"],
            ends=era.get("to", ends),
            **{key: era[key] for key in ("name", "short", "decided_by", "source")},
            review=era.get("review", ""),
        )
        for era, ends in zip(row["eras"], [*starts[1:], None], strict=True)
    ]


def _check(row: dict[str, Any]) -> None:
    """Refuse a row that a reader of the law could misunderstand."""
    starts = [era["from"] for era in row["eras"]]
    unknown = set(row) - {"code", "group", "recipients", "level", "rhythm", "law_name", "special", "eras"}
    faults = [
        (bool(unknown), f"khóa lạ {unknown}"),
        (row["group"] not in GROUPS, "nhóm lạ"),
        (not row["recipients"] or set(row["recipients"]) - set(RECIPIENTS) != set(), "đối tượng lạ"),
        (row["level"] not in LEVELS, "cấp lạ"),
        (not row.get("rhythm"), "thiếu rhythm, khi nào xét"),
        (not starts or starts != sorted(set(starts)), "các kỳ không nối tiếp nhau"),
    ]
    for is_fault, words in faults:
        if is_fault:
            raise ValueError(f"{row['code']}: {words}")
