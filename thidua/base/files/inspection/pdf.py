"""PDF files: readable by everyone, running nothing, carrying no other file."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from thidua.base.files.inspection.kinds import PDF, FileKind, Unfit

MAX_PAGES = 2_000
MAX_OBJECTS = 300_000
ACTIVE_KEYS = (
    "/JS",
    "/JavaScript",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/EF",
    "/XFA",
)
ACTIVE_VALUES = ("/JavaScript", "/Launch", "/EmbeddedFile", "/RichMedia", "/FileAttachment", "/ImportData")

BROKEN = "Tệp PDF hỏng. Anh/chị in lại thành PDF rồi tải lên."
LOCKED = "Tệp PDF đặt mật khẩu. Anh/chị bỏ mật khẩu rồi tải lên."
ACTIVE = "Tệp PDF có mã lệnh hoặc tệp đính kèm nên không được nhận. Anh/chị in lại thành PDF rồi tải lên."
LONG = f"Tệp PDF dài quá {MAX_PAGES} trang. Anh/chị tách tệp rồi tải lên."


def inspect_pdf(data: bytes) -> FileKind:
    """PDF, or Unfit when it is broken, locked, active or too long."""
    try:
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise Unfit(LOCKED)
            if len(document.pages) > MAX_PAGES or len(document.objects) > MAX_OBJECTS:
                raise Unfit(LONG)
            for item in document.objects:
                _inspect(item, 0)
    except pikepdf.PasswordError as fault:
        raise Unfit(LOCKED) from fault
    except (pikepdf.PdfError, ValueError, RuntimeError) as fault:
        raise Unfit(BROKEN) from fault
    return PDF


def _inspect(item: object, depth: int) -> None:
    """Walk what stands directly in an object; what it refers to is among the objects itself."""
    if depth > 0 and getattr(item, "is_indirect", False):
        return
    if isinstance(item, pikepdf.Array):
        for inner in item.as_list():
            _inspect(inner, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            if key in ACTIVE_KEYS or (isinstance(value, pikepdf.Name) and str(value) in ACTIVE_VALUES):
                raise Unfit(ACTIVE)
            _inspect(value, depth + 1)
