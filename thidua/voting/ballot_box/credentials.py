"""Mã cử tri: a voter's Ed25519 key, made on the device or from a paper slip; replacing it (section 5)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from thidua.voting.ballot_box.group import SIZE, Draw, group
from thidua.voting.ballot_box.hashing import (
    ALPHABET,
    fingerprint,
    grouped,
    h32,
    h64,
    letters,
    read_letters,
)

CODE_LETTERS, CHECK_LETTERS = 24, 2
RANDOM_BYTES = 15  # 120 bits


def new_slip(draw: Draw = secrets.token_bytes) -> str:
    """A code for a paper slip: 24 random letters and 2 that catch slips of the pen, in fours."""
    code = letters(draw(RANDOM_BYTES), CODE_LETTERS)
    return grouped(code + _check(code))


def _check(code: str) -> str:
    return letters(h32("cred-check", code.encode()), CHECK_LETTERS)


def slip_seed(meeting: str, typed: str) -> bytes:
    """The Ed25519 seed of a slip as somebody typed it; ValueError for a mistyped code."""
    plain = read_letters(typed)
    code, check = plain[:CODE_LETTERS], plain[CODE_LETTERS:]
    if len(code) != CODE_LETTERS or not set(code) <= set(ALPHABET) or check != _check(code):
        raise ValueError("Mã cử tri gõ chưa đúng")
    return h32("cred", meeting.encode(), code.encode())


def credential_fingerprint(key: bytes) -> str:
    """Dấu vân tay of a line of the roll, which its delegate confirms aloud."""
    return fingerprint("cred", key)


def commit_fingerprint(commit: bytes) -> str:
    """Dấu vân tay of a trustee's commitment, read aloud before revelation."""
    return fingerprint("dkg", commit)


# --- A lost slip ----------------------------------------------------------------------------------


def replacement_message(eh: bytes, old: bytes, new: bytes) -> bytes:
    """What members of the counting committee sign to replace a credential (section 5.6)."""
    return h64("replace", eh, old, new)


def signed_enough(
    committee: tuple[bytes, ...], needed: int, message: bytes, signatures: Mapping[int, bytes]
) -> bool:
    """At least `needed` members signed, and every signature given is sound."""
    sound = [
        0 <= member < len(committee) and group().verify(committee[member], message, signature)
        for member, signature in signatures.items()
    ]
    return all(sound) and len(sound) >= needed


def new_credential(draw: Draw = secrets.token_bytes) -> tuple[bytes, bytes]:
    """A device key: seed and public key."""
    seed = draw(SIZE)
    return seed, group().public_key(seed)
