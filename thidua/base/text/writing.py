"""Numbers and dates as Vietnamese papers write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def decimal_text(value: Decimal | int | None, places: int | None = None) -> str:
    """“1.234,5”: dot between thousands, comma before decimals. None is an en dash.

    Without `places`, the number's own decimals are kept and trailing zeros dropped.
    """
    if value is None:
        return "–"
    number = Decimal(value)
    plain = f"{number:,.{places}f}" if places is not None else f"{number:,f}"
    if places is None and "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.translate(str.maketrans(",.", ".,")).replace("-", "−")


def read_decimal(text: str) -> Decimal:
    """Read what officers type: “1.234,5”, “0,5”, “3.5”, “1 234”, “−0,25”.

    A single dot is read as a decimal point unless exactly three digits follow a leading
    group (“1.234” is one thousand two hundred and thirty-four). Raises ValueError.
    """
    bare = re.sub(r"[\s\u00a0]", "", text.replace("−", "-").replace("–", "-"))
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", bare):  # “1,234.5” of an English Excel
        bare = bare.replace(",", "")
    elif "," in bare:
        if "." in bare and not re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", bare):
            raise ValueError(text)
        bare = bare.replace(".", "").replace(",", ".", 1)
    elif re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+", bare):
        bare = bare.replace(".", "")
    if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
        raise ValueError(text)
    try:
        return Decimal(bare)
    except InvalidOperation as error:  # pragma: no cover  the pattern above admits only numbers
        raise ValueError(text) from error


def day(value: date | datetime | None) -> str:
    """“31/12/2020”; None is an en dash."""
    if value is None:
        return "–"
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """“10:42, 31/12/2020”; None is an en dash."""
    return "–" if value is None else f"{timezone.localtime(value):%H:%M, %d/%m/%Y}"


def date_in_words(value: date) -> str:
    """“ngày 05 tháng 02 năm 2020”: days below 10 and months 1 and 2 take a zero (Decree 30/2020)."""
    month = f"{value.month:02d}" if value.month <= 2 else str(value.month)  # noqa: PLR2004  months 1, 2
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def initials(full_name: str) -> str:
    """The letter of the given name, for the mark beside a person."""
    return full_name.split()[-1][:1].upper() if full_name.split() else "?"
