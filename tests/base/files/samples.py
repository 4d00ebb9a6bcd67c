"""Files as people hand them in, good and bad, made in memory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pikepdf
import xlsxwriter
from docx import Document

# The industry's harmless test signature, in two halves so that this source is not itself reported.
TEST_SIGNATURE = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


def xlsx(cell: str = "Sở Y tế") -> bytes:
    made = BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet().write_string(0, 0, cell)
    book.close()
    return made.getvalue()


def docx(text: str = "Báo cáo") -> bytes:
    made, document = BytesIO(), Document()
    document.add_paragraph(text)
    document.save(made)
    return made.getvalue()


def pdf(**root: object) -> bytes:
    made, document = BytesIO(), pikepdf.new()
    document.add_blank_page()
    for key, value in root.items():
        document.Root[f"/{key}"] = value
    document.save(made)
    return made.getvalue()


def scripted_pdf() -> bytes:
    return pdf(
        OpenAction=pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
    )


def launching_pdf() -> bytes:
    return pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("cmd.exe")))


def carrying_pdf() -> bytes:
    made, document = BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.attachments["a.exe"] = b"MZ"
    document.save(made)
    return made.getvalue()


def locked_pdf() -> bytes:
    made, document = BytesIO(), pikepdf.new()
    document.add_blank_page()
    document.save(made, encryption=pikepdf.Encryption(owner="a", user="b"))
    return made.getvalue()


def signed_pdf() -> bytes:
    """A PDF that carries the test signature in a content stream."""
    made, document = BytesIO(), pikepdf.new()
    page = document.add_blank_page()
    page.Contents = document.make_stream(b"% " + TEST_SIGNATURE)
    document.save(made, compress_streams=False)
    return made.getvalue()


def repacked(data: bytes, changes: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An Office file with some parts replaced or added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", method) as new:
        for entry in old.infolist():
            if entry.filename not in changes:
                new.writestr(entry.filename, old.read(entry))
        for name, content in changes.items():
            new.writestr(name, content)
    return made.getvalue()


def png(width: int = 2, height: int = 2) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * min(height, 10))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2) -> bytes:
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8" + app0 + frame + b"\xff\xd9"


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'.encode()
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + b"]><l>&i;</l>"
)


def all_bytes(data: bytes) -> bytes:
    """What a scanner sees: the bytes, and those of the parts when they are an archive."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return data
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return b"\n".join(archive.read(entry) for entry in archive.infolist())
