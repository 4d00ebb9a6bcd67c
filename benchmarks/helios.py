"""Helios' arithmetic, written from its published verification specification (version 4), to measure against.

Exponential ElGamal modulo a prime of 2048 bits in a subgroup of 256 bits, 0/1 proofs and a proof of the sum
as disjunctions of Chaum–Pedersen proofs with commitments, challenges and responses, challenge SHA-1 of the
commitments. A verifier checks that the ciphertexts belong to the subgroup, for which it raises them to the
power q. Whether the commitments are looked at in the same way differs between versions; both are measured.
Integers are Python's own.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

Pair = tuple[int, int]

# A group made for this measurement by openssl (DSA parameters, 2048 and 256 bits); q divides p − 1.
P = int(
    "bf88ff9179860aa0f721e045d78d1918f7679d538c35d9f065198b7a72d8c618702d86abc9d3eecfb0c49c2a893c8ae9"
    "7675169fb8f5402ed904ffda2a7651d8a843dbfa7d4bd457cb80de2e7d1b74373088efbe7f0cd20b4e2d5d4e6ca37d3f"
    "c3312030f0e59b15458551469de2904f6f8fbf33a75df866b67da8451e9e0327fa4ff8f76cf1f68d28f6408272e1a979"
    "f2be906d8c51d6680d195375d27c41548e8d6ded378e01529e92897081e3cb6c2bb813e0a24e0ec771626a3c24a939ee"
    "a483b7704e2e344b570da25e3354b80f897c4d236d14fe327b160d44b1d587d62eaca8d5f5cd3fde1b24623e22cf3792"
    "5e5f2c10c42deaaba8db7d497cc2e3a3",
    16,
)
Q = int(
    "eabae5d4ba2f2a493800301caed78116ef84b035376c91670dc44dc012fd7e63",
    16,
)
G = int(
    "3008c78ee7cd03e60e0c4dfb8ad8aace74e77f3fb234d066a411afd360749b4ee1b5132a6b253eccc19f7581bb0ffce7"
    "0152333305282ec4f7a5d975bb77a5663c3ffc494ee2942fa596e15921af3a1f4a5e8475f293e3a5d4d7f8324a953a27"
    "a1d63caf383e4fe5e58b093ac6c4b902a3f69e853fef8afe7f19e184042373279c2b85e2ee55e0676fc47be45fa36f58"
    "a29377b9891d2977159417304be4992f37737a82ea453026f97b1b8832ac7d7080de73641109018d02ad11000cad1e57"
    "b96fada1fe4bfbd41974a536028d687f4204c328669720699196549a227012120c3f0c011cdd3e56ebab03398c8851ba"
    "5c8315aa994c9a860e9c15f9caa19731",
    16,
)


@dataclass(frozen=True)
class Proof:
    """A, B, challenge, response."""

    commitment: Pair
    challenge: int
    response: int


@dataclass(frozen=True)
class Ballot:
    """Ciphertexts, a proof for each, a proof of the sum."""

    choices: list[Pair]
    individual: list[list[Proof]]
    overall: list[Proof]


def challenge_of(commitments: Sequence[Pair]) -> int:
    """SHA-1 of the commitments in decimal, with commas."""
    text = ",".join(str(number) for pair in commitments for number in pair)
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16)


class Group:
    """The subgroup of order q that g generates modulo p."""

    def __init__(self, p: int = P, q: int = Q, g: int = G) -> None:
        self.p, self.q, self.g = p, q, g

    def inverse(self, number: int) -> int:
        """Modulo p."""
        return pow(number, -1, self.p)

    def has(self, number: int) -> bool:
        """In the subgroup of order q."""
        return 1 < number < self.p - 1 and pow(number, self.q, self.p) == 1


@dataclass(frozen=True)
class Key:
    """A public key y in its group."""

    group: Group
    y: int

    @cached_property
    def values(self) -> list[int]:
        """g⁰, g¹, g², g³."""
        return [pow(self.group.g, n, self.group.p) for n in range(4)]

    def encrypt(self, m: int, r: int) -> Pair:
        """gʳ, yʳ·gᵐ."""
        p = self.group.p
        return pow(self.group.g, r, p), pow(self.y, r, p) * self.values[m] % p

    def simulate(self, pair: Pair, value: int) -> Proof:
        """A proof for a value that is not there: challenge and response first."""
        p, q = self.group.p, self.group.q
        c, response = secrets.randbelow(q), secrets.randbelow(q)
        beta = pair[1] * self.group.inverse(self.values[value]) % p
        first = self.group.inverse(pow(pair[0], c, p)) * pow(self.group.g, response, p) % p
        second = self.group.inverse(pow(beta, c, p)) * pow(self.y, response, p) % p
        return Proof((first, second), c, response)

    def prove(self, pair: Pair, m: int, r: int, values: Sequence[int]) -> list[Proof]:
        """That the pair holds one of the values."""
        p, q = self.group.p, self.group.q
        proofs = {v: self.simulate(pair, v) for v in values if v != m}
        w = secrets.randbelow(q)
        own = pow(self.group.g, w, p), pow(self.y, w, p)
        commitments = [own if v == m else proofs[v].commitment for v in values]
        c = (challenge_of(commitments) - sum(proof.challenge for proof in proofs.values())) % q
        proofs[m] = Proof(own, c, (w + r * c) % q)
        return [proofs[v] for v in values]

    def holds(self, pair: Pair, proofs: list[Proof], values: Sequence[int], *, strict: bool) -> bool:
        """Every proof satisfies its equations, and the challenges add up."""
        p, q = self.group.p, self.group.q
        for proof, value in zip(proofs, values, strict=True):
            a, b = proof.commitment
            if strict and not (self.group.has(a) and self.group.has(b)):
                return False
            beta = pair[1] * self.group.inverse(self.values[value]) % p
            if pow(self.group.g, proof.response, p) != pow(pair[0], proof.challenge, p) * a % p:
                return False
            if pow(self.y, proof.response, p) != pow(beta, proof.challenge, p) * b % p:
                return False
        total = sum(proof.challenge for proof in proofs) % q
        return challenge_of([proof.commitment for proof in proofs]) == total

    def fill(self, choices: Sequence[int], most: int) -> Ballot:
        """A whole ballot with its proofs."""
        rs = [secrets.randbelow(self.group.q) for _ in choices]
        pairs = [self.encrypt(m, r) for m, r in zip(choices, rs, strict=True)]
        proofs = [self.prove(pair, m, r, (0, 1)) for pair, m, r in zip(pairs, choices, rs, strict=True)]
        total = product(pairs, self.group.p)
        whole = self.prove(total, sum(choices), sum(rs) % self.group.q, range(most + 1))
        return Ballot(pairs, proofs, whole)

    def check(self, ballot: Ballot, *, strict: bool) -> bool:
        """Membership, then every proof; `strict` looks at the commitments' membership as well."""
        if not all(self.group.has(number) for pair in ballot.choices for number in pair):
            return False
        total = product(ballot.choices, self.group.p)
        each = zip(ballot.choices, ballot.individual, strict=True)
        return all(self.holds(pair, proofs, (0, 1), strict=strict) for pair, proofs in each) and self.holds(
            total, ballot.overall, range(len(ballot.overall)), strict=strict
        )


