"""The tables of voting, cut by noun: the ballot, its roll and committee, its count, its electronic part."""

from thidua.voting.models.ballot import (
    Ballot,
    BallotOption,
    BallotState,
    Mode,
    ThresholdBase,
)
from thidua.voting.models.board import BoardEntry
from thidua.voting.models.count import (
    CountedVotes,
    CountEntry,
    CountSignature,
    RecountConfirmation,
    TieRuling,
)
from thidua.voting.models.election import (
    CommitteeKey,
    Credential,
    CredentialKind,
    Disclosure,
    Election,
    Replacement,
    ReplacementSignature,
    Trustee,
)
from thidua.voting.models.evidence import CloseStamp, SealedMinutes
from thidua.voting.models.roll import CommitteeMember, CommitteeRole, RollEntry

__all__ = [
    "Ballot",
    "BallotOption",
    "BallotState",
    "BoardEntry",
    "CloseStamp",
    "CommitteeKey",
    "CommitteeMember",
    "CommitteeRole",
    "CountEntry",
    "CountSignature",
    "CountedVotes",
    "Credential",
    "CredentialKind",
    "Disclosure",
    "Election",
    "Mode",
    "RecountConfirmation",
    "Replacement",
    "ReplacementSignature",
    "RollEntry",
    "SealedMinutes",
    "ThresholdBase",
    "TieRuling",
    "Trustee",
]
