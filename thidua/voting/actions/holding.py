"""Holding the vote: seal the roll, open, mark who came and was given a paper, close."""

from __future__ import annotations

from collections.abc import Collection

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.voting.actions.evidence import ask_for_stamp
from thidua.voting.actions.shared import lock
from thidua.voting.models import Ballot, BallotState, ThresholdBase
from thidua.voting.modes import mode_of
from thidua.voting.modes.protocol import roll_numbers
from thidua.voting.queries import (
    obstacles_to_closing,
    obstacles_to_marking,
    obstacles_to_opening,
    obstacles_to_sealing,
)


@act("voting.seal_roll", on="ballot")
def seal_roll(*, ballot: Ballot, by: Actor) -> Ballot:
    """Freeze question, options, rules and roll, and with them the base of the threshold."""
    refuse_if(obstacles_to_sealing(lock(ballot)))
    ballot.state, ballot.sealed_at = BallotState.SEALED, by.at
    if ballot.threshold_base != ThresholdBase.PRESENT:  # for UNITS each unit has one line of the roll
        ballot.base_count = ballot.roll.count()
    ballot.save(update_fields=["state", "sealed_at", "base_count"])
    mode_of(ballot).freeze(ballot, by.at)
    return ballot


@act("voting.open_ballot", on="ballot")
def open_ballot(*, ballot: Ballot, by: Actor) -> Ballot:
    """Begin the vote, with quorum and committee in place."""
    refuse_if(obstacles_to_opening(lock(ballot)))
    mode_of(ballot).open(ballot, by.at)
    ballot.state, ballot.opened_at = BallotState.OPEN, by.at
    ballot.save(update_fields=["state", "opened_at"])
    return ballot


MARKS = ("present", "received")


@act("voting.mark_roll", on="ballot", keeps=("mark", "value"))
def mark_roll(
    *,
    ballot: Ballot,
    entries: Collection[int],
    mark: str,
    value: bool,
    by: Actor,
) -> Ballot:
    """Mark voters (ids of the roll) as present, or as given a paper, or take the mark back.

    Being given a paper marks the voter present. Marks end when the first count is entered.
    """
    lock(ballot)
    if mark not in MARKS:
        raise Refused("Không có dấu này trong danh sách.")
    refuse_if(obstacles_to_marking(ballot, mark))
    chosen = ballot.roll.filter(pk__in=entries)
    if mark == "received" and value:
        for entry in chosen.filter(received=False):
            mode_of(ballot).issue(entry)
    elif mark == "present" and not value and chosen.filter(received=True).exists():
        raise Refused("Người đã nhận phiếu thì không bỏ dấu có mặt được. Anh/chị bỏ dấu nhận phiếu trước.")
    else:
        chosen.update(**{mark: value})
    return ballot


@act("voting.close_ballot", on="ballot")
def close_ballot(*, ballot: Ballot, by: Actor) -> Ballot:
    """End the vote; from now on the committee counts."""
    refuse_if(obstacles_to_closing(lock(ballot)))
    mode = mode_of(ballot)
    mode.close(ballot, by.at)
    ballot.state, ballot.closed_at = BallotState.CLOSED, by.at
    if mode.is_electronic and ballot.threshold_base == ThresholdBase.PRESENT:
        ballot.base_count = roll_numbers(ballot).present  # as the board tells it, before anything is opened
    ballot.save(update_fields=["state", "closed_at", "base_count"])
    if mode.is_electronic:
        ask_for_stamp(ballot)
    return ballot
