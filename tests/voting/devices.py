"""What delegates, trustees and the committee hold in their hands; the server sees only what they send.

Secrets follow from the meeting's name, so a test asks for them when it needs them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from tests.story import Story
from thidua.base.accounts.actors import Actor
from thidua.voting import actions
from thidua.voting.ballot_box.ballots import Opening, make_ballot
from thidua.voting.ballot_box.board import make_decision
from thidua.voting.ballot_box.credentials import replacement_message
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.hashing import ballot_hash
from thidua.voting.ballot_box.tally import trustee_share
from thidua.voting.ballot_box.trustees import (
    Round1,
    TrusteeSecret,
    begin,
    commitment_to,
    key_share,
    seal_shares,
)
from thidua.voting.models import Ballot, BoardEntry, Election, RollEntry
from thidua.voting.modes.receiving import unit_word
from thidua.voting.modes.writing import ledger_of, manifest_of
from thidua.voting.queries import close_mark

TRUSTEES = ("an", "giang", "dung")
OFFICER_OF = {"van_hoa": "binh", "y_te": "an", "giao_duc": "giang"}
ELECTRONIC = ("electronic", "poll")
UNTIL_MIDNIGHT = timedelta(hours=15)  # from nine: pages ask the real hour, which may be any of the day


def election_of(ballot: Ballot) -> Election:
    return Election.objects.get(ballot=ballot)


def seed_of(election: Election, entry: RollEntry, slip: int = 1) -> bytes:
    """The key of a line; `slip` 2 is the one that replaces a lost one."""
    return random.Random(f"{election.meeting} {entry.position} {slip}").randbytes(32)


def officer(year: Story, entry: RollEntry) -> Actor:
    """Somebody who acts for the line's unit."""
    key = next(key for key, unit in year.units.items() if unit.pk == entry.unit_id)
    return year.actor(OFFICER_OF[key])


# --- The ceremony ------------------------------------------------------------------------------------


def secret_of(election: Election, index: int) -> tuple[TrusteeSecret, bytes]:
    """The trustee's secret and what they reveal."""
    draw = random.Random(f"{election.meeting} trustee {index}").randbytes
    return begin(election.meeting, index, election.trustees.count(), election.needed, draw)


def name_trustees(year: Story, ballot: Ballot, names: Sequence[str] = TRUSTEES, needed: int = 2) -> Election:
    people = [(year.people[name].user, year.people[name].full_name, None) for name in names]
    return actions.name_trustees(ballot=ballot, people=people, needed=needed, by=year.actor("binh"))  # type: ignore[arg-type]


def make_key(year: Story, ballot: Ballot, names: Sequence[str] = TRUSTEES, needed: int = 2) -> Election:
    """Every trustee commits, reveals, shares and confirms."""
    election = name_trustees(year, ballot, names, needed)
    begun = [secret_of(election, index) for index in range(1, len(names) + 1)]
    actors = [year.actor(name) for name in names]
    for by, (_, data) in zip(actors, begun, strict=True):
        actions.commit_key(ballot=ballot, commit=commitment_to(election.meeting, data), by=by)
    for by, (_, data) in zip(actors, begun, strict=True):
        actions.reveal_key(ballot=ballot, round1=data, by=by)
    revealed = tuple(Round1(data) for data in (bytes(election.server_round1), *(data for _, data in begun)))
    for by, (secret, _) in zip(actors, begun, strict=True):
        actions.pass_shares(ballot=ballot, sealed=seal_shares(secret, revealed), by=by)
    for by in actors:
        actions.confirm_key(ballot=ballot, by=by)
    return election_of(ballot)


def give_slips(year: Story, ballot: Ballot) -> None:
    """The committee made a slip for every line and told the server the public keys."""
    election = election_of(ballot)
    keys = {entry.pk: group().public_key(seed_of(election, entry)) for entry in ballot.roll.all()}
    actions.issue_slips(ballot=ballot, keys=keys, by=year.actor("dung"))


