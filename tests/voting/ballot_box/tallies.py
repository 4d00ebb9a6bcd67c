"""Sums under encryption against plain sums, thresholds against exact fractions, paper against slips."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from tests.voting.ballot_box.browser import ask_all
from tests.voting.ballot_box.world import Meeting, convene, question, threshold
from thidua.voting.ballot_box.ballots import add_pairs
from thidua.voting.ballot_box.group import ORDER, group, random_scalar
from thidua.voting.ballot_box.manifest import Threshold
from thidua.voting.ballot_box.proofs import of_number
from thidua.voting.ballot_box.refusals import Refusal
from thidua.voting.ballot_box.tally import (
    Aggregate,
    Share,
    aggregate_payload,
    counts_of,
    opened,
    result_payload,
)
from thidua.voting.counting import shares
from thidua.voting.counting.reconciliation import Count, reconcile
from thidua.voting.counting.shares import percent_text, reaches
from tools import kiemphieu

LARGEST = 300  # votes times options, so that ten thousand cases take minutes
Sums = list[list[tuple[bytes, bytes]]]


def one_case(seed: int) -> tuple[int, int]:
    """How many subsets of trustees opened the sum of a random vote, and how many opened it wrongly."""
    chance = random.Random(f"tally {seed}")
    draw = chance.randbytes
    options = chance.randint(1, 60)
    voters = chance.randint(1, min(60, max(1, LARGEST // options)))
    holders = chance.randint(1, 5)
    needed = chance.randint(1, holders)
    server, coefficients = random_scalar(draw), [random_scalar(draw) for _ in range(needed)]
    key = group().base(server + coefficients[0])
    votes = [[chance.randint(0, 1) for _ in range(options)] for _ in range(voters)]
    pairs = [[encrypted(key, vote, random_scalar(draw)) for vote in row] for row in votes]
    sums = [[add_pairs([row[i] for row in pairs]) for i in range(options)]]
    aggregate = Aggregate(b"", voters, sums)
    secrets = {j: sum(a * j**k for k, a in enumerate(coefficients)) % ORDER for j in range(1, holders + 1)}
    shares = {j: share_of(j, secret, sums) for j, secret in {0: server, **secrets}.items()}
    plain = [[sum(row[i] for row in votes) for i in range(options)]]
    subsets = list(combinations(range(1, holders + 1), needed))
    wrong = [s for s in subsets if counts_of(opened(aggregate, shares, s), voters) != plain]
    return len(subsets), len(wrong)


def encrypted(key: bytes, vote: int, r: int) -> tuple[bytes, bytes]:
    hidden = group().multiply(r, key)
    return group().base(r), group().add(hidden, of_number(vote)) if vote else hidden


def share_of(holder: int, secret: int, sums: Sums) -> Share:
    return Share(holder, [[group().multiply(secret, alpha) for alpha, _ in row] for row in sums], [])


@dataclass
class Loss:
    """What happened to the opening of one vote, by who was there."""

    refused: int = 0  # too few came: nothing opens
    opened: int = 0  # enough came: the plain sum
    named: int = 0  # a false share: its giver is named, and the others open
    wrong: int = 0


def losses(holders: int, needed: int) -> Loss:
    """Every subset of the trustees comes; and each in turn gives a false share."""
    meeting, found = convene(2, [question(2, 0, 1)], holders, needed, kind="rehearsal", min_ballots=1), Loss()
    for voter, vote in enumerate(([[1, 0]], [[0, 1]])):
        meeting.vote(voter, vote)
    meeting.close()
    meeting.post("aggregate", aggregate_payload(meeting.ledger))
    ledger = meeting.ledger
    aggregate = Aggregate.of(ledger.told(ledger.of("aggregate")[0]))
    given = [Share.of(json.loads(meeting.share(holder))) for holder in range(holders + 1)]
    for size in range(holders + 1):
        for subset in combinations(given[1:], size):
            add_subset(found, meeting, aggregate, [given[0], *subset], enough=size >= needed)
    for holder in range(1, holders + 1):
        factors = [[group().add(one, of_number(1)) for one in row] for row in given[holder].factors]
        false = replace(given[holder], factors=factors)
        caught = not false.holds(meeting.manifest, aggregate)
        found.named += caught and all(share.holds(meeting.manifest, aggregate) for share in given)
        found.wrong += not caught
    return found


def add_subset(
    found: Loss, meeting: Meeting, aggregate: Aggregate, shares: list[Share], *, enough: bool
) -> None:
    try:
        told = result_payload(meeting.ledger, aggregate, {share.holder: share for share in shares})
    except Refusal:
        found.refused += 1
        found.wrong += enough
        return
    found.opened += 1
    found.wrong += not enough or json.loads(told)["counts"] != [[1, 1]]


def decisions(largest: int = 60) -> tuple[int, int]:
    """All (yes, N) under 80 % and 90 % of all members: how many, and how many are decided or shown wrongly.

    Decided by ballot box, one-file verifier, browser and count on paper; shown as a percentage, which must
    never stand on the other side of the threshold.
    """
    rules = [(num, base) for num in (80, 90) for base in range(1, largest + 1)]
    asked = [{"ask": "passes", "line": threshold(num, 100, base), "most": base} for num, base in rules]
    made = wrong = 0
    for (num, base), answer in zip(rules, ask_all(asked), strict=True):
        for yes in range(base + 1):
            exact = yes > 0 and Fraction(yes, base) >= Fraction(num, 100)
            mine = Threshold(num, 100, base, strict=False).passes(yes, 0)
            its = kiemphieu.passes(threshold(num, 100, base), yes, 0)
            share = shares.Share(num, 100)
            shown = yes > 0 and number_shown(percent_text(yes, base, share)) >= num
            made += 1
            wrong += (mine, its, answer["reached"][yes], reaches(yes, share, base), shown) != (exact,) * 5
    return made, wrong


def number_shown(text: str) -> Fraction:
    """What a reader takes “81,8%” for."""
    return Fraction(text.rstrip("%").replace(",", "."))


# --- Paper, entered twice ---------------------------------------------------------------------------------

COUNTED = ("printed", "unused", "issued", "returned", "kept", "valid", "invalid", "blank")


def count_on_paper(chance: random.Random) -> Count:
    """A count in which every paper is accounted for."""
    present = chance.randint(1, 60)
    valid, invalid, blank, kept = (chance.randint(0, present // 4) for _ in range(4))
    returned, unused, most = valid + invalid + blank, chance.randint(0, 5), chance.randint(1, 3)
    issued = returned + kept
    votes = tuple((f"Đơn vị {at}", chance.randint(0, valid)) for at in range(most))
    return Count(
        present=max(present, issued),
        printed=issued + unused,
        unused=unused,
        issued=issued,
        returned=returned,
        kept=kept,
        valid=valid,
        invalid=invalid,
        blank=blank,
        choices_max=most,
        votes=votes,
    )


@dataclass
class Papers:
    """Two members enter one count; a slip of the pen in one of them, or the same slip in both."""

    sound_refused: int = 0
    unequal: int = 0
    unequal_accepted: int = 0
    same_slip: int = 0
    same_slip_accepted: int = 0


def papers(cases: int) -> Papers:
    """As many counts, each entered soundly, with one slip, and with the same slip twice."""
    found = Papers()
    for seed in range(cases):
        chance = random.Random(f"papers {seed}")
        count, name = count_on_paper(chance), chance.choice(COUNTED)
        slip = replace(count, **{name: getattr(count, name) + chance.choice([-9, -2, -1, 1, 2, 9])})
        found.sound_refused += not accepted(count, count)
        found.unequal += 1
        found.unequal_accepted += accepted(count, slip) or accepted(slip, count)
        found.same_slip += 1
        found.same_slip_accepted += accepted(slip, slip)
    return found


def accepted(one: Count, two: Count) -> bool:
    return one == two and reconcile(one) == []
