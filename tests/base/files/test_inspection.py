"""What may come in, and with which words the rest is refused."""

from __future__ import annotations

import contextlib
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.base.files import samples
from thidua.base.files.inspection.apart import inspect, inspect_apart
from thidua.base.files.inspection.image import inspect_image
from thidua.base.files.inspection.kinds import (
    DOCX,
    JPEG,
    PDF,
    PNG,
    XLSX,
    FileKind,
    Unfit,
    check_size,
    kind_by_name,
)

WORKBOOK = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
REMOTE_TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://a.example/t.dotm" TargetMode="External"/></Relationships>'
)
MACRO_TYPE = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
    b'PartName="/xl/workbook.xml" '
    b'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (samples.pdf(), PDF),
        (samples.docx(), DOCX),
        (samples.xlsx(), XLSX),
        (samples.png(), PNG),
        (samples.jpeg(), JPEG),
    ],
    ids=lambda value: value.code if isinstance(value, FileKind) else "",
)
def test_good_files_are_known_by_their_content(data: bytes, kind: FileKind) -> None:
    assert inspect_apart(data) is kind


BAD = {
    "script in a PDF": (samples.scripted_pdf(), "mã lệnh"),
    "a PDF that starts a program": (samples.launching_pdf(), "mã lệnh"),
    "a PDF that carries a file": (samples.carrying_pdf(), "đính kèm"),
    "a locked PDF": (samples.locked_pdf(), "mật khẩu"),
    "half a PDF": (samples.pdf()[:200], "hỏng"),
    "a PDF with an archive behind it": (samples.pdf() + samples.docx(), "giấu bên trong"),
    "an image with an archive behind it": (samples.jpeg() + samples.docx(), "giấu bên trong"),
    "an archive with something behind it": (samples.docx() + b"<script>", "hỏng"),
    "a macro part": (samples.repacked(samples.xlsx(), {"xl/vbaProject.bin": b"x"}), "macro"),
    "a macro type": (samples.repacked(samples.xlsx(), {"[Content_Types].xml": MACRO_TYPE}), "macro"),
    "an embedded object": (samples.repacked(samples.docx(), {"word/embeddings/o.bin": b"x"}), "nhúng"),
    "a remote template": (
        samples.repacked(samples.docx(), {"word/_rels/settings.xml.rels": REMOTE_TEMPLATE}),
        "trên mạng",
    ),
    "an entity bomb": (
        samples.repacked(samples.xlsx(), {"xl/sharedStrings.xml": samples.BILLION_LAUGHS}),
        "không an toàn",
    ),
    "broken XML": (samples.repacked(samples.xlsx(), {"xl/workbook.xml": b"<workbook>"}), "hỏng"),
    "an archive bomb": (
        samples.repacked(samples.xlsx(), {"xl/media/big.bin": bytes(60_000_000)}),
        "phình",
    ),
    "too many parts": (
        samples.repacked(samples.xlsx(), {f"xl/a{i}.bin": b"" for i in range(2001)}),
        "phình",
    ),
    "a way out of the archive": (samples.repacked(samples.xlsx(), {"xl/../../etc/passwd": b"x"}), "hỏng"),
    "two kinds in one": (samples.repacked(samples.docx(), {"xl/workbook.xml": WORKBOOK}), "hỏng"),
    "half an archive": (samples.xlsx()[:-30], "hỏng"),
    "a web page": (b"<html><script>alert(1)</script></html>", "không phải"),
    "a program": (b"MZ\x90\x00" + bytes(100), "không phải"),
    "a picture of a million million points": (samples.png(100_000, 100_000), "quá lớn"),
    "a JPEG of the same": (samples.jpeg(60_000, 60_000), "quá lớn"),
    "a picture with something behind it": (samples.png() + b"<script>", "hỏng"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_with_a_reason(name: str) -> None:
    data, word = BAD[name]
    with pytest.raises(Unfit, match=word):
        inspect(data)


def test_a_lying_size_in_the_archive_is_found() -> None:
    data = bytearray(samples.repacked(samples.xlsx(), {"xl/big.xml": b"<a>" + b" " * 9_000_000 + b"</a>"}))
    at = data.rfind(b"xl/big.xml") - 46 + 24  # the uncompressed size in the central directory
    data[at : at + 4] = (100).to_bytes(4, "little")
    with pytest.raises(Unfit):
        inspect_apart(bytes(data))


def test_stored_parts_without_compression_are_taken() -> None:
    assert inspect(samples.repacked(samples.docx(), {}, method=zipfile.ZIP_STORED)) is DOCX


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_after_the_mark_of_an_image_are_measured_or_refused(rest: bytes) -> None:
    for mark in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"):
        with contextlib.suppress(Unfit):  # any other exception would be a fault of ours
            assert inspect_image(mark + rest) in {PNG, JPEG}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("a.doc", ".docx"),
        ("a.XLS", ".xlsx"),
        ("a.xlsm", "macro"),
        ("a.exe", "PDF"),
        ("a", "PDF"),
        ("", "PDF"),
    ],
)
def test_other_endings_are_refused_with_what_to_do(name: str, word: str) -> None:
    with pytest.raises(Unfit, match=word):
        kind_by_name(name)


def test_sizes() -> None:
    check_size(PDF, 20 * 1024 * 1024)
    with pytest.raises(Unfit, match="20 MB"):
        check_size(PDF, 20 * 1024 * 1024 + 1)
    with pytest.raises(Unfit, match="10 MB"):
        check_size(PNG, 11 * 1024 * 1024)
    with pytest.raises(Unfit, match="5 MB"):
        check_size(XLSX, 6 * 1024 * 1024, limit=5 * 1024 * 1024)
    with pytest.raises(Unfit, match="rỗng"):
        check_size(PDF, 0)
