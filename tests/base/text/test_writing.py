"""Numbers and dates as Vietnamese papers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.base.text import date_in_words, day, decimal_text, initials, moment, read_decimal


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0,5", "0.5"),
        ("3.5", "3.5"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("12.345.678,90", "12345678.90"),
        ("1 234", "1234"),
        ("−0,25", "-0.25"),
        ("0.125", "0.125"),
        ("97,5", "97.5"),
        ("12.50", "12.50"),
        ("007", "7"),
    ],
)
def test_what_officers_type(typed: str, value: str) -> None:
    assert read_decimal(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1,2,3", "--1", "1.2.3", "trên 50", "1e5", "NaN", "∞", "1,", ","]
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the message is what was typed
        read_decimal(typed)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_written_number_is_read_back(value: Decimal) -> None:
    assert read_decimal(decimal_text(value)) == value


def test_numbers_as_written() -> None:
    assert decimal_text(Decimal("1234.50")) == "1.234,5"
    assert decimal_text(Decimal("97.5"), 2) == "97,50"
    assert decimal_text(1000000) == "1.000.000"
    assert decimal_text(Decimal("-0.25")) == "−0,25"
    assert decimal_text(Decimal(100)) == "100"
    assert decimal_text(None) == "–"


def test_dates_as_decree_30_writes_them() -> None:
    assert date_in_words(date(2020, 2, 5)) == "ngày 05 tháng 02 năm 2020"
    assert date_in_words(date(2019, 12, 16)) == "ngày 16 tháng 12 năm 2019"
    assert date_in_words(date(2020, 3, 10)) == "ngày 10 tháng 3 năm 2020"
    assert day(date(2020, 1, 5)) == "05/01/2020"
    assert day(None) == moment(None) == "–"
    late = datetime(2019, 12, 31, 18, 30, tzinfo=UTC)
    assert day(late) == "01/01/2020", "the day in Vietnam"
    assert moment(late) == "01:30, 01/01/2020"


def test_initials() -> None:
    assert initials("Nguyễn Văn An") == "A"
    assert initials("đặng đức") == "Đ"
    assert initials(" ") == "?"
