"""What the pages of a ballot share."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.voting.models import Ballot
from thidua.voting.queries import visible_ballot


def seen(request: Request, pk: int) -> Ballot:
    """The ballot at this address; 404 for those who do not see it."""
    ballot = visible_ballot(request.actor, pk)
    allow(request.actor, "voting.view_ballot", ballot)
    return ballot


def back(ballot: Ballot) -> HttpResponse:
    """To the ballot's own page."""
    return redirect(ballot.get_absolute_url())
