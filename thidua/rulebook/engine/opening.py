"""A file of facts as people save it, in any UTF; a fault says where and what would mend it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from thidua.rulebook.engine.told import BadFile

DIGITS = 15  # no year, count or day has more
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FAULTS = {
    "Expecting value": "thiếu một giá trị, hoặc thừa dấu phẩy",
    "Expecting property name enclosed in double quotes": "tên mục phải nằm trong dấu nháy kép, và không có"
    " dấu phẩy sau mục cuối",
    "Illegal trailing comma": "thừa dấu phẩy sau mục cuối",
    "Expecting ',' delimiter": "thiếu dấu phẩy giữa hai mục",
    "Expecting ':' delimiter": "thiếu dấu hai chấm sau tên mục",
    "Extra data": "còn chữ sau dấu ngoặc cuối cùng",
    "Unterminated string": "chữ thiếu dấu nháy kép đóng",
    "Invalid control character": "trong chữ có ký tự xuống dòng hoặc ký tự điều khiển; ghi là \\n",
    "Invalid \\": "sau dấu \\ là ký tự không dùng được; muốn ghi dấu \\ thì ghi \\\\",
}


def load_json(path: str | Path) -> Any:
    """What a JSON file holds. Raises `BadFile`."""
    text = text_of(Path(path))
    if not text.strip():
        raise BadFile(f"{path}: tệp trống.")
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=_constant, parse_int=_whole)
    except json.JSONDecodeError as fault:
        place = f"{path}: không phải JSON, dòng {fault.lineno} cột {fault.colno}"
        raise BadFile(f"{place}: {in_words(fault.msg)}.") from None
    except RecursionError:
        raise BadFile(f"{path}: JSON lồng quá nhiều lớp.") from None


def text_of(path: Path) -> str:
    """The text of a file in whatever UTF it was saved."""
    if path.is_dir():
        raise BadFile(f"{path}: là thư mục, không phải tệp.")
    if not path.is_file():
        raise BadFile(f"{path}: không có tệp này.")
    try:
        data = path.read_bytes()
    except OSError:
        raise BadFile(f"{path}: không mở được tệp; xem lại quyền đọc.") from None
    try:
        return data.decode(encoding_of(data))
    except UnicodeDecodeError as fault:
        place = f"{path}: byte thứ {fault.start + 1} không phải chữ UTF-8"
        raise BadFile(f"{place}. Lưu lại tệp với bảng mã UTF-8.") from None


def encoding_of(data: bytes) -> str:
    """By the mark at its beginning, else by where the zeros of UTF-16 stand."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    return {b"\0": "utf-16-be"}.get(data[:1], "utf-16-le" if data[1:2] == b"\0" else "utf-8")


def in_words(message: str) -> str:
    """What the reader of JSON did not understand, in Vietnamese."""
    return next((words for start, words in FAULTS.items() if message.startswith(start)), "sai cách ghi JSON")


def _pairs(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """A mapping in which no name stands twice."""
    found: dict[str, Any] = {}
    for key, one in pairs:
        if key in found:
            raise BadFile(f"mục “{key}” ghi hai lần trong cùng một nhóm; chỉ để một.")
        found[key] = one
    return found


def _constant(word: str) -> Any:
    raise BadFile(f"không dùng được giá trị {word}; ghi một số, hoặc null nếu chưa biết.")


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        raise BadFile(f"số {digits[:DIGITS]}… quá dài ({len(digits)} ký tự).")
    return int(digits)
