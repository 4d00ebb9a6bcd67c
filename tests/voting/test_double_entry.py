"""Two entries with slips of the pen, and at the same second: no unequal pair is ever accepted."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from tests.story import Story, tell_story
from tests.voting.world import VOTERS, by_option, closed, papers
from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import Refused
from thidua.voting import actions
from thidua.voting.models import Ballot, BallotState, CountEntry

ROUNDS = 150
NUMBERS = ("printed", "unused", "issued", "returned", "kept", "valid", "invalid", "blank")
SENTENCES = (  # a word of each invariant's sentence
    "In ra",
    "người có mặt",
    "đã nhận phiếu.",
    "không nộp lại",
    "cộng không hợp lệ",
    "nhiều hơn 11 phiếu hợp lệ.",
    "Cộng phiếu của các phương án",
    "không thể âm",
)
Entry = tuple[dict[str, int], tuple[int, ...]]


def slip(chance: random.Random, entry: Entry) -> Entry:
    """The entry with one number, or one option's votes, mistyped."""
    numbers, votes = dict(entry[0]), list(entry[1])
    place = chance.randrange(len(NUMBERS) + len(votes))
    by = chance.choice([-VOTERS, -10, -1, 1, 2, 9, 10])
    if place < len(NUMBERS):
        numbers[NUMBERS[place]] += by
    else:
        votes[place - len(NUMBERS)] += by
    return numbers, tuple(votes)


def swapped(chance: random.Random, entry: Entry) -> Entry:
    """The entry with the votes of two options exchanged: it adds up, yet is wrong."""
    votes = list(entry[1])
    one, other = chance.sample(range(len(votes)), 2)
    votes[one], votes[other] = votes[other], votes[one]
    return entry[0], tuple(votes)


def test_no_unequal_pair_is_accepted_and_every_invariant_catches_something(year: Story) -> None:
    chance = random.Random(13)
    ballot, caught, accepted, refused, unequal = closed(year), set[str](), 0, 0, 0
    truth: Entry = (papers(ballot), (6, 4, 1))
    for _ in range(ROUNDS):
        second = chance.choice([lambda c, e: e, slip, slip, swapped])(chance, truth)
        with _undone():
            _enter(ballot, truth, year.actor("an"))
            try:
                _enter(ballot, second, year.actor("dung"))
            except Refused as refusal:
                refused += 1
                caught |= {word for word in SENTENCES for told in refusal.reasons if word in told}
                continue
            ballot.refresh_from_db()
            if ballot.state == BallotState.COUNTED:
                accepted += 1
                assert second == truth
            else:
                unequal += 1
                assert second != truth
                assert CountEntry.objects.filter(ballot=ballot).count() == 2
    assert caught == set(SENTENCES)
    assert min(accepted, refused, unequal) > 0
    assert accepted + refused + unequal == ROUNDS


def _enter(ballot: Ballot, entry: Entry, by: Actor) -> CountEntry:
    numbers, votes = entry
    return actions.enter_count(ballot=ballot, numbers=numbers, votes=by_option(ballot, *votes), by=by)


class _Undo(Exception):
    """Ends a try-out."""


class _undone:  # noqa: N801  reads as a phrase
    """Whatever happens inside leaves no trace in the database."""

    def __enter__(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run each work on its own connection, all starting together; refusals are returned, not raised."""
    gate = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=10)
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


@pytest.fixture
def committed_year(transactional_db: None) -> Story:
    """The story, really written, so that several connections see it."""
    return tell_story()


def entering(year: Story, ballot: Ballot, name: str, *votes: int) -> Callable[[], object]:
    """This person's entry, on a row of the ballot of its own."""
    own = Ballot.objects.get(pk=ballot.pk)
    told = by_option(ballot, *votes)
    by = year.actor(name)
    return lambda: actions.enter_count(ballot=own, numbers=papers(own), votes=told, by=by)


def test_two_people_entering_in_the_same_second_agree(committed_year: Story) -> None:
    ballot = closed(committed_year)
    at_once(
        entering(committed_year, ballot, "an", 9, 1, 1), entering(committed_year, ballot, "dung", 9, 1, 1)
    )
    ballot.refresh_from_db()
    assert ballot.state == BallotState.COUNTED
    assert sorted(ballot.entries.values_list("number", flat=True)) == [1, 2]


def test_three_entering_in_the_same_second_leave_two_entries(committed_year: Story) -> None:
    ballot = closed(committed_year)
    told = at_once(
        entering(committed_year, ballot, "an", 9, 1, 1),
        entering(committed_year, ballot, "dung", 8, 2, 1),
        entering(committed_year, ballot, "giang", 7, 3, 1),
    )
    ballot.refresh_from_db()
    assert ballot.state == BallotState.CLOSED
    assert ballot.entries.count() == 2
    assert sum(isinstance(one, Refused) for one in told) == 1


def test_a_double_submit_leaves_one_entry(committed_year: Story) -> None:
    ballot = closed(committed_year)
    told = at_once(*[entering(committed_year, ballot, "an", 9, 1, 1) for _ in range(4)])
    assert len({one.pk for one in told if isinstance(one, CountEntry)}) == 1
    assert ballot.entries.count() == 1


def test_the_next_round_is_made_once(committed_year: Story) -> None:
    ballot = closed(committed_year)
    for name in ("an", "dung"):
        entering(committed_year, ballot, name, 5, 5, 1)()
    binh = committed_year.actor("binh")
    copies = [Ballot.objects.get(pk=ballot.pk) for _ in range(3)]
    at_once(*[lambda own=own: actions.open_second_ballot(ballot=own, by=binh) for own in copies])
    assert Ballot.objects.filter(previous=ballot).count() == 1
