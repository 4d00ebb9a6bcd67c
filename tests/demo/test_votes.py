"""The bloc may vote in any way, and the rest of its year does not notice which; one ballot stands ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from demo import bloc, devices, votes
from demo.loader import DAYS
from demo.world import World, furnish, open_logins
from thidua.commendation.nominations.models import Nomination
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import ChoosingForm, Cycle
from thidua.emulation.conferences.models import ActionItem, Conference, Handover
from thidua.emulation.conferences.queries import ballots_by_item
from thidua.voting.ballot_box.credentials import slip_seed
from thidua.voting.ballot_box.package import write_package
from thidua.voting.models import Ballot, Election, Mode
from thidua.voting.modes.writing import package_of

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
        "votes": sorted(option.votes for option in held.outcome.lines) if held.outcome else None,
        "follows": held.follows,
        "state": (held.last.state if held.last else "", conference.state, item.state),
        "proposed": sorted(Nomination.objects.values_list("unit__short_name", "honour_kind", "state")),
        "agreed": sorted(ActionItem.objects.filter(conference=conference).values_list("text", flat=True)),
        "handed over": (handover.incoming.short_name, handover.state),
        "next year": (following.state, following.covenants.count()),
    }


def walked(world: World, mode: str) -> dict[str, Any]:
    with undone():
        if mode == Mode.SHOW_OF_HANDS:
            vote_by_hands(world)
        world.vote = mode
        walk(world, EVE, END)
        ballot = Ballot.objects.get(title__startswith="Suy tôn đơn vị dẫn đầu", mode=mode)
        assert ballot.state == "signed"
        return rest_of_the_year(world)


def test_the_year_does_not_notice_how_its_bloc_voted(eve: World) -> None:
    on_paper, electronic, by_hands = (walked(eve, mode) for mode in WAYS)
    assert [unit.short_name for unit in on_paper["chosen"]] == ["Sở TT và Truyền thông"]
    assert on_paper["proposed"]
    assert electronic == on_paper
    assert by_hands == on_paper


def test_the_electronic_vote_of_the_bloc_can_be_checked_at_home(eve: World, tmp_path: Any) -> None:
    from tools import kiemphieu

    with undone():
        eve.vote = Mode.ELECTRONIC
        walk(eve, EVE, date(2020, 1, 8))
        kept = tmp_path / "goi.zip"
        kept.write_bytes(write_package(package_of(Election.objects.get())))
        assert kiemphieu.main(["goi", str(kept)]) == 0


def test_a_ballot_stands_ready_and_the_logins_say_how_to_hold_it(
    eve: World, capsys: pytest.CaptureFixture[str]
) -> None:
    with undone():
        eve.vote = Mode.PAPER
        walk(eve, EVE, votes.READY_ON)
        open_logins(DAYS)
        ballot = Ballot.objects.get(about_type=votes.ABOUT)
        assert ballot.state == "sealed"
        call_command("load_demo", "--logins")
        told = capsys.readouterr().out
        election = Election.objects.get(ballot=ballot)
        for credential in election.credentials.select_related("entry"):
            slip = devices.slip_of(credential.entry.position)
            assert slip in told
            assert slip_seed(election.meeting, slip)
        for n in range(1, 4):
            assert devices.paper_of(election, n, 3)[0] in told
