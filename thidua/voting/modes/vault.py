"""Secrets of the server at rest: encrypted under a key that lies outside the database."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _box() -> Fernet:
    key = hashlib.sha256(b"PHIEUKIN-1 server secrets\0" + settings.BALLOT_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def lock_away(secret: bytes) -> bytes:
    """The secret as the database may hold it: a copy of the database alone opens nothing."""
    return _box().encrypt(secret)


def take_out(kept: bytes | memoryview) -> bytes:
    """The secret itself; cryptography.fernet.InvalidToken when the key of the settings is another one."""
    return _box().decrypt(bytes(kept))
