"""Lá phiếu: encrypting, proving, signing, and checking a ballot alone (section 7)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from thidua.voting.ballot_box.group import IDENTITY, SIZE, Draw, group, is_scalar
from thidua.voting.ballot_box.hashing import ballot_hash, challenge, h32, h64, tracker, u8, u32
from thidua.voting.ballot_box.manifest import Manifest
from thidua.voting.ballot_box.proofs import (
    PAIR,
    Pair,
    choice_holds,
    of_number,
    option_statement,
    prove_choice,
    sum_statement,
)
from thidua.voting.ballot_box.refusals import Refusal

VERSION = 1
HEADER = 1 + SIZE + SIZE + 4  # version, eh, credential, counter
SIGNATURE = 64
SUM = 2**32 - 1  # stands for the option in randomness of a sum

Choices = Sequence[Sequence[int]]  # 0 or 1 for each option of each question
Places = list[tuple[int, int, tuple[int, ...]]]  # question, option, allowed values


def places(manifest: Manifest, unit: str) -> Places:
    """Every option in order with what a voter of `unit` may enter."""
    return [
        (q, i, question.values(i, unit))
        for q, question in enumerate(manifest.questions)
        for i in range(len(question.options))
    ]


def ballot_size(manifest: Manifest, unit: str) -> int:
    """Bytes of a ballot: a function of the manifest and the voter's line (section 7.1)."""
    pairs = sum(1 + len(values) for _, _, values in places(manifest, unit))
    pairs += sum(len(question.sums) for question in manifest.questions)
    return HEADER + pairs * PAIR + SIGNATURE


@dataclass(frozen=True)
class Ballot:
    """A ballot read by its layout; nothing of it is believed before `inspect_ballot`."""

    manifest: Manifest
    unit: str
    data: bytes

    @property
    def eh(self) -> bytes:
        return self.data[1 : 1 + SIZE]

    @property
    def credential(self) -> bytes:
        return self.data[1 + SIZE : 1 + 2 * SIZE]

    @property
    def counter(self) -> int:
        return int.from_bytes(self.data[1 + 2 * SIZE : HEADER], "big")

    @cached_property
    def hash(self) -> bytes:
        return ballot_hash(self.data)

    @property
    def tracker(self) -> str:
        return tracker(self.data)

    @cached_property
    def places(self) -> Places:
        return places(self.manifest, self.unit)

    @cached_property
    def pairs(self) -> list[Pair]:
        """α, β of every option in order."""
        starts = range(HEADER, HEADER + PAIR * len(self.places), PAIR)
        return [(self.data[at : at + SIZE], self.data[at + SIZE : at + PAIR]) for at in starts]

    @cached_property
    def proofs(self) -> list[bytes]:
        """Of every option, then of every question's sum."""
        sizes = [PAIR * len(values) for _, _, values in self.places]
        sizes += [PAIR * len(question.sums) for question in self.manifest.questions]
        at, found = HEADER + PAIR * len(self.places), []
        for size in sizes:
            found.append(self.data[at : at + size])
            at += size
        return found

    @property
    def signed(self) -> bytes:
        return self.data[: ballot_size(self.manifest, self.unit) - SIGNATURE]

    @property
    def signature(self) -> bytes:
        end = ballot_size(self.manifest, self.unit)
        return self.data[end - SIGNATURE : end]

    @cached_property
    def bh(self) -> bytes:
        """What every proof of the ballot is bound to (section 7.2)."""
        return bound(self.eh, self.credential, self.counter, self.manifest.joint_key, self.pairs)

    def of_question(self, question: int) -> list[Pair]:
        """The pairs of one question."""
        return [pair for (q, _, _), pair in zip(self.places, self.pairs, strict=True) if q == question]


def bound(eh: bytes, credential: bytes, counter: int, key: bytes, pairs: Sequence[Pair]) -> bytes:
    """The hash bh over election, voter, counter, key and all ciphertexts."""
    return h32("ballot-ct", eh, credential, u32(counter), key, b"".join(a + b for a, b in pairs))


def add_pairs(pairs: Sequence[Pair]) -> Pair:
    """The encryption of the sum."""
    total = pairs[0] if pairs else (IDENTITY, IDENTITY)
    for alpha, beta in pairs[1:]:
        total = group().add(total[0], alpha), group().add(total[1], beta)
    return total


# --- Making ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opening:
    """What a voter reveals when checking the device: choices and the seed of all randomness (section 7.5)."""

    seed: bytes
    choices: tuple[tuple[int, ...], ...]


def make_ballot(
    manifest: Manifest,
    credential_seed: bytes,
    counter: int,
    choices: Choices,
    *,
    unit: str | None = None,
    draw: Draw = secrets.token_bytes,
) -> tuple[bytes, Opening]:
    """The ballot for `choices`, and what would open it, which never leaves the device unless it is audited.

    `unit` is told only for a credential that replaces another and inherits the unit of its line.
    ValueError when a choice is not allowed to this voter.
    """
    opening = Opening(draw(SIZE), tuple(tuple(row) for row in choices))
    credential = group().public_key(credential_seed)
    if unit is None:
        unit = roll_units(manifest).get(credential, "")
    body = ballot_body(manifest, credential, counter, opening, unit)
    return body + group().sign(credential_seed, h64("ballot-sig", body)), opening


