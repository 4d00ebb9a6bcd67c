"""Eleven delegates vote as they would on their phones: the ceremony, the box, what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import InvalidToken
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.story import Story
from tests.voting import devices
from tests.voting.world import closed, counted, in_ceremony, new_ballot, opened, ready_to_open, with_committee
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.voting import actions, queries
from thidua.voting.ballot_box.checks import verify
from thidua.voting.ballot_box.package import write_package
from thidua.voting.models import Ballot, BallotState, BoardEntry, Election
from thidua.voting.modes.vault import take_out
from thidua.voting.modes.writing import package_of
from tools import kiemphieu


def electronic(year: Story, **changed: object) -> Ballot:
    return opened(year, mode="electronic", **changed)


def types(ballot: Ballot) -> list[str]:
    return list(BoardEntry.objects.filter(election__ballot=ballot).values_list("type", flat=True))


def test_the_package_of_a_meeting_passes_both_checkers(year: Story, tmp_path: Path) -> None:
    ballot = counted(year, mode="electronic")
    package = package_of(devices.election_of(ballot))
    report = verify(package)
    assert (report.accepted, report.stage, report.counts) == (True, "counted", ((9, 1, 1),))
    kept = tmp_path / "goi.zip"
    kept.write_bytes(write_package(package))
    assert kiemphieu.main(["goi", str(kept)]) == 0


def test_who_votes_twice_is_counted_with_the_last(year: Story) -> None:
    ballot = electronic(year)
    first = ballot.roll.all()[0]
    devices.everybody_votes(year, ballot, (11,))
    devices.vote(year, ballot, first, 1, counter=2)
    assert queries.board_now(devices.election_of(ballot)).cast == 11  # type: ignore[union-attr]
    actions.close_ballot(ballot=ballot, by=year.actor("binh"))
    for name in ("giang", "dung"):
        devices.give_share(year, ballot, name)
    ballot.refresh_from_db()
    found = queries.outcome(ballot)
    assert found is not None
    assert sorted(found.votes.values()) == [0, 1, 10]


def test_a_checked_ballot_never_counts_and_a_decision_stands(year: Story) -> None:
    ballot = electronic(year)
    entry, by = ballot.roll.all()[0], year.actor("binh")
    data, _ = devices.fill(ballot, entry, 2)
    actions.cast(ballot=ballot, vote=data, by=by)
    actions.cast(ballot=ballot, vote=devices.decide(ballot, entry, data, "audited"), by=by)
    with pytest.raises(Refused, match="V14"):
        actions.cast(ballot=ballot, vote=devices.decide(ballot, entry, data, "cast"), by=by)
    with pytest.raises(Refused, match="thẻ này"):
        actions.cast(ballot=ballot, vote=devices.fill(ballot, entry, 1)[0], by=by)  # the counter must rise
    devices.vote(year, ballot, entry, 1, counter=2)
    assert types(ballot) == ["manifest", "pending", "audited", "pending", "cast"]


def test_sent_again_the_answer_is_the_line_that_stands(year: Story) -> None:
    ballot = electronic(year)
    entry, by = ballot.roll.all()[0], year.actor("binh")
    data, _ = devices.fill(ballot, entry, 0)
    decision = devices.decide(ballot, entry, data)
    lines = [actions.cast(ballot=ballot, vote=vote, by=by).k for vote in (data, data, decision, decision)]
    assert lines == [2, 2, 3, 3]
    for other in list(ballot.roll.all())[1:]:
        devices.vote(year, ballot, other, 0)
    actions.close_ballot(ballot=ballot, by=year.actor("binh"))
    assert (
        actions.cast(ballot=ballot, vote=decision, by=by).k == 3
    )  # the receipt is given again after the close


def test_a_slip_alone_is_not_enough(year: Story) -> None:
    ballot = electronic(year)
    entry = ballot.roll.filter(unit=year.units["y_te"])[0]
    data, _ = devices.fill(ballot, entry, 0)
    with pytest.raises(NotAllowed, match="đơn vị khác"):
        actions.cast(ballot=ballot, vote=data, by=year.actor("giang"))
    with pytest.raises(NotAllowed):
        actions.cast(ballot=ballot, vote=data, by=year.actor("chi"))
    assert types(ballot) == ["manifest"]


def test_a_bent_ballot_is_refused_by_its_check(year: Story) -> None:
    ballot = electronic(year)
    entry, by = ballot.roll.all()[0], year.actor("binh")
    data, _ = devices.fill(ballot, entry, 0)
    for vote, code in ((data[:-1], "V01"), (data[:-1] + bytes([data[-1] ^ 1]), "V10")):
        with pytest.raises(Refused, match=code):
            actions.cast(ballot=ballot, vote=vote, by=by)


def test_a_lost_slip_is_replaced_under_two_signatures(year: Story) -> None:
    ballot = electronic(year)
    entry = ballot.roll.all()[0]
    devices.vote(year, ballot, entry, 0)
    new, signature = devices.replacement_signature(ballot, entry, "an")
    asked = actions.replace_credential(
        ballot=ballot,
        entry=entry.pk,
        key=new,
        reason="Mất phiếu mã",
        signature=signature,
        by=year.actor("an"),
    )
    assert asked.done_at is None
    with pytest.raises(Refused, match="Chữ ký"):
        actions.sign_replacement(ballot=ballot, replacement=asked, signature=signature, by=year.actor("dung"))
    _, second = devices.replacement_signature(ballot, entry, "dung")
    asked = actions.sign_replacement(
        ballot=ballot, replacement=asked, signature=second, by=year.actor("dung")
    )
    assert asked.done_at is not None
    with pytest.raises(Refused, match="đã được thay"):
        devices.vote(year, ballot, entry, 1, counter=2)
    devices.vote(year, ballot, entry, 1, slip=2)
    for other in list(ballot.roll.all())[1:]:
        devices.vote(year, ballot, other, 0)
    actions.close_ballot(ballot=ballot, by=year.actor("binh"))
    for name in ("giang", "dung"):
        devices.give_share(year, ballot, name)
    ballot.refresh_from_db()
    found = queries.outcome(ballot)
    assert found is not None
    assert sorted(found.votes.values()) == [0, 1, 10]
    assert verify(package_of(devices.election_of(ballot))).accepted


def test_nobody_chooses_the_own_unit_when_the_regulation_forbids_it(year: Story) -> None:
    ballot = electronic(year, own_unit_allowed=False)
    entry = ballot.roll.all()[0]  # of the first option's unit
    with pytest.raises(ValueError, match="giá trị được phép"):
        devices.fill(ballot, entry, 0)
    devices.vote(year, ballot, entry, 1)


def test_a_council_decides_forty_lines_in_one_ballot(year: Story) -> None:
    ballot = electronic(
        year,
        options=[(None, f"Hồ sơ {n}") for n in range(1, 41)],
        seats=40,
        choices_max=40,
        each_decided=True,
    )
    for n, entry in enumerate(ballot.roll.all()):
        devices.vote(year, ballot, entry, *[at for at in range(40) if (at % 11 != n) or at == 11])
    actions.close_ballot(ballot=ballot, by=year.actor("binh"))
    for name in ("an", "giang"):
        devices.give_share(year, ballot, name)
    ballot.refresh_from_db()
    found = queries.outcome(ballot)
    assert found is not None
    assert (found.verdict, found.next, found.seats_left) == ("decided", "nothing", 0)
    assert len(found.elected) == 40
    assert found.votes[ballot.options.get(position=12).pk] == 11


def test_the_poll_elects_nobody_and_says_so(year: Story) -> None:
    ballot = counted(year, mode="poll")
    assert queries.elected_options(ballot) == []
    assert "Không phải phiếu kín" in queries.told_to_voters(ballot)[0]
    assert verify(package_of(devices.election_of(ballot))).accepted


def test_a_group_too_small_is_offered_paper_only(year: Story) -> None:
    unit = year.units["y_te"]
    ballot = with_committee(
        year, new_ballot(year, mode="electronic", roll=[(unit, f"Đại biểu {n}", "") for n in range(4)])
    )
    with pytest.raises(Refused, match="chỉ bỏ phiếu kín trên giấy"):
        actions.seal_roll(ballot=ballot, by=year.actor("binh"))


def test_too_few_ballots_are_never_opened(year: Story) -> None:
    ballot = electronic(year)
    for entry in list(ballot.roll.all())[:4]:
        devices.vote(year, ballot, entry, 0)
    assert queries.obstacles_to_closing(ballot) == [
        "Mới có 4 phiếu, cần ít nhất 8 phiếu mới được mở. Chờ thêm, hoặc hủy rồi bỏ phiếu kín trên giấy."
    ]


def test_nothing_is_sealed_before_every_trustee_holds_a_part(year: Story) -> None:
    ballot = in_ceremony(year)
    devices.give_slips(year, ballot)
    with pytest.raises(Refused, match="chưa xong phần khóa: chưa tạo khóa"):
        devices.seal(year, ballot)
    assert queries.obstacles_to_opening(ballot)[0].startswith("Chưa niêm phong cấu hình")
    devices.make_key(year, ballot)
    devices.seal(year, ballot)
    with pytest.raises(Refused, match="đã niêm phong"):
        devices.name_trustees(year, ballot)


def test_the_roll_is_read_aloud_before_opening(year: Story) -> None:
    ballot = in_ceremony(year)
    binh = year.actor("binh")
    devices.make_key(year, ballot)
    devices.give_slips(year, ballot)
    actions.seal_manifest(ballot=ballot, closes=binh.at + timedelta(hours=1), by=binh)
    entries = list(ballot.roll.values_list("pk", flat=True))
    actions.mark_roll(ballot=ballot, entries=entries, mark="present", value=True, by=binh)
    assert queries.obstacles_to_opening(ballot) == [
        "Còn 11 cử tri chưa nghe đọc và xác nhận vân tay thẻ của mình."
    ]
    actions.confirm_lines(ballot=ballot, entries=entries, by=binh)
    assert queries.obstacles_to_opening(ballot) == []


def test_a_key_ceremony_that_fails_starts_anew_and_slips_stay(year: Story) -> None:
    ballot = in_ceremony(year)
    devices.give_slips(year, ballot)
    devices.make_key(year, ballot)
    before = devices.election_of(ballot)
    after = actions.restart_ceremony(ballot=ballot, reason="Máy của Giang hỏng", by=year.actor("binh"))
    assert bytes(after.server_round1) != bytes(before.server_round1)
    assert [step.done for step in queries.trustee_steps(after)] == [0, 0, 0]
    assert after.credentials.count() == 11
    devices.make_key(year, ballot)
    devices.seal(year, ballot)


def test_nobody_reveals_before_all_committed(year: Story) -> None:
    ballot = in_ceremony(year)
    election = devices.election_of(ballot)
    _, data = devices.secret_of(election, 1)
    with pytest.raises(Refused, match="Chờ mọi người"):
        actions.reveal_key(ballot=ballot, round1=data, by=year.actor("an"))
    with pytest.raises(NotAllowed):
        actions.commit_key(ballot=ballot, commit=bytes(32), by=year.actor("binh"))


def test_a_second_round_goes_on_with_the_same_keys(year: Story) -> None:
    from thidua.voting.counting import Share

    first = counted(year, (5, 5, 1), mode="electronic", threshold=Share(1, 3))
    binh = year.actor("binh")
    second = actions.open_second_ballot(ballot=first, by=binh)
    actions.seal_roll(ballot=second, by=binh)
    entries = list(second.roll.values_list("pk", flat=True))
    actions.mark_roll(ballot=second, entries=entries, mark="present", value=True, by=binh)
    devices.seal(year, second)
    actions.open_ballot(ballot=second, by=binh)
    devices.everybody_votes(year, second, (8, 3))
    actions.close_ballot(ballot=second, by=binh)
    for name in ("an", "dung"):
        devices.give_share(year, second, name)
    second.refresh_from_db()
    assert [option.label for option in queries.elected_options(second)] == ["Sở VH, TT và DL"]
    one, other = devices.election_of(first), devices.election_of(second)
    assert one.meeting == other.meeting
    assert one.eh != other.eh


def test_a_rehearsal_takes_one_click_and_counts_for_nothing(year: Story) -> None:
    ballot = in_ceremony(year)
    devices.make_key(year, ballot)
    devices.give_slips(year, ballot)
    trial = actions.rehearse_ballot(ballot=ballot, by=year.actor("binh"))
    assert trial.state == BallotState.OPEN
    devices.vote(year, trial, trial.roll.all()[0], 1)
    actions.close_ballot(ballot=trial, by=year.actor("binh"))
    for name in ("giang", "dung"):
        devices.give_share(year, trial, name)
    assert trial.about_type == "voting.rehearsal"
    ballot.refresh_from_db()
    assert ballot.state == BallotState.SEALED
    assert verify(package_of(devices.election_of(trial))).counts == ((0, 1, 0),)


def test_the_board_refuses_every_change(year: Story) -> None:
    ballot = electronic(year)
    devices.vote(year, ballot, ballot.roll.all()[0], 0)
    row = "voting_boardentry WHERE k = 2"
    for sql in (
        f"DELETE FROM {row}",
        "UPDATE voting_boardentry SET ms = ms + 1 WHERE k = 2",
        "UPDATE voting_boardentry SET payload = NULL WHERE k = 2",
        "UPDATE voting_election SET manifest = 'x' WHERE true",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_secrets_are_destroyed_after_the_period_of_complaints(year: Story) -> None:
    ballot = counted(year, mode="electronic")
    binh = year.actor("binh")
    with pytest.raises(Refused, match="Ký xong biên bản"):
        actions.purge_ballots(ballot=ballot, by=binh)
    for member in ballot.committee.all():
        actions.sign_count(ballot=ballot, member=member, by=year.actor(member.user.username))
    actions.destroy_own_share(ballot=ballot, by=year.actor("an"))
    actions.purge_ballots(ballot=ballot, by=binh)
    election = devices.election_of(ballot)
    assert election.server_share is None
    assert not BoardEntry.objects.filter(type="pending", payload__isnull=False).exists()
    report = verify(package_of(election))
    assert (report.accepted, report.partial, report.counts) == (True, True, ((9, 1, 1),))


def test_the_servers_part_is_encrypted_at_rest(year: Story, settings: object) -> None:
    ballot = in_ceremony(year)
    election = Election.objects.get(ballot=ballot)
    kept = bytes(election.server_share or b"")
    assert take_out(kept) not in kept
    settings.BALLOT_KEY = "khac"  # type: ignore[attr-defined]
    with pytest.raises(InvalidToken):
        take_out(kept)


def test_time_never_runs_back_on_the_board(year: Story) -> None:
    ballot = electronic(year)
    entry = ballot.roll.all()[0]
    data, _ = devices.fill(ballot, entry, 0)
    slow = year.actor("binh", at=year.actor("binh").at - timedelta(days=1))
    actions.cast(ballot=ballot, vote=data, by=slow)
    times = list(BoardEntry.objects.order_by("k").values_list("ms", flat=True))
    assert times == sorted(times)
    fast = year.actor("binh", at=slow.at + timedelta(days=2))
    with pytest.raises(Refused, match="Ngoài giờ"):
        actions.cast(ballot=ballot, vote=devices.decide(ballot, entry, data), by=fast)


def test_what_voters_must_know_is_told(year: Story) -> None:
    told = " ".join(queries.told_to_voters(ready_to_open(year, mode="electronic")))
    for words in (
        "Máy nhiễm mã độc",
        "không ngăn được người đứng cạnh",
        "2 trong 3 người giữ khóa",
        "ít hơn 2",
    ):
        assert words in told


def test_a_trustee_missing_is_no_harm_and_two_missing_are(year: Story) -> None:
    ballot = closed(year, mode="electronic")
    devices.give_share(year, ballot, "giang")
    devices.give_share(year, ballot, "giang")
    ballot.refresh_from_db()
    assert ballot.state == BallotState.CLOSED
    devices.give_share(year, ballot, "an")
    ballot.refresh_from_db()
    assert ballot.state == BallotState.COUNTED
