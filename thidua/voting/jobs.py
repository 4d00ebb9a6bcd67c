"""Time stamps, in the worker."""

from __future__ import annotations

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from thidua.base.accounts.actors import Actor
from thidua.base.periods import now
from thidua.voting.actions import keep_stamp
from thidua.voting.ballot_box.timestamps import head_at_close
from thidua.voting.models import Ballot
from thidua.voting.modes.receiving import election_of
from thidua.voting.modes.stamping import authority_is_set_up, token_over
from thidua.voting.modes.writing import ledger_of


@app.task(retry=RetryStrategy(max_attempts=8, exponential_wait=10), pass_context=False)
def stamp_close(ballot: int) -> None:
    """Ask for the token; when the authority fails, the job is tried again for some hours."""
    if not authority_is_set_up():
        return
    found = Ballot.objects.get(pk=ballot)
    token = token_over(head_at_close(ledger_of(election_of(found))))
    keep_stamp(ballot=found, token=token, authority=settings.BALLOT_TSA, by=Actor(None, now()))