def ballot_body(manifest: Manifest, credential: bytes, counter: int, opening: Opening, unit: str) -> bytes:
    """All of the ballot but its signature: a function of its arguments (section 7.3)."""
    spots = places(manifest, unit)
    if [len(row) for row in opening.choices] != [len(question.options) for question in manifest.questions]:
        raise ValueError("Số lựa chọn không khớp số phương án")
    flat = [choice for row in opening.choices for choice in row]
    scalar = _randomness(manifest, credential, counter, opening, bytes(flat))
    rs = [scalar(b"r", q, i, 0) for q, i, _ in spots]
    key = manifest.joint_key
    pairs = [_encrypt(key, r, m) for r, m in zip(rs, flat, strict=True)]
    bh = bound(manifest.eh, credential, counter, key, pairs)
    parts = [u8(VERSION) + manifest.eh + credential + u32(counter), *(a + b for a, b in pairs)]
    for (q, i, values), r, m, pair in zip(spots, rs, flat, pairs, strict=True):
        statement = option_statement(bh, key, (q, i), pair, values)
        parts.append(prove_choice(statement, m, r, partial(_labelled, scalar, q, i)))
    for q, question in enumerate(manifest.questions):
        mine = [at for at, (asked, _, _) in enumerate(spots) if asked == q]
        r, m = sum(rs[at] for at in mine), sum(flat[at] for at in mine)
        statement = sum_statement(bh, key, q, _encrypt(key, r, m), question.sums)  # cheaper than adding up
        parts.append(prove_choice(statement, m, r, partial(_labelled, scalar, q, SUM)))
    return b"".join(parts)


def _encrypt(key: bytes, r: int, m: int) -> Pair:
    hidden = group().multiply(r, key)
    return group().base(r), group().add(hidden, of_number(m)) if m else hidden


Randomness = Callable[[bytes, int, int, int], int]


def _randomness(
    manifest: Manifest, credential: bytes, counter: int, opening: Opening, flat: bytes
) -> Randomness:
    """All scalars of a ballot from one seed, which an audit recomputes (section 7.3)."""
    root = h64("seed", opening.seed, manifest.eh, credential, u32(counter), flat)
    return lambda label, q, i, v: challenge("random", root, label, u32(q), u32(i), u32(v))


def _labelled(scalar: Randomness, q: int, i: int, label: bytes, v: int) -> int:
    return scalar(label, q, i, v)


# --- Checking -------------------------------------------------------------------------------------


def layout_faults(ballot: Ballot) -> Iterator[str]:
    """V01: version, exact length, a counter above nought."""
    if len(ballot.data) != ballot_size(ballot.manifest, ballot.unit):
        yield "Độ dài phiếu không đúng"
    if ballot.data[:1] != u8(VERSION) or not ballot.counter:
        yield "Phần đầu phiếu không đúng"


def encoding_faults(ballot: Ballot) -> Iterator[str]:
    """V02: canonical elements, α not neutral, scalars below the order."""
    for alpha, beta in ballot.pairs:
        if not group().is_element(alpha) or alpha == IDENTITY or not group().is_element(beta):
            yield "Phần tử mã hóa không viết theo dạng chuẩn"
    for proof in ballot.proofs:
        if not all(is_scalar(proof[at : at + SIZE]) for at in range(0, len(proof), SIZE)):
            yield "Số của chứng minh không viết theo dạng chuẩn"


def election_faults(ballot: Ballot) -> Iterator[str]:
    """V03: made for this election."""
    if ballot.eh != ballot.manifest.eh:
        yield "Phiếu của một cuộc bỏ phiếu khác"


def signature_faults(ballot: Ballot) -> Iterator[str]:
    """V10: signed by its credential."""
    if not group().verify(ballot.credential, h64("ballot-sig", ballot.signed), ballot.signature):
        yield "Chữ ký của phiếu không đúng"


def option_faults(ballot: Ballot) -> Iterator[str]:
    """V11: every option holds an allowed value."""
    for (q, i, values), pair, proof in zip(ballot.places, ballot.pairs, ballot.proofs, strict=False):
        if not choice_holds(
            option_statement(ballot.bh, ballot.manifest.joint_key, (q, i), pair, values), proof
        ):
            yield f"Chứng minh của phương án {i + 1}, câu {q + 1} không đúng"


def sum_faults(ballot: Ballot) -> Iterator[str]:
    """V12: every question's sum lies in its range."""
    found = ballot.proofs[len(ballot.places) :]
    for q, question in enumerate(ballot.manifest.questions):
        total = add_pairs(ballot.of_question(q))
        if not choice_holds(
            sum_statement(ballot.bh, ballot.manifest.joint_key, q, total, question.sums), found[q]
        ):
            yield f"Chứng minh số lựa chọn của câu {q + 1} không đúng"


BALLOT_CHECKS: dict[str, Callable[[Ballot], Iterator[str]]] = {
    "V01": layout_faults,
    "V02": encoding_faults,
    "V03": election_faults,
    "V10": signature_faults,
    "V11": option_faults,
    "V12": sum_faults,
}


def inspect_ballot(manifest: Manifest, data: bytes, units: dict[bytes, str] | None = None) -> Ballot:
    """The ballot of these bytes, checked whole; what a server asks before it takes one (section 7.6).

    `units` are the credentials that may vote now with their units; without it, those of the frozen roll.
    Raises Refusal with the code of the first check that fails (V06: not on the roll).
    """
    allowed = roll_units(manifest) if units is None else units
    credential = data[1 + SIZE : 1 + 2 * SIZE]
    ballot = Ballot(manifest, allowed.get(credential, ""), data)
    for code, check in BALLOT_CHECKS.items():
        if code > "V06" and credential not in allowed:
            raise Refusal("V06", "Mã cử tri không có trong danh sách")
        fault = next(check(ballot), None)
        if fault:
            raise Refusal(code, fault)
    return ballot


def roll_units(manifest: Manifest) -> dict[bytes, str]:
    """The credentials of the frozen roll with their units."""
    return {credential: manifest.units[line] for credential, line in manifest.roll.items()}
