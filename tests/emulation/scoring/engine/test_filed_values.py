"""A value may be written in several ways and means the same; what cannot be read is told as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from thidua.emulation.scoring.engine import compute, read_filings, read_table
from thidua.emulation.scoring.engine.adding import Sheet

BANDS = {"type": "bands", "bands": [{"from": "98%", "points": 10}, {"below": "98%", "points": 4}]}
STEPS = {"type": "steps", "start": 92, "first": 1, "step": 1, "each": 1, "cap": 8}
DOWN = {"type": "steps", "start": 100, "first": 0, "step": 1, "each": "0,5", "better": "less"}
OWN = {"type": "registered", "count": 2, "each": 5}
HONOURS = {"type": "honours", "awards": {"CO": 10, "BK": 4}}
CELLS = {"type": "matrix", "row": "r", "column": "c", "rows": [{"from": 0}], "columns": [{"from": 0}]}
MATRIX = CELLS | {"points": [[6]]}


def sheet_of(value: Any, **line: Any) -> Sheet:
    table = read_table({"total": 10, "criteria": [{"code": "1", "max": 10, **line}]})
    filings = read_filings({"units": [{"unit": "An", "values": value}]})
    return compute(table, filings).sheets["An"]["final"]


def given(rule: Any, value: Any) -> tuple[str, tuple[str, ...]]:
    sheet = sheet_of({"1": value}, rule=rule)
    return f"{sheet.total.normalize():f}", sheet.faults


@pytest.mark.parametrize(
    ("rule", "value", "points"),
    [
        ("direct", "7,5", "7.5"),
        ("full", "7,5", "7.5"),
        ("pass_fail", "đạt", "10"),
        ("pass_fail", 0, "0"),
        ("pass_fail", 10, "10"),
        ({"type": "count", "each": 2}, 3, "6"),
        (BANDS, "98%", "10"),
        (BANDS, "97,9 %", "4"),
        (STEPS, "94,2", "3"),
        (DOWN, "97,5%", "1"),
        (DOWN, 100, "0"),
        ("percent", "72,5%", "7.25"),
        ({"type": "percent", "start": "50%"}, "49,9", "0"),
        ({"type": "percent", "start": 50}, 50, "5"),
        ({"type": "percent", "better": "less"}, "40%", "4"),
        ("relative", 12, "10"),
        (OWN, [{"actual": 4, "target": 5}, {"actual": 1, "target": 1}], "9"),
        (HONOURS, ["BK"], "4"),
        (MATRIX, {"r": 1, "c": 2}, "6"),
    ],
)
def test_a_value_stands_alone_or_in_braces_with_its_day(rule: Any, value: Any, points: str) -> None:
    assert given(rule, value) == (points, ())
    assert given(rule, {"value": value, "on": "11/2022"}) == (points, ())


@pytest.mark.parametrize(
    "rule",
    ["direct", "full", "pass_fail", "percent", "relative", {"type": "count", "each": 2}, BANDS, OWN, HONOURS],
)
def test_points_may_be_written_instead_of_what_a_rule_makes_them_of(rule: Any) -> None:
    over = "ghi 11, trần 10"
    assert given(rule, {"points": "6,25"}) == ("6.25", ())
    assert given(rule, {"points": 11}) == ("10", (f"1: {over}",))
    assert given(rule, {"points": -1}) == ("0", ("1: điểm ghi -1 nhỏ hơn 0",))
    assert given(rule, {"points": "nhiều"}) == ("0", ("1: không hiểu số “nhiều”",))


def test_points_written_for_one_unit_measure_no_other() -> None:
    table = read_table({"total": 10, "criteria": [{"code": "1", "max": 10, "rule": "relative"}]})
    units = [
        {"unit": "An", "values": {"1": {"points": 3}}},
        {"unit": "Bình", "values": {"1": {"actual": 6, "target": 5}}},
        {"unit": "Chi", "values": {"1": {"value": 40}}},
        {"unit": "Dung", "values": {"1": 10}},
    ]
    sheets = compute(table, read_filings({"units": units})).sheets
    totals = {unit: own["final"].total for unit, own in sheets.items()}
    assert totals == {"An": 3, "Bình": 10, "Chi": 10, "Dung": Decimal("2.5")}


@pytest.mark.parametrize(
    ("rule", "value", "sentence"),
    [
        ("direct", {"count": 3}, "không hiểu số “{count: 3}”"),
        ("direct", True, "không hiểu số “true”"),
        ("direct", [1, None], "không hiểu số “[1, ]”"),
        ("pass_fail", {}, "ghi “đạt” hoặc “không đạt”, không hiểu “{}”"),
        ({"type": "count", "each": 2}, -1, "số việc -1 nhỏ hơn 0"),
        (OWN, "5", "phải ghi danh sách các chỉ tiêu tự đăng ký"),
        (OWN, [{"actual": 5, "target": 5}], "phải có 2 chỉ tiêu tự đăng ký, mới ghi 1"),
        (MATRIX, {"r": 1}, "phải ghi “r” và “c” bằng số"),
    ],
)
def test_what_is_no_value_is_told_as_it_was_written(rule: Any, value: Any, sentence: str) -> None:
    assert given(rule, value)[1][0] == f"1: {sentence}"


def test_an_unknown_name_is_told_once_with_those_that_may_be_written() -> None:
    told = "1: không hiểu “sô việc”. Được ghi: not_assigned, on, points, value."
    assert told in given("direct", {"sô việc": 1})[1]


@pytest.mark.parametrize(
    ("line", "values", "steps"),
    [
        ({"rule": "percent", "least": 2}, {"1": 10}, "10 × 10/100 = 1; không dưới 2"),
        ({"rule": "percent"}, {"1": -5}, "10 × -5/100 = -0,5; không dưới 0"),
        (
            {"deductions": [{"code": "a", "each": 8}]},
            {"a": 2},
            "tối đa 10; 2 × 8 = 16; −16; không dưới 0",
        ),
        (
            {"net": {"high": 2}, "rule": {"type": "count", "each": 1}, "bonuses": [{"code": "a", "each": 3}]},
            {"1": 4, "a": 1},
            "4 × 1 = 4; 1 × 3 = 3; +3; thưởng trừ bù nhau 3, giữ 2",
        ),
        (
            {"bonuses": [{"code": "a", "each": 1, "one_of": "x"}, {"code": "b", "each": 2, "one_of": "x"}]},
            {"1": 4, "a": 1, "b": 1},
            "4; 1 × 1 = 1; 1 × 2 = 2; chỉ lấy dòng cao nhất; +2",
        ),
        ({"rule": BANDS | {"bands": BANDS["bands"][:1]}}, {"1": 90}, "90 không thuộc mức nào: 0"),
    ],
)
def test_whatever_held_a_mark_stands_among_its_steps(
    line: dict[str, Any], values: dict[str, Any], steps: str
) -> None:
    assert sheet_of(values, **line).marks["1"].explanation == steps


def test_points_with_a_sign_take_nothing_and_give_nothing() -> None:
    extras = {
        "rule": "direct",
        "bonuses": [{"code": "a", "each": 1, "cap": 5}],
        "deductions": [{"code": "b", "each": 1}],
    }
    sheet = sheet_of({"1": 5, "a": {"points": -3}, "b": {"points": -3}}, **extras)
    assert sheet.total == Decimal(5)
    assert sheet.faults == ("1: a: điểm ghi -3 nhỏ hơn 0", "1: b: điểm ghi -3 nhỏ hơn 0")


TEN = {"total": 10, "criteria": [{"code": "1", "max": 10}]}


def test_a_total_repeated_for_a_layer_that_is_not_there_is_told() -> None:
    layers = {"thẩm định": {"values": {"1": 8}, "quotes": {"tự chấm": 9}}}
    sheets = compute(read_table(TEN), read_filings({"units": [{"unit": "An", "layers": layers}]})).sheets
    told = ("Phiếu nêu tổng của lớp “tự chấm”, đơn vị không có lớp này",)
    assert sheets["An"]["thẩm định"].faults == told


def test_names_that_differ_in_spaces_and_capitals_are_doubted() -> None:
    units = [{"unit": name, "values": {"1": 8}} for name in ("Sở Y tế", "sở  y tế", "Sở Y")]
    told = compute(read_table(TEN), read_filings({"units": units})).suspicions
    assert told == ("“Sở Y tế” và “sở  y tế” có phải một đơn vị không?",)
