"""The tables of voting, cut by noun: the ballot, its roll and committee, its count."""

from thidua.voting.models.ballot import (
    Ballot,
    BallotOption,
    BallotState,
    Mode,
    ThresholdBase,
)
from thidua.voting.models.count import (
    CountedVotes,
    CountEntry,
    CountSignature,
    RecountConfirmation,
    TieRuling,
)
from thidua.voting.models.roll import CommitteeMember, CommitteeRole, RollEntry

__all__ = [
    "Ballot",
    "BallotOption",
    "BallotState",
    "CommitteeMember",
    "CommitteeRole",
    "CountEntry",
    "CountSignature",
    "CountedVotes",
    "Mode",
    "RecountConfirmation",
    "RollEntry",
    "ThresholdBase",
    "TieRuling",
]
