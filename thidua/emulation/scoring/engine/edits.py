"""Changes to a document while it is written: a line put in, moved, taken out. The one given stays."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from thidua.emulation.scoring.engine.told import BadFile

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_END = re.compile(r"^(.*?)(\d+)$")


def lines_in(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every line with all below it, as they stand."""
    waiting = list(reversed(document.get("criteria", [])))
    while waiting:
        line = waiting.pop()
        yield line
        waiting.extend(reversed(line.get("children", [])))


def line_at(document: Mapping[str, Any], code: str) -> dict[str, Any] | None:
    """The line with this code."""
    return next((line for line in lines_in(document) if str(line.get("code")) == code), None)


def replaced(document: Mapping[str, Any], code: str, line: Mapping[str, Any]) -> dict[str, Any]:
    """The document with another line in the place of this one."""
    found, siblings, at = _opened(document, code)
    siblings[at] = dict(line)
    return found


def removed(document: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Without the line and all below it."""
    found, siblings, at = _opened(document, code)
    del siblings[at]
    return found


def moved(document: Mapping[str, Any], code: str, by: int) -> dict[str, Any]:
    """Up (−1) or down (1) among its siblings; at the end it stays."""
    found, siblings, at = _opened(document, code)
    to = min(max(at + by, 0), len(siblings) - 1)
    siblings.insert(to, siblings.pop(at))
    return found


def added(document: Mapping[str, Any], under: str) -> tuple[dict[str, Any], str]:
    """With an empty line as the last below another, or as the last of all; and its code."""
    found = copy.deepcopy(dict(document))
    above = line_at(found, under) if under else None
    if above is not None and (above.get("rule") or above.get("bonuses") or above.get("deductions")):
        raise BadFile(f"{under}: tiêu chí đã có cách tính, không thêm tiêu chí bên dưới được.")
    siblings = found.setdefault("criteria", []) if above is None else above.setdefault("children", [])
    code = _next_code(siblings, "" if above is None else under, {str(x.get("code")) for x in lines_in(found)})
    siblings.append({"code": code, "title": "Tiêu chí mới", "max": "0"})
    return found, code


def _opened(document: Mapping[str, Any], code: str) -> tuple[dict[str, Any], list[Any], int]:
    found = copy.deepcopy(dict(document))
    for siblings in [
        found["criteria"],
        *(line["children"] for line in lines_in(found) if line.get("children")),
    ]:
        for at, line in enumerate(siblings):
            if str(line.get("code")) == code:
                return found, siblings, at
    raise BadFile(f"Bảng điểm không có tiêu chí {code}.")


def _next_code(siblings: list[Any], above: str, used: set[str]) -> str:
    """What follows the last sibling: 1.3 after 1.2, IV after III, c after b; never one that is used."""
    last = str(siblings[-1]["code"]) if siblings else ""
    if last in _ROMAN[:-1]:
        code = _ROMAN[_ROMAN.index(last) + 1]
    elif found := _END.match(last):
        code = f"{found[1]}{int(found[2]) + 1}"
    elif len(last) == 1 and last.isalpha() and last.lower() != "z":
        code = chr(ord(last) + 1)
    else:
        code = f"{above}.1" if above else str(len(siblings) + 1)
    while code in used:
        found = _END.match(code)
        code = f"{found[1]}{int(found[2]) + 1}" if found else f"{code}.1"
    return code
