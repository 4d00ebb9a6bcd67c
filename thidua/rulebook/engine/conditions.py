"""The named tests of which every standard is made: data names them, each is written once, for one and many.

`status(sight)` gives one of the five outcomes: a number for `Sight`, an array for `Register`. A test whose
answer grows with what is known asks `so(sight, upper=…)` twice.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from thidua.rulebook.engine import bits
from thidua.rulebook.engine.outcomes import EXCLUDED, NOT_YET, PASS, REVIEW, UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Test:
    """One test of a provision, with what it is called in a reason."""

    code: str
    says: str = ""
    point: str = ""
    article: str = ""
    fails: int = NOT_YET
    doubt: str = ""  # why whatever comes out has to be looked at
    doubt_if_fails: str = ""

    def status(self, sight: Any) -> Any:
        """The outcome, after its doubts."""
        if self.doubt and sight.doubts:
            return REVIEW
        found = self.plainly(sight)
        return sight.better(found, REVIEW) if self.doubt_if_fails and sight.doubts else found

    def plainly(self, sight: Any) -> Any:
        """The outcome when nothing is in doubt."""
        low = self.so(sight, upper=False)
        if sight.sure(self):
            return sight.choose(low, self.fails)
        return sight.grade(low, self.so(sight, upper=True), self.fails)

    @property
    def reads(self) -> tuple[str, ...]:
        """The families of years and the counts of members it asks for."""
        single = (getattr(self, name, "") for name in ("after", "others", "until", "unspent", "anew"))
        of = getattr(self, "of", ())
        return (*((of,) if isinstance(of, str) else of), *getattr(self, "during", ()), *filter(None, single))

    def so(self, sight: Any, *, upper: bool) -> Any:
        """It is so, with what is known or, `upper`, with what may be; a test that asks nothing is so."""
        return True


@dataclass(frozen=True, kw_only=True)
class Run(Test):
    """Liên tục: each of so many years has one of `of`; after the award `after` when it is named.

    `whole`: every year since that award; `anywhere`: the run may stand anywhere since it, with the other
    years at least `others`. `until`: the run ends in the year of the latest such award. `anew`: what came
    up to the last such award before the year judged has served it.
    """

    of: tuple[str, ...]
    years: int
    after: str = ""
    whole: bool = False
    anywhere: bool = False
    others: str = ""
    until: str = ""
    anew: str = ""

    def so(self, sight: Any, *, upper: bool) -> Any:
        have, last = self.have(sight, upper=upper), bits.last(self.years)
        window = self.window(sight, upper=upper)
        if self.anywhere:
            rest = sight.word(self.others, upper=upper) | have if self.others else window
            return bits.has_run(have & window, self.years) & ((rest & window) == window)
        if self.whole:
            return ((have & window) == window) & ((window & last) == last)
        return (have & (window & last)) == last

    def have(self, sight: Any, *, upper: bool) -> Any:
        """The years that have one of `of`, as seen from the year in which the run must end."""
        have = joined(sight, self.of, upper=upper)
        return bits.ending(have, sight.held(self.until, upper=upper)) if self.until else have

    def window(self, sight: Any, *, upper: bool) -> Any:
        """The years in which the run may stand."""
        window = sight.fresh(self.anew)
        if not self.after:
            return window
        return window & bits.following(bits.nearest(sight.held(self.after, upper=upper), self.years))


@dataclass(frozen=True, kw_only=True)
class Count(Test):
    """Đủ số lần: so many of `of` together in the last `years`, after the award `after`.

    Or in the run `during`.
    """

    of: tuple[str, ...]
    times: int
    years: int = bits.SPAN
    after: str = ""
    spaced: int = 0
    during: tuple[str, ...] = ()

    def so(self, sight: Any, *, upper: bool) -> Any:
        return self.total(sight, upper=upper) >= self.times

    def total(self, sight: Any, *, upper: bool) -> Any:
        """How many are in the window."""
        window = self.window(sight, upper=upper)
        words = [level for family in self.of for level in sight.levels(family, upper=upper)]
        return functools.reduce(operator.add, (sight.ones(word & window) for word in words))

    def window(self, sight: Any, *, upper: bool) -> Any:
        """The years in which they count."""
        window: Any = sight.fresh("") & (bits.last(self.years) & sight.counted)
        if self.after:
            window = window & bits.following(bits.nearest(sight.held(self.after, upper=upper), self.spaced))
        if self.during:
            window = window & bits.unbroken(joined(sight, self.during, upper=upper))
        return window


@dataclass(frozen=True, kw_only=True)
class Held(Test):
    """Đã được tặng: an award held at least so many years before the year judged; of several the `latest`.

    `unspent`: it was won after the last award of this kind, which used up what came before.
    """

    of: tuple[str, ...]
    before: int = 0
    latest: bool = False
    unspent: str = ""

    def so(self, sight: Any, *, upper: bool) -> Any:
        old = bits.some(self.word(sight, upper=upper) >> self.before)
        if not self.latest:
            return old
        return old & ((self.word(sight, upper=not upper) & bits.last(self.before)) == 0)

    def word(self, sight: Any, *, upper: bool) -> Any:
        """The years in which one of them is held."""
        word = functools.reduce(operator.or_, (sight.held(one, upper=upper) for one in self.of))
        if not self.unspent:
            return word
        return word & bits.unbroken(bits.ALL & ~sight.held(self.unspent, upper=not upper))


@dataclass(frozen=True, kw_only=True)
class Apart(Test):
    """Hai lần kế tiếp: the last two awards lie at least `years` and at most `most` years apart."""

    of: str
    years: int
    most: int

    def so(self, sight: Any, *, upper: bool) -> Any:
        known = sight.word(self.of, upper=False)
        latest = bits.newest(known)
        before = bits.newest(known & ~latest)
        apart = ((before >> self.years) >= latest) & ((before >> self.most) <= latest) & bits.some(before)
        if not upper:
            return apart
        word = sight.word(self.of, upper=True)
        for gap in range(self.years, self.most + 1):
            apart = apart | self.may_be(word, latest, gap)
        return apart

    def may_be(self, word: Any, latest: Any, gap: int) -> Any:
        """An award that may still come lies so far from one that none known comes after.

        Awards of a kind are known all together or not at all, so an older one never comes to light alone.
        """
        pairs = word & (word >> gap)
        since = latest >> gap
        return bits.some((pairs & (since | bits.following(since))) | (pairs * (latest == 0)))


@dataclass(frozen=True, kw_only=True)
class Share(Test):
    """Tỷ lệ thành viên: members counted as `of` are at least (or `above`: more than) num/den of all.

    Compared exactly.
    """

    of: str
    num: int
    den: int
    above: bool = False

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.of, "total")

    def so(self, sight: Any, *, upper: bool) -> Any:
        part, total = sight.members(self.of, upper=upper), sight.members("total", upper=not upper)
        enough = part * self.den > self.num * total if self.above else part * self.den >= self.num * total
        return enough & bits.some(sight.members("total", upper=True))


@dataclass(frozen=True, kw_only=True)
class Number(Test):
    """Số thành viên: at least, or at most, so many members counted as `of`."""

    of: str
    bound: int
    most: bool = False  # the bound is the most there may be

    def so(self, sight: Any, *, upper: bool) -> Any:
        if self.most:
            return sight.members(self.of, upper=not upper) <= self.bound
        return sight.members(self.of, upper=upper) >= self.bound


@dataclass(frozen=True, kw_only=True)
class Age(Test):
    """Thời gian xây dựng và phát triển: so many years since foundation."""

    years: int

    def plainly(self, sight: Any) -> Any:
        return sight.measured(sight.age(), self.years, self.fails)


@dataclass(frozen=True, kw_only=True)
class Anniversary(Test):
    """Năm tròn: the years since foundation end in 0."""

    def plainly(self, sight: Any) -> Any:
        return sight.rounded(self.fails)


@dataclass(frozen=True, kw_only=True)
class Recruited(Test):
    """Tuyển dụng đủ số tháng."""

    months: int

    def plainly(self, sight: Any) -> Any:
        return sight.measured(sight.months(), self.months, self.fails)


@dataclass(frozen=True, kw_only=True)
class NoPending(Test):
    """Không có việc đang xem xét: none of these matters is open; `clearing`.

    A conclusion in writing frees.
    """

    matters: tuple[str, ...]
    clearing: bool = False
    fails: int = EXCLUDED

    def plainly(self, sight: Any) -> Any:
        return sight.answered(
            sight.pending(self.matters, clearing=self.clearing), (PASS, self.fails, UNKNOWN)
        )


@dataclass(frozen=True, kw_only=True)
class NoDiscipline(Test):
    """Không bị kỷ luật trong năm xét, of these forms; `ever`: nor in any year before."""

    forms: tuple[str, ...]
    ever: bool = False
    fails: int = EXCLUDED

    def plainly(self, sight: Any) -> Any:
        return sight.answered(sight.disciplined(self.forms, ever=self.ever), (PASS, self.fails, UNKNOWN))


@dataclass(frozen=True, kw_only=True)
class CountedFrom(Test):
    """Thành tích tính từ khi hết thời hạn kỷ luật: opens the window of every other test."""

    def plainly(self, sight: Any) -> Any:
        return sight.resets(UNKNOWN)


@dataclass(frozen=True, kw_only=True)
class CountedAnew(Test):
    """Tính từ sau kỳ của lần khen trước: what served the last award of the kind serves no other."""


@dataclass(frozen=True, kw_only=True)
class Stated(Test):
    """Việc phải biết: a fact that must be stated."""

    key: str

    def plainly(self, sight: Any) -> Any:
        return sight.answered(sight.stated(self.key), (self.fails, PASS, UNKNOWN))


@dataclass(frozen=True, kw_only=True)
class Judged(Test):
    """Việc do bình xét: weighed by those who vote; in the way only when stated not to be so."""

    key: str

    def plainly(self, sight: Any) -> Any:
        return sight.answered(sight.stated(self.key), (self.fails, PASS, PASS))


@dataclass(frozen=True, kw_only=True)
class Claimed(Test):
    """Căn cứ do người đề nghị nêu: a way that is open only to those who state it."""

    key: str

    def plainly(self, sight: Any) -> Any:
        return sight.answered(sight.stated(self.key), (self.fails, PASS, self.fails))


@dataclass(frozen=True, kw_only=True)
class Denied(Test):
    """Điều làm mất quyền được xét: in the way only when stated."""

    key: str
    fails: int = EXCLUDED

    def plainly(self, sight: Any) -> Any:
        return sight.answered(sight.against(self.key), (PASS, self.fails, PASS))


@dataclass(frozen=True, kw_only=True)
class Occupation(Test):
    """Thuộc đối tượng: one of these occupations."""

    among: tuple[str, ...]

    def plainly(self, sight: Any) -> Any:
        return sight.choose(sight.does(self.among), self.fails)


@dataclass(frozen=True, kw_only=True)
class CleanPosts(Test):
    """Không bị kỷ luật, of these forms, khi giữ chức vụ dùng để xét; `punished`: it is asked that one was."""

    forms: tuple[str, ...]
    punished: bool = False
    fails: int = EXCLUDED

    def plainly(self, sight: Any) -> Any:
        answers = (self.fails, PASS, UNKNOWN) if self.punished else (PASS, self.fails, UNKNOWN)
        return sight.answered(sight.punished_in_posts(self.forms), answers)


@dataclass(frozen=True, kw_only=True)
class Group(Test):
    """All or one of its parts."""

    parts: tuple[Test, ...] = field(default=())
    one: bool = False

    def plainly(self, sight: Any) -> Any:
        pick: Callable[[Any, Any], Any] = sight.better if self.one else sight.worse
        return functools.reduce(pick, (part.status(sight) for part in self.parts))


def joined(sight: Any, families: tuple[str, ...], *, upper: bool) -> Any:
    """The years that have one of these."""
    return functools.reduce(operator.or_, (sight.word(one, upper=upper) for one in families))


@dataclass(frozen=True, kw_only=True)
class Unsettled(Test):
    """Quy định chưa chắc: the law of the day is not known; whatever comes out has to be looked at."""

    doubt: str = "chưa có văn bản"

    def plainly(self, sight: Any) -> Any:
        return REVIEW
