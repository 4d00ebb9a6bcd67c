"""The group of PHIEUKIN-1 (specification, section 2): ristretto255 and Ed25519, by whichever library.

Elements are their 32 bytes, scalars are integers modulo ORDER. Whoever takes bytes from outside asks
`is_element` and `is_scalar` first; the operations reduce scalars and raise ValueError for bytes that are
no element.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

from thidua.voting.ballot_box.plain import ORDER, PlainGroup
from thidua.voting.ballot_box.sodium import SodiumGroup, find_library

__all__ = [
    "IDENTITY",
    "ORDER",
    "SIZE",
    "Draw",
    "Group",
    "group",
    "is_scalar",
    "random_scalar",
    "scalar_bytes",
]

SIZE = 32
IDENTITY = bytes(SIZE)
WIDE = 64  # bytes drawn for a scalar, so that the remainder modulo ORDER is even to 2⁻²⁵⁰

Draw = Callable[[int], bytes]  # gives that many random bytes; the system's source except in test vectors


class Group(Protocol):
    """What the protocol asks of a curve library."""

    name: str

    def is_element(self, encoding: bytes) -> bool:
        """The one canonical encoding of an element, the neutral one included (RFC 9496, 4.3.1)."""

    def base(self, scalar: int) -> bytes:
        """`scalar` times the generator."""

    def multiply(self, scalar: int, element: bytes) -> bytes:
        """`scalar` times `element`."""

    def add(self, one: bytes, other: bytes) -> bytes:
        """The sum."""

    def subtract(self, one: bytes, other: bytes) -> bytes:
        """The difference."""

    def is_key(self, key: bytes) -> bool:
        """A canonical Ed25519 point of prime order, not the neutral one."""

    def public_key(self, seed: bytes) -> bytes:
        """The Ed25519 key of a 32-byte seed (RFC 8032, 5.1.5)."""

    def sign(self, seed: bytes, message: bytes) -> bytes:
        """The Ed25519 signature, which is a function of seed and message (RFC 8032, 5.1.6)."""

    def verify(self, key: bytes, message: bytes, signature: bytes) -> bool:
        """Strict check: `is_key`, S below ORDER, R the very bytes of S·B − h·A and not the neutral point."""


@lru_cache(maxsize=1)
def group() -> Group:
    """The system's libsodium, or plain Python where there is none."""
    library = find_library()
    return SodiumGroup(library) if library else PlainGroup()


def scalar_bytes(number: int) -> bytes:
    """A scalar in 32 bytes, lowest first."""
    return (number % ORDER).to_bytes(SIZE, "little")


def is_scalar(encoding: bytes) -> bool:
    """The one encoding of a scalar: 32 bytes, below ORDER."""
    return len(encoding) == SIZE and int.from_bytes(encoding, "little") < ORDER


def random_scalar(draw: Draw = secrets.token_bytes) -> int:
    """A scalar between 1 and ORDER − 1 from 64 random bytes."""
    while True:
        number = int.from_bytes(draw(WIDE), "little") % ORDER
        if number:
            return number
