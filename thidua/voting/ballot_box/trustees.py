"""Người giữ khóa: a key made by several people that no single one ever holds (section 5).

Pedersen's distributed key generation with commitments before revelation. Index 0 is the server, which holds
one key without which nothing opens; 1 … n are the people, any `needed` of whom suffice beside it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cached_property

from thidua.voting.ballot_box import proofs
from thidua.voting.ballot_box.group import IDENTITY, ORDER, SIZE, Draw, group, random_scalar, scalar_bytes
from thidua.voting.ballot_box.hashing import challenge, h32, h64, u8, u32
from thidua.voting.ballot_box.refusals import Refusal

SERVER = 0
INDICES = 3  # bytes: index, number of trustees, number needed
PROOF = 2 * SIZE


@dataclass(frozen=True)
class Round1:
    """What one key holder reveals: transport key, commitments to the polynomial, proof of knowledge."""

    data: bytes

    @property
    def indices(self) -> tuple[int, int, int]:
        """Own index, number of trustees, number needed."""
        index, count, needed = self.data[:INDICES]
        return index, count, needed

    @property
    def prefix(self) -> bytes:
        """All but the proof."""
        return self.data[:-PROOF]

    @property
    def proof(self) -> bytes:
        """The scalars c ‖ s."""
        return self.data[-PROOF:]

    @property
    def elements(self) -> tuple[bytes, ...]:
        """Transport key (people only), then commitments."""
        body = self.prefix[INDICES:]
        return tuple(body[at : at + SIZE] for at in range(0, len(body), SIZE))

    @property
    def transport(self) -> bytes:
        """The key others seal shares to; of people only."""
        return self.elements[0]

    @property
    def commitments(self) -> tuple[bytes, ...]:
        """A_0 … A_(t−1); of the server X_0 alone."""
        return self.elements if self.data[0] == SERVER else self.elements[1:]


@dataclass(frozen=True)
class Trustees:
    """The trustee block of a manifest."""

    meeting: str
    needed: int
    names: tuple[str, ...]
    commits: tuple[bytes, ...]
    round1: tuple[bytes, ...]
    sealed: tuple[tuple[bytes, ...], ...]  # sealed[i − 1][j − 1]: from i to j

    @property
    def count(self) -> int:
        """n, without the server."""
        return len(self.names)

    @cached_property
    def revealed(self) -> tuple[Round1, ...]:
        """What each holder revealed, the server first."""
        return tuple(Round1(data) for data in self.round1)

    @cached_property
    def public_keys(self) -> tuple[bytes, ...]:
        """X_0 … X_n, which anybody computes from the commitments (section 5.4)."""
        return tuple(self._public_key(index) for index in range(self.count + 1))

    def _public_key(self, index: int) -> bytes:
        if index == SERVER:
            return self.revealed[SERVER].commitments[0]
        total = IDENTITY
        for holder in self.revealed[1:]:
            total = group().add(total, committed_value(holder.commitments, index))
        return total

    def joint_key(self) -> bytes:
        """Y = X_0 + Σ A_i0."""
        total = IDENTITY
        for holder in self.revealed:
            total = group().add(total, holder.commitments[0])
        return total

    def is_whole(self) -> bool:
        """As many parts as holders, each of its length (V01)."""
        count = self.count
        sizes = [round1_size(index, self.needed) for index in range(count + 1)]
        return (
            min(count, 1) <= self.needed <= count
            and len(self.commits) == count + 1
            and [len(data) for data in self.round1] == sizes
            and [len(row) for row in self.sealed] == [count] * count
        )

    def faults(self) -> list[str]:
        """What is wrong with the key ceremony (V04): indices, commitments before revelation, proofs."""
        return [
            f"Phần khóa của {self.name_of(index)} không đúng cam kết hoặc thiếu chứng minh"
            for index in range(self.count + 1)
            if not self._is_sound(index)
        ]

    def name_of(self, index: int) -> str:
        """How messages call a holder."""
        return "máy chủ" if index == SERVER else f"người giữ khóa số {index} ({self.names[index - 1]})"

    def _is_sound(self, index: int) -> bool:
        data = self.round1[index]
        holder = Round1(data)
        return (
            holder.indices == (index, self.count, self.needed)
            and commitment_to(self.meeting, data) == self.commits[index]
            and proofs.knows(self.meeting, holder.prefix, holder.commitments[0], holder.proof)
        )


def round1_size(index: int, needed: int) -> int:
    """Bytes of what a holder reveals (section 5.1)."""
    elements = 1 if index == SERVER else 1 + needed
    return INDICES + elements * SIZE + PROOF


def committed_value(commitments: tuple[bytes, ...], at: int) -> bytes:
    """The polynomial behind the commitments at `at`, times G (Horner)."""
    total = IDENTITY
    for commitment in reversed(commitments):
        total = group().add(group().multiply(at, total), commitment)
    return total


def commitment_to(meeting: str, round1: bytes) -> bytes:
    """What is sent, and read aloud, before anybody reveals (step 0)."""
    return h32("dkg-commit", meeting.encode(), round1)


# --- What a person's device does ------------------------------------------------------------------


@dataclass(frozen=True)
class TrusteeSecret:
    """What a trustee keeps: the transport key, from which all else follows."""

    meeting: str
    index: int
    transport: int

    def coefficients(self, count: int, needed: int) -> tuple[int, ...]:
        """The polynomial, which follows from the transport key (section 5.1)."""
        own = u8(self.index) + u8(count) + u8(needed)
        seed = scalar_bytes(self.transport)
        return tuple(
            challenge("poly", self.meeting.encode(), own, seed, u32(power)) for power in range(needed)
        )

    def prefix(self, count: int, needed: int) -> bytes:
        """What this trustee reveals, but for the proof."""
        elements = (group().base(number) for number in (self.transport, *self.coefficients(count, needed)))
        return u8(self.index) + u8(count) + u8(needed) + b"".join(elements)

    def made(self, trustees: Trustees) -> bool:
        """The part under this trustee's number is the one this key reveals (section 5.8)."""
        revealed = trustees.revealed[self.index] if 0 < self.index <= trustees.count else None
        return revealed is not None and revealed.prefix == self.prefix(trustees.count, trustees.needed)


