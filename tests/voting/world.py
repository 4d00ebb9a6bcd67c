"""The bloc of the stories chooses its leading unit: eleven delegates, three units to choose from.

Bình runs the ballot for the head; An, Giang and Dung count; a fourth and fifth may join without accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.story import Story
from tests.voting import devices
from thidua.voting import actions
from thidua.voting.counting import Share
from thidua.voting.models import Ballot, CountEntry

CANDIDATES = ("van_hoa", "y_te", "giao_duc")
COUNTERS = ("dung", "an", "giang")
VOTERS = 11


def new_ballot(year: Story, **changed: Any) -> Ballot:
    """A draft on paper, two thirds of eleven, two rounds; Bình makes it for the head."""
    units = [year.units[key] for key in CANDIDATES]
    told: dict[str, Any] = {
        "title": "Suy tôn đơn vị dẫn đầu khối năm 2019",
        "mode": "paper",
        "about_type": "conference",
        "about_id": 7,
        "owner_unit": year.units["van_hoa"],
        "manager_units": [year.units["van_hoa"]],
        "reader_units": [*units, year.units["ban_tdkt"], year.units["tinh"]],
        "options": [(unit, unit.short_name) for unit in units],
        "roll": [(units[n % 3], f"Đại biểu {n + 1}", "Giám đốc") for n in range(VOTERS)],
        "seats": 1,
        "choices_max": 1,
        "threshold": Share(2, 3),
        "threshold_base": "members",
        "quorum": Share(2, 3),
        "max_rounds": 2,
        "own_unit_allowed": True,
        "tie_break": "Trưởng, phó khối thống nhất",
        "by": year.actor("binh"),
    }
    return actions.create_ballot(**{**told, **changed})


def with_committee(year: Story, ballot: Ballot, counters: tuple[str, ...] = COUNTERS) -> Ballot:
    """Dung of the standing body chairs; An and Giang help."""
    members = [
        (
            year.people[name].full_name,
            year.units["ban_tdkt"] if name == "dung" else None,
            year.people[name].user,
            "chair" if number == 0 else "member",
        )
        for number, name in enumerate(counters)
    ]
    return actions.name_committee(ballot=ballot, members=members, by=year.actor("binh"))


def ready_to_open(year: Story, **changed: Any) -> Ballot:
    """Roll sealed, committee named, everybody present; keys and credentials where votes are electronic."""
    binh = year.actor("binh")
    ballot = with_committee(year, new_ballot(year, **changed))
    actions.seal_roll(ballot=ballot, by=binh)
    if ballot.mode in devices.ELECTRONIC:
        devices.hold_ceremony(year, ballot)
    return actions.mark_roll(ballot=ballot, entries=voters(ballot), mark="present", value=True, by=binh)


def in_ceremony(year: Story, **changed: Any) -> Ballot:
    """An electronic ballot whose roll is sealed and whose trustees are named."""
    ballot = with_committee(year, new_ballot(year, **{"mode": "electronic", **changed}))
    actions.seal_roll(ballot=ballot, by=year.actor("binh"))
    devices.name_trustees(year, ballot)
    return ballot


def opened(year: Story, **changed: Any) -> Ballot:
    """Open, and everybody has a paper."""
    binh = year.actor("binh")
    ballot = actions.open_ballot(ballot=ready_to_open(year, **changed), by=binh)
    if ballot.mode == "paper":
        actions.mark_roll(ballot=ballot, entries=voters(ballot), mark="received", value=True, by=binh)
    return ballot


def closed(year: Story, votes: tuple[int, ...] = (9, 1, 1), **changed: Any) -> Ballot:
    """The box is closed; eleven votes wait, which on paper nobody has read yet."""
    ballot = opened(year, **changed)
    if ballot.mode in devices.ELECTRONIC:
        devices.everybody_votes(year, ballot, votes)
    return actions.close_ballot(ballot=ballot, by=year.actor("binh"))


def half_counted(year: Story, votes: tuple[int, ...] = (9, 1, 1), **changed: Any) -> Ballot:
    """All but the last step of the count: one of two entries, one of two shares, a poll not yet opened."""
    ballot = closed(year, votes, **changed)
    if ballot.mode == "electronic":
        devices.give_share(year, ballot, "an")
    elif ballot.mode != "poll":
        enter(year, ballot, "an", *votes)
    return ballot


def counted(year: Story, votes: tuple[int, ...] = (9, 1, 1), **changed: Any) -> Ballot:
    """An and Dung found the same, or gave their shares of the key."""
    ballot = half_counted(year, votes, **changed)
    if ballot.mode == "electronic":
        devices.give_share(year, ballot, "dung")
    elif ballot.mode == "poll":
        actions.open_poll(ballot=ballot, by=year.actor("binh"))
    else:
        enter(year, ballot, "dung", *votes)
    ballot.refresh_from_db()
    return ballot


def enter(year: Story, ballot: Ballot, name: str, *votes: int, **numbers: int) -> CountEntry:
    """One person's entry: all eleven papers valid unless told otherwise."""
    return actions.enter_count(
        ballot=ballot,
        numbers=papers(ballot, **numbers),
        votes=by_option(ballot, *votes),
        by=year.actor(name),
    )


def papers(ballot: Ballot, **changed: int) -> dict[str, int]:
    """The numbers of a full house."""
    if ballot.mode == "show_of_hands":
        return {"issued": VOTERS, "blank": 0, **changed}
    full = {
        "printed": VOTERS,
        "unused": 0,
        "issued": VOTERS,
        "returned": VOTERS,
        "kept": 0,
    }
    return {**full, "valid": VOTERS, "invalid": 0, "blank": 0, **changed}


def by_option(ballot: Ballot, *votes: int) -> Mapping[int, int]:
    """Votes in the order of the paper."""
    return dict(zip(ballot.options.values_list("pk", flat=True), votes, strict=True))


def voters(ballot: Ballot) -> list[int]:
    """Ids of everybody on the roll."""
    return list(ballot.roll.values_list("pk", flat=True))
