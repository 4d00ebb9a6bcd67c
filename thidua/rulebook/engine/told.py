"""What is wrong in a file, where, and what would mend it; readers of JSON and YAML that say so."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

QUOTED = 60  # characters of a value that a message repeats


class BadFile(ValueError):
    """A file, or a value in it, that cannot be read: the place and the mend, in Vietnamese."""


def mapping(value: Any, place: str) -> dict[str, Any]:
    """A mapping with words for keys, or a refusal."""
    if not isinstance(value, Mapping):
        raise BadFile(f"{place}: phải là các cặp “tên: giá trị”, đang là {kind_of(value)}.")
    return {str(key): one for key, one in value.items()}


def listed(value: Any, place: str) -> list[Any]:
    """A list, or a refusal."""
    if not isinstance(value, list):
        raise BadFile(f"{place}: phải là một danh sách […], đang là {kind_of(value)}.")
    return value


def only(values: Mapping[str, Any], known: Iterable[str], place: str) -> None:
    """Refuse a key nobody reads, with the nearest one that is read."""
    names = sorted(known)
    for key in values:
        if key not in names:
            near = difflib.get_close_matches(key, names, 1)
            mend = f"Có phải “{near[0]}”?" if near else f"Các tên dùng được: {', '.join(names)}."
            raise BadFile(f"{place}: không có mục “{key}”. {mend}")


def one_of(value: Any, known: Iterable[str], place: str) -> str:
    """One of the words, or a refusal with the nearest."""
    names = list(known)
    if isinstance(value, str) and value in names:
        return value
    if value is None or value == "":
        raise BadFile(f"{place}: chưa ghi gì. Dùng một trong: {', '.join(names)}.")
    if isinstance(value, list | dict):
        raise BadFile(f"{place}: phải là chữ, đang là {kind_of(value)}.")
    near = difflib.get_close_matches(short(value), names, 1, 0.5)
    mend = f"Có phải “{near[0]}”?" if near else f"Dùng một trong: {', '.join(names)}."
    raise BadFile(f"{place}: không hiểu “{short(value)}”. {mend}")


def short(value: Any) -> str:
    """A value as a message may quote it."""
    text = str(value)
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def day(value: Any, place: str) -> date:
    """A day, written 2025-12-31 or 31/12/2025."""
    if isinstance(value, date):
        return value
    text = "" if value is None else str(value).strip()
    if not text:
        raise BadFile(f"{place}: chưa ghi ngày. Ghi như 2025-12-31 hoặc 31/12/2025.")
    try:
        if not isinstance(value, str):
            raise ValueError(text)
        if "/" in text:
            text = "-".join(part.zfill(2) for part in reversed(text.split("/")))
        return date.fromisoformat(text)
    except ValueError:
        raise BadFile(
            f"{place}: không hiểu ngày “{short(value)}”. Ghi như 2025-12-31 hoặc 31/12/2025."
        ) from None


def year(value: Any, place: str) -> int:
    """A year of the calendar, as a number or in digits."""
    if value is None:
        raise BadFile(f"{place}: chưa ghi năm. Ghi như 2025.")
    try:
        number = whole(value, place)
    except BadFile:
        number = 0
    if not 1945 <= number <= 2100:  # noqa: PLR2004  # the State's first awards; far beyond any text
        raise BadFile(f"{place}: “{short(value)}” không phải một năm. Ghi như 2025.")
    return number


def whole(value: Any, place: str) -> int:
    """A whole number that is not negative."""
    if not isinstance(value, bool):
        if isinstance(value, int) and value >= 0:
            return value
        if isinstance(value, str) and value.strip().isdecimal() and len(value) <= QUOTED:
            return int(value)
    raise BadFile(f"{place}: phải là một số nguyên không âm, đang là “{short(value)}”.")


def truth(value: Any, place: str) -> bool | None:
    """True, false or, when null, not known."""
    if value is None or isinstance(value, bool):
        return value
    raise BadFile(f"{place}: phải là true, false hoặc null (chưa biết), đang là “{short(value)}”.")


def words(value: Any, place: str) -> str:
    """A text."""
    if value is None:
        return ""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).strip()
    raise BadFile(f"{place}: phải là chữ, đang là {kind_of(value)}.")


def kind_of(value: Any) -> str:
    """What was found, in words."""
    names = {dict: "nhóm giá trị", list: "danh sách", str: "chữ", bool: "đúng/sai", type(None): "trống"}
    return names.get(type(value), "số")
