"""Personal data that leaves the system as a file leaves an entry in the log.

    return handed_out(request, xlsx_response(…), about=unit)

Counted are lists that name persons, papers and packages of dossiers, evidence. A blank form, a list of
units, a points table name nobody and are handed out as they are; `tests/test_downloads.py` knows which.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar
from urllib.parse import unquote

import rules
from django.http.response import HttpResponseBase

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import act

R = TypeVar("R", bound=HttpResponseBase)
HANDED_OUT = "audit.hand_out"
FILENAME = re.compile(r"filename\*?=(?:utf-8'')?\"?([^\";]+)", re.IGNORECASE)


@rules.predicate
def is_signed_in(by: Actor, _subject: Any) -> bool:
    """Has an account. Whether the file may be seen was asked before it was made."""
    return by.user is not None


rules.add_perm(HANDED_OUT, is_signed_in)


@act(HANDED_OUT, on="about", keeps=("name",))
def hand_out(*, about: object, name: str, by: Actor) -> None:
    """Tải dữ liệu về: nothing changes but that it is written down."""


def handed_out(request: Request, response: R, *, about: object = None) -> R:
    """The file, once the log has it; without `about` the entry is about the file itself."""
    if request.method == "GET":
        found = FILENAME.search(response.headers.get("Content-Disposition", ""))
        name = unquote(found[1]) if found else ""
        hand_out(about=name if about is None else about, name=name, by=request.actor)
    return response
