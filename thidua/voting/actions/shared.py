"""What the verbs share."""

from __future__ import annotations

from thidua.voting.models import Ballot


def lock(ballot: Ballot) -> Ballot:
    """Hold the ballot's row until the act is over and read it anew: acts on one ballot take turns."""
    ballot.refresh_from_db(from_queryset=Ballot.objects.select_for_update())
    return ballot
