"""Dấu bản niêm phong: what was sealed is compared by people, and who did so is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.story import Story
from tests.voting import devices
from tests.voting.world import closed, in_ceremony, ready_to_open
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.documents.engine import Bullets, PaperText, Paragraph
from thidua.voting import actions, queries
from thidua.voting.ballot_box.hashing import read_letters
from thidua.voting.models import Ballot, Trustee
from thidua.voting.papers import count_minutes, key_instructions

Users = Callable[..., Client]


def compare(year: Story, ballot: Ballot, name: str) -> Trustee:
    """The trustee's device read the manifest and its owner found the mark on the screen."""
    eh = bytes(devices.election_of(ballot).eh or b"")
    return actions.compare_manifest(ballot=ballot, eh=eh, by=year.actor(name))


def told(paper: PaperText) -> str:
    lists = [line for block in paper.body if isinstance(block, Bullets) for line in block.items]
    return " ".join([*lists, *(block.text for block in paper.body if isinstance(block, Paragraph))])


def test_who_compared_leaves_an_entry_and_who_did_not_is_named_before_the_opening(year: Story) -> None:
    ballot = ready_to_open(year, mode="electronic")
    names = {one.index: one.person_name for one in devices.election_of(ballot).trustees.all()}
    assert all(name in " ".join(queries.cautions(ballot)) for name in names.values())
    for name in ("an", "giang", "an"):
        compare(year, ballot, name)
    entries = Entry.objects.filter(verb="voting.compare_manifest").order_by("pk")
    assert [entry.actor_name for entry in entries][:2] == [year.people[n].full_name for n in ("an", "giang")]
    (caution,) = [line for line in queries.cautions(ballot) if "Chưa đối chiếu" in line]
    assert names[3] in caution
    assert names[1] not in caution
    actions.open_ballot(ballot=ballot, by=year.actor("binh"))  # one who is away does not hold up the vote
    minutes = told(count_minutes(ballot))
    assert queries.manifest_mark(devices.election_of(ballot)) in minutes
    assert f"Chưa đối chiếu: {names[3]}." in minutes


def test_another_manifest_is_not_the_one_that_was_sealed(year: Story) -> None:
    ballot = ready_to_open(year, mode="electronic")
    with pytest.raises(Refused, match="bản niêm phong khác"):
        actions.compare_manifest(ballot=ballot, eh=bytes(32), by=year.actor("an"))
    with pytest.raises(NotAllowed):
        compare(year, ballot, "binh")
    assert not Trustee.objects.exclude(compared_at=None).exists()


def test_nothing_is_compared_before_it_is_sealed_or_after_the_close(year: Story) -> None:
    for ballot in (in_ceremony(year), closed(year, mode="electronic")):
        with pytest.raises(Refused, match="sau khi niêm phong"):
            compare(year, ballot, "an")


def test_everybody_sees_the_same_mark(year: Story, as_user: Users) -> None:
    ballot = ready_to_open(year, mode="electronic")
    mark = queries.manifest_mark(devices.election_of(ballot))
    assert len(read_letters(mark)) == 20
    for name in ("room", "ceremony"):
        assert mark in as_user("binh").get(reverse(f"voting:{name}", args=[ballot.pk])).content.decode()
    assert mark in told(key_instructions(ballot))


def test_a_further_round_is_compared_anew(year: Story) -> None:
    ballot = ready_to_open(year, mode="electronic")
    compare(year, ballot, "an")
    trial = actions.rehearse_ballot(ballot=ballot, by=year.actor("binh"))
    assert not devices.election_of(trial).trustees.exclude(compared_at=None).exists()
