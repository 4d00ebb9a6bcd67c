"""Questions about ballots: which one sees, where they stand, what stands in the way, what came out."""

from thidua.voting.modes.protocol import RollNumbers, roll_numbers
from thidua.voting.queries.ballots import (
    LEADS,
    READS,
    BallotStatus,
    ballot_state,
    ballots_about,
    may_count,
    may_run,
    may_see,
    visible_ballot,
    visible_ballots,
)
from thidua.voting.queries.obstacles import (
    obstacles_to_closing,
    obstacles_to_counting,
    obstacles_to_opening,
    obstacles_to_ruling,
    obstacles_to_sealing,
    obstacles_to_second_ballot,
    obstacles_to_signing,
    obstacles_to_voiding,
)
from thidua.voting.queries.results import (
    Standing,
    counting_stands,
    elected_options,
    options_open_for_choice,
    outcome,
    rounds,
    what_comes_next,
)
from thidua.voting.queries.rules import rules_in_words
from thidua.voting.queries.warnings import cautions, told_to_voters

__all__ = [
    "LEADS",
    "READS",
    "BallotStatus",
    "RollNumbers",
    "Standing",
    "ballot_state",
    "ballots_about",
    "cautions",
    "counting_stands",
    "elected_options",
    "may_count",
    "may_run",
    "may_see",
    "obstacles_to_closing",
    "obstacles_to_counting",
    "obstacles_to_opening",
    "obstacles_to_ruling",
    "obstacles_to_sealing",
    "obstacles_to_second_ballot",
    "obstacles_to_signing",
    "obstacles_to_voiding",
    "options_open_for_choice",
    "outcome",
    "roll_numbers",
    "rounds",
    "rules_in_words",
    "told_to_voters",
    "visible_ballot",
    "visible_ballots",
    "what_comes_next",
]
