"""ristretto255 and Ed25519 by the system's libsodium, through ctypes.

libsodium before 1.0.19 reads two encodings of every element as the same one: it forgets the highest bit.
What goes in here is therefore looked at first (`_element`); RFC 9496 asks for the same.

A call lasts some microseconds and keeps the interpreter's lock (PyDLL): letting it go for each of the hundred
calls of a ballot makes every one of them queue behind the other requests of the process.
"""

from __future__ import annotations

import ctypes
import ctypes.util

SIZE = 32
SIGNATURE = 64
TOP_BIT = 0x80
ORDER = 2**252 + 27742317777372353535851937790883648493
NAMES = ("libsodium.so.23", "libsodium.so.26", "libsodium.dylib", "libsodium.dll")
NEEDED = "crypto_scalarmult_ristretto255"


def find_library() -> ctypes.CDLL | None:
    """The system's libsodium if it is there, knows ristretto255 and starts."""
    for name in (*NAMES, ctypes.util.find_library("sodium")):
        if name is None:
            continue
        try:
            library = ctypes.PyDLL(name)
        except OSError:
            continue
        if hasattr(library, NEEDED) and library.sodium_init() >= 0:
            return library
    return None


def _element(encoding: bytes) -> bytes:
    """The same bytes; ValueError for a length or a top bit that libsodium would overlook."""
    if len(encoding) != SIZE or encoding[-1] & TOP_BIT:
        raise ValueError("Không phải cách viết chuẩn của một phần tử ristretto255")
    return encoding


def _scalar(number: int) -> bytes:
    return (number % ORDER).to_bytes(SIZE, "little")


class SodiumGroup:
    """The operations of `group.Group` by libsodium."""

    name = "libsodium"

    def __init__(self, library: ctypes.CDLL) -> None:
        self._valid = library.crypto_core_ristretto255_is_valid_point
        self._base = library.crypto_scalarmult_ristretto255_base
        self._multiply = library.crypto_scalarmult_ristretto255
        self._add = library.crypto_core_ristretto255_add
        self._subtract = library.crypto_core_ristretto255_sub
        self._valid_key = library.crypto_core_ed25519_is_valid_point
        self._seed_keypair = library.crypto_sign_seed_keypair
        self._sign = library.crypto_sign_detached
        self._verify = library.crypto_sign_verify_detached
        long = ctypes.c_ulonglong
        self._sign.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_char_p, long, ctypes.c_char_p]
        self._verify.argtypes = [ctypes.c_char_p, ctypes.c_char_p, long, ctypes.c_char_p]

    def is_element(self, encoding: bytes) -> bool:
        return len(encoding) == SIZE and not encoding[-1] & TOP_BIT and self._valid(encoding) == 1

    def base(self, scalar: int) -> bytes:
        out = ctypes.create_string_buffer(SIZE)
        self._base(out, _scalar(scalar))  # tells −1 for the neutral element, which it has written
        return out.raw

    def multiply(self, scalar: int, element: bytes) -> bytes:
        out = ctypes.create_string_buffer(SIZE)
        if self._multiply(out, _scalar(scalar), _element(element)) != 0 and not self.is_element(element):
            raise ValueError("Không phải phần tử ristretto255")
        return out.raw

    def add(self, one: bytes, other: bytes) -> bytes:
        out = ctypes.create_string_buffer(SIZE)
        if self._add(out, _element(one), _element(other)) != 0:
            raise ValueError("Không phải phần tử ristretto255")
        return out.raw

    def subtract(self, one: bytes, other: bytes) -> bytes:
        out = ctypes.create_string_buffer(SIZE)
        if self._subtract(out, _element(one), _element(other)) != 0:
            raise ValueError("Không phải phần tử ristretto255")
        return out.raw

    def is_key(self, key: bytes) -> bool:
        return len(key) == SIZE and self._valid_key(key) == 1

    def public_key(self, seed: bytes) -> bytes:
        return self._pair(seed)[0]

    def sign(self, seed: bytes, message: bytes) -> bytes:
        out = ctypes.create_string_buffer(SIGNATURE)
        self._sign(out, None, message, len(message), self._pair(seed)[1])
        return out.raw

    def verify(self, key: bytes, message: bytes, signature: bytes) -> bool:
        if len(signature) != SIGNATURE or not self.is_key(key):
            return False
        return int(self._verify(signature, message, len(message), key)) == 0

    def _pair(self, seed: bytes) -> tuple[bytes, bytes]:
        if len(seed) != SIZE:
            raise ValueError("Hạt giống của khóa phải có 32 byte")
        public, secret = ctypes.create_string_buffer(SIZE), ctypes.create_string_buffer(2 * SIZE)
        self._seed_keypair(public, secret, seed)
        return public.raw, secret.raw
