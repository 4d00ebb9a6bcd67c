"""Bỏ phiếu thử: the same people and keys try everything once, and nothing of it counts."""

from __future__ import annotations

from datetime import timedelta

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import refuse_if
from thidua.voting.actions.ceremony import seal_manifest
from thidua.voting.actions.concluding import copy_ballot
from thidua.voting.actions.holding import seal_roll
from thidua.voting.actions.shared import lock
from thidua.voting.models import Ballot, BallotState
from thidua.voting.modes.receiving import election_of
from thidua.voting.queries import obstacles_to_rehearsing

WHILE = timedelta(minutes=30)
ABOUT = "voting.rehearsal"


@act("voting.rehearse_ballot", on="ballot")
def rehearse_ballot(*, ballot: Ballot, by: Actor) -> Ballot:
    """A rehearsal with one click: same question, roll, trustees and credentials, open for half an hour."""
    refuse_if(obstacles_to_rehearsing(lock(ballot)))
    copy = copy_ballot(
        ballot,
        [(one.unit, one.label) for one in ballot.options.select_related("unit")],
        seats=ballot.seats,
        choices_max=ballot.choices_max,
        title=f"Bỏ phiếu thử: {ballot.title}"[:200],
        rehearses=ballot,
        about_type=ABOUT,
        about_id=str(ballot.pk),
    )
    copy = seal_roll(ballot=copy, by=by)
    seal_manifest(ballot=copy, closes=by.at + WHILE, by=by)
    election_of(copy).credentials.update(confirmed_at=by.at)
    copy.roll.update(present=True)
    copy.state, copy.opened_at = BallotState.OPEN, by.at
    copy.save(update_fields=["state", "opened_at"])
    return copy
