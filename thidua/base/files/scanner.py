"""A client of the ClamAV daemon: the bytes go over its socket, nothing but its verdict comes back."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable

CHUNK = 64 * 1024
SECONDS = 60


class ScannerUnavailable(Exception):
    """The scanner could not be asked or gave no verdict; the file stays where it is."""


def scan(address: str, chunks: Iterable[bytes]) -> str | None:
    """The name of what was found, or None when the file is clean.

    `address` is the path of a socket, or host:port. Raises ScannerUnavailable.
    """
    try:
        with _connect(address) as daemon:
            daemon.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                daemon.sendall(struct.pack(">I", len(chunk)) + chunk)
            daemon.sendall(struct.pack(">I", 0))
            answer = _read_all(daemon)
    except OSError as fault:
        raise ScannerUnavailable(str(fault)) from fault
    return _verdict(answer)


def _connect(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    if port.isdigit() and host:
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    local.settimeout(SECONDS)
    try:
        local.connect(address)
    except OSError:
        local.close()
        raise
    return local


def _read_all(daemon: socket.socket) -> str:
    parts = iter(lambda: daemon.recv(4096), b"")
    return b"".join(parts).rstrip(b"\0\n").decode(errors="replace")


def _verdict(answer: str) -> str | None:
    if answer == "stream: OK":
        return None
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerUnavailable(answer or "không có câu trả lời")