def begin(
    meeting: str, index: int, count: int, needed: int, draw: Draw = secrets.token_bytes
) -> tuple[TrusteeSecret, bytes]:
    """Step 1 for trustee `index` of `count`: the secret, and round 1 to commit to and then reveal."""
    secret = TrusteeSecret(meeting, index, random_scalar(draw))
    prefix, first = secret.prefix(count, needed), secret.coefficients(count, needed)[0]
    return secret, prefix + proofs.prove_knowledge(meeting, prefix, first, draw)


def begin_server(
    meeting: str, count: int, needed: int, draw: Draw = secrets.token_bytes
) -> tuple[int, bytes]:
    """The server's key x_0 and its round 1."""
    secret = random_scalar(draw)
    prefix = u8(SERVER) + u8(count) + u8(needed) + group().base(secret)
    return secret, prefix + proofs.prove_knowledge(meeting, prefix, secret, draw)


def seal_shares(
    secret: TrusteeSecret, revealed: tuple[Round1, ...], draw: Draw = secrets.token_bytes
) -> tuple[bytes, ...]:
    """Step 2: the value of the own polynomial for each trustee, sealed to that one's transport key."""
    _, count, needed = revealed[secret.index].indices
    polynomial = secret.coefficients(count, needed)
    return tuple(
        _seal(secret, polynomial, receiver, holder.transport, draw)
        for receiver, holder in enumerate(revealed[1:], start=1)
    )


def _seal(
    secret: TrusteeSecret, polynomial: tuple[int, ...], receiver: int, transport: bytes, draw: Draw
) -> bytes:
    value = sum(a * pow(receiver, power, ORDER) for power, a in enumerate(polynomial))
    once = random_scalar(draw)
    opened = group().base(once)
    pad = _pad(secret.meeting, secret.index, receiver, opened, group().multiply(once, transport))
    return opened + _xor(scalar_bytes(value), pad)


def _pad(meeting: str, sender: int, receiver: int, opened: bytes, common: bytes) -> bytes:
    return h64("seal", meeting.encode(), u8(sender), u8(receiver), opened, common)[:SIZE]


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def key_share(secret: TrusteeSecret, trustees: Trustees) -> int:
    """Step 3: x_j, each received value checked against its sender's commitments.

    Refusal V04 when somebody put another part under this trustee's number, and for a value that does not
    fit, with the name of its sender: the ceremony stops in public and starts again.
    """
    if not secret.made(trustees):
        raise Refusal("V04", "Bản niêm phong không dùng phần khóa của chính người giữ khóa này")
    total = 0
    for sender in range(1, trustees.count + 1):
        value = _unseal(secret, sender, trustees.sealed[sender - 1][secret.index - 1])
        expected = committed_value(trustees.revealed[sender].commitments, secret.index)
        if value >= ORDER or group().base(value) != expected:
            raise Refusal("V04", f"Mảnh khóa của {trustees.name_of(sender)} gửi không khớp cam kết")
        total += value
    return total % ORDER


def _unseal(secret: TrusteeSecret, sender: int, sealed: bytes) -> int:
    opened, hidden = sealed[:SIZE], sealed[SIZE:]
    if not group().is_element(opened) or opened == IDENTITY:
        return ORDER
    common = group().multiply(secret.transport, opened)
    pad = _pad(secret.meeting, sender, secret.index, opened, common)
    return int.from_bytes(_xor(hidden, pad), "little")
