"""Ballots and decisions changed at random, by class: what each class must be refused for.

Every class that is not about the signature is signed again with the voter's valid credential. All mutants are
judged by the ballot box, by the one-file verifier and by the browser's verifier (in a batch under Node), each
running its checks of ballots and decisions (section 7.6; V13, V14) on a board that holds the mutant.
"""

from __future__ import annotations

import copy
import json
import random
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.voting.ballot_box.browser import SCRIPT
from tests.voting.ballot_box.forgeries import OPTIONS, PAIRS, PROOFS, SUM, huge_vote, sealed, small
from thidua.voting.ballot_box.ballots import make_ballot
from thidua.voting.ballot_box.board import Entry, make_decision
from thidua.voting.ballot_box.checks import CHECKS, Case
from thidua.voting.ballot_box.group import IDENTITY, ORDER, group, scalar_bytes
from thidua.voting.ballot_box.hashing import ballot_hash, h64, u32
from thidua.voting.ballot_box.ledger import Ledger
from thidua.voting.ballot_box.manifest import Manifest
from tools import kiemphieu
from tools.front import NODE

OF_BALLOT = ("V01", "V02", "V03", "V06", "V10", "V11", "V12", "V13", "V14")
END = SUM + 128  # of the body
POOL = 12  # valid ballots of each voter
Board = list[tuple[str, bytes]]
Body = bytearray


@dataclass(frozen=True)
class Mutant:
    """Entries after the manifest, and the checks that may refuse them."""

    kind: str
    board: Board
    right: tuple[str, ...]


class Lab:
    """Two elections of the same two voters, with valid ballots to change."""

    def __init__(self, seed: int = 1) -> None:
        self.meeting, self.other = small(seed), small(seed, title="Bỏ phiếu lần hai")
        self.seeds = self.meeting.keys.voters
        self.keys = [group().public_key(one) for one in self.seeds]
        choices = ([[1, 0]], [[0, 1]], [[0, 0]])
        self.pool = [
            [self.meeting.fill(v, choices[n % 3], counter=n + 1)[0] for n in range(POOL)] for v in (0, 1)
        ]
        self.foreign = [self.other.fill(0, choices[n % 3], counter=n + 1)[0] for n in range(POOL)]
        self.huge = [huge_vote(self.meeting) for _ in range(4)]
        told = json.loads(self.meeting.manifest.data)
        told["questions"][0]["max"] = 2
        generous = Manifest(self.meeting.manifest.data, told)
        self.greedy = [
            make_ballot(generous, self.seeds[0], n + 1, [[1, 1]], draw=self.meeting.draw)[0][: SUM + 128]
            for n in range(4)
        ]

    @cached_property
    def elements(self) -> list[bytes]:
        return [group().base(number) for number in range(1, 40)]


Changing = Callable[[Lab, random.Random, Body], None]


