"""The bloc may vote in any way, and the rest of its year does not notice which; one ballot stands ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from demo import bloc, devices, votes
from demo.world import World, furnish
from thidua.commendation.nominations.models import Nomination
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import ChoosingForm, Cycle
from thidua.emulation.conferences.models import ActionItem, Conference, Handover
from thidua.emulation.conferences.queries import ballots_by_item
from thidua.voting.ballot_box.credentials import slip_seed
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.package import write_package
from thidua.voting.models import Ballot, Election, Mode
from thidua.voting.modes.writing import package_of
from thidua.voting.queries import obstacles_to_opening
from tools import kiemphieu

pytestmark = pytest.mark.django_db
EVE, END = date(2020, 1, 7), date(2020, 1, 31)
WAYS = (Mode.PAPER, Mode.ELECTRONIC, Mode.SHOW_OF_HANDS)
FILE = votes.FILE


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def walk(world: World, after: date, until: date) -> None:
    for day, act in bloc.steps(world):
        if after < day <= until:
            act()


@pytest.fixture(scope="module")
def eve(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The bloc on the eve of its conference, everything before it walked once."""
    with django_db_blocker.unblock(), undone():
        world = World()
        furnish(world)
        walk(world, date.min, EVE)
        yield world


def vote_by_hands(world: World) -> None:
    """The regulation says how one chooses; a show of hands is another sentence of it."""
    by = world.by("bhxh.gv", EVE)
    draft = clusters.draft_regulation(cluster=world.clusters[FILE], by=by)
    kept = clusters.edit_regulation(
        regulation=draft,
        changes={"choosing_form": ChoosingForm.SHOW_OF_HANDS},
        revision=draft.revision,
        by=by,
    )
    clusters.adopt_regulation(regulation=kept, effective_from=EVE, adopted_by="Hội nghị khối", by=by)


def rest_of_the_year(world: World) -> dict[str, Any]:
    """What stands after the vote, in words, without what is numbered anew each time."""
    conference = Conference.objects.get(cycle=world.cycles[FILE, "2019"])
    item = conference.items.get(kind="ballot")
    held = ballots_by_item([item])[item.pk]
    following = Cycle.objects.get(cluster=world.clusters[FILE], name="2020")
    handover = Handover.objects.get(cycle=world.cycles[FILE, "2019"])
    return {
        "chosen": held.chosen,
        "votes": sorted(line.votes for line in held.outcome.lines) if held.outcome else None,
        "follows": held.follows,
        "ballot": held.last.state if held.last else "",
        "conference": (conference.state, item.ended_at),
        "proposed": sorted(Nomination.objects.values_list("unit__short_name", "honour_kind", "leads")),
        "agreed": sorted(ActionItem.objects.filter(conference=conference).values_list("text", flat=True)),
        "handed over": (handover.incoming.short_name, handover.day, handover.next_cycle == following),
        "next year": following.covenants.count(),
    }


def checked_at_home(ballot: Ballot, folder: Path) -> None:
    """The package of the electronic vote passes the program that trusts nobody."""
    kept = folder / "goi.zip"
    kept.write_bytes(write_package(package_of(Election.objects.get(ballot=ballot))))
    assert kiemphieu.main(["goi", str(kept)]) == 0


def stands_ready(told: str) -> None:
    """The ballot to be tried waits only for its opening, and what is printed opens it."""
    ballot = Ballot.objects.get(about_type=votes.ABOUT)
    assert obstacles_to_opening(ballot) == []
    election = Election.objects.get(ballot=ballot)
    for credential in election.credentials.select_related("entry"):
        slip = devices.slip_of(credential.entry.position)
        assert slip in told
        assert group().public_key(slip_seed(election.meeting, slip)) == bytes(credential.key)
    for index in (1, 2, 3):
        assert all(words in told for words in devices.paper_of(election, index, 3))


def test_the_year_does_not_notice_how_its_bloc_voted(
    eve: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {}
    for mode in WAYS:
        with undone():
            if mode == Mode.SHOW_OF_HANDS:
                vote_by_hands(eve)
            eve.vote = mode
            walk(eve, EVE, END)
            ballot = Ballot.objects.get(title__startswith="Suy tôn đơn vị dẫn đầu", mode=mode)
            assert ballot.state == "signed"
            found[mode] = rest_of_the_year(eve)
            if mode == Mode.ELECTRONIC:
                checked_at_home(ballot, tmp_path)
            if mode == Mode.PAPER:
                walk(eve, END, votes.READY_ON)
                call_command("load_demo", "--logins")
                stands_ready(capsys.readouterr().out)
    assert [unit.short_name for unit in found[Mode.PAPER]["chosen"]] == ["Sở TT và Truyền thông"]
    assert found[Mode.PAPER]["proposed"]
    assert found[Mode.ELECTRONIC] == found[Mode.PAPER]
    assert found[Mode.SHOW_OF_HANDS] == found[Mode.PAPER]
