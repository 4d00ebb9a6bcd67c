"""A block copied from Excel, or the results of the span, become lines of the figures' form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from django.http import QueryDict

from thidua.base.text import decimal_text, search_key
from thidua.emulation.clusters.models import Qualifier
from thidua.emulation.results.forms import MOST
from thidua.emulation.results.queries import Figure

PREFIX = "so-lieu"
COLUMNS = ("indicator", "target", "value", "measure", "note")  # the order told above the box
WORDS = sorted(
    ((search_key(label), value) for value, label in Qualifier.choices), key=lambda word: -len(word[0])
)


def with_pasted(posted: QueryDict) -> QueryDict:
    """The posted form with the pasted lines added below those already written; the box is emptied."""
    data = posted.copy()
    at = _total(data)
    for line in data.get("paste", "").splitlines():
        if line.strip() and at < MOST:
            _put(data, at, line)
            at += 1
    data[f"{PREFIX}-TOTAL_FORMS"] = str(at)
    data["paste"] = ""
    return data


Line = dict[str, list[str]]  # what was posted for one line, by the field's name


def with_drawn(posted: QueryDict, figures: Iterable[Figure]) -> QueryDict:
    """The posted form with the figures in it: upon the lines of the same name, else below those written.

    A part is known by its whole too, and a new one goes right below it.
    """
    data = posted.copy()
    lines = [_line(data, at) for at in range(_total(data))]
    whole = ""
    for figure in figures:
        whole = whole if figure.is_part else figure.indicator
        at, is_new = _place(lines, figure, whole)
        if is_new and len(lines) >= MOST:
            continue
        if is_new:
            lines.insert(at, {})
        _draw(lines[at], figure)
    _write(data, lines)
    return data


def _line(data: QueryDict, at: int) -> Line:
    start = f"{PREFIX}-{at}-"
    return {key.removeprefix(start): data.getlist(key) for key in data if key.startswith(start)}


def _place(lines: list[Line], figure: Figure, whole: str) -> tuple[int, bool]:
    """Where the figure stands, or where a new line is put for it."""
    wanted = (search_key(whole) if figure.is_part else "", search_key(figure.indicator))
    above, below = "", len(lines)
    for at, line in enumerate(lines):
        name = search_key("".join(line.get("indicator", [])))
        key = (above, name) if line.get("is_part") else ("", name)
        above = key[0] or name
        if key == wanted:
            return at, False
        if figure.is_part and above == wanted[0]:
            below = at + 1
    return below, True


def _draw(line: Line, figure: Figure) -> None:
    line |= {
        "indicator": [figure.indicator],
        "qualifier": [figure.qualifier],
        "value": [_typed(figure.value)],
        "upper": [_typed(figure.upper)],
        "measure": [figure.measure],
        "target": [_typed(figure.target) or "".join(line.get("target", []))],
        "note": ["".join(line.get("note", [])) or figure.note],
        "units": [str(unit) for unit in sorted(figure.units)],
    }
    if figure.is_part:
        line["is_part"] = ["on"]


def _write(data: QueryDict, lines: list[Line]) -> None:
    for key in [key for key in data if re.match(rf"{PREFIX}-\d", key)]:
        del data[key]
    for at, line in enumerate(lines):
        for name, values in line.items():
            data.setlist(f"{PREFIX}-{at}-{name}", values)
    data[f"{PREFIX}-TOTAL_FORMS"] = str(len(lines))


def _typed(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value).replace("−", "-")


def _put(data: QueryDict, at: int, line: str) -> None:
    cells = dict(zip(COLUMNS, (cell.strip() for cell in line.split("\t")), strict=False))
    cells["qualifier"], cells["value"] = read_qualified(cells.get("value", ""))
    for name, value in cells.items():
        data[f"{PREFIX}-{at}-{name}"] = value


def _total(data: QueryDict) -> int:
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "0")
    return int(total) if total.isdecimal() and len(total) <= len(str(MOST)) else 0


def read_qualified(text: str) -> tuple[str, str]:
    """“trên 50%” is (above, “50”); “hàng trăm” has no number; a bare number is exact."""
    key = search_key(text)
    for word, value in WORDS:
        if key == word or key.startswith(f"{word} "):
            rest = text.split(maxsplit=len(word.split()))[len(word.split()) :]
            return value, _bare(rest[0]) if rest else ""
    return Qualifier.EQUAL, _bare(text)


def _bare(text: str) -> str:
    """The number without its percent sign."""
    return text.removesuffix("%").strip()
