"""What every paper of a ballot shares: whose it is, its name, who signs."""

from __future__ import annotations

from thidua.base.periods import local_day
from thidua.documents.engine import Block, PaperText, SignBlock
from thidua.voting.models import Ballot


def paper_of(
    ballot: Ballot,
    *,
    kind: str,
    title: str,
    body: list[Block],
    signers: list[SignBlock] | None = None,
    recipients: list[str] | None = None,
) -> PaperText:
    """A paper of this ballot, dated by its count."""
    return PaperText(
        kind=kind,
        title=title,
        subject=str(ballot),
        issuer=("", holder(ballot)),
        dated=local_day(ballot.counted_at) if ballot.counted_at else None,
        body=body,
        signers=signers or [],
        recipients=recipients or [],
    )


def holder(ballot: Ballot) -> str:
    """Who holds the ballot, at the head of the paper."""
    return ballot.held_by or ballot.owner_unit.name
