"""A fixed hundredth of what `make proof` runs whole (benchmarks/voting.md)."""

from __future__ import annotations

from tests.voting.ballot_box import elections, mutants, tallies


def test_no_mutant_is_accepted_and_all_judge_them_alike() -> None:
    total = mutants.run(1000)
    assert len(mutants.KINDS) >= 20
    assert total.judged.total() == 1000
    assert set(total.judged) == set(mutants.KINDS)
    assert (+total.accepted, +total.wrong, +total.disagreed) == ({}, {}, {})


def test_the_mutants_come_from_ballots_that_are_accepted() -> None:
    lab = mutants.Lab()
    judges = mutants.Core(lab), mutants.File(lab)
    for ballot in lab.pool[0][:3]:
        assert [judge([("pending", ballot)]) for judge in judges] == ["", ""]


def test_elections_drawn_at_random_are_counted_and_judged_alike() -> None:
    assert elections.run(10) == elections.Outcome(elections=10)


def test_every_subset_of_trustees_opens_the_plain_sum() -> None:
    cases = [tallies.one_case(seed) for seed in range(100)]
    assert sum(wrong for _, wrong in cases) == 0
    assert sum(subsets for subsets, _ in cases) > 100


def test_thresholds_are_decided_as_exact_fractions_are() -> None:
    assert tallies.decisions() == (3780, 0)


def test_no_unequal_pair_of_entries_is_accepted_nor_the_same_slip_twice() -> None:
    assert tallies.papers(100) == tallies.Papers(unequal=100, same_slip=100)


def test_enough_trustees_open_fewer_do_not_and_a_false_share_is_named() -> None:
    assert tallies.losses(4, 2) == tallies.Loss(refused=5, opened=11, named=4)
