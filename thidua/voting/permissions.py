"""May they? Managers run, the committee counts, readers look. Each predicate's filter stands in `queries`."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.organisations.models import Unit
from thidua.voting.models import Ballot, Trustee
from thidua.voting.queries import LEADS, may_count, may_run, may_see, may_see_board, may_vote


def ballot_of(subject: Any) -> Ballot:
    """The ballot itself, or the one a row belongs to."""
    found: Ballot = subject if isinstance(subject, Ballot) else subject.ballot
    return found


@rules.predicate
def leads_unit(by: Actor, unit: Unit) -> bool:
    """Leads the unit, or runs a cluster for it."""
    return by.holds(*LEADS, unit=unit.pk)


@rules.predicate
def runs_ballot(by: Actor, subject: Any) -> bool:
    """Leads one of the units that run the ballot."""
    return may_run(by, ballot_of(subject))


@rules.predicate
def counts_ballot(by: Actor, subject: Any) -> bool:
    """Sits on the counting committee."""
    return may_count(by, ballot_of(subject))


@rules.predicate
def sees_ballot(by: Actor, subject: Any) -> bool:
    """The ballot is among those the person sees."""
    return may_see(by, ballot_of(subject))


@rules.predicate
def votes_in(by: Actor, subject: Any) -> bool:
    """Acts for a unit of the roll."""
    return may_vote(by, ballot_of(subject))


@rules.predicate
def holds_key(by: Actor, subject: Any) -> bool:
    """Is a trustee of the ballot."""
    ballot = ballot_of(subject)
    return by.user is not None and Trustee.objects.filter(election__ballot=ballot, user=by.user).exists()


@rules.predicate
def nobody(by: Actor, subject: Any) -> bool:
    """No person: the system itself does this, and is not asked."""
    return False


@rules.predicate
def sees_board(by: Actor, subject: Any) -> bool:
    """May take the board home: after the close, as far as the ballot discloses it."""
    return may_see_board(by, ballot_of(subject))


rules.add_perm("voting.create_ballot", leads_unit)
rules.add_perm("voting.view_ballot", sees_ballot)
for verb in (
    "revise_ballot",
    "name_committee",
    "seal_roll",
    "open_ballot",
    "mark_roll",
    "close_ballot",
    "void_ballot",
    "repeat_ballot",
    "open_second_ballot",
    "decide_tie",
    "name_trustees",
    "restart_ceremony",
    "seal_manifest",
    "rehearse_ballot",
    "open_poll",
    "purge_ballots",
):
    rules.add_perm(f"voting.{verb}", runs_ballot)
for verb in ("enter_count", "recount", "confirm_recount"):
    rules.add_perm(f"voting.{verb}", counts_ballot)
rules.add_perm("voting.sign_count", counts_ballot | runs_ballot)
for verb in ("compare_entries", "print_papers"):
    rules.add_perm(f"voting.{verb}", counts_ballot | runs_ballot)
for verb in ("issue_slips", "confirm_lines"):
    rules.add_perm(f"voting.{verb}", counts_ballot | runs_ballot)
for verb in ("keep_committee_key", "replace_credential", "sign_replacement"):
    rules.add_perm(f"voting.{verb}", counts_ballot)
for verb in (
    "commit_key",
    "reveal_key",
    "pass_shares",
    "confirm_key",
    "compare_manifest",
    "give_share",
    "destroy_own_share",
):
    rules.add_perm(f"voting.{verb}", holds_key)
for verb in ("enroll_device", "cast_ballot"):
    rules.add_perm(f"voting.{verb}", votes_in)
rules.add_perm("voting.view_board", sees_board)
rules.add_perm("voting.keep_stamp", nobody)
