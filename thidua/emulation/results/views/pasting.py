"""A block copied from Excel becomes lines of the figures' form."""

from __future__ import annotations

from django.http import QueryDict

from thidua.base.text import search_key
from thidua.emulation.clusters.models import Qualifier
from thidua.emulation.results.forms import MOST

PREFIX = "so-lieu"
COLUMNS = ("indicator", "target", "value", "measure", "note")  # the order told above the box
WORDS = sorted(
    ((search_key(label), value) for value, label in Qualifier.choices), key=lambda word: -len(word[0])
)


def with_pasted(posted: QueryDict) -> QueryDict:
    """The posted form with the pasted lines added below those already written; the box is emptied."""
    data = posted.copy()
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "0")
    at = int(total) if total.isdecimal() and len(total) <= len(str(MOST)) else 0
    for line in data.get("paste", "").splitlines():
        if line.strip() and at < MOST:
            _put(data, at, line)
            at += 1
    data[f"{PREFIX}-TOTAL_FORMS"] = str(at)
    data["paste"] = ""
    return data


def _put(data: QueryDict, at: int, line: str) -> None:
    cells = dict(zip(COLUMNS, (cell.strip() for cell in line.split("\t")), strict=False))
    cells["qualifier"], cells["value"] = read_qualified(cells.get("value", ""))
    for name, value in cells.items():
        data[f"{PREFIX}-{at}-{name}"] = value


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
