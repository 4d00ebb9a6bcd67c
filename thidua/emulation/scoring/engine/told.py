"""A part of a file as it was written: read by name and kind, refused with its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.numbers import read_number


class BadFile(ValueError):
    """What is wrong in a file, where, and what would mend it; in Vietnamese."""


@dataclass
class Told:
    """A mapping of the file, and the way to it from the top."""

    values: Mapping[str, Any]
    place: str
    asked: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, value: Any, place: str) -> Told:
        """A mapping, or a refusal."""
        if not isinstance(value, Mapping):
            raise BadFile(f"{place}: phải ghi thành các dòng “tên: giá trị”.")
        return cls({str(key): one for key, one in value.items()}, place)

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
            raise BadFile(f"{self.place}: thiếu “{key}”. Ghi một số.")
        return found if found is not None else default  # type: ignore[return-value]  # one of them stands

    def maybe_number(self, key: str) -> Decimal | None:
        """A number or nothing."""
        given = self.get(key)
        if given is None:
            return None
        found = read_number(given)
        if found is None:
            raise BadFile(f"{self.place}.{key}: không hiểu số “{given}”. Ghi như 0,5 hoặc 3.5.")
        return found

    def text(self, key: str, default: str | None = None) -> str:
        """Words."""
        given = self.get(key)
        if given is None:
            if default is None:
                raise BadFile(f"{self.place}: thiếu “{key}”.")
            return default
        if isinstance(given, Mapping | list):
            raise BadFile(f"{self.place}.{key}: phải là chữ.")
        return str(given).strip()

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Yes or no."""
        given = self.get(key, default)
        if not isinstance(given, bool):
            raise BadFile(f"{self.place}.{key}: ghi true hoặc false.")
        return given

    def word(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """One of these words."""
        given = self.text(key, default)
        if given not in choices:
            raise BadFile(f"{self.place}.{key}: không hiểu “{given}”. {nearest(given, choices)}")
        return given

    def parts(self, key: str) -> Iterator[Told]:
        """The mappings of a list."""
        given = self.get(key, [])
        if not isinstance(given, list):
            raise BadFile(f"{self.place}.{key}: phải là danh sách, mỗi mục bắt đầu bằng dấu gạch ngang.")
        for at, one in enumerate(given, 1):
            name = one.get("code", at) if isinstance(one, Mapping) else at
            yield Told.of(one, f"{self.place}.{key}[{name}]")

    def part(self, key: str) -> Told:
        """The mapping under a name."""
        return Told.of(self.get(key), f"{self.place}.{key}")

    def done(self) -> None:
        """Refuse what nobody asked for: a name typed wrongly must not pass in silence."""
        for key in self.values:
            if key not in self.asked:
                hint = nearest(key, tuple(self.asked))
                raise BadFile(f"{self.place}: không có mục nào tên “{key}”. {hint}")


def nearest(given: str, choices: tuple[str, ...]) -> str:
    """“Có phải “bands” không?”, or all that may be written."""
    near = difflib.get_close_matches(given, choices, n=1)
    return f"Có phải “{near[0]}” không?" if near else f"Được ghi: {', '.join(sorted(choices))}."
