"""The pages of a ballot."""

from thidua.voting.views import wire
from thidua.voting.views.ballot import ballot_page, close, mark, open_vote, room, seal
from thidua.voting.views.ceremony import (
    ceremony,
    open_poll,
    purge,
    rehearse,
    restart,
    seal_manifest,
    trustees,
)
from thidua.voting.views.ceremony import confirm as confirm_lines
from thidua.voting.views.concluding import repeat, result, ruling, second_ballot, sign, void
from thidua.voting.views.counting import check, confirm, count, disagreement, recount
from thidua.voting.views.devices import (
    board_page,
    check_device,
    committee_key_page,
    credential,
    key,
    slips_page,
    vote,
)
from thidua.voting.views.preparing import committee, revise
from thidua.voting.views.printing import print_paper

__all__ = [
    "ballot_page",
    "board_page",
    "ceremony",
    "check",
    "check_device",
    "close",
    "committee",
    "committee_key_page",
    "confirm",
    "confirm_lines",
    "count",
    "credential",
    "disagreement",
    "key",
    "mark",
    "open_poll",
    "open_vote",
    "print_paper",
    "purge",
    "recount",
    "rehearse",
    "repeat",
    "restart",
    "result",
    "revise",
    "room",
    "ruling",
    "seal",
    "seal_manifest",
    "second_ballot",
    "sign",
    "slips_page",
    "trustees",
    "void",
    "vote",
    "wire",
]
