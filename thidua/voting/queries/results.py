"""What came out, and where the counting stands."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.base.accounts.actors import Actor
from thidua.voting.counting import Next, Outcome, Verdict
from thidua.voting.models import Ballot, BallotOption, BallotState, CountEntry
from thidua.voting.modes import mode_of

ENTRIES = 2  # independent ones, by two people


def outcome(ballot: Ballot) -> Outcome | None:
    """The outcome of this round, options keyed by their id; None before the count is agreed."""
    return mode_of(ballot).result(ballot)


def rounds(ballot: Ballot) -> list[Ballot]:
    """This ballot and the rounds before it, first round first."""
    chain = [ballot]
    while chain[0].previous is not None:
        chain.insert(0, chain[0].previous)
    return chain


def elected_options(ballot: Ballot) -> list[BallotOption]:
    """Everything chosen up to this round: by votes, round by round, then by ruling.

    What may not elect chose nobody, whatever its count.
    """
    chosen: list[BallotOption] = []
    for one in rounds(ballot):
        found = outcome(one)
        if found is None or not mode_of(one).may_elect:
            continue
        by_id = {option.pk: option for option in one.options.select_related("unit")}
        chosen += [by_id[key] for key in found.elected]
        chosen += [by_id[key] for key in one.rulings.values_list("option", flat=True)]
    return chosen


def options_open_for_choice(ballot: Ballot) -> list[BallotOption]:
    """What a further round or a ruling chooses from: the equals, else all not chosen, most votes first."""
    found = outcome(ballot)
    if found is None:
        return []
    keys = found.tied or tuple(line.key for line in found.lines if not line.elected)
    by_id = {option.pk: option for option in ballot.options.select_related("unit")}
    return [by_id[key] for key in keys]


def what_comes_next(ballot: Ballot) -> str:
    """One sentence: what must follow this count; empty when nothing must."""
    found = outcome(ballot)
    if found is None or found.verdict == Verdict.DECIDED:
        return ""
    if found.next == Next.SECOND_BALLOT:
        return f"Lập lượt bỏ phiếu thứ {ballot.round + 1} để chọn tiếp {found.seats_left}."
    if ballot.rulings.exists():
        return ""
    return f"Đã hết lượt bỏ phiếu. {ballot.tie_break or 'Hội nghị'} – ghi lại quyết định và lý do."


@dataclass(frozen=True)
class Standing:
    """Where the counting stands, as one person may know it: no other's first entry before both are in."""

    entries: tuple[CountEntry, ...]  # both first entries and recounts once they may be shown; else none
    first_entries: int  # how many of two independent entries are in
    mine: CountEntry | None  # the person's own first entry
    differs: bool  # two entries are in and do not agree
    recount: CountEntry | None  # the recount that waits for its second name
    may_enter: bool  # the person may enter their first count now
    may_recount: bool  # the person is one of the two who must count again
    may_confirm: bool  # the person is the other of the two


def counting_stands(ballot: Ballot, by: Actor) -> Standing:
    """Where the counting of this ballot stands for this person."""
    entries = list(ballot.entries.prefetch_related("votes__option"))
    first = [entry for entry in entries if not entry.is_recount]
    recounts = [entry for entry in entries if entry.is_recount]
    user = by.user.pk if by.user else None
    mine = next((entry for entry in first if entry.user_id == user), None)
    both_in = len(first) == ENTRIES
    open_still = ballot.state == BallotState.CLOSED
    differs = both_in and open_still
    recount = recounts[-1] if recounts and open_still else None
    counts = any(member.user_id == user for member in ballot.committee.all()) and user is not None
    return Standing(
        entries=tuple(entries) if both_in else (),
        first_entries=len(first),
        mine=mine,
        differs=differs,
        recount=recount,
        may_enter=open_still and counts and mine is None and not both_in,
        may_recount=differs and mine is not None,
        may_confirm=recount is not None and mine is not None and recount.user_id != user,
    )
