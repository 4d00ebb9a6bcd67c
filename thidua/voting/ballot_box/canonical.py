"""JSON with one way to write it (RFC 8785 without fractions) and the shapes it must have (section 4)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

LARGEST = 2**53 - 1  # what every JSON reader holds exactly
HEX = re.compile(r"(?:[0-9a-f]{2})*")
# Letters whose composed form no later Unicode changes, none of them invisible or turning the line around.
LETTERS = re.compile(
    "[\\n -~\u00a0-\u00ac\u00ae-\u034e\u0350-\u052f\u1e00-\u1fff"
    "\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u2bff]*"
)

Test = Callable[[Any], bool]
Shape = Test | Mapping[str, "Shape"] | Sequence["Shape"]


def write(value: object) -> bytes:
    """The canonical bytes: keys in order, no space, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def read(data: bytes, shape: Shape, what: str) -> Any:
    """The value of canonical `data` of that shape; ValueError says where it departs."""
    try:
        value = json.loads(data.decode())
        canonical = write(value) == data
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{what} không phải JSON đọc được") from error
    if not canonical:
        raise ValueError(f"{what} không viết theo dạng chuẩn (RFC 8785)")
    place = misfit(shape, value, what)
    if place:
        raise ValueError(f"Sai cấu trúc ở {place}")
    return value


def misfit(shape: Shape, value: Any, place: str) -> str | None:
    """Where `value` first departs from `shape`; None when it fits."""
    if callable(shape):
        return None if shape(value) else place
    if isinstance(shape, Mapping):
        if not isinstance(value, dict) or value.keys() != shape.keys():
            return place
        parts = [(shape[key], value[key], f"{place}.{key}") for key in shape]
    else:
        if not isinstance(value, list):
            return place
        parts = [(shape[0], item, f"{place}[{at}]") for at, item in enumerate(value)]
    return next((found for part in parts if (found := misfit(*part))), None)


# --- Shapes of single values --------------------------------------------------------------------


def natural(value: Any) -> bool:
    """A whole number that is not negative."""
    return type(value) is int and 0 <= value <= LARGEST


def flag(value: Any) -> bool:
    """True or false."""
    return isinstance(value, bool)


def word(value: Any) -> bool:
    """Text of the letters allowed, in Unicode's composed form (NFC), perhaps empty (section 4.1)."""
    allowed = isinstance(value, str) and LETTERS.fullmatch(value) is not None
    return allowed and unicodedata.is_normalized("NFC", value)


def text(value: Any) -> bool:
    """Text with at least one character above the space (section 4.1)."""
    return word(value) and any(letter > " " for letter in value)


def hex_text(value: Any) -> bool:
    """Bytes in small hexadecimal letters."""
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def hex_of(size: int) -> Test:
    """That many bytes in small hexadecimal letters."""
    return lambda value: hex_text(value) and len(value) == 2 * size


def one_of(*choices: str) -> Test:
    """One of these words."""
    return lambda value: isinstance(value, str) and value in choices


def maybe(shape: Shape) -> Test:
    """That, or null."""
    return lambda value: value is None or misfit(shape, value, "") is None
