"""Images: measured from their own headers, without decoding a pixel."""

from __future__ import annotations

import struct

from thidua.base.files.inspection.kinds import JPEG, PNG, FileKind, Unfit

PNG_MARK = b"\x89PNG\r\n\x1a\n"
JPEG_MARK = b"\xff\xd8\xff"
MAX_SIDE = 12_000
MAX_PIXELS = 60_000_000

BROKEN = "Tệp ảnh hỏng. Anh/chị mở ảnh, lưu lại rồi tải lên."
HUGE = "Ảnh quá lớn (quá 60 triệu điểm ảnh). Anh/chị thu nhỏ ảnh rồi tải lên."
FILL = 0xFF  # begins every marker, and may stand before one any number of times
_STANDALONE = {0x01, *range(0xD0, 0xD8)}  # markers without a length
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # start of frame, not tables


def inspect_image(data: bytes) -> FileKind:
    """PNG or JPEG with a reasonable number of pixels; raises Unfit."""
    kind = PNG if data.startswith(PNG_MARK) else JPEG
    try:
        width, height = _png_size(data) if kind is PNG else _jpeg_size(data)
    except (struct.error, IndexError) as fault:
        raise Unfit(BROKEN) from fault
    if not (width and height):
        raise Unfit(BROKEN)
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Unfit(HUGE)
    return kind


def _png_size(data: bytes) -> tuple[int, int]:
    """Width and height, after walking every chunk to the end of the file."""
    at, size = len(PNG_MARK), (0, 0)
    while True:
        length, chunk = struct.unpack_from(">I4s", data, at)
        if at == len(PNG_MARK):
            if chunk != b"IHDR":
                raise Unfit(BROKEN)
            size = struct.unpack_from(">II", data, at + 8)
        at += 12 + length  # length, type and checksum around the chunk's own bytes
        if chunk == b"IEND":
            break
    if at != len(data):
        raise Unfit(BROKEN)
    return size


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height, from the first start-of-frame segment."""
    at = 2
    while at < len(data):
        if data[at] != FILL:
            raise Unfit(BROKEN)
        marker = data[at + 1]
        if marker == FILL or marker in _STANDALONE:
            at += 1 if marker == FILL else 2
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
    raise Unfit(BROKEN)
