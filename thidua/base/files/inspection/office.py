"""Word and Excel files: archives of XML without macros, entities, bombs or remote templates."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.sax import ContentHandler, SAXException
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import parse

from thidua.base.files.inspection.kinds import DOCX, MEGABYTE, XLSX, FileKind, Unfit

MAX_ENTRIES = 2_000
MAX_UNPACKED = 150 * MEGABYTE
MAX_RATIO = 200  # sheets of alike rows pack to about a hundredth; bombs to a thousandth
FREE_UNPACKED = 5 * MEGABYTE  # below this a high ratio harms nobody
MAIN_PART = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
MACRO_PARTS = (
    "vbaproject.bin",
    "vbadata.xml",
    "/activex/",
    "/macrosheets/",
    "/dialogsheets/",
    "/embeddings/",
)
REMOTE_TYPES = ("/attachedTemplate", "/oleObject", "/frame", "/subDocument")
END_RECORD = b"PK\x05\x06"
END_RECORD_SIZE = 22

BROKEN = "Tệp hỏng hoặc không đúng định dạng. Anh/chị mở bằng Word hoặc Excel, lưu lại rồi tải lên."
BOMB = "Tệp phình quá mức khi mở ra nên không được nhận. Anh/chị lưu lại tệp gọn hơn rồi tải lên."
MACROS = "Tệp có macro hoặc tệp nhúng nên không được nhận. Anh/chị bỏ chúng đi, lưu lại rồi tải lên."
REMOTE = "Tệp lấy nội dung từ nơi khác trên mạng nên không được nhận. Anh/chị bỏ liên kết đó rồi tải lên."
ENTITIES = "Tệp có khai báo XML không an toàn nên không được nhận. Anh/chị lưu lại bằng Word hoặc Excel."


def inspect_office(data: bytes) -> FileKind:
    """DOCX or XLSX, by what the archive holds; raises Unfit."""
    _nothing_around(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            kind = _kind_of(entries)
            _no_macros(entries)
            _no_bomb(entries, len(data))
            for entry in entries:
                _inspect_part(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise Unfit(BROKEN) from fault
    return kind


def _nothing_around(data: bytes) -> None:
    """No bytes before or after the archive: such a file may be something else to another program."""
    end = data.rfind(END_RECORD)
    if not data.startswith(b"PK\x03\x04") or end < 0 or end + END_RECORD_SIZE != len(data):
        raise Unfit(BROKEN)


def _kind_of(entries: list[zipfile.ZipInfo]) -> FileKind:
    names = [entry.filename for entry in entries]
    found = [kind for part, kind in MAIN_PART.items() if part in names]
    odd = any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names)
    if "[Content_Types].xml" not in names or len(found) != 1 or odd or len(set(names)) != len(names):
        raise Unfit(BROKEN)
    return found[0]


def _no_macros(entries: list[zipfile.ZipInfo]) -> None:
    names = "\n".join("/" + entry.filename.casefold() for entry in entries)
    if any(part in names for part in MACRO_PARTS):
        raise Unfit(MACROS)


def _no_bomb(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    swells = unpacked > FREE_UNPACKED and unpacked > MAX_RATIO * size
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or swells:
        raise Unfit(BOMB)


def _inspect_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Unpack one part to its told size at most, and read it through when it is XML."""
    if entry.filename.casefold().endswith((".xml", ".rels")):
        with archive.open(entry) as part:
            try:
                parse(part, _Watcher(entry.filename), forbid_dtd=True)
            except DefusedXmlException as fault:
                raise Unfit(ENTITIES) from fault
            except SAXException as fault:
                raise Unfit(BROKEN) from fault


class _Watcher(ContentHandler):
    """Looks at the few elements that give a part away."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.part = part

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  the parser's name
        values = {key: attrs.getValue(key) for key in attrs.getNames()}
        if self.part == "[Content_Types].xml" and "macroEnabled" in values.get("ContentType", ""):
            raise Unfit(MACROS)
        remote = values.get("TargetMode") == "External" and values.get("Type", "").endswith(REMOTE_TYPES)
        if name.endswith("Relationship") and remote:
            raise Unfit(REMOTE)
