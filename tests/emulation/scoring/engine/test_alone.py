"""A criterion's rule by itself, as the editor and the sheet ask it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.emulation.scoring.engine import (
    BadFile,
    compute,
    faults_of,
    in_words,
    read_bands,
    read_filings,
    read_table,
    rule_of,
    worth,
    write_bands,
)

D = Decimal
STEPS = {"type": "steps", "start": "100", "first": "1", "step": "5", "each": "0,5", "cap": "3"}
BANDS = {"type": "bands", "bands": read_bands("từ 95: 5\ntừ 90 dưới 95: 4\ndưới 90: 0")}
RULES: list[dict[str, Any]] = [
    {"type": "pass_fail"},
    {"type": "count", "each": "0,5"},
    {"type": "percent"},
    BANDS,
    STEPS,
]


@pytest.mark.parametrize(
    ("rule", "filed", "points", "steps"),
    [
        ({"type": "pass_fail"}, "đạt", "5.00", "đạt: 5"),
        ({"type": "pass_fail"}, "không đạt", "0.00", "không đạt: 0"),
        ({"type": "count", "each": "0,5", "cap": "3"}, "4", "2.00", "4 × 0,5 = 2"),
        ({"type": "count", "each": "0,5", "cap": "3"}, "9", "3.00", "9 × 0,5 = 4,5; không quá 3"),
        ({"type": "percent"}, "98,2", "4.91", "5 × 98,2/100 = 4,91"),
        (BANDS, "95", "5.00", "95 thuộc mức “từ 95”: 5"),
        (BANDS, "94,99", "4.00", "94,99 thuộc mức “từ 90 dưới 95”: 4"),
        (STEPS, "112", "2.00", "1 + 2 × 0,5 = 2"),
        (STEPS, "100", "0.00", ""),
    ],
)
def test_a_result_is_worth_points_by_steps_anyone_can_follow(
    rule: dict[str, Any], filed: str, points: str, steps: str
) -> None:
    made = worth(rule, D(5), filed, 2)
    assert (str(made.points), made.steps, made.faults) == (points, steps, ())


def test_what_falls_in_no_band_is_a_fault_and_not_nought_in_silence() -> None:
    rule = {"type": "bands", "bands": read_bands("trên 98: 5\ndưới 98: 3")}
    assert worth(rule, D(5), "98", 2).faults == ("98 không thuộc mức nào",)
    assert ("error", "đúng 98 không thuộc mức nào") in faults_of(rule, D(5))


def test_a_rule_that_needs_the_whole_cluster_is_not_answered_alone() -> None:
    with pytest.raises(BadFile, match="kết quả của cả cụm"):
        rule_of({"type": "relative"}, "quy tắc")
    assert faults_of({"type": "relative"}, D(5))[0][0] == "error"


def test_rules_are_told_as_officers_say_them() -> None:
    assert [in_words(rule, D(5)) for rule in RULES] == [
        "Đạt được 5 điểm, không đạt 0 điểm.",
        "0,5 điểm mỗi việc, nhiều nhất 5 điểm.",
        "5 điểm × phần trăm hoàn thành, không quá 5 điểm.",
        "từ 95: 5 điểm; từ 90 dưới 95: 4 điểm; dưới 90: 0 điểm.",
        "Vượt 100 được 1 điểm, mỗi 5 tiếp theo thêm 0,5 điểm, nhiều nhất 3 điểm.",
    ]


@pytest.mark.parametrize("line", ["95: 5 đ", "từ: 5", "từ 95 đến 100", "từ 1.000.000: 1", ": 5", "abc"])
def test_a_line_that_is_not_a_band_is_named(line: str) -> None:
    with pytest.raises(BadFile, match="Dòng 2"):
        read_bands(f"từ 0 đến 10: 1\n{line}")


numbers = st.decimals(min_value=0, max_value=1000, places=2)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["từ", "trên", "≥", ">"]),
            numbers,
            st.sampled_from(["đến", "dưới"]),
            numbers,
            numbers,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_bands_are_written_as_they_are_read(lines: list[tuple[str, D, str, D, D]]) -> None:
    text = "\n".join(f"{low} {a} {high} {b}: {p}" for low, a, high, b, p in lines)
    once = write_bands(read_bands(text))
    assert write_bands(read_bands(once)) == once


most_points = st.decimals(min_value=5, max_value=1000, places=2)


@given(st.sampled_from(RULES[1:]), st.decimals(min_value=0, max_value=500, places=2), most_points)
def test_one_line_alone_and_the_whole_table_give_the_same_points(
    rule: dict[str, Any], filed: D, most: D
) -> None:
    line = {"code": "1", "title": "", "max": str(most), "rule": rule}
    table = read_table({"total": str(most), "criteria": [line]})
    filings = read_filings({"units": [{"unit": "Sở Y tế", "values": {"1": str(filed)}}]})
    sheet = compute(table, filings).sheets["Sở Y tế"]["final"]
    alone = worth(rule, most, str(filed), 2)
    assert 0 <= alone.points <= most
    assert (alone.points, alone.steps) == (sheet.marks["1"].points, sheet.marks["1"].explanation)
