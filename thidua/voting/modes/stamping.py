"""Dấu thời gian: asking an authority outside for a token over the head at the close (section 11.2)."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings

from thidua.voting.ballot_box.timestamps import NoTimestamp, request, verify

SECONDS = 20
LARGEST = 64 * 1024  # octets of a reply
SCHEMES = ("http://", "https://")


def authority_is_set_up() -> bool:
    """An authority and the certificates its tokens are checked under are named in the settings."""
    return bool(settings.BALLOT_TSA and settings.BALLOT_TSA_CA)


def token_over(head: bytes) -> bytes:
    """The authority's reply over `head`, checked; NoTimestamp when it gives none that holds."""
    asked = Request(  # noqa: S310  the scheme is looked at below
        settings.BALLOT_TSA, request(head), {"Content-Type": "application/timestamp-query"}
    )
    if not settings.BALLOT_TSA.startswith(SCHEMES):
        raise NoTimestamp("Địa chỉ nơi cấp dấu thời gian phải là http hoặc https")
    try:
        with urlopen(asked, timeout=SECONDS) as reply:  # noqa: S310  see above
            token: bytes = reply.read(LARGEST)
    except (URLError, OSError, ValueError) as fault:
        raise NoTimestamp(f"Nơi cấp dấu thời gian không trả lời: {fault}") from fault
    verify(head, token, Path(settings.BALLOT_TSA_CA))
    return token
