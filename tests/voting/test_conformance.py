"""One suite over every way of voting: a new way is one more entry in `MODES` and must pass unchanged."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.story import Story
from tests.voting import devices
from tests.voting.world import (
    VOTERS,
    closed,
    counted,
    enter,
    half_counted,
    opened,
    papers,
    ready_to_open,
    voters,
)
from thidua.base.audit.refusals import Refused
from thidua.voting import actions, queries
from thidua.voting.counting import Next, Share, Verdict
from thidua.voting.models import Ballot, BallotState, BoardEntry, Mode
from thidua.voting.modes import MODES, mode_of


def too_many(year: Story, ballot: Ballot) -> None:
    enter(year, ballot, "an", VOTERS + 1, 0, 0)


def too_many_in_all(year: Story, ballot: Ballot) -> None:
    enter(year, ballot, "an", 6, 6, 0)


def a_number_missing(year: Story, ballot: Ballot) -> None:
    numbers = papers(ballot)
    numbers.pop("issued")
    actions.enter_count(ballot=ballot, numbers=numbers, votes={}, by=year.actor("an"))


def an_option_of_elsewhere(year: Story, ballot: Ballot) -> None:
    actions.enter_count(ballot=ballot, numbers=papers(ballot), votes={0: 1}, by=year.actor("an"))


def a_share_of_another(year: Story, ballot: Ballot) -> None:
    actions.give_share(ballot=ballot, payload=devices.share_of(ballot, 1), by=year.actor("dung"))


def a_share_bent(year: Story, ballot: Ballot) -> None:
    share = devices.share_of(ballot, 1)
    other = devices.share_of(ballot, 2)[12:76]
    bent = share[:12] + other + share[76:]
    actions.give_share(ballot=ballot, payload=bent, by=year.actor("an"))


def typed_by_hand(year: Story, ballot: Ballot) -> None:
    actions.enter_count(ballot=ballot, numbers={}, votes={}, by=year.actor("an"))


def opened_by_one(year: Story, ballot: Ballot) -> None:
    actions.open_poll(ballot=ballot, by=year.actor("an"))


ROOM = (too_many, too_many_in_all, a_number_missing, an_option_of_elsewhere)
SPOILED = {
    "paper": ROOM,
    "show_of_hands": ROOM,
    "electronic": (a_share_of_another, a_share_bent, typed_by_hand, opened_by_one),
    "poll": (typed_by_hand, opened_by_one),
}
pytestmark = pytest.mark.parametrize("mode", sorted(MODES))


def test_every_way_is_named_and_says_who_can_see_a_vote(year: Story, mode: str) -> None:
    assert mode in Mode.values
    assert MODES[mode].code == mode
    assert MODES[mode].secrecy.endswith(".")
    assert queries.told_to_voters(ready_to_open(year, mode=mode))[0] == MODES[mode].secrecy


def test_a_ballot_walks_through_its_states_in_order(year: Story, mode: str) -> None:
    ballot = counted(year, mode=mode)
    for member in ballot.committee.all():
        actions.sign_count(ballot=ballot, member=member, by=year.actor(member.user.username))
    assert ballot.state == BallotState.SIGNED
    moments = [
        ballot.sealed_at,
        ballot.opened_at,
        ballot.closed_at,
        ballot.counted_at,
        ballot.signed_at,
    ]
    assert all(moments)


def test_no_state_is_skipped(year: Story, mode: str) -> None:
    binh = year.actor("binh")
    ballot = ready_to_open(year, mode=mode)
    for run in (actions.seal_roll, actions.close_ballot):
        with pytest.raises(Refused):
            run(ballot=ballot, by=binh)
    with pytest.raises(Refused):
        enter(year, ballot, "an", 9, 1, 1)
    with pytest.raises(Refused):
        actions.sign_count(ballot=ballot, member=ballot.committee.first(), by=year.actor("dung"))
    assert ballot.state == BallotState.SEALED
    assert queries.outcome(ballot) is None


@pytest.mark.parametrize("step", [ready_to_open, opened, closed, counted])
def test_it_is_void_from_any_state_and_then_tells_nothing(year: Story, mode: str, step: object) -> None:
    ballot: Ballot = step(year, mode=mode)  # type: ignore[operator]
    actions.void_ballot(ballot=ballot, reason="Có người bỏ phiếu từ xa", by=year.actor("binh"))
    assert ballot.state == BallotState.VOID
    assert queries.outcome(ballot) is None
    assert queries.elected_options(ballot) == []
    assert actions.repeat_ballot(ballot=ballot, by=year.actor("binh")).mode == mode


def test_opening_needs_the_quorum(year: Story, mode: str) -> None:
    binh = year.actor("binh")
    ballot = ready_to_open(year, mode=mode)
    actions.mark_roll(ballot=ballot, entries=voters(ballot)[:4], mark="present", value=False, by=binh)
    with pytest.raises(Refused, match="Có mặt 7/11"):
        actions.open_ballot(ballot=ballot, by=binh)


def test_a_voter_is_issued_one_right(year: Story, mode: str) -> None:
    ballot = opened(year, mode=mode)
    entry = ballot.roll.first()
    assert entry is not None
    for _ in range(2):
        MODES[mode].issue(entry)
    entry.refresh_from_db()
    assert entry.present
    assert queries.roll_numbers(ballot).total == VOTERS


def test_what_is_no_vote_of_this_way_is_not_taken(year: Story, mode: str) -> None:
    ballot = opened(year, mode=mode)
    with pytest.raises(Refused):
        mode_of(ballot).receive(ballot, b"lua chon", year.actor("an").at)
    assert not BoardEntry.objects.filter(type="pending").exists()


def test_half_a_count_is_no_result_and_the_other_half_makes_it(year: Story, mode: str) -> None:
    half = half_counted(year, mode=mode)
    assert half.state == BallotState.CLOSED
    assert queries.outcome(half) is None
    actions.void_ballot(ballot=half, reason="Đếm lại từ đầu", by=year.actor("binh"))
    ballot = counted(year, mode=mode)
    found = queries.outcome(ballot)
    assert found is not None
    assert found.verdict == Verdict.DECIDED
    assert [line.votes for line in found.lines] == [9, 1, 1]
    assert MODES[mode].result(ballot) == found
    chosen = [option.label for option in queries.elected_options(ballot)]
    assert chosen == (["Sở VH, TT và DL"] if MODES[mode].may_elect else [])


def test_a_count_that_does_not_hold_changes_nothing(year: Story, mode: str) -> None:
    ballot = closed(year, mode=mode)
    for spoil in SPOILED[mode]:
        with pytest.raises(Refused):
            spoil(year, ballot)
    ballot.refresh_from_db()
    assert ballot.state == BallotState.CLOSED
    assert not ballot.entries.exists()


def test_after_the_close_nobody_votes(year: Story, mode: str) -> None:
    ballot = closed(year, mode=mode)
    before = BoardEntry.objects.count()
    late = b"lua chon"
    if MODES[mode].is_electronic:
        late, _ = devices.fill(ballot, ballot.roll.all()[0], 0, counter=9)
    with pytest.raises(Refused), transaction.atomic():
        mode_of(ballot).receive(ballot, late, year.actor("an").at)
    assert BoardEntry.objects.count() == before


def test_a_tie_leads_to_the_next_round_in_the_same_way(year: Story, mode: str) -> None:
    ballot = counted(year, (5, 5, 1), mode=mode, threshold=Share(1, 3))
    found = queries.outcome(ballot)
    assert found is not None
    assert (found.verdict, found.next) == (Verdict.TIED, Next.SECOND_BALLOT)
    second = actions.open_second_ballot(ballot=ballot, by=year.actor("binh"))
    assert (second.mode, second.round) == (mode, 2)
