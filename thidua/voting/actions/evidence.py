"""What goes into the package beside the board: the minutes once signed, the time stamp once it came."""

from __future__ import annotations

import hashlib

from django.db import transaction

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.documents.engine import render_pdf
from thidua.voting.actions.shared import lock
from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.timestamps import told_time
from thidua.voting.models import Ballot, CloseStamp, SealedMinutes
from thidua.voting.modes.receiving import election_of
from thidua.voting.modes.stamping import authority_is_set_up
from thidua.voting.modes.writing import append, lock_board
from thidua.voting.papers import count_minutes


def seal_minutes(ballot: Ballot, by: Actor) -> SealedMinutes:
    """The signed minutes as a file, and its hash as the last line of the board (section 8.8)."""
    election = election_of(ballot)
    file = render_pdf(count_minutes(ballot))
    lock_board(election)
    told = canonical.write({"sha256": hashlib.sha256(file).hexdigest()})
    append(election, "minutes", told, by.at)
    return SealedMinutes.objects.create(election=election, file=file, at=by.at)


def ask_for_stamp(ballot: Ballot) -> None:
    """Let the worker ask the authority, if one is named; a close never waits for it."""
    from thidua.voting.jobs import stamp_close

    if authority_is_set_up():
        transaction.on_commit(lambda: stamp_close.defer(ballot=ballot.pk))


@act("voting.keep_stamp", on="ballot", keeps=("authority",))
def keep_stamp(*, ballot: Ballot, token: bytes, authority: str, by: Actor) -> CloseStamp:
    """Keep a token that was checked; the first one stays."""
    election = election_of(lock(ballot))
    kept = CloseStamp.objects.filter(election=election).first()
    return kept or CloseStamp.objects.create(
        election=election, token=token, authority=authority, told_time=told_time(token)[:60], at=by.at
    )