def at_scalar(chance: random.Random, start: int, end: int) -> int:
    """Where one of the scalars between stands."""
    return start + 32 * chance.randrange((end - start) // 32)


def flip(start: int, end: int, bits: int = 8) -> Changing:
    """One bit of the bytes between."""

    def change(lab: Lab, chance: random.Random, body: Body) -> None:
        body[chance.randrange(start, end)] ^= 1 << chance.randrange(bits)

    return change


def other_scalar(start: int, end: int) -> Changing:
    """One scalar by another below the order."""

    def change(lab: Lab, chance: random.Random, body: Body) -> None:
        at = at_scalar(chance, start, end)
        body[at : at + 32] = scalar_bytes(
            int.from_bytes(body[at : at + 32], "little") + 1 + chance.randrange(ORDER - 1)
        )

    return change


def nought(start: int, end: int) -> Changing:
    def change(lab: Lab, chance: random.Random, body: Body) -> None:
        at = at_scalar(chance, start, end)
        body[at : at + 32] = bytes(32)

    return change


def negated_scalar(lab: Lab, chance: random.Random, body: Body) -> None:
    at = at_scalar(chance, PROOFS, SUM)
    body[at : at + 32] = scalar_bytes(-int.from_bytes(body[at : at + 32], "little"))


def plus_order(lab: Lab, chance: random.Random, body: Body) -> None:
    at = at_scalar(chance, PROOFS, END)
    number = int.from_bytes(body[at : at + 32], "little") + ORDER * chance.randrange(1, 15)
    body[at : at + 32] = number.to_bytes(32, "little")


def too_large(lab: Lab, chance: random.Random, body: Body) -> None:
    at = at_scalar(chance, PROOFS, END)
    body[at : at + 32] = chance.randrange(ORDER, 2**256).to_bytes(32, "little")


def half(chance: random.Random) -> int:
    """Where an α or a β stands."""
    return PAIRS + 32 * chance.randrange(2 * OPTIONS)


def top_bit(lab: Lab, chance: random.Random, body: Body) -> None:
    body[half(chance) + 31] |= 0x80


def no_element(lab: Lab, chance: random.Random, body: Body) -> None:
    data = IDENTITY
    while group().is_element(data):
        data = chance.randbytes(32)
    at = half(chance)
    body[at : at + 32] = data


def neutral(lab: Lab, chance: random.Random, body: Body) -> None:
    at = PAIRS + 64 * chance.randrange(OPTIONS)
    body[at : at + 32] = IDENTITY


def other_element(lab: Lab, chance: random.Random, body: Body) -> None:
    at = half(chance)
    body[at : at + 32] = group().base(chance.randrange(1, ORDER))


def opposite(lab: Lab, chance: random.Random, body: Body) -> None:
    at = half(chance)
    body[at : at + 32] = group().subtract(IDENTITY, bytes(body[at : at + 32]))


def shifted(lab: Lab, chance: random.Random, body: Body) -> None:
    """The number in the ciphertext is another, without a new proof."""
    at = PAIRS + 64 * chance.randrange(OPTIONS) + 32
    body[at : at + 32] = group().add(bytes(body[at : at + 32]), chance.choice(lab.elements))


def blinded(lab: Lab, chance: random.Random, body: Body) -> None:
    """The same number under other randomness, without a new proof."""
    at, r = PAIRS + 64 * chance.randrange(OPTIONS), chance.randrange(1, ORDER)
    body[at : at + 32] = group().add(bytes(body[at : at + 32]), group().base(r))
    more = group().multiply(r, lab.meeting.manifest.joint_key)
    body[at + 32 : at + 64] = group().add(bytes(body[at + 32 : at + 64]), more)


def swap(one: int, other: int, size: int) -> Changing:
    def change(lab: Lab, chance: random.Random, body: Body) -> None:
        kept = bytes(body[one : one + size])
        body[one : one + size] = body[other : other + size]
        body[other : other + size] = kept

    return change


def swap_in_pair(lab: Lab, chance: random.Random, body: Body) -> None:
    at = PAIRS + 64 * chance.randrange(OPTIONS)
    swap(at, at + 32, 32)(lab, chance, body)


def swap_c_and_s(lab: Lab, chance: random.Random, body: Body) -> None:
    at = PROOFS + 64 * chance.randrange(2 * OPTIONS)
    swap(at, at + 32, 32)(lab, chance, body)


def swap_answers(lab: Lab, chance: random.Random, body: Body) -> None:
    at = PROOFS + 128 * chance.randrange(OPTIONS)
    swap(at, at + 64, 64)(lab, chance, body)


def proofs_of_another(lab: Lab, chance: random.Random, body: Body) -> None:
    """The proofs of another valid ballot of the same voter."""
    other = chance.choice([b for b in lab.pool[0] if b[65:69] != body[65:69]])
    body[PROOFS:END] = other[PROOFS:END]


def sum_of_another(lab: Lab, chance: random.Random, body: Body) -> None:
    other = chance.choice([b for b in lab.pool[0] if b[65:69] != body[65:69]])
    body[SUM:END] = other[SUM:END]


def of_another_voter(lab: Lab, chance: random.Random, body: Body) -> None:
    other = chance.choice(lab.pool[1])
    body[65:] = other[65:END]


def of_another_election(lab: Lab, chance: random.Random, body: Body) -> None:
    other = chance.choice(lab.foreign)
    body[65:] = other[65:END]


def huge(lab: Lab, chance: random.Random, body: Body) -> None:
    """Weak Fiat–Shamir: a proof of a number of 252 bits that omits its statement."""
    pair, proof = chance.choice(lab.huge)
    at = chance.randrange(OPTIONS)
    body[PAIRS + 64 * at : PAIRS + 64 * at + 64] = pair
    body[PROOFS + 128 * at : PROOFS + 128 * at + 128] = proof


def greedy(lab: Lab, chance: random.Random, body: Body) -> None:
    """Both options, with the sum's proof of a wider range cut to length."""
    body[:] = chance.choice(lab.greedy)


def another_counter(lab: Lab, chance: random.Random, body: Body) -> None:
    """The whole ballot replayed under a later number."""
    body[65:69] = u32(chance.randrange(POOL + 1, 2**32))


def version(lab: Lab, chance: random.Random, body: Body) -> None:
    body[0] = chance.choice([n for n in range(256) if n != 1])


def no_counter(lab: Lab, chance: random.Random, body: Body) -> None:
    body[65:69] = bytes(4)


def shorter(lab: Lab, chance: random.Random, body: Body) -> None:
    del body[chance.randrange(70, len(body)) :]


def longer(lab: Lab, chance: random.Random, body: Body) -> None:
    body.extend(chance.randbytes(chance.randrange(1, 200)))


def unknown_voter(lab: Lab, chance: random.Random, body: Body) -> None:
    body[33:65] = group().public_key(chance.randbytes(32))


def foreign_eh(lab: Lab, chance: random.Random, body: Body) -> None:
    body[1:33] = lab.other.manifest.eh


OF_BODY: dict[str, tuple[Changing, tuple[str, ...]]] = {
    "version byte": (version, ("V01",)),
    "counter nought": (no_counter, ("V01",)),
    "cut short": (shorter, ("V01",)),
    "made longer": (longer, ("V01",)),
    "one bit of the election's hash": (flip(1, 33), ("V03",)),
    "another election's hash": (foreign_eh, ("V03",)),
    "one bit of the credential": (flip(33, 65), ("V06",)),
    "credential not on the roll": (unknown_voter, ("V06",)),
    "one bit of the counter": (flip(67, 69), ("V01", "V11")),
    "replayed under a later counter": (another_counter, ("V11",)),
    "one bit of a ciphertext": (flip(PAIRS, PROOFS), ("V02", "V11")),
    "top bit of an element": (top_bit, ("V02",)),
    "bytes that are no element": (no_element, ("V02",)),
    "α neutral": (neutral, ("V02",)),
    "another element": (other_element, ("V11",)),
    "element negated": (opposite, ("V11",)),
    "number in a ciphertext shifted": (shifted, ("V11",)),
    "ciphertext blinded anew": (blinded, ("V11",)),
    "α and β exchanged": (swap_in_pair, ("V11",)),
    "options exchanged with their proofs": (swap(PAIRS, PAIRS + 64, 64), ("V11",)),
    "proofs of two options exchanged": (swap(PROOFS, PROOFS + 128, 128), ("V11",)),
    "one bit of an option's proof": (flip(PROOFS, SUM, 4), ("V02", "V11")),
    "scalar of an option's proof": (other_scalar(PROOFS, SUM), ("V11",)),
    "scalar of an option's proof negated": (negated_scalar, ("V11",)),
    "scalar of an option's proof nought": (nought(PROOFS, SUM), ("V11",)),
    "c and s exchanged": (swap_c_and_s, ("V11",)),
    "answers of 0 and 1 exchanged": (swap_answers, ("V11",)),
    "scalar plus a multiple of the order": (plus_order, ("V02",)),
    "scalar above the order": (too_large, ("V02",)),
    "proofs of another ballot": (proofs_of_another, ("V11",)),
    "ballot of another voter": (of_another_voter, ("V11",)),
    "ballot of another election": (of_another_election, ("V11",)),
    "huge number by weak Fiat–Shamir": (huge, ("V11",)),
    "one bit of the sum's proof": (flip(SUM, END, 4), ("V02", "V12")),
    "scalar of the sum's proof": (other_scalar(SUM, END), ("V12",)),
    "scalar of the sum's proof nought": (nought(SUM, END), ("V12",)),
    "answers of the sum exchanged": (swap(SUM, SUM + 64, 64), ("V12",)),
    "sum's proof of another ballot": (sum_of_another, ("V12",)),
    "more options than allowed": (greedy, ("V12",)),
}


def changed_body(kind: str, lab: Lab, chance: random.Random) -> Mutant:
    change, right = OF_BODY[kind]
    ballot = chance.choice(lab.pool[0])
    body = Body(ballot[:-64])
    while bytes(body) == ballot[:-64]:
        change(lab, chance, body)
    return Mutant(kind, [("pending", sealed(lab.seeds[0], bytes(body)))], right)


# --- Signatures and decisions ---------------------------------------------------------------------------


def signature_bit(lab: Lab, chance: random.Random) -> Board:
    ballot = Body(chance.choice(lab.pool[0]))
    ballot[chance.randrange(len(ballot) - 64, len(ballot))] ^= 1 << chance.randrange(8)
    return [("pending", bytes(ballot))]


def signature_twice(lab: Lab, chance: random.Random) -> Board:
    ballot = Body(chance.choice(lab.pool[0]))
    number = int.from_bytes(ballot[-32:], "little") + ORDER * chance.randrange(1, 15)
    ballot[-32:] = number.to_bytes(32, "little")
    return [("pending", bytes(ballot))]


def stranger(lab: Lab, chance: random.Random) -> Board:
    return [("pending", sealed(chance.randbytes(32), chance.choice(lab.pool[0])[:-64]))]


def neighbour(lab: Lab, chance: random.Random) -> Board:
    return [("pending", sealed(lab.seeds[1], chance.choice(lab.pool[0])[:-64]))]


def any_bit_unsigned(lab: Lab, chance: random.Random) -> Board:
    ballot = Body(chance.choice(lab.pool[0]))
    ballot[chance.randrange(len(ballot))] ^= 1 << chance.randrange(8)
    return [("pending", bytes(ballot))]


def decided(lab: Lab, chance: random.Random, kind: str = "cast") -> tuple[bytes, Body]:
    ballot = chance.choice(lab.pool[0])
    return ballot, Body(make_decision(lab.meeting.manifest, lab.seeds[0], kind, ballot_hash(ballot)))


def decision_bit(start: int, end: int) -> Callable[[Lab, random.Random], Board]:
    def make(lab: Lab, chance: random.Random) -> Board:
        ballot, decision = decided(lab, chance)
        decision[chance.randrange(start, end)] ^= 1 << chance.randrange(8)
        return [("pending", ballot), ("cast", bytes(decision))]

    return make


def decision_of_stranger(lab: Lab, chance: random.Random) -> Board:
    ballot, decision = decided(lab, chance)
    parts = [bytes(decision[:1]), *(bytes(decision[at : at + 32]) for at in (1, 33, 65))]
    decision[97:] = group().sign(chance.randbytes(32), h64("decision", *parts))
    return [("pending", ballot), ("cast", bytes(decision))]


def check_filed_as_vote(lab: Lab, chance: random.Random) -> Board:
    ballot, decision = decided(lab, chance, "audited")
    decision[0] = 1
    return [("pending", ballot), ("cast", bytes(decision))]


def decision_of_no_ballot(lab: Lab, chance: random.Random) -> Board:
    ballot = chance.choice(lab.pool[0])
    other = make_decision(lab.meeting.manifest, lab.seeds[0], "cast", chance.randbytes(32))
    return [("pending", ballot), ("cast", other)]


def counter_falls(lab: Lab, chance: random.Random) -> Board:
    late, early = sorted(chance.sample(range(POOL), 2), reverse=True)
    return [("pending", lab.pool[0][late]), ("pending", lab.pool[0][early])]


def same_ballot_twice(lab: Lab, chance: random.Random) -> Board:
    ballot = chance.choice(lab.pool[0])
    return [("pending", ballot), ("pending", ballot)]


def audited_then_cast(lab: Lab, chance: random.Random) -> Board:
    ballot, first = decided(lab, chance, "audited")
    second = make_decision(lab.meeting.manifest, lab.seeds[0], "cast", ballot_hash(ballot))
    return [("pending", ballot), ("audited", bytes(first)), ("cast", second)]


ANY = ("V01", "V02", "V03", "V06", "V10")
OF_BOARD: dict[str, tuple[Callable[[Lab, random.Random], Board], tuple[str, ...]]] = {
    "signature: one bit": (signature_bit, ("V10",)),
    "signature: S plus a multiple of the order": (signature_twice, ("V10",)),
    "signature: by a stranger": (stranger, ("V10",)),
    "signature: by another voter": (neighbour, ("V10",)),
    "any bit of the ballot, not signed again": (any_bit_unsigned, ANY),
    "decision: kind": (decision_bit(0, 1), ("V01",)),
    "decision: one bit of the election's hash": (decision_bit(1, 33), ("V03",)),
    "decision: one bit of the credential": (decision_bit(33, 65), ("V06",)),
    "decision: one bit of the ballot's hash": (decision_bit(65, 97), ("V10",)),
    "decision: one bit of the signature": (decision_bit(97, 161), ("V10",)),
    "decision: by a stranger": (decision_of_stranger, ("V10",)),
    "decision: wish to check filed as a vote": (check_filed_as_vote, ("V10",)),
    "decision: of no ballot": (decision_of_no_ballot, ("V13",)),
    "counter does not rise": (counter_falls, ("V13",)),
    "the same ballot twice": (same_ballot_twice, ("V13",)),
    "checked, then cast": (audited_then_cast, ("V14",)),
}
KINDS = (*OF_BODY, *OF_BOARD)


def mutant(lab: Lab, number: int, seed: int = 20261128) -> Mutant:
    """The classes come in turn; the same number gives the same mutant."""
    kind, chance = KINDS[number % len(KINDS)], random.Random(f"{seed} {number}")
    if kind in OF_BODY:
        return changed_body(kind, lab, chance)
    make, right = OF_BOARD[kind]
    return Mutant(kind, make(lab, chance), right)


# --- Judges -----------------------------------------------------------------------------------------------


class Core:
    """The ballot box."""

    def __init__(self, lab: Lab) -> None:
        self.package, self.manifest = lab.meeting.package, lab.meeting.manifest

    def __call__(self, board: Board) -> str:
        case = Case(self.package)
        lines = [("manifest", self.manifest.data), *board]
        entries = tuple(
            Entry(k, b"", kind, b"", 0, b"", b"", data) for k, (kind, data) in enumerate(lines, 1)
        )
        ledger = Ledger(self.manifest, entries)
        case.__dict__.update(manifest=self.manifest, ledger=ledger, declared=self.manifest.eh)
        return next((code for code in OF_BALLOT if next(iter(CHECKS[code](case)), None)), "")


class File:
    """The one-file verifier."""

    def __init__(self, lab: Lab) -> None:
        self.box = kiemphieu.Box(lab.meeting.package.manifest, lab.meeting.package.board)

    def __call__(self, board: Board) -> str:
        box = copy.copy(self.box)
        box.entries = [{"k": k, "type": kind, "data": data} for k, (kind, data) in enumerate(board, 2)]
        box.entries.insert(0, {"k": 1, "type": "manifest", "data": box.data})
        return next((code for code in OF_BALLOT if next(iter(kiemphieu.CHECKS[code](box)), None)), "")


def questions(lab: Lab, found: list[Mutant]) -> Iterator[dict[str, Any]]:
    """For the browser's verifier; the manifest goes with the first."""
    manifest = {"manifest": lab.meeting.manifest.data.hex()}
    for mutant in found:
        yield {"ask": "judge", "entries": [[k, data.hex()] for k, data in mutant.board], **manifest}
        manifest = {}


def by_browser(lab: Lab, found: list[Mutant]) -> list[str]:
    lines = "\n".join(map(json.dumps, questions(lab, found)))
    command = [str(NODE / "bin" / "node"), str(SCRIPT)]
    told = subprocess.run(command, check=True, input=lines, capture_output=True, text=True)
    return [json.loads(line)["code"] for line in told.stdout.splitlines()]


@dataclass
class Tally:
    """What became of the mutants of each class."""

    judged: Counter[str]
    accepted: Counter[str]
    wrong: Counter[str]
    disagreed: Counter[str]
    codes: Counter[tuple[str, str]]

    def __add__(self, other: Tally) -> Tally:
        mine = (self.judged, self.accepted, self.wrong, self.disagreed, self.codes)
        its = (other.judged, other.accepted, other.wrong, other.disagreed, other.codes)
        return Tally(*(one + two for one, two in zip(mine, its, strict=True)))


def none() -> Tally:
    return Tally(Counter(), Counter(), Counter(), Counter(), Counter())


def judge(lab: Lab, found: list[Mutant]) -> Tally:
    """By all three."""
    core, file, total = Core(lab), File(lab), none()
    for mutant, its in zip(found, by_browser(lab, found), strict=True):
        codes = [core(mutant.board), file(mutant.board), its]
        total.judged[mutant.kind] += 1
        total.accepted[mutant.kind] += "" in codes
        total.wrong[mutant.kind] += codes[0] not in mutant.right
        total.disagreed[mutant.kind] += len(set(codes)) != 1
        total.codes[mutant.kind, codes[0]] += 1
    return total


def run(count: int, part: int = 2000) -> Tally:
    """So many mutants, in parts."""
    lab, total = Lab(), none()
    for start in range(0, count, part):
        numbers = range(start, min(start + part, count))
        total = total + judge(lab, [mutant(lab, number) for number in numbers])
    return total
