"""What holds for every table and every filing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from thidua.emulation.scoring.engine.checking import check
from thidua.emulation.scoring.engine.computing import compute
from thidua.emulation.scoring.engine.output import digest
from thidua.emulation.scoring.engine.points import PointsTable
from thidua.emulation.scoring.engine.reading import read_filings, read_table

D = Decimal
TABLE: dict[str, Any] = {
    "title": "Bảng của An",
    "total": 100,
    "bonus_cap": 6,
    "penalty_cap": 4,
    "criteria": [
        {
            "code": "I",
            "max": 60,
            "children": [
                {"code": "I.1", "max": 20, "rule": "direct"},
                {"code": "I.2", "max": 15, "rule": {"type": "relative"}},
                {"code": "I.3", "max": 10, "rule": {"type": "percent"}},
                {
                    "code": "I.4",
                    "max": 15,
                    "deduction_cap": 5,
                    "net": {"low": -5, "high": 2},
                    "deductions": [{"code": "I.4.1", "each": "0,5", "waivable": True}],
                    "bonuses": [{"code": "I.4.2", "each": 1, "cap": 3}],
                },
            ],
        },
        {
            "code": "II",
            "max": 40,
            "children": [
                {"code": "II.1", "max": 10, "rule": {"type": "count", "each": 2}},
                {
                    "code": "II.2",
                    "max": 10,
                    "rule": {
                        "type": "bands",
                        "low": 0,
                        "high": 100,
                        "bands": [{"below": 50, "points": 0}, {"from": 50, "points": 10}],
                    },
                },
                {"code": "II.3", "max": 10, "rule": "pass_fail"},
                {"code": "II.4", "max": 10, "rule": {"type": "registered", "count": 2, "each": 5}},
            ],
        },
        {
            "code": "III",
            "kind": "bonus",
            "max": 5,
            "rule": {"type": "steps", "start": 5, "step": 1, "each": 1},
        },
        {"code": "IV", "kind": "penalty", "max": 3, "rule": "direct"},
    ],
}
numbers = st.decimals(0, 200, places=2, allow_nan=False)
pairs = st.fixed_dictionaries(
    {"actual": numbers, "target": st.one_of(st.none(), st.decimals("0.01", 200, places=2))}
)
values = st.fixed_dictionaries(
    {},
    optional={
        "I.1": numbers,
        "I.2": pairs,
        "I.3": pairs,
        "I.4.1": st.integers(0, 40),
        "I.4.2": st.integers(0, 40),
        "II.1": st.integers(0, 40),
        "II.2": numbers,
        "II.3": st.sampled_from(["đạt", "không đạt", True, False]),
        "II.4": st.lists(pairs, min_size=2, max_size=2),
        "III": numbers,
        "IV": numbers,
        "lạ": numbers,
    },
)
clusters = st.dictionaries(st.sampled_from(["An", "Bình", "Chi", "Dung", "Giang"]), values, max_size=5)


def table() -> PointsTable:
    return read_table(TABLE)


def filings(units: dict[str, Any]):
    return read_filings({"units": [{"unit": unit, "values": filed} for unit, filed in units.items()]})


def test_the_table_itself_is_sound() -> None:
    assert [str(one) for one in check(table())] == []


@settings(max_examples=150, deadline=None)
@given(clusters)
def test_no_total_leaves_the_declared_bounds(units: dict[str, Any]) -> None:
    most = table().most
    assert most == 106
    for own in compute(table(), filings(units)).sheets.values():
        sheet = own["final"]
        assert -4 <= sheet.total <= most
        assert sheet.bonus <= 6
        assert sheet.deducted <= 4
        caps = {leaf.code: leaf.most for leaf in table().leaves}
        assert all(mark.base <= caps[code] for code, mark in sheet.marks.items())


@settings(max_examples=60, deadline=None)
@given(clusters, st.randoms(use_true_random=False))
def test_the_order_of_filing_does_not_matter(units: dict[str, Any], chance: Any) -> None:
    mixed = list(units)
    chance.shuffle(mixed)
    one, other = filings(units), filings({unit: units[unit] for unit in mixed})
    first, second = compute(table(), one), compute(table(), other)
    assert {u: own["final"].total for u, own in first.sheets.items()} == {
        u: own["final"].total for u, own in second.sheets.items()
    }
    assert digest(table(), one, first) == digest(table(), other, second)


@settings(max_examples=30, deadline=None)
@given(clusters)
def test_computing_again_gives_the_same(units: dict[str, Any]) -> None:
    told = filings(units)
    assert digest(table(), told, compute(table(), told)) == digest(table(), told, compute(table(), told))


def test_nought_is_a_score_and_silence_is_not() -> None:
    result = compute(table(), filings({"An": {"I.1": 0}, "Bình": {}}))
    assert result.sheets["An"]["final"].marks["I.1"].points == 0
    assert "I.1" not in result.sheets["An"]["final"].missing
    assert "I.1" in result.sheets["Bình"]["final"].missing


def test_what_was_not_assigned_neither_scores_nor_lacks() -> None:
    dropped = compute(table(), filings({"An": {"I.1": "không giao", "I.3": 100}})).sheets["An"]["final"]
    assert dropped.excluded == ("I.1",)
    assert "I.1" not in dropped.missing
    rescaled = read_table(TABLE | {"not_assigned": "rescale"})
    sheet = compute(rescaled, filings({"An": {"I.1": "không giao", "I.3": 100}})).sheets["An"]["final"]
    assert sheet.total == (D(25) * 100 / 80).quantize(D("0.01"))  # I.3 and the full I.4 out of what is left


def test_a_fault_the_unit_found_itself_is_not_deducted() -> None:
    told = {"An": {"I.4.1": {"count": 4, "waived": True}}, "Bình": {"I.4.1": {"count": 4}}}
    sheets = compute(table(), filings(told)).sheets
    assert [sheets[unit]["final"].marks["I.4"].points for unit in told] == [15, 13]


def test_the_ranking_waits_until_everybody_has_filed() -> None:
    result = compute(table(), filings({"An": {"I.1": 20}, "Bình": {"I.1": 20}}))
    assert [one.place for one in result.ranking] == [1, 1]
    assert all(one.tied for one in result.ranking)
    assert result.provisional == ("An: còn 6 tiêu chí chưa ghi", "Bình: còn 6 tiêu chí chưa ghi")
