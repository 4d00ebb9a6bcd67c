"""The bloc's vote, held in whichever way; and one that stands ready for whoever tries the demonstration."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from demo import devices
from demo.world import World, moment, read
from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.conferences import actions as conferences
from thidua.emulation.conferences.models import Conference
from thidua.voting import actions as voting
from thidua.voting.counting import Share
from thidua.voting.models import Ballot, Mode, RollEntry
from thidua.voting.queries import program_mark

FILE = "bac-kan-van-hoa-xa-hoi"
MADE: dict[str, Any] = read(FILE)["illustration"]
COMMITTEE = ("khcn", "dantoc", "cdcd")  # they hold the keys too
ROLES = ("chair", "secretary", "member")
HEAD, NEXT = "bhxh", "cdndt"
READY_ON = date(2020, 8, 10)
READY = "Bầu phó trưởng khối năm 2021 (minh họa)"
ABOUT = "demo.ready"


def hold(world: World, conference: Conference, day: date, mode: str = Mode.PAPER) -> Ballot:
    """The vote of the year's conference: the outcome is the report's, every count is made up."""
    by = world.by(f"{HEAD}.gv", day, 15)
    item = conference.items.get(kind="ballot")
    conferences.begin_item(item=item, by=by)
    ballot = conferences.open_ballot_for(item=item, mode=mode, by=by)
    _name_committee(world, ballot, by)
    ballot = voting.seal_roll(ballot=ballot, by=by)
    entries = list(ballot.roll.values_list("pk", flat=True))
    voting.mark_roll(ballot=ballot, entries=entries, mark="present", value=True, by=by)
    if mode == Mode.ELECTRONIC:
        _electronically(world, ballot, day)
    else:
        _in_the_room(world, ballot, entries, day)
    for code in COMMITTEE:
        member = ballot.committee.get(unit=world.units[code])
        voting.sign_count(ballot=ballot, member=member, by=world.by(f"{code}.cv", day, 15, 35))
    conferences.end_item(item=item, by=world.by(f"{HEAD}.gv", day, 15, 40))
    ballot.refresh_from_db()
    return ballot


def _name_committee(world: World, ballot: Ballot, by: Actor) -> None:
    people = [(world.people[f"{code}.cv"], world.units[code]) for code in COMMITTEE]
    members = [
        (person.full_name, unit, person.user, role)
        for (person, unit), role in zip(people, ROLES, strict=True)
    ]
    voting.name_committee(ballot=ballot, members=members, by=by)


def _votes(world: World, ballot: Ballot) -> dict[int, int]:
    """Votes by id of the option."""
    codes = {unit.pk: code for code, unit in world.units.items()}
    told: dict[str, int] = MADE["ballot_counts"]["votes"]
    return {option.pk: told.get(codes[option.unit_id or 0], 0) for option in ballot.options.all()}


def _in_the_room(world: World, ballot: Ballot, entries: Sequence[int], day: date) -> None:
    """On paper or by hands: two members of the committee enter what they counted."""
    by = world.by(f"{HEAD}.gv", day, 15, 5)
    ballot = voting.open_ballot(ballot=ballot, by=by)
    if ballot.mode == Mode.PAPER:
        voting.mark_roll(ballot=ballot, entries=entries, mark="received", value=True, by=by)
    ballot = voting.close_ballot(ballot=ballot, by=by)
    numbers = {k: v for k, v in MADE["ballot_counts"].items() if k != "votes"} | {"unused": 1, "kept": 0}
    votes = _votes(world, ballot)
    for code in COMMITTEE[:2]:
        voting.enter_count(
            ballot=ballot, numbers=numbers, votes=votes, by=world.by(f"{code}.cv", day, 15, 20)
        )


def _electronically(world: World, ballot: Ballot, day: date) -> None:
    """Keys and slips, the manifest, the roll read aloud, eleven ballots, the key holders' shares."""
    holders = [world.by(f"{code}.cv", day, 15, 2) for code in COMMITTEE]
    _seal(ballot, holders, world.by(f"{HEAD}.gv", day, 15, 5), minutes=30)
    ballot = voting.open_ballot(ballot=ballot, by=world.by(f"{HEAD}.gv", day, 15, 8))
    codes = {unit.pk: code for code, unit in world.units.items()}
    for entry, chosen in _who_chose(world, ballot):
        devices.vote(ballot, entry, chosen, world.by(f"{codes[entry.unit_id]}.cv", day, 15, 12))
    ballot = voting.close_ballot(ballot=ballot, by=world.by(f"{HEAD}.gv", day, 15, 20))
    devices.open_count(ballot, [world.by(f"{code}.cv", day, 15, 25) for code in COMMITTEE])


