"""What devices send and what the server answers: octets, JSON, one strict header, and not too often."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.story import TODAY, Story
from tests.voting import devices
from tests.voting.world import counted, in_ceremony, new_ballot, opened, voters, with_committee
from thidua.base.periods import now, stand_on
from thidua.voting import actions
from thidua.voting.ballot_box.group import group
from thidua.voting.models import Ballot, BoardEntry
from thidua.voting.views import messages
from tools import kiemphieu

Users = Callable[..., Client]

FEW = 10  # who is it, what may they (3), ballot, credential (twice), savepoint, board, line, savepoint


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


def at(ballot: Ballot, name: str, *more: str) -> str:
    return reverse(f"voting:{name}", args=[ballot.pk, *more])


def octets(client: Client, address: str, body: bytes) -> Any:
    return client.post(address, body, content_type="application/octet-stream")


def told(client: Client, address: str, **line: Any) -> Any:
    return client.post(address, json.dumps(line), content_type="application/json")


def is_open_now(year: Story, monkeypatch: pytest.MonkeyPatch) -> Ballot:
    """An open ballot whose hours hold the moment of the requests."""
    plain = year.actor
    with stand_on(TODAY):
        moment = now()
    monkeypatch.setattr(year, "actor", lambda name, at=None: plain(name, at or moment))
    return opened(year, mode="electronic")


def test_a_vote_goes_over_the_wire_and_a_lost_answer_is_given_again(
    year: Story, as_user: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballot = is_open_now(year, monkeypatch)
    entry, client = ballot.roll.filter(unit=year.units["van_hoa"])[0], as_user("binh")
    key = group().public_key(devices.seed_of(devices.election_of(ballot), entry))
    me = told(client, at(ballot, "me"), credential=key.hex()).json()
    assert (me["next_counter"], me["receipt"], me["state"]) == (1, None, "open")
    data, _ = devices.fill(ballot, entry, 1)
    first, again = (octets(client, at(ballot, "send_ballot"), data).json() for _ in range(2))
    assert first == again
    decision = devices.decide(ballot, entry, data)
    receipts = [octets(client, at(ballot, "decide"), decision).json() for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert receipts[0]["receipt"]["tracker"] == first["tracker"]
    later = told(client, at(ballot, "me"), credential=key.hex()).json()
    assert (later["next_counter"], later["receipt"]) == (2, receipts[0]["receipt"])


def test_refusals_are_json_in_the_words_of_the_page(year: Story, as_user: Users) -> None:
    ballot = opened(year, mode="electronic")
    answer = octets(as_user("binh"), at(ballot, "send_ballot"), b"khong phai phieu")
    assert (answer.status_code, answer.json()["errors"][0][:21]) == (409, "Thẻ bỏ phiếu này khôn")
    broken = as_user("binh").post(at(ballot, "me"), "{", content_type="application/json")
    assert broken.status_code == 400
    long = octets(as_user("binh"), at(ballot, "send_ballot"), bytes(messages.LONGEST + 1))
    assert "quá dài" in long.json()["errors"][0]
    assert not BoardEntry.objects.filter(type="pending").exists()


def test_too_many_messages_in_a_minute_are_refused(
    year: Story, as_user: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MANY", 3)
    ballot = opened(year, mode="electronic")
    client = as_user("binh")
    told = [client.get(at(ballot, "key_state")).status_code for _ in range(8)]  # however the minute turns
    assert told[0] == 200
    assert 429 in told


def test_the_voting_page_takes_nothing_from_elsewhere_and_nothing_inline(year: Story, as_user: Users) -> None:
    ballot = opened(year, mode="electronic")
    for name in ("vote", "check_device"):
        page = as_user("binh").get(at(ballot, name))
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy + ";"
        assert "nonce" not in policy
        assert "unsafe" not in policy
        text = page.content.decode()
        assert re.findall(r"<script(?![^>]*(?:src=|application/json))", text) == []
        assert re.findall(r"(?:src|href)=\"(?:https?:)?//", text) == []
    assert "Máy nhiễm mã độc" in as_user("binh").get(at(ballot, "vote")).content.decode()


def test_only_a_checked_ballot_is_given_to_the_second_device(
    year: Story, as_user: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballot = is_open_now(year, monkeypatch)
    entry, client = ballot.roll.filter(unit=year.units["van_hoa"])[0], as_user("binh")
    data, _ = devices.fill(ballot, entry, 0)
    digest = octets(client, at(ballot, "send_ballot"), data).json()["hash"]
    assert client.get(at(ballot, "audited", digest)).status_code == 404
    octets(client, at(ballot, "decide"), devices.decide(ballot, entry, data, "audited"))
    assert client.get(at(ballot, "audited", digest)).content == data


def test_slips_and_trustees_over_the_wire(year: Story, as_user: Users) -> None:
    ballot = in_ceremony(year)
    entry = ballot.roll.all()[0]
    key = group().public_key(bytes(32)).hex()
    kept = told(as_user("dung"), at(ballot, "slips"), keys=[{"entry": entry.pk, "key": key}])
    assert kept.json() == {"kept": 1}
    assert told(as_user("an"), at(ballot, "commit_key"), commit="00" * 32).json() == {"index": 1}
    state = as_user("an").get(at(ballot, "key_state")).json()
    assert (state["me"], state["done"], state["round1"][1:]) == (1, [1, 0, 0], [None, None, None])
    assert told(as_user("lan"), at(ballot, "commit_key"), commit="00" * 32).status_code == 403


def test_the_ceremony_asks_as_often_for_six_as_for_eleven(year: Story, as_user: Users) -> None:
    numbers = []
    for number in (6, 11):
        roll = [(year.units["y_te"], f"Đại biểu {n}", "") for n in range(number)]
        ballot = with_committee(year, new_ballot(year, mode="electronic", roll=roll))
        actions.seal_roll(ballot=ballot, by=year.actor("binh"))
        devices.give_slips(year, ballot)
        client = as_user("binh")
        client.get(at(ballot, "ceremony"))
        with CaptureQueriesContext(connection) as seen:
            client.get(at(ballot, "ceremony"))
        numbers.append(len(seen))
    assert numbers[0] == numbers[1]


def test_a_vote_asks_as_little_of_the_database_on_a_long_board(
    year: Story, as_user: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballot, client = is_open_now(year, monkeypatch), as_user("binh")
    entries = list(ballot.roll.filter(unit=year.units["van_hoa"]))
    numbers = []
    for n, entry in enumerate(entries[:3]):
        data, _ = devices.fill(ballot, entry, n)
        for name, sent in (("send_ballot", data), ("decide", devices.decide(ballot, entry, data))):
            with CaptureQueriesContext(connection) as seen:
                assert octets(client, at(ballot, name), sent).status_code == 200
            numbers.append(len(seen))
    assert len(set(numbers)) == 1
    assert numbers[0] <= FEW, seen.captured_queries


def test_the_package_comes_as_a_file(year: Story, as_user: Users, tmp_path: Any) -> None:
    ballot = counted(year, mode="electronic")
    answer = as_user("an").get(at(ballot, "package"))
    kept = tmp_path / "goi.zip"
    kept.write_bytes(answer.content)
    assert kiemphieu.load(str(kept))[0] == bytes(devices.election_of(ballot).manifest or b"")


def test_where_only_the_outcome_is_told_no_number_is_shown(year: Story, as_user: Users) -> None:
    ballot, binh = with_committee(year, new_ballot(year, mode="electronic")), year.actor("binh")
    actions.seal_roll(ballot=ballot, by=binh)
    devices.hold_ceremony(year, ballot, disclosure="outcome")
    actions.mark_roll(ballot=ballot, entries=voters(ballot), mark="present", value=True, by=binh)
    actions.open_ballot(ballot=ballot, by=binh)
    devices.everybody_votes(year, ballot, (9, 1, 1))
    actions.close_ballot(ballot=ballot, by=binh)
    for name in ("an", "dung"):
        devices.give_share(year, ballot, name)
    page = as_user("lan").get(at(ballot, "result")).content.decode()
    assert "được chọn." in page
    assert "9/11" not in page
    assert as_user("lan").get(at(ballot, "package")).status_code == 403
    assert as_user("dung").get(at(ballot, "package")).status_code == 200
