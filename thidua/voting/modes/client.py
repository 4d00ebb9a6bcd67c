"""The voting program that browsers run: its bytes are named in every manifest."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders

VOTER = "dist/voting/voter.js"


def client_hash() -> bytes | None:
    """SHA-256 of the program as it is served; None while it has not been bundled."""
    found = finders.find(VOTER)
    if not isinstance(found, str):
        return None
    path = Path(found)
    return _hash(found, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _hash(path: str, changed: int) -> bytes:
    return hashlib.sha256(Path(path).read_bytes()).digest()


def short_hash(digest: bytes) -> str:
    """Mã phiên bản, as the screen shows it: “8C1E 77D0”."""
    text = digest.hex()[:8].upper()
    return f"{text[:4]} {text[4:]}"