def product(pairs: Sequence[Pair], p: int) -> Pair:
    """The encryption of the sum."""
    alpha = beta = 1
    for a, b in pairs:
        alpha, beta = alpha * a % p, beta * b % p
    return alpha, beta


def tally(keys: list[tuple[int, Key]], sums: list[Pair]) -> list[int]:
    """Every trustee's factors with proofs, all of them checked, and the sums opened (n of n)."""
    group = keys[0][1].group
    found = []
    for alpha, beta in sums:
        left = beta
        for x, key in keys:
            factor, proof = decrypt(key, x, alpha)
            if not opens(key, alpha, factor, proof):
                raise ValueError("a factor does not hold")
            left = left * group.inverse(factor) % group.p
        found.append(left)
    return found


def decrypt(key: Key, x: int, alpha: int) -> tuple[int, Proof]:
    """αˣ and the proof that x is the key's secret."""
    p, q, g = key.group.p, key.group.q, key.group.g
    w = secrets.randbelow(q)
    commitment = pow(g, w, p), pow(alpha, w, p)
    c = challenge_of([commitment])
    return pow(alpha, x, p), Proof(commitment, c, (w + x * c) % q)


def opens(key: Key, alpha: int, factor: int, proof: Proof) -> bool:
    """The proof of `decrypt` holds."""
    p, (a, b) = key.group.p, proof.commitment
    return (
        pow(key.group.g, proof.response, p) == a * pow(key.y, proof.challenge, p) % p
        and pow(alpha, proof.response, p) == b * pow(factor, proof.challenge, p) % p
        and challenge_of([proof.commitment]) == proof.challenge
    )
