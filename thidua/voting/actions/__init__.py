"""Verbs of voting: prepare, hold, count, conclude; for electronic ballots the ceremony, casting, tallying."""

from thidua.voting.actions.casting import cast
from thidua.voting.actions.ceremony import (
    commit_key,
    compare_manifest,
    confirm_key,
    confirm_lines,
    enroll_device,
    issue_slips,
    keep_committee_key,
    name_trustees,
    pass_shares,
    restart_ceremony,
    reveal_key,
    seal_manifest,
)
from thidua.voting.actions.concluding import (
    decide_tie,
    open_second_ballot,
    repeat_ballot,
    void_ballot,
)
from thidua.voting.actions.counting import (
    confirm_recount,
    enter_count,
    recount,
    sign_count,
)
from thidua.voting.actions.evidence import keep_stamp
from thidua.voting.actions.holding import (
    close_ballot,
    mark_roll,
    open_ballot,
    seal_roll,
)
from thidua.voting.actions.preparing import create_ballot, name_committee, revise_ballot
from thidua.voting.actions.rehearsing import rehearse_ballot
from thidua.voting.actions.replacing import replace_credential, sign_replacement
from thidua.voting.actions.tallying import (
    destroy_own_share,
    give_share,
    obstacles_to_destroying,
    open_poll,
    purge_ballots,
)

__all__ = [
    "cast",
    "close_ballot",
    "commit_key",
    "compare_manifest",
    "confirm_key",
    "confirm_lines",
    "confirm_recount",
    "create_ballot",
    "decide_tie",
    "destroy_own_share",
    "enroll_device",
    "enter_count",
    "give_share",
    "issue_slips",
    "keep_committee_key",
    "keep_stamp",
    "mark_roll",
    "name_committee",
    "name_trustees",
    "obstacles_to_destroying",
    "open_ballot",
    "open_poll",
    "open_second_ballot",
    "pass_shares",
    "purge_ballots",
    "recount",
    "rehearse_ballot",
    "repeat_ballot",
    "replace_credential",
    "restart_ceremony",
    "reveal_key",
    "revise_ballot",
    "seal_manifest",
    "seal_roll",
    "sign_count",
    "sign_replacement",
    "void_ballot",
]
