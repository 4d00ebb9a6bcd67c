"""The same amount in another unit of measure, and nothing made of what measures something else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from thidua.base.text import read_decimal
from thidua.base.text.measures import converted, same_measure, share_in


@pytest.mark.parametrize(
    ("value", "written", "wanted", "told"),
    [
        ("27525", "tỷ đồng", "triệu đồng", "27525000"),
        ("1500", "triệu đồng", "tỷ đồng", "1.5"),
        ("834.9", "nghìn tỷ đồng", "tỷ", "834900"),
        ("0.9", "tỷ lệ", "%", "90"),
        ("5", "‰", "%", "0.5"),
        ("2.5", "ha", "m2", "25000"),
        ("3", "tấn", "tạ", "30"),
        ("23", "nghìn người", "người", "23000"),
        ("90", "phần trăm", "%", "90"),
    ],
)
def test_an_amount_in_another_measure_of_the_same(value, written, wanted, told):
    assert converted(Decimal(value), written, wanted) == Decimal(told)


@pytest.mark.parametrize(("written", "wanted"), [("ha", "%"), ("hộ", "người"), ("tỷ USD", "tỷ đồng")])
def test_different_things_are_never_converted(written, wanted):
    assert converted(Decimal(1), written, wanted) is None
    assert not same_measure(written, wanted)


def test_spellings_of_one_measure():
    assert same_measure("Hợp tác xã", "hợp  tác xã")
    assert same_measure("tỷ", "tỉ đồng")
    assert same_measure("%", "phần trăm")


def test_a_share_of_a_whole():
    assert share_in(Decimal(9), Decimal(10), "%") == 90
    assert share_in(Decimal("0.9"), Decimal(1), "%") == 90
    assert share_in(Decimal(1), Decimal(0), "%") is None
    assert share_in(Decimal(9), Decimal(10), "ha") is None


def test_a_number_of_an_english_excel_is_not_torn_apart():
    assert read_decimal("1,234.5") == Decimal("1234.5")
    assert read_decimal("1.234,5") == Decimal("1234.5")
