"""One suite over every way of voting: a new way is one more entry in `MODES` and must pass unchanged."""

from __future__ import annotations

import pytest

from tests.story import Story
from tests.voting.world import VOTERS, closed, counted, enter, opened, papers, ready_to_open, voters
from thidua.base.audit.refusals import Refused
from thidua.voting import actions, queries
from thidua.voting.counting import Next, Share, Verdict
from thidua.voting.models import Ballot, BallotState, Mode
from thidua.voting.modes import MODES, mode_of

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


def test_a_way_held_in_the_room_takes_no_vote_into_the_system(year: Story, mode: str) -> None:
    ballot = opened(year, mode=mode)
    with pytest.raises(Refused, match="tại hội nghị"):
        mode_of(ballot).receive(ballot, b"lua chon")


def test_one_entry_is_not_a_result_and_two_that_agree_are(year: Story, mode: str) -> None:
    ballot = closed(year, mode=mode)
    enter(year, ballot, "an", 9, 1, 1)
    assert queries.outcome(ballot) is None
    enter(year, ballot, "dung", 9, 1, 1)
    found = queries.outcome(ballot)
    assert found is not None
    assert found.verdict == Verdict.DECIDED
    assert [line.votes for line in found.lines] == [9, 1, 1]
    assert MODES[mode].result(ballot) == found


def test_unequal_entries_wait_for_a_recount(year: Story, mode: str) -> None:
    ballot = closed(year, mode=mode)
    enter(year, ballot, "an", 9, 1, 1)
    enter(year, ballot, "dung", 8, 1, 1)
    assert ballot.state == BallotState.CLOSED
    assert queries.counting_stands(ballot, year.actor("dung")).differs


def test_what_does_not_add_up_is_refused(year: Story, mode: str) -> None:
    ballot = closed(year, mode=mode)
    for votes in ((VOTERS + 1, 0, 0), (6, 6, 0)):
        with pytest.raises(Refused):
            enter(year, ballot, "an", *votes)
    missing = papers(ballot)
    missing.pop("issued")
    with pytest.raises(Refused, match="chưa đủ"):
        actions.enter_count(ballot=ballot, numbers=missing, votes={}, by=year.actor("an"))
    with pytest.raises(Refused, match="không thuộc phiếu này"):
        actions.enter_count(ballot=ballot, numbers=papers(ballot), votes={0: 1}, by=year.actor("an"))
    assert not ballot.entries.exists()


def test_a_tie_leads_to_the_next_round_in_the_same_way(year: Story, mode: str) -> None:
    ballot = counted(year, (5, 5, 1), mode=mode, threshold=Share(1, 3))
    found = queries.outcome(ballot)
    assert found is not None
    assert (found.verdict, found.next) == (Verdict.TIED, Next.SECOND_BALLOT)
    second = actions.open_second_ballot(ballot=ballot, by=year.actor("binh"))
    assert (second.mode, second.round) == (mode, 2)
