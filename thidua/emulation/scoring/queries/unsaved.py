"""Questions about what is being typed of a draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from thidua.base.accounts.actors import Actor
from thidua.emulation.scoring.models import Scorecard, UnsavedPart


class Typing(NamedTuple):
    """Somebody's unsaved part, as the draft's page tells it."""

    kept: UnsavedPart
    is_own: bool
    is_there: bool  # the draft still has the line it is of


def unsaved_of(scorecard: Scorecard, part: str, by: Actor) -> UnsavedPart | None:
    """What the person typed of a part and has not saved."""
    return scorecard.unsaved.filter(author=by.user, part=part).first()


def others_typing(scorecard: Scorecard, part: str, by: Actor) -> list[UnsavedPart]:
    """Who else is typing the same part."""
    return list(scorecard.unsaved.filter(part=part).exclude(author=by.user))


def unsaved_in(scorecard: Scorecard, codes: Iterable[str], by: Actor) -> list[Typing]:
    """All that is being typed of a draft with these lines; one's own first."""
    known = {"", *codes}
    me = by.user.pk if by.user else None
    found = [Typing(one, one.author_id == me, one.code in known) for one in scorecard.unsaved.all()]
    return sorted(found, key=lambda one: not one.is_own)


def part_digest(part: Any) -> str:
    """A short digest of a part of the document, by which a page knows whether it changed meanwhile."""
    told = json.dumps(part, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