def _who_chose(world: World, ballot: Ballot) -> list[tuple[RollEntry, int | None]]:
    """The roll with an option for each and nobody's own unit; those who are voted for choose first."""
    left = dict(sorted(_votes(world, ballot).items(), key=lambda one: one[1]))
    own = {option.pk: option.unit_id for option in ballot.options.all()}
    wanted = {own[pk]: number for pk, number in left.items()}
    told: list[tuple[RollEntry, int | None]] = []
    for entry in sorted(ballot.roll.all(), key=lambda one: -wanted.get(one.unit_id, 0)):
        chosen = next((pk for pk, number in left.items() if number and own[pk] != entry.unit_id), None)
        if chosen is not None:
            left[chosen] -= 1
        told.append((entry, chosen))
    return told


def _seal(ballot: Ballot, holders: Sequence[Actor], chair: Actor, *, minutes: int) -> None:
    devices.make_key(ballot, holders=holders, chair=chair)
    devices.give_slips(ballot, chair)
    devices.keep_signing_keys(ballot, holders)
    voting.seal_manifest(ballot=ballot, closes=chair.at + timedelta(minutes=minutes), by=chair)
    entries = list(ballot.roll.values_list("pk", flat=True))
    voting.confirm_lines(ballot=ballot, entries=entries, by=chair)


def stand_ready(world: World, cycle: Cycle) -> Ballot | None:
    """A ballot with keys, slips and manifest, read aloud and not opened, on the day of the bloc's logins.

    The manifest names the program that browsers run: without the front end there is none to name.
    """
    if not program_mark():
        return None
    by = world.by(f"{NEXT}.gv", READY_ON, 0, 1)
    units = [world.units[code] for code in read(FILE)["cluster"]["members"]]
    ballot = voting.create_ballot(
        title=READY,
        question="Mỗi phiếu chọn một đơn vị trong danh sách, không chọn đơn vị mình.",
        held_by=cycle.cluster.name,
        occasion="Phiên họp minh họa",
        about_url=reverse("desk:cycle", args=[cycle.cluster.address, cycle.address]),
        mode=Mode.ELECTRONIC,
        about_type=ABOUT,
        about_id=cycle.pk,
        owner_unit=world.units[NEXT],
        manager_units=[world.units[NEXT]],
        reader_units=units,
        options=[(unit, unit.name) for unit in units],
        roll=[(unit, "", "Đại diện") for unit in units],
        seats=1,
        choices_max=1,
        threshold=Share(1, 2, strict=True),
        threshold_base="members",
        quorum=Share(2, 3),
        max_rounds=2,
        own_unit_allowed=False,
        tie_break="Trưởng khối quyết định",
        by=by,
    )
    _name_committee(world, ballot, by)
    ballot = voting.seal_roll(ballot=ballot, by=by)
    holders = [world.by(f"{code}.cv", READY_ON, 0, 1) for code in COMMITTEE]
    last = moment(READY_ON, 23, 59) - by.at
    _seal(ballot, holders, by, minutes=int(last.total_seconds() // 60))
    entries = list(ballot.roll.values_list("pk", flat=True))
    voting.mark_roll(ballot=ballot, entries=entries, mark="present", value=True, by=by)
    return ballot
