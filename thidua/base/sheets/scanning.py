"""Looks over the XML of the first sheet before it is read: formulas, and cells placed absurdly far out."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml.ElementTree import fromstring
from defusedxml.sax import parse

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
SHOWN = 5  # formula cells named in a refusal


@dataclass
class SheetScan:
    """The extent of the first sheet, and its first few cells with formulas."""

    rows: int = 0
    columns: int = 0
    formulas: list[str] = field(default_factory=list)


def scan_first_sheet(data: bytes) -> SheetScan:
    """Scan a checked XLSX. A workbook whose first sheet cannot be found counts as empty."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        part = _first_sheet_part(archive)
        watcher = _Watcher()
        if part in archive.namelist():
            with archive.open(part) as sheet:
                parse(sheet, watcher, forbid_dtd=True)
    return watcher.seen


def _first_sheet_part(archive: zipfile.ZipFile) -> str:
    """Where the archive keeps the workbook's first sheet."""
    sheet = fromstring(archive.read("xl/workbook.xml")).find(f"{_MAIN}sheets/{_MAIN}sheet")
    if sheet is None or "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return ""
    wanted = sheet.get(_LINK_ID)
    for link in fromstring(archive.read("xl/_rels/workbook.xml.rels")).iter(f"{_LINKS}Relationship"):
        if link.get("Id") == wanted:
            target = link.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    return ""


class _Watcher(ContentHandler):
    """Follows rows and cells, counting those that do not say where they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = SheetScan()
        self.row = self.column = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  the parser's name
        tag = name.rsplit(":", 1)[-1]
        if tag == "row":
            self.row, self.column = int(attrs.get("r") or self.row + 1), 0
        elif tag == "c":
            self._enter_cell(attrs.get("r") or "")
        elif tag == "f" and len(self.seen.formulas) < SHOWN:
            self.seen.formulas.append(f"{column_letters(self.column)}{self.row}")

    def _enter_cell(self, place: str) -> None:
        found = _PLACE.fullmatch(place)
        self.column = column_number(found[1]) if found else self.column + 1
        self.row = int(found[2]) if found else self.row
        self.seen.rows = max(self.seen.rows, self.row)
        self.seen.columns = max(self.seen.columns, self.column)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
