"""Hashing with a purpose in every use (specification, section 3). Bytes are hashed as received."""

from __future__ import annotations

import hashlib

from thidua.voting.ballot_box.group import ORDER

PROTOCOL = "PHIEUKIN-1"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
BITS_OF_LETTER = 5
GROUP_OF_LETTERS = 4
TRACKER_LETTERS, MARK_LETTERS, FINGERPRINT_LETTERS = 20, 16, 12


def u8(number: int) -> bytes:
    """One byte."""
    return number.to_bytes(1, "big")


def u32(number: int) -> bytes:
    """Four bytes, highest first."""
    return number.to_bytes(4, "big")


def u64(number: int) -> bytes:
    """Eight bytes, highest first."""
    return number.to_bytes(8, "big")


def _framed(purpose: str, parts: tuple[bytes, ...]) -> bytes:
    """Protocol, purpose and parts, each after its length, so that no two lists of parts look alike."""
    fields = (PROTOCOL.encode(), purpose.encode(), *parts)
    return b"".join(u32(len(field)) + field for field in fields)


def h32(purpose: str, *parts: bytes) -> bytes:
    """SHA-256 of the framed parts."""
    return hashlib.sha256(_framed(purpose, parts)).digest()


def h64(purpose: str, *parts: bytes) -> bytes:
    """SHA-512 of the framed parts."""
    return hashlib.sha512(_framed(purpose, parts)).digest()


def challenge(purpose: str, *parts: bytes) -> int:
    """`h64`, lowest byte first, modulo the group's order; uneven by less than 2⁻²⁵⁰."""
    return int.from_bytes(h64(purpose, *parts), "little") % ORDER


def letters(digest: bytes, count: int) -> str:
    """The first 5·`count` bits of `digest` as letters, without grouping."""
    bits = int.from_bytes(digest, "big") >> len(digest) * 8 - count * BITS_OF_LETTER
    places = range((count - 1) * BITS_OF_LETTER, -1, -BITS_OF_LETTER)
    return "".join(ALPHABET[bits >> place & len(ALPHABET) - 1] for place in places)


def grouped(text: str) -> str:
    """In fours, as people read it: “7Q2K-…”."""
    return "-".join(text[at : at + GROUP_OF_LETTERS] for at in range(0, len(text), GROUP_OF_LETTERS))


def read_letters(text: str) -> str:
    """What a person typed, as the alphabet writes it: no hyphens, capitals, O as 0, I and L as 1."""
    plain = "".join(text.split()).replace("-", "").upper()
    return plain.translate(str.maketrans("OIL", "011"))


def ballot_hash(ballot: bytes) -> bytes:
    """What a decision and a tracker stand for: all bytes of the ballot (section 7.4)."""
    return h32("tracker", ballot)


def tracker(ballot: bytes) -> str:
    """Mã tra cứu of a ballot: 100 bits as 20 letters in fours (section 7.4)."""
    return grouped(letters(ballot_hash(ballot), TRACKER_LETTERS))


def head_mark(head: bytes) -> str:
    """What the projector shows of the board's head: 80 bits as 16 letters in fours (section 8.3)."""
    return grouped(letters(head, MARK_LETTERS))


def manifest_mark(eh: bytes) -> str:
    """What people compare of a sealed manifest: the first 100 bits of its hash in fours (section 4.4)."""
    return grouped(letters(eh, TRACKER_LETTERS))


def fingerprint(purpose: str, key: bytes) -> str:
    """What is read aloud of a key: 60 bits as 12 letters in fours (sections 5.2 and 6.2)."""
    return grouped(letters(h32("print", purpose.encode(), key), FINGERPRINT_LETTERS))
