"""Thresholds, quotas, reconciliation and outcome in whole numbers, against exact fractions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.voting.counting import (
    Choice,
    Count,
    Next,
    Question,
    Share,
    Verdict,
    decide,
    needed,
    number_quota,
    percent_text,
    quota,
    reaches,
    reconcile,
    reconcile_hands,
    share_text,
)

TWO_THIRDS, EIGHTY, NINETY = Share(2, 3), Share(80, 100), Share(9, 10)
OVER_HALF = Share(1, 2, strict=True)
SHARES = [
    TWO_THIRDS,
    EIGHTY,
    NINETY,
    OVER_HALF,
    Share(3, 4),
    Share(1, 2),
    Share(2, 3, strict=True),
    Share(1, 1),
]


@st.composite
def shares(draw: st.DrawFn) -> Share:
    """Any share that can be reached."""
    denominator = draw(st.integers(2, 1000))
    strict = draw(st.booleans())
    return Share(draw(st.integers(0, denominator - strict)), denominator, strict)


@pytest.mark.parametrize(
    ("share", "base", "least"),
    [
        (EIGHTY, 7, 6),
        (EIGHTY, 8, 7),
        (TWO_THIRDS, 14, 10),
        (TWO_THIRDS, 11, 8),
        (NINETY, 15, 14),
        (NINETY, 9, 9),
        (NINETY, 10, 9),
        (OVER_HALF, 10, 6),
        (OVER_HALF, 11, 6),
        (Share(1, 1), 11, 11),
        (TWO_THIRDS, 0, 0),
    ],
)
def test_golden_thresholds(share: Share, base: int, least: int) -> None:
    assert needed(share, base) == least


@pytest.mark.parametrize(
    ("percent", "members", "rounding", "allowed"),
    [
        (20, 9, "down", 1),
        (20, 10, "down", 2),
        (20, 9, "up", 2),
        (20, 9, "nearest", 2),
        (20, 7, "nearest", 1),
        (50, 5, "nearest", 3),
        (20, 0, "up", 0),
    ],
)
def test_golden_quotas(percent: int, members: int, rounding: str, allowed: int) -> None:
    assert quota(percent, 100, members, rounding) == allowed


def test_a_number_quota_never_exceeds_the_members() -> None:
    assert number_quota(3, 11) == 3
    assert number_quota(3, 2) == 2


@pytest.mark.parametrize("share", SHARES, ids=str)
def test_every_decision_up_to_sixty_votes_agrees_with_fractions(share: Share) -> None:
    line = Fraction(share.numerator, share.denominator)
    for base in range(1, 61):
        for yes in range(base + 1):
            part = Fraction(yes, base)
            right = yes > 0 and (part > line if share.strict else part >= line)
            assert reaches(yes, share, base) is right, (yes, base)
            found = decide(_question(threshold=share, base=base), [Choice(1, "A", yes)])
            assert (found.verdict == Verdict.DECIDED) is right, (yes, base)


@pytest.mark.parametrize("share", SHARES, ids=str)
def test_no_shown_percentage_crosses_the_threshold(share: Share) -> None:
    for base in range(1, 61):
        for yes in range(base + 1):
            _shown_on_the_right_side(yes, share, base)


@given(shares(), st.integers(1, 100_000), st.data())
def test_no_shown_percentage_crosses_any_threshold(share: Share, base: int, data: st.DataObject) -> None:
    least = needed(share, base)
    yes = data.draw(st.sampled_from([max(least - 1, 0), min(least, base), min(least + 1, base)]))
    _shown_on_the_right_side(yes, share, base)


def _shown_on_the_right_side(yes: int, share: Share, base: int) -> None:
    shown = Fraction(percent_text(yes, base, share).rstrip("%").replace(",", "."))
    line = Fraction(share.numerator * 100, share.denominator)
    if not reaches(yes, share, base):
        assert shown < line or (yes * 100 == line * base), (yes, base, shown)
    else:
        assert shown > line if share.strict else shown >= line, (yes, base, shown)


@given(shares(), st.integers(0, 10_000))
def test_needed_is_the_least_that_reaches(share: Share, base: int) -> None:
    least = needed(share, base)
    line = Fraction(share.numerator, share.denominator) * base
    assert least > line if share.strict else least >= line
    assert least - 1 <= line if share.strict else least - 1 < line


@given(st.integers(0, 300), st.integers(1, 300), st.integers(0, 500))
def test_quotas_lie_between_down_and_up(numerator: int, denominator: int, members: int) -> None:
    exact = Fraction(numerator * members, denominator)
    down, nearest, up = (quota(numerator, denominator, members, way) for way in ("down", "nearest", "up"))
    assert down <= exact <= up <= down + 1
    assert nearest in {down, up}
    assert abs(nearest - exact) <= Fraction(1, 2)


@pytest.mark.parametrize(("n", "d", "strict"), [(3, 2, False), (1, 0, False), (-1, 2, False), (1, 1, True)])
def test_what_is_not_a_share_is_refused(n: int, d: int, strict: bool) -> None:
    with pytest.raises(ValueError, match=r"tỷ lệ|toàn bộ"):
        Share(n, d, strict)


def test_shares_in_words() -> None:
    assert [share_text(s) for s in (EIGHTY, TWO_THIRDS, OVER_HALF)] == [
        "80%",
        "2/3",
        "trên 50%",
    ]
    assert percent_text(9, 11, TWO_THIRDS) == "81,8%"
    assert percent_text(8, 12, TWO_THIRDS) == "66,7%"
    assert percent_text(1999, 2500, EIGHTY) == "79,96%"
    assert percent_text(5, 5) == "100%"


GOOD = Count(
    present=11,
    signed=11,
    printed=12,
    unused=1,
    issued=11,
    returned=10,
    kept=1,
    valid=8,
    invalid=1,
    blank=1,
    choices_max=2,
    votes=(("Sở Y tế", 8), ("Sở Giáo dục", 5)),
)
BROKEN = {
    "printed": (
        replace(GOOD, printed=13),
        "In ra 13 phiếu, nhưng phát ra 11 cộng không dùng 1 là 12.",
    ),
    "kept": (
        replace(GOOD, kept=0),
        "Phát ra 11 phiếu, nhưng thu về 10 cộng không nộp lại 0 là 10.",
    ),
    "valid": (
        replace(GOOD, blank=0),
        "Thu về 10 phiếu, nhưng hợp lệ 8 cộng không hợp lệ 1 cộng trống 0 là 9.",
    ),
    "option": (
        replace(GOOD, votes=(("Sở Y tế", 9),)),
        "Sở Y tế có 9 phiếu, nhiều hơn 8 phiếu hợp lệ.",
    ),
    "sum": (
        replace(GOOD, votes=(("A", 8), ("B", 8), ("C", 1))),
        "Cộng phiếu của các phương án là 17, nhiều hơn 8 phiếu hợp lệ × 2 lựa chọn = 16.",
    ),
    "present": (
        replace(GOOD, present=10),
        "Phát ra 11 phiếu, nhiều hơn 10 người có mặt.",
    ),
    "signed": (
        replace(GOOD, signed=9),
        "Phát ra 11 phiếu, nhưng danh sách ghi 9 người đã nhận phiếu.",
    ),
    "negative": (
        replace(GOOD, invalid=-1, valid=10),
        "Số phiếu không hợp lệ không thể âm (-1).",
    ),
}


def test_a_count_that_adds_up_says_nothing() -> None:
    assert reconcile(GOOD) == []


@pytest.mark.parametrize("broken", BROKEN)
def test_each_broken_sum_is_told_with_its_numbers(broken: str) -> None:
    count, sentence = BROKEN[broken]
    assert sentence in reconcile(count)


@st.composite
def true_counts(draw: st.DrawFn) -> Count:
    """A count as honest people find it: papers cast, some spoilt, some kept."""
    choices_max = draw(st.integers(1, 4))
    papers = draw(st.lists(st.sets(st.integers(0, 4), max_size=choices_max), max_size=40))
    invalid, kept, unused = (draw(st.integers(0, 5)) for _ in range(3))
    valid = [paper for paper in papers if paper]
    returned = len(papers) + invalid
    return Count(
        present=returned + kept + draw(st.integers(0, 5)),
        signed=returned + kept,
        printed=returned + kept + unused,
        unused=unused,
        issued=returned + kept,
        returned=returned,
        kept=kept,
        valid=len(valid),
        invalid=invalid,
        blank=len(papers) - len(valid),
        choices_max=choices_max,
        votes=tuple((f"Đơn vị {n}", sum(n in paper for paper in valid)) for n in range(5)),
    )


@given(true_counts())
def test_an_honest_count_always_reconciles(count: Count) -> None:
    assert reconcile(count) == []


@given(
    true_counts(),
    st.sampled_from(["printed", "unused", "issued", "returned", "kept", "valid", "invalid", "blank"]),
    st.integers(-9, 9).filter(bool),
)
def test_one_mistyped_number_of_papers_never_reconciles(count: Count, field: str, slip: int) -> None:
    assert reconcile(replace(count, **{field: getattr(count, field) + slip}))


def test_hands_are_reconciled_in_their_own_words() -> None:
    hands = replace(
        GOOD,
        issued=11,
        blank=2,
        valid=9,
        invalid=0,
        choices_max=1,
        votes=(("Đồng ý", 7), ("Không", 2)),
    )
    assert reconcile_hands(hands) == []
    assert "Đếm được 12 người, nhiều hơn 11 người có mặt theo danh sách." in reconcile_hands(
        replace(hands, issued=12, valid=10)
    )
    assert reconcile_hands(replace(hands, blank=12, valid=-1))
    assert any("10 lượt" in told for told in reconcile_hands(replace(hands, votes=(("Đồng ý", 10),))))
    assert any("9 người × 1" in told for told in reconcile_hands(replace(hands, votes=(("A", 8), ("B", 2)))))


def _question(**changed: object) -> Question:
    rules: dict[str, object] = {
        "seats": 1,
        "threshold": TWO_THIRDS,
        "base": 11,
        "max_rounds": 2,
    }
    return Question(**{**rules, **changed})  # type: ignore[arg-type]


def _vote(question: Question, *votes: int) -> tuple[Verdict, tuple[int, ...], tuple[int, ...], Next]:
    found = decide(question, [Choice(n, f"Đơn vị {n}", v) for n, v in enumerate(votes, start=1)])
    return found.verdict, found.elected, found.tied, found.next


def test_the_result_shows_its_sum() -> None:
    found = decide(_question(), [Choice(1, "Sở Y tế", 2), Choice(2, "Sở Giáo dục", 9)])
    assert found.elected == (2,)
    assert found.lines[0].sum == "9/11 phiếu = 81,8%, cần từ 8 phiếu (2/3 của 11)"
    assert found.votes == {1: 2, 2: 9}
    assert found.sentences[0].startswith("Sở Giáo dục được chọn: 9/11 phiếu")


def test_equals_at_the_line_are_neither_chosen_nor_beaten() -> None:
    low = Share(1, 3)
    assert _vote(_question(threshold=low), 4, 4, 1) == (
        Verdict.TIED,
        (),
        (1, 2),
        Next.SECOND_BALLOT,
    )
    assert _vote(_question(threshold=low, seats=2), 9, 4, 4) == (
        Verdict.TIED,
        (1,),
        (2, 3),
        Next.SECOND_BALLOT,
    )
    assert _vote(_question(threshold=low, seats=2), 4, 4, 1)[0] == Verdict.DECIDED


def test_nobody_reaches_the_threshold() -> None:
    assert _vote(_question(), 7, 4) == (Verdict.BELOW, (), (), Next.SECOND_BALLOT)
    last = _question(round=2, tie_break="Trưởng, phó khối thống nhất")
    found = decide(last, [Choice(1, "A", 7), Choice(2, "B", 4)])
    assert found.next == Next.TIE_BREAK
    assert "Trưởng, phó khối thống nhất" in found.sentences[-1]


def test_equals_share_a_place() -> None:
    found = decide(_question(), [Choice(n, str(n), v) for n, v in enumerate((3, 5, 5, 1))])
    assert [(line.place, line.votes) for line in found.lines] == [
        (1, 5),
        (1, 5),
        (3, 3),
        (4, 1),
    ]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=15), st.integers(1, 5), shares())
def test_no_option_with_fewer_votes_stands_before_one_with_more(
    votes: list[int], seats: int, share: Share
) -> None:
    question = _question(seats=seats, threshold=share, base=40)
    found = decide(question, [Choice(n, str(n), v) for n, v in enumerate(votes)])
    assert len(found.elected) <= seats
    assert found.seats_left == seats - len(found.elected)
    assert not set(found.elected) & set(found.tied)
    passed_over = [v for n, v in enumerate(votes) if n not in found.elected]
    for key in found.elected:
        assert reaches(votes[key], share, 40)
        assert all(votes[key] > other for other in passed_over if reaches(other, share, 40))
    if found.verdict == Verdict.DECIDED:
        assert found.next == Next.NOTHING
