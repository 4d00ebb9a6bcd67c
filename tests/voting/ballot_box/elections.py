"""Elections drawn at random: votes again, blanks, own units, checked devices, lost slips, any trustees.

Each is counted and compared with the plain sum, and judged by three programs; half of them after a change of
one letter somewhere in the package.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from tests.voting.ballot_box.browser import ask_all, of_package
from tests.voting.ballot_box.world import Meeting, convene, question, threshold
from thidua.voting.ballot_box import checks
from thidua.voting.ballot_box.package import Package
from tools import kiemphieu

Votes = dict[int, list[list[int]]]


@dataclass
class Drawn:
    """An election and what its count must be."""

    package: Package
    counts: tuple[tuple[int, ...], ...]
    changed: bool


def some_question(chance: random.Random, voters: int, units: list[str]) -> dict[str, Any]:
    count = chance.randint(1, 4)
    most = chance.randint(1, count)
    options = [{"title": f"Đơn vị {at}", "unit": chance.choice(["", *units])} for at in range(count)]
    own = chance.random() < 0.5
    base = voters if chance.random() < 0.5 else None
    line = threshold(chance.randint(1, 9), 10, base) if chance.random() < 0.5 else None
    return question(count, 0, most, own_unit=own, threshold=line) | {"options": options}


def some_choices(chance: random.Random, meeting: Meeting, unit: str) -> list[list[int]]:
    """Allowed ones, often blank."""
    rows = []
    for asked in meeting.manifest.questions:
        open_ones = [i for i in range(len(asked.options)) if len(asked.values(i, unit)) == 2]
        size = chance.randint(0, min(asked.most, len(open_ones)))
        picked = chance.sample(open_ones, size)
        rows.append([int(i in picked) for i in range(len(asked.options))])
    return rows


def draw(seed: int) -> Drawn:
    """The same seed gives the same election."""
    chance = random.Random(seed)
    voters, holders = chance.randint(1, 5), chance.randint(1, 3)
    needed = chance.randint(1, holders)
    units = [chance.choice(["", "A", "B"]) for _ in range(voters)]
    asked = [some_question(chance, voters, ["A", "B"]) for _ in range(chance.randint(1, 2))]
    meeting = convene(
        voters, asked, holders, needed, units, seed, kind="rehearsal", min_ballots=1, title=f"Thử {seed}"
    )
    counters, votes = Counter[int](), Votes()
    for _ in range(chance.randint(1, 2 * voters)):
        act(chance, meeting, units, counters, votes)
    if not votes:
        vote(chance, meeting, units, counters, votes, 0)
    meeting.count(*sorted(chance.sample(range(1, holders + 1), needed)))
    counts = [
        [sum(rows[q][i] for rows in votes.values()) for i in range(len(asked_one["options"]))]
        for q, asked_one in enumerate(asked)
    ]
    minutes = chance.randbytes(40) if chance.random() < 0.5 else None
    if minutes:
        meeting.minute(minutes)
    package, changed = replace(meeting.package, minutes=minutes), seed % 2 == 1
    expected = tuple(tuple(row) for row in counts)
    return Drawn(one_letter(chance, package) if changed else package, expected, changed)


def act(
    chance: random.Random, meeting: Meeting, units: list[str], counters: Counter[int], votes: Votes
) -> None:
    """A vote, or a checked device, or a lost slip replaced."""
    voter, what = chance.randrange(len(units)), chance.random()
    if what < 0.15 and counters[voter] < 100:
        meeting.replace(voter)
        counters[voter] = 100  # a replaced credential inherits its line; its ballots tell the unit
    elif what < 0.3:
        counters[voter] += 1
        meeting.put(voter, fill(chance, meeting, units, counters, voter)[0], "audited")
    else:
        vote(chance, meeting, units, counters, votes, voter)


def vote(
    chance: random.Random,
    meeting: Meeting,
    units: list[str],
    counters: Counter[int],
    votes: Votes,
    voter: int,
) -> None:
    counters[voter] += 1
    ballot, votes[voter] = fill(chance, meeting, units, counters, voter)
    meeting.put(voter, ballot)


def fill(
    chance: random.Random, meeting: Meeting, units: list[str], counters: Counter[int], voter: int
) -> tuple[bytes, list[list[int]]]:
    from thidua.voting.ballot_box.ballots import make_ballot

    choices = some_choices(chance, meeting, units[voter])
    seed, number = meeting.keys.voters[voter], counters[voter]
    ballot, _ = make_ballot(meeting.manifest, seed, number, choices, unit=units[voter], draw=meeting.draw)
    return ballot, choices


def one_letter(chance: random.Random, package: Package) -> Package:
    """One hexadecimal letter changed, anywhere in the two files."""
    files = [bytearray(package.manifest), bytearray(package.board)]
    data = files[chance.random() < 0.8]
    at = chance.randrange(len(data))
    data[at] = chance.choice([c for c in b"0123456789abcdef" if c != data[at]])
    return replace(package, manifest=bytes(files[0]), board=bytes(files[1]))


@dataclass
class Outcome:
    """What three programs said of them."""

    elections: int = 0
    miscounted: int = 0  # an honest one refused, or counted otherwise than the plain sum
    accepted: int = 0  # a changed one that any of the three accepts
    disagreed: int = 0


def run(count: int, start: int = 0, part: int = 100) -> Outcome:
    """Elections start … start + count − 1."""
    total = Outcome()
    for first in range(start, start + count, part):
        drawn = [draw(seed) for seed in range(first, min(first + part, start + count))]
        for one, answer in zip(drawn, ask_all(of_package(one.package) for one in drawn), strict=True):
            add(total, one, answer["code"])
    return total


def add(total: Outcome, one: Drawn, browser: str) -> None:
    report = checks.verify(one.package)
    carried = [] if one.package.minutes is None else [one.package.minutes]
    file = kiemphieu.check(one.package.manifest, one.package.board, minutes=carried)[0]
    codes = [report.code, file, browser]
    total.elections += 1
    total.disagreed += len(set(codes)) != 1
    if one.changed:
        total.accepted += "" in codes
    else:
        total.miscounted += codes != [""] * 3 or report.counts != one.counts
