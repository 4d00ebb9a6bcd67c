"""The pages of a ballot."""

from thidua.voting.views.ballot import ballot_page, close, mark, open_vote, room, seal
from thidua.voting.views.concluding import repeat, result, ruling, second_ballot, sign, void
from thidua.voting.views.counting import check, confirm, count, disagreement, recount
from thidua.voting.views.preparing import committee, revise
from thidua.voting.views.printing import print_paper

__all__ = [
    "ballot_page",
    "check",
    "close",
    "committee",
    "confirm",
    "count",
    "disagreement",
    "mark",
    "open_vote",
    "print_paper",
    "recount",
    "repeat",
    "result",
    "revise",
    "room",
    "ruling",
    "seal",
    "second_ballot",
    "sign",
    "void",
]
