"""A whole register as the tests read it: what `Sight` is for one subject.

As arrays for many of one recipient.

The same tests run over both; a property test holds their answers equal.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from thidua.rulebook.engine import bits
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.bits import ALL
from thidua.rulebook.engine.facts import DISCIPLINES, MEMBERS, OCCUPATIONS, PENDING, Facts
from thidua.rulebook.engine.outcomes import PASS, UNKNOWN
from thidua.rulebook.engine.reading import posts
from thidua.rulebook.engine.sight import WORK_FAMILIES, Sight
from thidua.rulebook.engine.texts import book

Words = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int32]
Codes = npt.NDArray[np.uint8]
UNSTATED = 2
NOT_KNOWN = -1
MANY = 1_000_000
PURPOSES = ("danh_hieu", "hinh_thuc", "reuse")
MATTERS, FORMS, JOBS = tuple(PENDING), tuple(DISCIPLINES), tuple(OCCUPATIONS)
UNKNOWN_BITS = 255  # nothing was said of pending matters, or of discipline


@dataclass
class Register:
    """Arrays of one length. What is left out is not known, except statements: those are then not stated.

    `words` and `upper`: by family (for initiatives `SK_TINH/danh_hieu` …) the years as bits, several words
    where one year may hold several; a family without an `upper` is wholly known.
    """

    size: int
    year: int
    on: date
    recipient: str
    words: dict[str, tuple[Words, ...]] = field(default_factory=dict)
    upper: dict[str, tuple[Words, ...]] = field(default_factory=dict)
    members: dict[str, Numbers] = field(default_factory=dict)
    statements: dict[str, Codes] = field(default_factory=dict)
    counted: Words | None = None  # years after discipline; None when nobody was disciplined
    pending: Codes | None = None  # bits of PENDING; 255 not known
    pending_cleared: Codes | None = None  # the same without what was cleared
    disciplined: Codes | None = None  # bits of DISCIPLINES in the year judged; 255 not known
    ever: Codes | None = None  # the same in any year until the day
    months: Numbers | None = None
    age: Numbers | None = None
    founded: Numbers | None = None
    occupation: Codes | None = None
    women: Codes | None = None  # 1 woman, 0 man, 2 not known
    posts: dict[str, Numbers] = field(default_factory=dict)
    punished: Codes | None = None  # bits of DISCIPLINES while a post was held; 255 not known

    def part(self, start: int, end: int) -> Register:
        """Some of its rows; nothing is copied."""
        return Register(
            size=min(end, self.size) - start,
            **{name: _cut(one, slice(start, end)) for name, one in vars(self).items() if name != "size"},
        )


def _cut(value: Any, rows: slice) -> Any:
    if isinstance(value, np.ndarray):
        return value[rows]
    if isinstance(value, dict):
        return {key: _cut(one, rows) for key, one in value.items()}
    return tuple(_cut(one, rows) for one in value) if isinstance(value, tuple) else value


class View:
    """A register as one standard reads it.

    What was found once is kept for the other standards of the chunk.
    """

    def __init__(
        self,
        register: Register,
        *,
        purpose: str,
        resets: bool,
        doubts: bool,
        kept: dict[Any, Any],
        anew: str = "",
    ) -> None:
        self.register, self.purpose, self.doubts, self.kept, self.anew = (
            register,
            purpose,
            doubts,
            kept,
            anew,
        )
        self.counted: Any = register.counted if resets and register.counted is not None else ALL
        self.has_resets = resets and register.counted is not None
        self.scope = (purpose if any_works(register) else "", self.has_resets, anew)

    def levels(self, family: str, *, upper: bool) -> tuple[Any, ...]:
        name = f"{family}/{self.purpose}" if family in WORK_FAMILIES else family
        if upper and name in self.register.upper:
            return self.register.upper[name]
        return self.register.words.get(name) or (
            (_all(self.register.size) if upper else _none(self.register.size)),
        )

    def word(self, family: str, *, upper: bool) -> Any:
        word = self.levels(family, upper=upper)[0]
        return word & self.counted if self.has_resets else word

    def held(self, family: str, *, upper: bool) -> Any:
        return self.levels(family, upper=upper)[0]

    def fresh(self, kind: str) -> Any:
        kind = kind or self.anew
        if not kind or kind not in self.register.words:
            return ALL
        if kind not in self.kept:
            self.kept[kind] = bits.since_last(self.held(kind, upper=False))
        return self.kept[kind]

    def sure(self, test: c.Test) -> bool:
        """All the test reads is wholly known."""
        return all(self._knows(name) for name in test.reads)

    def _knows(self, name: str) -> bool:
        if name in MEMBERS:
            return name in self.register.members and bool((self.register.members[name] >= 0).all())
        name = f"{name}/{self.purpose}" if name in WORK_FAMILIES else name
        return name in self.register.words and name not in self.register.upper

    def members(self, name: str, *, upper: bool) -> Any:
        known = self.register.members.get(name, _numbers(self.register.size))
        total = self.register.members.get("total", _numbers(self.register.size))
        most = np.where(total < 0, MANY, total)
        return np.where(known < 0, most if upper else 0, known)

    def stated(self, key: str) -> Any:
        return self.register.statements.get(key, UNSTATED)

    def against(self, key: str) -> Any:
        return self.stated(key)

    def pending(self, matters: tuple[str, ...], *, clearing: bool) -> Any:
        said = self.register.pending_cleared if clearing else self.register.pending
        return _among(said, sum(1 << MATTERS.index(one) for one in matters))

    def disciplined(self, forms: tuple[str, ...], *, ever: bool = False) -> Any:
        said = self.register.ever if ever else self.register.disciplined
        return _among(said, sum(1 << FORMS.index(one) for one in forms))

    def months(self) -> Any:
        return NOT_KNOWN if self.register.months is None else self.register.months

    def age(self) -> Any:
        return NOT_KNOWN if self.register.age is None else self.register.age

    def does(self, among: tuple[str, ...]) -> Any:
        jobs = self.register.occupation
        if jobs is None:
            return "cong_chuc" in among
        found = np.zeros(len(jobs), bool)
        for one in among:
            found |= jobs == JOBS.index(one)
        return found

    def rounded(self, fails: int) -> Any:
        founded = self.register.founded if self.register.founded is not None else _numbers(self.register.size)
        years = self.register.year - founded
        return np.where(
            founded < 0,
            np.uint8(UNKNOWN),
            np.where((years > 0) & (years % 10 == 0), np.uint8(PASS), np.uint8(fails)),
        )

    def resets(self, unknown: int) -> Any:
        said = self.register.disciplined
        return self.answered(_among(said, 0), (PASS, PASS, unknown))

    def sex(self, women: tuple[int, int], unless: str) -> tuple[Any, Any]:
        said = self.register.women if self.register.women is not None else _codes(self.register.size)
        applies = np.not_equal(self.stated(unless) if unless else UNSTATED, 1)
        return (said == 1) & applies, (said == UNSTATED) & applies

    def posts_unknown(self) -> Any:
        return self.register.posts.get("", np.zeros(self.register.size, np.int32)) < 0

    @staticmethod
    def worse_where(so: Any, found: Any, status: int) -> Any:
        return np.where(so, np.uint8(status), found)

    def months_in(self, post: str) -> Any:
        return self.register.posts.get(post, np.zeros(self.register.size, np.int32))

    def punished_in_posts(self, forms: tuple[str, ...]) -> Any:
        return _among(self.register.punished, sum(1 << FORMS.index(one) for one in forms))

    @staticmethod
    def choose(so: Any, fails: int) -> Any:
        return fails * (1 - so) if isinstance(so, bool) else np.multiply(~so, fails, dtype=np.uint8)

    @staticmethod
    def grade(low: Any, high: Any, fails: int) -> Any:
        found = np.multiply(~high, fails - UNKNOWN, dtype=np.uint8)
        found += UNKNOWN
        found *= ~low
        return found

    @staticmethod
    def worse(one: Any, other: Any) -> Any:
        return (
            max(one, other)
            if isinstance(one, int) and isinstance(other, int)
            else np.maximum(one, other, dtype=np.uint8)
        )

    @staticmethod
    def better(one: Any, other: Any) -> Any:
        return (
            min(one, other)
            if isinstance(one, int) and isinstance(other, int)
            else np.minimum(one, other, dtype=np.uint8)
        )

    ones = staticmethod(np.bitwise_count)

    @staticmethod
    def answered(said: Any, answers: tuple[int, int, int]) -> Any:
        if isinstance(said, int):
            return answers[said]
        found = np.multiply(said == 1, answers[1], dtype=np.uint8)
        found += np.multiply(said == UNSTATED, answers[2], dtype=np.uint8)
        return found if answers[0] == PASS else found + np.multiply(said == 0, answers[0], dtype=np.uint8)

    @staticmethod
    def measured(value: Any, least: int, fails: int) -> Any:
        if isinstance(value, int):
            return UNKNOWN
        found = np.multiply(value < least, fails, dtype=np.uint8)
        unknown = value < 0
        if unknown.any():
            found[unknown] = UNKNOWN
        return found


def any_works(register: Register) -> bool:
    """Initiatives are known, so that it matters which purpose they serve."""
    return any("/" in name for name in register.words)


def _among(said: Codes | None, asked: int) -> Any:
    """0 none of the bits asked for, 1 one of them, 2 nothing is known."""
    if said is None:
        return UNSTATED
    hit: Any = (said & np.uint8(asked)) != 0
    return np.maximum(hit.view(np.uint8), np.multiply(said == UNKNOWN_BITS, UNSTATED, dtype=np.uint8))


@functools.lru_cache(maxsize=8)
def _numbers(size: int) -> Numbers:
    return np.full(size, NOT_KNOWN, np.int32)


@functools.lru_cache(maxsize=8)
def _codes(size: int) -> Codes:
    return np.full(size, UNSTATED, np.uint8)


@functools.lru_cache(maxsize=8)
def _none(size: int) -> Words:
    return np.zeros(size, np.uint32)


@functools.lru_cache(maxsize=8)
def _all(size: int) -> Words:
    return np.full(size, ALL, np.uint32)


def families() -> frozenset[str]:
    """Every family of years the texts ask for."""
    names = {name for one in book().provisions for test in _tests(one.test) for name in test.reads}
    return frozenset(names - set(MEMBERS))


def _tests(test: c.Test) -> Iterable[c.Test]:
    yield test
    for part in getattr(test, "parts", ()):
        yield from _tests(part)


def register_of(people: Sequence[Facts], *, year: int, on: date) -> Register:
    """The register of people whose facts are at hand, all of one recipient and judged in one year."""
    sights = {
        purpose: [
            Sight(one, year, on, purpose=purpose, resets=True, reuse=purpose == "reuse") for one in people
        ]
        for purpose in PURPOSES
    }
    plain = sights["danh_hieu"]
    made = Register(size=len(people), year=year, on=on, recipient=people[0].recipient)
    for family in sorted(families()):
        for purpose in PURPOSES if family in WORK_FAMILIES else ("",):
            _fill(
                made,
                f"{family}/{purpose}" if purpose else family,
                [one.levels_of(family) for one in sights[purpose or "danh_hieu"]],
            )
    made.counted = np.array([one.counted for one in plain], np.uint32)
    made.members = {
        name: np.array([_known(getattr(_members(one), name)) for one in plain], np.int32) for name in MEMBERS
    }
    keys = {key for one in people for key in one.statements}
    made.statements = {key: np.array([one.stated(key) for one in plain], np.uint8) for key in keys}
    made.pending = np.array([_matter_bits(one, clearing=False) for one in plain], np.uint8)
    made.pending_cleared = np.array([_matter_bits(one, clearing=True) for one in plain], np.uint8)
    made.disciplined = np.array([_form_bits(one, ever=False) for one in plain], np.uint8)
    made.ever = np.array([_form_bits(one, ever=True) for one in plain], np.uint8)
    made.months = np.array([_known(one.months()) for one in plain], np.int32)
    made.age = np.array([_known(one.age()) for one in plain], np.int32)
    made.founded = np.array(
        [_known(one.facts.founded.year if one.facts.founded else None) for one in plain], np.int32
    )
    made.occupation = np.array([JOBS.index(one.occupation()) for one in plain], np.uint8)
    made.women = np.array([{"nu": 1, "nam": 0}.get(one.facts.sex or "", UNSTATED) for one in plain], np.uint8)
    made.posts = {post: np.array([one.months_in(post) for one in plain], np.int32) for post in posts()}
    made.posts[""] = np.array([NOT_KNOWN if one.positions is None else 0 for one in people], np.int32)
    made.punished = np.array([_punished_bits(one) for one in plain], np.uint8)
    return made


def _fill(made: Register, name: str, levels: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    """One family's words, and its upper words where something is not known."""
    width = max((len(low) for low, _up in levels), default=1)
    made.words[name] = tuple(np.array([low[at] for low, _up in levels], np.uint32) for at in range(width))
    if any(low != up for low, up in levels):
        made.upper[name] = tuple(np.array([up[at] for _low, up in levels], np.uint32) for at in range(width))


def _members(sight: Sight) -> Any:
    return sight.members_of()


def _known(value: int | None) -> int:
    return NOT_KNOWN if value is None else value


def _matter_bits(sight: Sight, *, clearing: bool) -> int:
    if sight.facts.pending is None:
        return UNKNOWN_BITS
    return sum(
        1 << at for at, matter in enumerate(MATTERS) if sight.pending((matter,), clearing=clearing) == 1
    )


def _form_bits(sight: Sight, *, ever: bool) -> int:
    if sight.facts.discipline is None:
        return UNKNOWN_BITS
    return sum(1 << at for at, form in enumerate(FORMS) if sight.disciplined((form,), ever=ever) == 1)


def _punished_bits(sight: Sight) -> int:
    if sight.punished_in_posts(FORMS) == UNSTATED:
        return UNKNOWN_BITS
    return sum(1 << at for at, form in enumerate(FORMS) if sight.punished_in_posts((form,)) == 1)


__all__ = ["Register", "View", "families", "register_of"]
