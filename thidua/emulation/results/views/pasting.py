"""A block copied from Excel, or the results of the span, become lines of the figures' form."""

from __future__ import annotations

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


def with_drawn(posted: QueryDict, figures: Iterable[Figure]) -> QueryDict:
    """The posted form with the results in it: upon the lines of the same name, else below those written."""
    data = posted.copy()
    total = _total(data)
    places = {search_key(data.get(f"{PREFIX}-{at}-indicator", "")): at for at in range(total)}
    for figure in figures:
        at = places.get(search_key(figure.indicator), total)
        if at < MOST:
            _draw(data, at, figure)
            total = max(total, at + 1)
    data[f"{PREFIX}-TOTAL_FORMS"] = str(total)
    return data


def _draw(data: QueryDict, at: int, figure: Figure) -> None:
    told = {
        "indicator": figure.indicator,
        "qualifier": figure.qualifier,
        "value": _typed(figure.value),
        "upper": _typed(figure.upper),
        "measure": figure.measure,
        "target": _typed(figure.target) or data.get(f"{PREFIX}-{at}-target", ""),
        "note": data.get(f"{PREFIX}-{at}-note", "") or figure.note,
    }
    for name, value in told.items():
        data[f"{PREFIX}-{at}-{name}"] = value
    data.setlist(f"{PREFIX}-{at}-units", [str(unit) for unit in sorted(figure.units)])


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
