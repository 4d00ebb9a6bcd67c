"""Reading what devices send, and saying no in JSON."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from thidua.base.accounts.requests import Request
from thidua.base.audit.refusals import Refused

View = Callable[..., HttpResponse]

LONGEST = 256 * 1024  # octets of one message; a ballot of forty lines takes 14 kB
MANY = 120  # messages of one person in a minute: a device that repeats after a lost network stays below
TOO_MANY, UNFIT = 429, 400
LARGEST = 2**63
UNKEPT = re.compile("[\x00\ud800-\udfff]")
HEX = re.compile(r"(?:[0-9a-f]{2})*")


class Unfit(Exception):
    """What was sent cannot be read."""


def in_json(view: View) -> View:
    """Refusals, unfit messages and too many of them are answered in JSON, in the words a page would show."""

    @functools.wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if _too_many(request):
            return _no(TOO_MANY, "Gửi quá nhiều lần trong một phút. Anh/chị chờ một lát rồi làm lại.")
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return _no(refusal.status, *refusal.reasons)
        except Unfit:
            return _no(UNFIT, "Không đọc được nội dung vừa gửi. Anh/chị tải lại trang.")

    kept: View = never_cache(answer)
    return kept


def _no(status: int, *reasons: str) -> HttpResponse:
    return JsonResponse({"errors": list(reasons)}, status=status, json_dumps_params={"ensure_ascii": False})


def _too_many(request: Request) -> bool:
    """A count by person and minute, which keeps one person from taking the time of all.

    Each process counts for itself, so that W workers let through at most W times as many: a common count
    would cost every vote a write. What matters does not rest on it: how many ballots a credential may send
    is counted on the board, under its lock, for all processes (`MOST_BALLOTS`).
    """
    user, minute = request.user.pk, int(request.actor.at.timestamp()) // 60
    name = f"voting-wire-{user}-{minute}"
    cache.add(name, 0, timeout=120)
    return int(cache.incr(name)) > MANY


def octets(request: Request) -> bytes:
    """What was sent, if it is not too long."""
    data = request.body
    if len(data) > LONGEST:
        raise Refused("Nội dung gửi lên quá dài.")
    return data


@dataclass(frozen=True)
class Message:
    """An object somebody sent, read field by field; what is missing or of another kind is unfit."""

    fields: dict[str, Any]

    def octets(self, name: str, size: int | None = None) -> bytes:
        """A field in small hexadecimal letters."""
        return hex_of(self.fields.get(name), size)

    def number(self, name: str) -> int:
        """A field that is a whole number."""
        found = self.fields.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < LARGEST:
            raise Unfit
        return found

    def text(self, name: str) -> str:
        """A field that is text the database can keep."""
        found = self.fields.get(name)
        if not isinstance(found, str) or UNKEPT.search(found):
            raise Unfit
        return found

    def rows(self, name: str) -> list[Any]:
        """A field that is a list."""
        found = self.fields.get(name)
        if not isinstance(found, list):
            raise Unfit
        return found


def told_by(request: Request) -> Message:
    """The object in the request's JSON."""
    try:
        return message(json.loads(octets(request)))
    except (ValueError, RecursionError) as fault:
        raise Unfit from fault


def message(found: object) -> Message:
    """An object in a message."""
    if not isinstance(found, dict):
        raise Unfit
    return Message(found)


def hex_of(text: object, size: int | None = None) -> bytes:
    """Octets in small hexadecimal letters."""
    if not isinstance(text, str) or not HEX.fullmatch(text):
        raise Unfit
    data = bytes.fromhex(text)
    if size is not None and len(data) != size:
        raise Unfit
    return data
