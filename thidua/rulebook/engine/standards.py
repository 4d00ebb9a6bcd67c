"""The standard of a kind on a day: its provisions, those asked of everything, and which day's law it is."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass
from datetime import date

from thidua.rulebook.engine.conditions import CountedAnew, CountedFrom, Group, Test
from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.nodes import Meets
from thidua.rulebook.engine.texts import SETTLED, Book, Era, Provision, book


@dataclass(frozen=True)
class Part:
    """One provision as it is asked on the day: its test knows the doubt about it."""

    provision: Provision
    test: Test


@dataclass(frozen=True)
class Standard:
    """Tiêu chuẩn: everything asked of a kind for a recipient on a day."""

    kind: str
    recipient: str
    on: date
    parts: tuple[Part, ...]
    resets: bool  # achievements count only after discipline
    reuse: bool  # no rule keeps an initiative to one use
    anew: str  # the kind whose last award used up the years before it


@dataclass(frozen=True)
class Choice:
    """Which day's law a dossier follows, and what there is to say about it."""

    on: date
    notes: tuple[str, ...] = ()
    review: str = ""


@functools.lru_cache(maxsize=4096)
def standard(kind: str, recipient: str, on: date, province: str = "") -> Standard:
    """The provisions in force that day, the national ones first, then the province's.

    In the order of the texts.
    """
    texts = book()
    found = [one for one in in_force(texts, on, province) if one.binds(kind, recipient)]
    tests = tuple(
        Part(one, _doubted(_resolved(one.test, recipient, on, province), doubt_of(one, on))) for one in found
    )
    return Standard(
        kind=kind,
        recipient=recipient,
        on=on,
        parts=tests,
        resets=any(isinstance(one.test, CountedFrom) for one in tests),
        reuse=not any(row.values.get("once") and row.holds_on(on) for row in texts.rows),
        anew=kind if any(isinstance(one.test, CountedAnew) for one in tests) else "",
    )


def _doubted(test: Test, doubt: str) -> Test:
    """The test with the doubt about its provision; without one it stays itself, so that a scan shares it."""
    return dataclasses.replace(test, doubt=test.doubt or doubt) if doubt else test


def doubt_of(provision: Provision, on: date) -> str:
    """Why the provision is in doubt; one whose doubt lies only in failing says so in its test."""
    in_general = provision.confidence in SETTLED or not provision.test.doubt_if_fails
    return provision.doubt_on(on) if in_general else ""


def in_force(texts: Book, on: date, province: str) -> list[Provision]:
    """Provisions of national texts and conventions, and of the one province asked for."""
    return [
        one
        for one in texts.provisions
        if one.holds_on(on) and (not one.instrument.tenant or one.instrument.tenant == province)
    ]


def has_own(kind: str, recipient: str, on: date, province: str = "") -> bool:
    """Some provision is about this kind itself, not about all."""
    return any(kind in part.provision.kinds for part in standard(kind, recipient, on, province).parts)


def _resolved(test: Test, recipient: str, on: date, province: str) -> Test:
    """The test with the standards it names put in their place."""
    if isinstance(test, Meets):
        own = [
            one
            for one in standard(test.kind, recipient, on, province).parts
            if test.kind in one.provision.kinds
        ]
        return Group(code=test.code, says=test.says, point=test.point, parts=tuple(named(one) for one in own))
    if isinstance(test, Group):
        parts = tuple(_resolved(part, recipient, on, province) for part in test.parts)
        return dataclasses.replace(test, parts=parts)
    return test


def named(part: Part) -> Test:
    """The test of a part, which knows its article."""
    return dataclasses.replace(part.test, article=part.provision.cited)


def era(on: date) -> Era | None:
    """The era of a day; none where no text is entered."""
    return next((one for one in book().eras if one.holds_on(on)), None)


def choose(facts: Facts, on: date) -> Choice:
    """The day whose law is followed.

    Transitional rules look at when the dossier was received and which year it is for.
    """
    notes: list[str] = []
    reviews: list[str] = []
    follow = on
    for one in book().transitions:
        if one.decided_from <= on and one.reaches(facts.received, facts.judged_year(on)):
            follow = one.as_of or follow
            notes.append(f"{one.says} ({one.cited})")
            reviews += [one.review] if one.review else []
    return Choice(follow, tuple(notes), "; ".join(reviews))
