"""What an electronic ballot asks of whom, from the first key to its destruction, on “Việc của tôi”."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.story import Story
from tests.voting import devices
from tests.voting.world import counted, in_ceremony, new_ballot, opened, with_committee
from thidua.base.audit.refusals import Refused
from thidua.voting import actions
from thidua.voting.ballot_box.trustees import commitment_to
from thidua.voting.duties import of_person


def asked(year: Story, name: str) -> list[str]:
    """The titles without the ballot's name; those that wait for others in brackets."""
    duties = [duty for act in of_person(year.actor(name)) for duty in act.head_duties]
    words = [(duty.title.split(":")[0], duty.state) for duty in duties]
    return [f"({word})" if state == "waiting" else word for word, state in words]


def test_trustees_are_asked_step_by_step(year: Story) -> None:
    ballot = in_ceremony(year)
    election = devices.election_of(ballot)
    assert asked(year, "an") == ["Tạo phần khóa", "Nhận thẻ bỏ phiếu"]
    _, data = devices.secret_of(election, 1)
    actions.commit_key(ballot=ballot, commit=commitment_to(election.meeting, data), by=year.actor("an"))
    assert asked(year, "an")[0] == "(Tạo khóa)"
    waiting = of_person(year.actor("an"))[0].head_duties[0]
    assert waiting.reason == f"Chờ {election.trustees.all()[1]}, ".replace("2. ", "") + (
        f"{election.trustees.all()[2].person_name} làm phần của mình."
    )
    devices.make_key(year, ballot)
    assert asked(year, "an") == ["Nhận thẻ bỏ phiếu"]
    devices.give_slips(year, ballot)
    sealed = devices.seal(year, ballot)
    assert asked(year, "an") == ["So bản niêm phong"]
    actions.compare_manifest(ballot=ballot, eh=bytes(sealed.eh or b""), by=year.actor("an"))
    assert asked(year, "an") == []


def test_delegates_are_asked_to_vote_while_the_box_is_open(
    year: Story, as_user: Callable[..., Client]
) -> None:
    ballot = opened(year, mode="electronic")
    address = reverse("voting:vote", args=[ballot.pk])
    assert asked(year, "binh") == asked(year, "an") == ["Bỏ phiếu"]
    assert asked(year, "chi") == asked(year, "dung") == []
    assert address in as_user("an").get("/").content.decode()
    assert address not in as_user("chi").get("/").content.decode()
    late = year.actor("an", at=year.actor("an").at + devices.UNTIL_MIDNIGHT)
    assert of_person(late) == []
    for entry in ballot.roll.filter(unit=year.units["y_te"]):
        devices.vote(year, ballot, entry, 0)
    assert asked(year, "an") == []


def test_after_the_close_trustees_open_and_at_last_destroy(year: Story) -> None:
    ballot = counted(year, mode="electronic")  # An and Dung gave their shares, Giang need not
    assert asked(year, "an") == asked(year, "giang") == []
    for member in ballot.committee.select_related("user"):
        actions.sign_count(ballot=ballot, member=member, by=year.actor(member.user.username))
    assert asked(year, "giang") == ["Hủy phần khóa"]
    actions.destroy_own_share(ballot=ballot, by=year.actor("giang"))
    assert asked(year, "giang") == []


def test_a_key_that_a_rehearsal_shares_is_not_destroyed_with_it(year: Story) -> None:
    ballot = in_ceremony(year)
    devices.make_key(year, ballot)
    devices.give_slips(year, ballot)
    trial = actions.rehearse_ballot(ballot=ballot, by=year.actor("binh"))
    actions.void_ballot(ballot=trial, reason="Thử xong", by=year.actor("binh"))
    with pytest.raises(Refused, match="còn dùng cho cuộc “Suy tôn đơn vị dẫn đầu"):
        actions.destroy_own_share(ballot=trial, by=year.actor("an"))
    actions.void_ballot(ballot=ballot, reason="Không bầu nữa", by=year.actor("binh"))
    actions.destroy_own_share(ballot=trial, by=year.actor("an"))


def test_three_ballots_cost_no_more_queries_than_one(year: Story) -> None:
    an = year.actor("an")

    def queries() -> int:
        with CaptureQueriesContext(connection) as told:
            assert len(of_person(an)) >= 2
        return len(told)

    def another() -> None:
        ballot = with_committee(year, new_ballot(year, mode="electronic"))
        actions.seal_roll(ballot=ballot, by=year.actor("binh"))
        devices.name_trustees(year, ballot)

    another()
    few = queries()
    another()
    another()
    assert queries() == few
    assert few <= 4
