"""Dấu thời gian RFC 3161 over the head at the close, made and checked by openssl (section 11.2).

A token says that an authority outside saw this head no later than its time. It proves nothing of the count,
so no check V01–V20 asks for it, and the one-file verifier leaves it alone.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from thidua.voting.ballot_box.ledger import Ledger

OPENSSL = "openssl"
SECONDS = 20


class NoTimestamp(ValueError):
    """openssl is missing, or it refuses the token; the message is its own."""


def head_at_close(ledger: Ledger) -> bytes:
    """What is stamped; ValueError before the close."""
    if ledger.close is None:
        raise ValueError("Chưa đóng phiếu")
    return ledger.close.head


def request(head: bytes) -> bytes:
    """The request to post to an authority as application/timestamp-query (RFC 3161, 3.4)."""
    return _openssl("ts", "-query", "-digest", head.hex(), "-sha256", "-cert")


def verify(head: bytes, token: bytes, authority: Path, untrusted: Path | None = None) -> None:
    """The reply `token` stamps this very head and is signed under the certificates of `authority` (PEM).

    `untrusted` holds certificates between, when the token does not carry them. NoTimestamp otherwise.
    """
    between = ("-untrusted", str(untrusted)) if untrusted else ()
    with _on_disk(token) as reply:
        found = _openssl(
            "ts", "-verify", "-digest", head.hex(), "-in", reply.name, "-CAfile", str(authority), *between
        )
    if b"Verification: OK" not in found:
        raise NoTimestamp("openssl không xác nhận dấu thời gian")


def told_time(token: bytes) -> str:
    """The time in the token, as openssl tells it (UTC); NoTimestamp when it cannot be read."""
    with _on_disk(token) as reply:
        text = _openssl("ts", "-reply", "-in", reply.name, "-text").decode(errors="replace")
    found = [line.removeprefix("Time stamp:").strip() for line in text.splitlines() if "Time stamp:" in line]
    if not found:
        raise NoTimestamp("Phản hồi không có dấu thời gian")
    return found[0]


def _on_disk(data: bytes) -> tempfile._TemporaryFileWrapper[bytes]:
    """A file openssl can read, gone afterwards."""
    file = tempfile.NamedTemporaryFile(suffix=".tsr")  # noqa: SIM115  the caller closes it
    file.write(data)
    file.flush()
    return file


def _openssl(*words: str) -> bytes:
    command = [OPENSSL, *words]
    try:
        told = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)  # noqa: S603  our own words
    except (OSError, subprocess.SubprocessError) as error:
        reason = getattr(error, "stderr", None) or b""
        raise NoTimestamp(f"openssl từ chối: {reason.decode(errors='replace').strip() or error}") from error
    return told.stdout