def committee_seed(election: Election, name: str) -> bytes:
    return random.Random(f"{election.meeting} committee {name}").randbytes(32)


def seal(year: Story, ballot: Ballot, **changed: object) -> Election:
    """Committee keys, manifest, roll read aloud."""
    election, binh = election_of(ballot), year.actor("binh")
    for name in ("an", "dung"):
        key = group().public_key(committee_seed(election, name))
        actions.keep_committee_key(ballot=ballot, key=key, by=year.actor(name))
    told = {"closes": binh.at + UNTIL_MIDNIGHT} | changed
    election = actions.seal_manifest(ballot=ballot, by=binh, **told)  # type: ignore[arg-type]
    entries = list(ballot.roll.values_list("pk", flat=True))
    actions.confirm_lines(ballot=ballot, entries=entries, by=binh)
    return election


def hold_ceremony(year: Story, ballot: Ballot, **changed: object) -> None:
    """All that an electronic ballot needs before it opens."""
    if ballot.mode == "electronic":
        make_key(year, ballot)
    give_slips(year, ballot)
    seal(year, ballot, **changed)


# --- Voting ------------------------------------------------------------------------------------------


def fill(
    ballot: Ballot, entry: RollEntry, *chosen: int, counter: int = 1, slip: int = 1
) -> tuple[bytes, Opening]:
    """The ballot as the voter's device makes it; `chosen` are places of options from 0."""
    manifest = manifest_of(election_of(ballot))
    flat = [int(at in chosen) for at in range(ballot.options.count())]
    choices = [[one] for one in flat] if ballot.each_decided else [flat]
    seed = seed_of(election_of(ballot), entry, slip)
    return make_ballot(manifest, seed, counter, choices, unit=unit_word(ballot, entry.unit_id))


def decide(ballot: Ballot, entry: RollEntry, vote: bytes, kind: str = "cast", slip: int = 1) -> bytes:
    election = election_of(ballot)
    return make_decision(manifest_of(election), seed_of(election, entry, slip), kind, ballot_hash(vote))


def vote(
    year: Story,
    ballot: Ballot,
    entry: RollEntry,
    *chosen: int,
    counter: int = 1,
    kind: str = "cast",
    slip: int = 1,
) -> BoardEntry:
    """Fill, upload, decide; the line of the decision."""
    by = officer(year, entry)
    data, _ = fill(ballot, entry, *chosen, counter=counter, slip=slip)
    actions.cast(ballot=ballot, vote=data, by=by)
    return actions.cast(ballot=ballot, vote=decide(ballot, entry, data, kind, slip), by=by)


def everybody_votes(year: Story, ballot: Ballot, votes: Sequence[int]) -> None:
    """So many delegates for each option, in the order of the roll; the rest hand in a blank ballot."""
    chosen = [at for at, number in enumerate(votes) for _ in range(number)]
    for n, entry in enumerate(ballot.roll.all()):
        vote(year, ballot, entry, *chosen[n : n + 1])


# --- The count ---------------------------------------------------------------------------------------


def share_of(ballot: Ballot, index: int, mark: str = "") -> bytes:
    """What the trustee's device sends after comparing the mark on the screen."""
    election = election_of(ballot)
    secret, _ = secret_of(election, index)
    share = key_share(secret, manifest_of(election).trustees)
    return trustee_share(ledger_of(election), index, share, mark or close_mark(election))


def give_share(year: Story, ballot: Ballot, name: str) -> None:
    index = TRUSTEES.index(name) + 1
    actions.give_share(ballot=ballot, payload=share_of(ballot, index), by=year.actor(name))


def replacement_signature(ballot: Ballot, entry: RollEntry, name: str) -> tuple[bytes, bytes]:
    """The new key of a line and a member's signature for it."""
    election = election_of(ballot)
    old, new = (group().public_key(seed_of(election, entry, slip)) for slip in (1, 2))
    message = replacement_message(bytes(election.eh or b""), old, new)
    return new, group().sign(committee_seed(election, name), message)
