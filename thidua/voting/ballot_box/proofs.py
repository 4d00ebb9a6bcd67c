"""Proofs that tell nothing else, by strong Fiat–Shamir: every challenge names its statement (section 6).

All are of one family: answers (c, s) with commitments computed back as s·G + c·X. A proof is c ‖ s in
64 bytes; the choice among several values has one such pair for each value.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from thidua.voting.ballot_box.group import ORDER, SIZE, Draw, group, random_scalar, scalar_bytes
from thidua.voting.ballot_box.hashing import challenge, u8, u32

PAIR = 2 * SIZE

Pair = tuple[bytes, bytes]  # α, β


@lru_cache(maxsize=512)
def of_number(number: int) -> bytes:
    """A small number times G."""
    return group().base(number)


def pair_of(proof: bytes) -> tuple[int, int]:
    """The two scalars of c ‖ s."""
    return int.from_bytes(proof[:SIZE], "little"), int.from_bytes(proof[SIZE:PAIR], "little")


def _combined(s: int, c: int, element: bytes, base: bytes | None = None) -> bytes:
    """s·base + c·element; the base is G unless told."""
    first = group().multiply(s, base) if base else group().base(s)
    return group().add(first, group().multiply(c, element))


# --- Knowledge of a key (zk-pok) ------------------------------------------------------------------


def prove_knowledge(meeting: str, prefix: bytes, secret: int, draw: Draw = secrets.token_bytes) -> bytes:
    """That the maker of `prefix` knows the secret of its first commitment (section 5.1)."""
    nonce = random_scalar(draw)
    c = challenge("zk-pok", meeting.encode(), prefix, group().base(nonce))
    return scalar_bytes(c) + scalar_bytes(nonce - c * secret)


def knows(meeting: str, prefix: bytes, key: bytes, proof: bytes) -> bool:
    """The proof of `prove_knowledge` holds for `key`."""
    c, s = pair_of(proof)
    return challenge("zk-pok", meeting.encode(), prefix, _combined(s, c, key)) == c % ORDER


# --- A ciphertext holds one of several values (zk-opt, zk-sum) --------------------------------------


@dataclass(frozen=True)
class Statement:
    """(α, β) encrypts for `key` one of `values`; purpose and context go into the challenge."""

    purpose: str
    context: tuple[bytes, ...]
    key: bytes
    pair: Pair
    values: tuple[int, ...]

    def challenge(self, commitments: list[bytes]) -> int:
        """Over context, statement and all commitments."""
        return challenge(self.purpose, *self.context, *self.pair, *commitments)


def option_statement(
    bh: bytes, key: bytes, at: tuple[int, int], pair: Pair, values: tuple[int, ...]
) -> Statement:
    """Of option i of question q, `at` = (q, i) (section 7.2)."""
    return Statement("zk-opt", (bh, u32(at[0]), u32(at[1])), key, pair, values)


def sum_statement(bh: bytes, key: bytes, question: int, pair: Pair, values: tuple[int, ...]) -> Statement:
    """Of the sum of a question's options (section 7.2)."""
    return Statement("zk-sum", (bh, u32(question)), key, pair, values)


def prove_choice(statement: Statement, value: int, r: int, scalar: Callable[[bytes, int], int]) -> bytes:
    """That `pair` is `value` under randomness `r`, without telling which of the values.

    `scalar(label, v)` gives the randomness of each part. ValueError when `value` is none of the values.
    """
    if value not in statement.values:
        raise ValueError("Lựa chọn không nằm trong các giá trị được phép")
    answers = {v: (scalar(b"c", v), scalar(b"s", v)) for v in statement.values if v != value}
    nonce = scalar(b"k", value)
    commitments = [
        _own_commitment(statement.key, nonce)
        if v == value
        else _simulated_commitment(statement.key, answers[v], r, value - v)
        for v in statement.values
    ]
    c = (statement.challenge(commitments) - sum(c for c, _ in answers.values())) % ORDER
    answers[value] = c, nonce - c * r
    return b"".join(scalar_bytes(c) + scalar_bytes(s) for c, s in (answers[v] for v in statement.values))


def _own_commitment(key: bytes, nonce: int) -> bytes:
    return group().base(nonce) + group().multiply(nonce, key)


def _simulated_commitment(key: bytes, answer: tuple[int, int], r: int, offset: int) -> bytes:
    """s·G + c·α and s·Y + c·(β − v·G), cheaper for the one who knows r: β − v·G = r·Y + offset·G."""
    c, s = answer
    joined = s + c * r
    shifted = group().add(group().multiply(joined, key), group().base(c * offset))
    return group().base(joined) + shifted


def choice_holds(statement: Statement, proof: bytes) -> bool:
    """The proof of `prove_choice` holds."""
    if len(proof) != PAIR * len(statement.values):
        return False
    answers = [pair_of(proof[at : at + PAIR]) for at in range(0, len(proof), PAIR)]
    commitments = [
        _recomputed(statement, v, answer) for v, answer in zip(statement.values, answers, strict=True)
    ]
    return (sum(c for c, _ in answers) - statement.challenge(commitments)) % ORDER == 0


def _recomputed(statement: Statement, value: int, answer: tuple[int, int]) -> bytes:
    c, s = answer
    alpha, beta = statement.pair
    shifted = group().subtract(beta, of_number(value)) if value else beta
    return _combined(s, c, alpha) + _combined(s, c, shifted, statement.key)


# --- A share of the decryption (zk-dec) -------------------------------------------------------------


@dataclass(frozen=True)
class Factor:
    """Holder j's factor F = x_j·α of one aggregate, with all that its challenge names (section 9.3)."""

    eh: bytes
    close: bytes
    holder: int
    at: tuple[int, int]
    key: bytes
    pair: Pair
    factor: bytes

    def challenge(self, first: bytes, second: bytes) -> int:
        """Over election, close, holder, place, key, ciphertext, factor and commitments."""
        place = (u8(self.holder), u32(self.at[0]), u32(self.at[1]))
        return challenge(
            "zk-dec", self.eh, self.close, *place, self.key, *self.pair, self.factor, first, second
        )


def prove_factor(statement: Factor, secret: int, draw: Draw = secrets.token_bytes) -> bytes:
    """That the factor was made with the secret of `key`."""
    nonce = random_scalar(draw)
    c = statement.challenge(group().base(nonce), group().multiply(nonce, statement.pair[0]))
    return scalar_bytes(c) + scalar_bytes(nonce - c * secret)


def factor_holds(statement: Factor, proof: bytes) -> bool:
    """The proof of `prove_factor` holds."""
    c, s = pair_of(proof)
    first = _combined(s, c, statement.key)
    second = _combined(s, c, statement.factor, statement.pair[0])
    return statement.challenge(first, second) == c % ORDER
