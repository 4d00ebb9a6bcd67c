"""The arithmetic of points, without a database."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.emulation.scoring.engine import Line, LineKind, Table, bounds, problems, rank, round_points

D = Decimal


def table_of_100() -> Table:
    return Table(
        [
            Line("I", "Chuyên môn", D(80), LineKind.GROUP),
            Line("1.1", "Chỉ tiêu", D(50), parent="I"),
            Line("1.2", "Cải cách", D(30), parent="I"),
            Line("II", "Phong trào", D(20), LineKind.GROUP),
            Line("2.1", "Phát động", D(20), parent="II"),
            Line("III", "Thưởng, trừ", D(5), LineKind.GROUP),
            Line("3.1", "Thưởng", D(5), LineKind.BONUS, "III"),
            Line("3.2", "Trừ", D(3), LineKind.PENALTY, "III"),
        ]
    )


def test_groups_add_their_lines_and_bonuses_stand_on_top() -> None:
    sums = table_of_100().sums({"1.1": D("49.5"), "1.2": D(30), "2.1": D(18), "3.1": D(2), "3.2": D("-0.5")})
    assert sums["I"] == D("79.5")
    assert sums["III"] == D("1.5")
    assert sums[""] == D("99.0")
    assert table_of_100().total_max() == 100
    assert table_of_100().bonus_max() == 5


def test_a_sound_table_has_no_problem() -> None:
    assert problems(table_of_100(), D(100)) == []


@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ([Line("1", "a", D(60)), Line("1", "b", D(40))], "dùng 2 lần"),
        ([Line("I", "a", D(100), LineKind.GROUP)], "chưa có tiêu chí"),
        (
            [Line("I", "a", D(100), LineKind.GROUP), Line("1", "b", D(90), parent="I")],
            "cộng lại 90",
        ),
        ([Line("1", "a", D(100), parent="X")], "không có mục X"),
        ([Line("1", "a", D(99))], "thang 100"),
        ([Line("1", "a", D(100)), Line("2", "b", D(-1), LineKind.PENALTY)], "không được âm"),
        ([Line("I", "a", D(100), LineKind.GROUP, "I")], "nằm trong chính nó"),
    ],
)
def test_a_faulty_table_is_told_where(lines: list[Line], word: str) -> None:
    assert any(word in sentence for sentence in problems(Table(lines), D(100)))


def test_a_penalty_is_never_above_zero() -> None:
    assert bounds(Line("1", "a", D(3), LineKind.PENALTY)) == (D(-3), D(0))
    assert bounds(Line("1", "a", D(3))) == (D(0), D(3))


def test_equal_points_share_a_place_and_the_next_counts_all_before() -> None:
    places = rank({1: D("94.5"), 2: D(97), 3: D("94.494"), 4: D(90)}, 2)
    assert [(p.unit, p.place, p.tied) for p in places] == [
        (2, 1, False),
        (1, 2, False),
        (3, 3, False),
        (4, 4, False),
    ]
    tied = rank({1: D("94.5"), 2: D(97), 3: D("94.494"), 4: D(90)}, 1)
    assert [(p.unit, p.place, p.tied) for p in tied] == [
        (2, 1, False),
        (1, 2, True),
        (3, 2, True),
        (4, 4, False),
    ]


def test_half_a_hundredth_rounds_up() -> None:
    assert round_points(D("97.125"), 2) == D("97.13")
    assert round_points(D("-0.125"), 2) == D("-0.13")


@given(st.dictionaries(st.integers(1, 60), st.decimals(0, 105, places=3), min_size=1), st.integers(0, 3))
def test_places_are_those_of_the_rounded_points(points: dict[int, Decimal], places: int) -> None:
    order = rank(points, places)
    assert sorted(p.unit for p in order) == sorted(points)
    for better, worse in itertools.pairwise(order):
        assert better.points >= worse.points
        assert (better.place == worse.place) == (better.points == worse.points)
    assert all(p.place == 1 + sum(q.points > p.points for q in order) for p in order)


@given(st.lists(st.decimals(0, 20, places=2), min_size=1, max_size=30))
def test_a_total_is_the_sum_of_its_leaves(marks: list[Decimal]) -> None:
    lines = [Line("I", "Mục", sum(marks, D(0)), LineKind.GROUP)]
    lines += [Line(f"1.{n}", "Tiêu chí", mark, parent="I") for n, mark in enumerate(marks)]
    sums = Table(lines).sums({f"1.{n}": mark for n, mark in enumerate(marks)})
    assert sums[""] == sums["I"] == sum(marks, D(0))
