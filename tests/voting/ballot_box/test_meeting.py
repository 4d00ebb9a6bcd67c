"""Eleven delegates and three trustees hold a vote that anybody can check."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.voting.ballot_box.world import Meeting, convene, question, threshold
from thidua.voting.ballot_box.ballots import make_ballot
from thidua.voting.ballot_box.board import read_receipt
from thidua.voting.ballot_box.checks import verify
from thidua.voting.ballot_box.refusals import Refusal
from thidua.voting.ballot_box.tally import aggregate_payload, result_payload, trustee_share


def chosen(options: int, *at: int) -> list[list[int]]:
    return [[int(i in at) for i in range(options)]]


def eleven(needed: int, holders: int = 3) -> Meeting:
    """Eleven delegates choose up to three of eleven units."""
    line = threshold(2, 3, 11)
    return convene(11, [question(11, 0, 3, threshold=line)], holders, needed)


@pytest.mark.parametrize(("needed", "present"), [(3, (1, 2, 3)), (2, (1, 3))])
def test_eleven_delegates_vote_and_the_count_is_checked(needed: int, present: tuple[int, ...]) -> None:
    meeting = eleven(needed)
    receipts = [meeting.vote(voter, chosen(11, 0, voter % 11)) for voter in range(10)]
    receipts.append(meeting.vote(10, chosen(11)))  # a blank ballot
    report = meeting.count(*present)
    assert report.faults == ()
    assert report.stage == "counted"
    assert report.counts == ((10, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0),)
    assert verify(meeting.package, [read_receipt(receipt) for receipt in receipts]).accepted


def test_fewer_trustees_than_needed_open_nothing() -> None:
    meeting = eleven(3)
    for voter in range(11):
        meeting.vote(voter, chosen(11, 4))
    with pytest.raises(Refusal, match="Chưa đủ mảnh giải"):
        meeting.count(1, 2)


def test_who_votes_twice_is_counted_once_with_the_last() -> None:
    meeting = convene(6)
    for voter in range(6):
        meeting.vote(voter, chosen(3, 0))
    meeting.vote(2, chosen(3, 1), counter=2)
    assert meeting.count().counts == ((5, 1, 0),)


def test_a_delegate_checks_the_device_and_then_votes() -> None:
    meeting = convene(6)
    tested, _ = meeting.fill(0, chosen(3, 2))
    meeting.put(0, tested, "audited")
    meeting.vote(0, chosen(3, 1), counter=2)
    for voter in range(1, 6):
        meeting.vote(voter, chosen(3, 0))
    assert meeting.count().counts == ((5, 1, 0),)


def test_an_award_council_votes_on_forty_lines_in_one_ballot() -> None:
    line = threshold(90, 100, 9)
    lines = [question(1, 0, 1, title=f"Hồ sơ {at}", threshold=line) for at in range(1, 41)]
    meeting = convene(9, lines)
    for voter in range(9):
        meeting.vote(voter, [[int(at % 9 != voter)] for at in range(40)])
    report = meeting.count()
    assert report.faults == ()
    assert report.counts == ((8,),) * 40
    decisions = meeting.ledger.told(meeting.ledger.of("result")[0])["decisions"]
    assert decisions == [[False]] * 40  # 8 of 9 are 88,8%, not 90%


def test_nobody_chooses_the_own_unit() -> None:
    units = ["A", "B", "C", "D", "E", "F"]
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in units]
    meeting = convene(6, [question(options=6, own_unit=True) | {"options": options}], units=units)
    with pytest.raises(ValueError, match="không nằm trong các giá trị được phép"):
        meeting.fill(1, chosen(6, 1))
    for voter in range(6):
        meeting.vote(voter, chosen(6, (voter + 1) % 6))
    assert meeting.count().counts == ((1,) * 6,)


def test_a_second_ballot_is_an_election_of_its_own() -> None:
    first, second = convene(6, seed=1), convene(6, seed=1, title="Bỏ phiếu lần hai")
    old, _ = first.fill(0, chosen(3, 1))
    second.put(0, old)
    assert first.manifest.eh != second.manifest.eh
    assert second.verify().code == "V03"


def test_a_lost_slip_is_replaced_by_the_committee_and_votes_in_its_place() -> None:
    meeting = convene(6)
    meeting.vote(0, chosen(3, 2))
    lost = meeting.keys.voters[0]
    meeting.replace(0)
    meeting.vote(0, chosen(3, 0))
    for voter in range(1, 6):
        meeting.vote(voter, chosen(3, 0))
    assert meeting.count().counts == ((6, 0, 0),)
    again = convene(6)
    again.replace(0)
    again.keys.voters[0] = lost
    again.vote(0, chosen(3, 0))
    assert again.verify().code == "V06"


def test_a_replaced_delegate_still_may_not_choose_the_own_unit() -> None:
    units = ["A", "B", "C", "D", "E", "F"]
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in units]
    meeting = convene(6, [question(options=6, own_unit=True) | {"options": options}], units=units)
    meeting.replace(0)
    seed = meeting.keys.voters[0]
    ballot, _ = make_ballot(meeting.manifest, seed, 1, chosen(6, 1), unit="A", draw=meeting.draw)
    meeting.put(0, ballot)
    assert meeting.verify().accepted
    freed, _ = make_ballot(meeting.manifest, seed, 2, chosen(6, 0), unit="", draw=meeting.draw)
    meeting.put(0, freed)
    assert meeting.verify().code == "V01"


def test_one_member_of_the_committee_cannot_replace_a_slip() -> None:
    meeting = convene(6)
    meeting.replace(0, members=(1,))
    assert meeting.verify().code == "V06"


def test_too_few_ballots_are_never_opened() -> None:
    meeting = convene(6)
    for voter in range(4):
        meeting.vote(voter, chosen(3, 0))
    meeting.close()
    with pytest.raises(Refusal) as told:
        aggregate_payload(meeting.ledger)
    assert told.value.code == "V16"


def test_nothing_is_added_up_before_the_close() -> None:
    meeting = convene(6)
    with pytest.raises(Refusal) as told:
        aggregate_payload(meeting.ledger)
    assert told.value.code == "V15"


def test_a_trustee_gives_no_share_under_another_mark_or_for_another_sum() -> None:
    meeting, other = convene(6), convene(6)
    for voter in range(6):
        meeting.vote(voter, chosen(3, 0))
        other.vote(voter, chosen(3, 0))
    other.vote(0, chosen(3, 1), counter=2)
    mark = meeting.close() and meeting.mark
    other.close()
    trustee_share(meeting.ledger, 1, meeting.secret_of(1), mark.lower().replace("-", " "))
    with pytest.raises(Refusal, match="màn chiếu"):
        trustee_share(other.ledger, 1, other.secret_of(1), mark)
    meeting.post("aggregate", aggregate_payload(other.ledger))
    with pytest.raises(Refusal, match="khác tổng tự tính"):
        trustee_share(meeting.ledger, 1, meeting.secret_of(1), mark)


def test_a_poll_has_the_server_as_its_only_key_holder() -> None:
    meeting = convene(6, holders=0, needed=0, kind="poll")
    for voter in range(6):
        meeting.vote(voter, chosen(3, voter % 3))
    assert meeting.count().counts == ((2, 2, 2),)
    assert convene(6, holders=0, needed=0).verify().code == "V04"


def test_a_voided_ballot_is_said_to_be_void() -> None:
    meeting = convene(6)
    meeting.post("void", b'{"reason":"m\xc3\xa1y chi\xe1\xba\xbfu h\xe1\xbb\x8fng"}')
    assert meeting.verify().stage == "void"


def test_the_count_stays_checkable_when_ballots_are_destroyed() -> None:
    from dataclasses import replace

    meeting = convene(6)
    for voter in range(6):
        meeting.vote(voter, chosen(3, 1))
    meeting.count()
    kept = meeting.entries
    meeting.entries = [replace(e, payload=None) if e.type == "pending" else e for e in kept]
    report = meeting.verify()
    assert (report.accepted, report.partial, report.counts) == (True, True, ((0, 6, 0),))
    meeting.entries = [replace(e, payload=None) if e.k == 2 else e for e in kept]
    assert meeting.verify().code == "V01"


choices = st.lists(st.lists(st.integers(0, 1), min_size=2, max_size=2), min_size=5, max_size=9)


@given(votes=choices, holders=st.integers(1, 4), data=st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_count_is_the_plain_sum_whoever_opens_it(
    votes: list[list[int]], holders: int, data: st.DataObject
) -> None:
    needed = data.draw(st.integers(1, holders))
    meeting = convene(len(votes), [question(2, 0, 2)], holders, needed)
    for voter, vote in enumerate(votes):
        meeting.vote(voter, [vote])
    present = data.draw(st.sampled_from(list(combinations(range(1, holders + 1), needed))))
    expected = tuple(sum(vote[i] for vote in votes) for i in range(2))
    assert meeting.count(*present).counts == (expected,)


def test_every_subset_of_enough_trustees_gives_the_same_result() -> None:
    from thidua.voting.ballot_box.tally import Aggregate, Share

    meeting = convene(6, holders=5, needed=3)
    for voter in range(6):
        meeting.vote(voter, chosen(3, 2))
    meeting.count(1, 2, 3)
    meeting.entries = [e for e in meeting.entries if e.type != "result"]
    for holder in (4, 5):
        meeting.post("share", meeting.share(holder))
    ledger = meeting.ledger
    aggregate = Aggregate.of(ledger.told(ledger.of("aggregate")[0]))
    shares = [Share.of(ledger.told(entry)) for entry in ledger.of("share")]
    for size in range(6):
        for subset in combinations(range(1, 6), size):
            given_ones = {share.holder: share for share in shares if share.holder in (0, *subset)}
            if size < 3:
                with pytest.raises(Refusal, match="Chưa đủ"):
                    result_payload(meeting.ledger, aggregate, given_ones)
            else:
                assert b'"counts":[[0,0,6]]' in result_payload(meeting.ledger, aggregate, given_ones)
