"""Reading one cell: what officers type and what Excel makes of it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from thidua.base.sheets.columns import Column
from thidua.base.text import decimal_text, normalise, read_decimal, search_key

FIRST_SERIAL_DAY = date(1899, 12, 30)  # day 0 of Excel's calendar after its 29 February 1900
LONGEST = 2_000
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
# Letters of the old 8-bit fonts (TCVN3, VNI) that no Vietnamese word holds, beside a letter.
_OLD_FONT = re.compile(r"[^\W\d_][¸µ¶·¹¨¾»¼½Æ®©¬­§]|[¸µ¶·¹¨¾»¼½Æ®©¬­§][^\W\d_]")


def read_cell(column: Column, value: Any) -> Any:
    """The value of a cell by its column's kind; None when empty. ValueError carries the sentence."""
    if value is None or (isinstance(value, str) and not value.strip()):
        if column.required:
            raise ValueError("Ô này không được để trống.")
        return None
    if column.kind == "number":
        return read_number(value)
    if column.kind == "date":
        return read_day(value)
    if column.kind == "figure":
        return read_figure(value)
    text = read_text(value)
    return _read_choice(column, text) if column.choices is not None else text


def read_text(value: Any) -> str:
    """Words as typed, composed and trimmed; whole numbers without their “.0”."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    text = normalise(str(value))
    if _OLD_FONT.search(text):
        raise ValueError(
            "Ô này gõ bằng phông chữ cũ (.VnTime, VNI). Anh/chị chuyển sang Unicode rồi nhập lại."
        )
    if len(text) > LONGEST:
        raise ValueError(f"Ô này dài quá {LONGEST} chữ. Anh/chị rút gọn lại.")
    return text


def read_number(value: Any) -> Decimal:
    """A number of Excel, or one typed the Vietnamese way: “1.234,5”."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("Ô này phải là số.")
    if isinstance(value, str):
        try:
            return read_decimal(value)
        except ValueError as fault:
            raise ValueError(f"“{value.strip()[:40]}” không phải là số. Anh/chị viết như 1.234,5.") from fault
    return Decimal(str(round(value, 10))).normalize() + 0


def read_figure(value: Any) -> str:
    """A number of Excel as it would be typed, “72,25”; words as they stand."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return decimal_text(read_number(value)).replace("−", "-")
    return read_text(value)


def read_day(value: Any) -> date:
    """A date of Excel, its serial number, or dd/mm/yyyy as text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial_day(value)
    text = value.strip() if isinstance(value, str) else str(value)
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError as fault:
        raise ValueError(
            f"“{text[:40]}” không phải là ngày. Anh/chị viết ngày/tháng/năm, như 05/01/2020."
        ) from fault


def _serial_day(value: float) -> date:
    if not 1 <= value < 80_000:  # noqa: PLR2004  1900 to 2119
        raise ValueError("Số này không phải là ngày. Anh/chị viết ngày/tháng/năm, như 05/01/2020.")
    return FIRST_SERIAL_DAY + timedelta(days=int(value))


def _read_choice(column: Column, text: str) -> Any:
    """The value one of the column's words stands for, whatever its marks and capitals."""
    choices = column.choices or {}
    for word, meaning in choices.items():
        if search_key(word) == search_key(text):
            return meaning
    raise ValueError(f"“{text[:40]}” không có trong danh sách. Anh/chị chọn một trong: {'; '.join(choices)}.")
