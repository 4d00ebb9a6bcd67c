"""A part of a file as it was written: read by name and kind, refused with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.numbers import read_number

SHOWN = 20  # letters of what was not understood
_DAY = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})|(?:(?P<d2>\d{1,2})[/.\-])?(?P<m2>\d{1,2})[/.\-](?P<y2>\d{4})"
)


class BadFile(ValueError):
    """What is wrong in a file, where, and what would mend it; in Vietnamese."""


@dataclass
class Told:
    """A mapping of the file, and the way to it from the top."""

    values: Mapping[str, Any]
    place: str
    asked: set[str] = field(default_factory=set)
    line: int = 0  # of the file, where the file tells lines

    @classmethod
    def of(cls, value: Any, place: str) -> Told:
        """A mapping, or a refusal."""
        if not isinstance(value, Mapping):
            raise BadFile(f"{place}: phải ghi thành các dòng “tên: giá trị”.")
        return cls({str(key): one for key, one in value.items()}, place, line=getattr(value, "line", 0))

    def at(self, key: str = "") -> str:
        """The way to this part or to a value of it, with its line of the file."""
        way = f"{self.place}.{key}" if key else self.place
        return f"{way} (dòng {self.line})" if self.line else way

    def get(self, key: str, default: Any = None) -> Any:
        """Whatever stands there."""
        self.asked.add(key)
        return self.values.get(key, default)

    def has(self, key: str) -> bool:
        """It is written, and not empty."""
        return self.get(key) is not None

    def number(self, key: str, default: Decimal | None = None) -> Decimal:
        """A number; without one the default, and a refusal when there is none."""
        found = self.maybe_number(key)
        if found is None and default is None:
            raise BadFile(f"{self.at()}: thiếu “{key}”. {self._mistyped(key, 'Ghi một số.')}")
        return found if found is not None else default  # type: ignore[return-value]  # one of them stands

    def maybe_number(self, key: str) -> Decimal | None:
        """A number or nothing."""
        given = self.get(key)
        if given is None:
            return None
        found = read_number(given)
        if found is None:
            words = str(given)
            if len(words) > SHOWN and words.isdecimal():
                raise BadFile(f"{self.at(key)}: số “{words[:SHOWN]}…” quá lớn.")
            raise BadFile(f"{self.at(key)}: không hiểu số “{words[:SHOWN]}”. Ghi như 0,5 hoặc 3.5.")
        return found

    def measure(self, key: str) -> Decimal:
        """A number that may be written with a percent sign; a refusal when there is none."""
        found = self.maybe_measure(key)
        return self.number(key) if found is None else found

    def maybe_measure(self, key: str) -> Decimal | None:
        """The same, or nothing."""
        given = self.get(key)
        found = read_number(given.strip().removesuffix("%")) if isinstance(given, str) else None
        return self.maybe_number(key) if found is None else found

    def text(self, key: str, default: str | None = None) -> str:
        """Words."""
        given = self.get(key)
        if given is None:
            if default is None:
                raise BadFile(f"{self.at()}: thiếu “{key}”. {self._mistyped(key)}".rstrip())
            return default
        if isinstance(given, Mapping | list):
            raise BadFile(f"{self.at(key)}: phải là chữ.")
        return str(given).strip()

    def day(self, key: str) -> date | None:
        """A day, 21/4/2022 or 2022-04-21."""
        given = self.get(key)
        found = read_day(given)
        if given is not None and found is None:
            raise BadFile(f"{self.at(key)}: không hiểu ngày “{given}”. Ghi như 21/4/2022.")
        return found

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Yes or no."""
        given = self.get(key, default)
        if not isinstance(given, bool):
            raise BadFile(f"{self.at(key)}: ghi true hoặc false.")
        return given

    def word(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """One of these words."""
        given = self.text(key, default)
        if given not in choices:
            raise BadFile(f"{self.at(key)}: không hiểu “{given}”. {nearest(given, choices)}")
        return given

    def parts(self, key: str) -> Iterator[Told]:
        """The mappings of a list."""
        given = self.get(key, [])
        if not isinstance(given, list):
            raise BadFile(f"{self.at(key)}: phải là danh sách, mỗi mục bắt đầu bằng dấu gạch ngang.")
        for at, one in enumerate(given, 1):
            name = one.get("code", at) if isinstance(one, Mapping) else at
            yield Told.of(one, f"{self.place}.{key}[{name}]")

    def whole(self, key: str, default: int | None = None, *, least: int = 0, most: int = 1000) -> int:
        """A whole number within both ends."""
        found = self.number(key, None if default is None else Decimal(default))
        if found != found.to_integral_value() or not least <= found <= most:
            raise BadFile(f"{self.at(key)}: phải là số nguyên từ {least} đến {most}.")
        return int(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A word, or a list of words."""
        given = self.get(key, [])
        words = given if isinstance(given, list) else [given]
        if any(isinstance(word, Mapping | list) for word in words):
            raise BadFile(f"{self.at(key)}: phải là chữ, hoặc danh sách chữ.")
        return tuple(str(word).strip() for word in words if word is not None)

    def part(self, key: str) -> Told:
        """The mapping under a name."""
        return Told.of(self.get(key), f"{self.place}.{key}")

    def done(self) -> None:
        """Refuse what nobody asked for: a name typed wrongly must not pass in silence."""
        unknown = [key for key in self.values if key not in self.asked]
        if unknown:
            told = " ".join(f"Không có mục nào tên “{key}”. {self._hint(key)}" for key in unknown)
            raise BadFile(f"{self.at()}: {told[0].lower()}{told[1:]}")

    def _mistyped(self, key: str, otherwise: str = "") -> str:
        """What stands there instead of a name that is missing, when it looks like it."""
        near = difflib.get_close_matches(key, [one for one in self.values if one not in self.asked], n=1)
        return f"“{near[0]}” có phải là “{key}” không?" if near else otherwise

    def _hint(self, key: str) -> str:
        """“{max: 9,5}” reads as 9 for the maximum, and 5 for nothing."""
        if key.isdecimal() and self.values[key] is None:
            return "Trong dòng {…} số có dấu phẩy phải đặt trong ngoặc kép."
        return nearest(key, tuple(self.asked))


def nearest(given: str, choices: tuple[str, ...]) -> str:
    """“Có phải “bands” không?”, or all that may be written."""
    near = difflib.get_close_matches(given, choices, n=1)
    return f"Có phải “{near[0]}” không?" if near else f"Được ghi: {', '.join(sorted(choices))}."


def read_day(told: object) -> date | None:
    """21/4/2022 or 2022-04-21; of 11/2022 the first day; None when it is no day."""
    found = _DAY.fullmatch(str(told).strip()) if told is not None else None
    if found is None:
        return None
    names = ("y", "m", "d") if found["y"] else ("y2", "m2", "d2")
    try:
        return date(*(int(found[name] or 1) for name in names))
    except ValueError:
        return None


def day_said(day: date) -> str:
    """21/04/2022."""
    return f"{day:%d/%m/%Y}"
