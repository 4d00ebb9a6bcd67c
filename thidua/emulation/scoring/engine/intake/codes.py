"""What a code says of its place: roman, letter, number, and the code it continues."""

from __future__ import annotations

import re

from thidua.emulation.scoring.engine.checking.codes import plain

_CODE = r"(?:[IVX]{1,5}|\d{1,3}|[A-Za-zĐđ]\d{0,2})(?:[.\-]?(?:\d{1,3}|[a-zđ](?![a-zđ])))*"
_LEADING = re.compile(rf"^\s*({_CODE})\s*[.)/:\-–]+\s+(?=\S)", re.UNICODE)
_DOTTED = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2})+|[A-Za-zĐđ]\d{1,2}(?:\.\d{1,2})*)\s+(?=\S)")
_WHOLE = re.compile(rf"^\(?({_CODE})\)?[.)]*$")
_NAMED = re.compile(r"^(?:mục|điều|phần|tiêu chí|chương)\s+", re.IGNORECASE)
_PART = re.compile(r"^\s*(tiêu chuẩn|nhóm)\s+(\d{1,2}|[IVX]{1,5})\s*[.:)\-–]\s*(?=\S)", re.IGNORECASE)
PARTS = {"tiêu chuẩn": "TC", "nhóm": "N"}  # “Tiêu chuẩn 1” has 1, 2, 3 below it: TC1
BULLET = re.compile(r"^\s*[-–+•*]\s*")


def code_of(cell: str) -> str:
    """The code a cell holds, without the marks around it; empty when it holds none."""
    found = _WHOLE.match(_NAMED.sub("", cell.strip()))
    return found[1] if found else ""


def split_title(title: str) -> tuple[str, str]:
    """The code that begins a text, and the rest: “1.1. Thực hiện …”, “a) Tuyên truyền”, “Tiêu chuẩn 1: …”."""
    if part := _PART.match(title):
        return PARTS[part[1].lower()] + part[2], title[part.end() :].strip()
    found = _LEADING.match(title) or _DOTTED.match(title)
    return (found[1], title[found.end() :].strip()) if found else ("", title)


def style_of(code: str) -> str:
    """How a code is written: rows of one style stand side by side."""
    if re.fullmatch(r"[IVX]+", code):
        return "roman"
    if re.fullmatch(r"\d+[a-zđ]?", code):
        return "number"
    if len(code) == 1:
        return "letter"
    return re.sub(r"\d+", "1", plain(code))


def continues(code: str, above: str) -> bool:
    """1.1 under 1, a.7.1 under a7, C5.1 under C5; not 11 under 1."""
    one, other = plain(above), plain(code)
    if not other.startswith(one) or one == other:
        return False
    rest = other[len(one) :]
    return rest.startswith(".") or one[-1].isdigit() != rest[0].isdigit()
