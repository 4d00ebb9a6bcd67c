"""The kinds of file we take, and how a file is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


class Unfit(Exception):
    """The file is not taken; the message is a Vietnamese sentence that says what would mend it."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its word for people, its endings, the type it is served with, its largest size."""

    code: str
    word: str
    endings: tuple[str, ...]
    content_type: str
    limit: int


_OFFICE = "application/vnd.openxmlformats-officedocument"
PDF = FileKind("pdf", "PDF", (".pdf",), "application/pdf", 20 * MEGABYTE)
DOCX = FileKind("docx", "Word", (".docx",), f"{_OFFICE}.wordprocessingml.document", 20 * MEGABYTE)
XLSX = FileKind("xlsx", "Excel", (".xlsx",), f"{_OFFICE}.spreadsheetml.sheet", 20 * MEGABYTE)
PNG = FileKind("png", "ảnh PNG", (".png",), "image/png", 10 * MEGABYTE)
JPEG = FileKind("jpeg", "ảnh JPEG", (".jpg", ".jpeg"), "image/jpeg", 10 * MEGABYTE)
KINDS = (PDF, DOCX, XLSX, PNG, JPEG)
EXCEL_IMPORT_LIMIT = 5 * MEGABYTE

SAVE_ANEW = {
    ".doc": "Anh/chị mở tệp Word cũ (.doc), lưu lại thành .docx rồi tải lên.",
    ".xls": "Anh/chị mở tệp Excel cũ (.xls), lưu lại thành .xlsx rồi tải lên.",
    ".docm": "Tệp Word có macro không được nhận. Anh/chị lưu lại thành .docx rồi tải lên.",
    ".xlsm": "Tệp Excel có macro không được nhận. Anh/chị lưu lại thành .xlsx rồi tải lên.",
    ".heic": "Ảnh HEIC chưa được nhận. Anh/chị lưu ảnh thành JPEG rồi tải lên.",
}


def kind_by_name(name: str) -> FileKind:
    """The kind a file's name promises; raises Unfit for any other."""
    lowered = name.casefold()
    for kind in KINDS:
        if lowered.endswith(kind.endings):
            return kind
    for ending, advice in SAVE_ANEW.items():
        if lowered.endswith(ending):
            raise Unfit(advice)
    raise Unfit("Hệ thống chỉ nhận tệp PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPEG.")


def check_size(kind: FileKind, size: int, limit: int | None = None) -> None:
    """Refuse an empty file and one beyond `limit` bytes (the kind's own when none is given)."""
    largest = min(kind.limit, limit or kind.limit)
    if size == 0:
        raise Unfit("Tệp rỗng. Anh/chị kiểm tra lại tệp rồi tải lên.")
    if size > largest:
        raise Unfit(
            f"Tệp {kind.word} nặng quá {largest // MEGABYTE} MB. Anh/chị giảm cỡ hoặc tách tệp rồi tải lên."
        )
