"""A criterion's rule by itself, as the editor and the sheet ask it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.emulation.scoring.engine import (
    BadFile,
    Mark,
    compute,
    in_words,
    read_bands,
    read_filings,
    read_table,
    terms_in_words,
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
        (STEPS, "100", "0.00", "100 chưa qua mốc 100: 0"),
    ],
)
def test_a_result_is_worth_points_by_steps_anyone_can_follow(
    rule: dict[str, Any], filed: str, points: str, steps: str
) -> None:
    made = mark_of(rule, filed)
    assert (str(made.points), made.explanation, made.faults) == (points, steps, ())


def mark_of(rule: dict[str, Any], filed: str) -> Mark:
    """What the engine makes of one filing of a criterion of 5 points."""
    table = read_table({"total": 5, "criteria": [{"code": "1", "max": 5, "rule": rule}]})
    filings = read_filings({"units": [{"unit": "Sở Y tế", "values": {"1": filed}}]})
    return compute(table, filings).sheets["Sở Y tế"]["final"].marks["1"]


def test_what_falls_in_no_band_is_a_fault_and_not_nought_in_silence() -> None:
    rule = {"type": "bands", "bands": read_bands("trên 98: 5\ndưới 98: 3")}
    assert mark_of(rule, "98").faults == ("98 không thuộc mức nào",)


MORE: list[tuple[dict[str, Any], str]] = [
    ({"type": "full"}, "5 điểm, trừ theo các trường hợp nêu."),
    ({"type": "direct"}, ""),
    ({"type": "relative"}, "So với đơn vị vượt chỉ tiêu nhiều nhất trong cụm: đạt chỉ tiêu được 2,5 điểm."),
    (
        {"type": "registered", "count": 5, "each": 1, "bonus": "0.1"},
        "Đơn vị đăng ký 5 chỉ tiêu, mỗi chỉ tiêu 1 điểm, vượt thì thêm không quá 0,1 điểm.",
    ),
    ({"type": "honours", "awards": {"CO_CP": 15}}, "Đang giữ CO_CP: 15 điểm; lấy mức cao nhất."),
]


@pytest.mark.parametrize(("rule", "words"), MORE)
def test_every_rule_is_told_in_words(rule: dict[str, Any], words: str) -> None:
    assert in_words(rule, D(5)) == words


def test_what_stands_beside_a_rule_is_told_as_well() -> None:
    bonus = {"code": "a4.5", "title": "Từ 99%", "each": 2, "cap": 2}
    told = terms_in_words({"bonuses": [bonus], "deduction_cap": "1,5", "net": {"low": -7, "high": 7}})
    assert told == [
        "Thưởng Từ 99%: 2 điểm mỗi việc, nhiều nhất 2 điểm.",
        "Trừ không quá 1,5 điểm.",
        "Thưởng bù trừ giữ trong khoảng từ -7 đến 7.",
    ]


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
