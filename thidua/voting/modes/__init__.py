"""The ways to hold a ballot, behind one interface. A new way is one more entry in `MODES`."""

from __future__ import annotations

from thidua.voting.models import Ballot
from thidua.voting.modes.electronic import Electronic, Poll
from thidua.voting.modes.paper import Paper
from thidua.voting.modes.protocol import Asked, VotingMode
from thidua.voting.modes.show_of_hands import ShowOfHands

MODES: dict[str, VotingMode] = {mode.code: mode for mode in (Paper(), ShowOfHands(), Electronic(), Poll())}


def mode_of(ballot: Ballot) -> VotingMode:
    """The way this ballot is held."""
    return MODES[ballot.mode]


__all__ = ["MODES", "Asked", "VotingMode", "mode_of"]
