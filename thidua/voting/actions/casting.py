"""Taking votes. Their log is the board itself, so they leave no entry in the system's log."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import NotAllowed
from thidua.voting.models import Ballot, BoardEntry
from thidua.voting.modes import mode_of
from thidua.voting.modes.receiving import sender_of
from thidua.voting.queries import may_vote_with


def cast(*, ballot: Ballot, vote: bytes, by: Actor) -> BoardEntry:
    """Take what a voter's device sends: an encrypted ballot, or the decision about one.

    Whoever is signed in must act for the unit of the credential: a slip alone is not enough. Proofs are
    checked before the board is held; the line is written whole or not at all; sent again, the answer is the
    line that stands.
    """
    if not may_vote_with(by, sender_of(ballot, vote)):
        raise NotAllowed("Thẻ bỏ phiếu này của đơn vị khác với đơn vị của tài khoản đang đăng nhập.")
    return mode_of(ballot).receive(ballot, vote, by.at)
