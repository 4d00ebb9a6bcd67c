"""The facts of one subject as the tests read them, in one year judged: years as bits, counts, answers."""

from __future__ import annotations

import functools
from datetime import date

from thidua.rulebook.engine.bits import ALL, OLDEST, SPAN, Word, last, since_last
from thidua.rulebook.engine.facts import Discipline, Facts, Honour, Initiative, Members, Position
from thidua.rulebook.engine.outcomes import PASS, UNKNOWN
from thidua.rulebook.engine.texts import book

LEVEL = {
    code: at for at, code in enumerate(("KXL", "KHTNV", "HTNV", "HTTNV", "HTXSNV"))
}  # not rated: not known
GRADES = {code: LEVEL[code] for code in ("HTNV", "HTTNV", "HTXSNV")}  # at least this
WIDER = {"co_so": ("co_so", "tinh", "toan_quoc"), "tinh": ("tinh", "toan_quoc"), "toan_quoc": ("toan_quoc",)}
WORK_FAMILIES = {
    f"{short}_{reach.upper()}": (work, reach)
    for short, work in (("SK", "sang_kien"), ("DT", "de_tai"))
    for reach in WIDER
}
LEVELS = 6  # no text asks for more initiatives than this, so several in one year are counted up to it
NO_MEMBERS = Members()
MANY_MONTHS = 1200
UNSTATED = 2


def bit(year: int, judged: int) -> int:
    """The bit of a year: none for one after the year judged, the last for one long ago."""
    return 0 if year > judged else 1 << min(judged - year, OLDEST)


class Sight:
    """One subject in one year. `purpose` is “danh_hieu” or “hinh_thuc”.

    An initiative serves only one of them.
    """

    doubts = True

    def __init__(
        self, facts: Facts, year: int, on: date, *, purpose: str, resets: bool, reuse: bool, anew: str = ""
    ) -> None:
        self.facts, self.year, self.on, self.purpose, self.reuse = facts, year, on, purpose, reuse
        self.has_resets, self.anew = resets, anew
        self.counted = self._counted() if resets else ALL
        self._words: dict[str, tuple[tuple[Word, ...], tuple[Word, ...]]] = {}
        self._later: dict[int, Sight] = {}
        self._months: dict[str, int] = {}

    def later(self, years: int) -> Sight:
        """The same subject so many years on."""
        if years not in self._later:
            from thidua.rulebook.engine.hoping import Later  # it is a sight itself

            self._later[years] = Later(self, years)
        return self._later[years]

    @staticmethod
    def choose(so: bool, fails: int) -> int:
        """So, or not."""
        return PASS if so else fails

    @staticmethod
    def grade(low: bool, high: bool, fails: int) -> int:
        """So with what is known; not even with what may be; or not known."""
        return PASS if low else (UNKNOWN if high else fails)

    worse = staticmethod(max)
    better = staticmethod(min)

    @staticmethod
    def ones(word: int) -> int:
        """How many years."""
        return word.bit_count()

    @staticmethod
    def answered(said: int, answers: tuple[int, int, int]) -> int:
        """The outcome for not so, so, not stated."""
        return answers[said]

    @staticmethod
    def measured(value: int | None, least: int, fails: int) -> int:
        """Enough, too little, or not known."""
        return UNKNOWN if value is None else (PASS if value >= least else fails)

    def does(self, among: tuple[str, ...]) -> bool:
        """One of these occupations."""
        return self.occupation() in among

    def rounded(self, fails: int) -> int:
        """The foundation's anniversary in the year judged ends in 0."""
        if self.facts.founded is None:
            return UNKNOWN
        founded = self.facts.founded.year
        return PASS if founded < self.year and (self.year - founded) % 10 == 0 else fails

    def resets(self, unknown: int) -> int:
        """Whether the window of counted years is known."""
        return unknown if self.facts.discipline is None else PASS

    def sex(self, women: tuple[int, int], unless: str) -> tuple[bool, bool]:
        """A woman's shorter time applies; or it may apply, because nobody said."""
        if unless and self.stated(unless) == 1:
            return False, False
        return self.facts.sex == "nu", self.facts.sex is None

    def posts_unknown(self) -> bool:
        """Nobody told which posts were held."""
        return self.facts.positions is None

    @staticmethod
    def worse_where(so: bool, found: int, status: int) -> int:
        """Another outcome where something is so."""
        return status if so else found

    def months_in(self, post: str) -> int:
        """Whole months until the day in a post or one above it in its ladder; what overlaps counts once."""
        if post not in self._months:
            counted = at_least(post)
            terms = [self.until_now(one) for one in self.facts.positions or () if one.post in counted]
            self._months[post] = sum(whole_months(*term) for term in merged(terms))
        return self._months[post]

    def until_now(self, held: Position) -> tuple[date, date]:
        """The term of a post as far as it has passed; no time at all when it has not begun."""
        end = min(held.ends or self.on, self.on)
        return min(held.starts, end), end

    def punished_in_posts(self, forms: tuple[str, ...]) -> int:
        """1 disciplined so while a post was held, 0 not, 2 not known."""
        if self.facts.discipline is None or self.facts.positions is None:
            return UNSTATED
        return int(
            any(
                one.form in forms and post.starts <= one.on < (post.ends or date.max)
                for one in self.facts.discipline
                for post in self.facts.positions
            )
        )

    def levels(self, family: str, *, upper: bool) -> tuple[Word, ...]:
        """The years of a family as bits, one word a time it stands in a year; `upper` with what may be so."""
        found = self._words.get(family)
        if found is None:
            found = self._words[family] = self._family(family)
        return found[upper]

    def levels_of(self, family: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        """Both at once, known and possible."""
        return self.levels(family, upper=False), self.levels(family, upper=True)

    def sure(self, test: object) -> bool:
        """For one subject both bounds are asked."""
        return False

    def word(self, family: str, *, upper: bool) -> Word:
        """The years in which it stands at least once, of those that count."""
        return self.levels(family, upper=upper)[0] & self.counted

    def held(self, family: str, *, upper: bool) -> Word:
        """The years in which it stands, counted or not: what one holds stays held."""
        return self.levels(family, upper=upper)[0]

    def fresh(self, kind: str) -> Word:
        """The years no earlier award of the kind, or of the one judged, is known to have used up."""
        kind = kind or self.anew
        return since_last(self.held(kind, upper=False)) if kind else ALL

    def _family(self, family: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        if family in GRADES:
            return self._rated(GRADES[family])
        if family in WORK_FAMILIES:
            return self._works(*WORK_FAMILIES[family])
        if family == "DANG_KY":
            return self._listed(self.facts.registered)
        return self._honours(family)

    def _rated(self, least: int) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        low, unknown = 0, ALL
        for year, rating in self.facts.ratings.items():
            if LEVEL[rating]:
                unknown &= ~bit(year, self.year)
                low |= bit(year, self.year) if LEVEL[rating] >= least else 0
        return (low,), (low | unknown,)

    def _works(self, work: str, reach: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        if self.facts.initiatives is None:
            return (0,) * LEVELS, (ALL,) * LEVELS
        levels = [0] * LEVELS
        for one in self.facts.initiatives:
            if one.work == work and one.reach in WIDER[reach] and self.may_serve(one):
                carry = bit(one.year, self.year)
                for index in range(LEVELS):
                    levels[index], carry = levels[index] | carry, levels[index] & carry
        return tuple(levels), tuple(levels)

    def may_serve(self, one: Initiative) -> bool:
        """It has not served the other purpose, and no second form."""
        used = {"danh_hieu" if code in TITLES else "hinh_thuc" for code in one.used_for}
        return self.reuse or not (used if self.purpose == "hinh_thuc" else used - {"danh_hieu"})

    def _listed(self, years: tuple[int, ...] | None) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        if years is None:
            return (0,), (ALL,)
        word = 0
        for year in years:
            word |= bit(year, self.year)
        return (word,), (word,)

    def _honours(self, kind: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
        if self.facts.honours is None:
            return (0,), (ALL,)
        low = up = 0
        for one in self.facts.honours:
            if one.kind == kind and (one.decided_on is None or one.decided_on <= self.on):
                here = bit(one.year, self.year)
                low |= here if counts_as_merit(one) else 0
                up |= here if counts_as_merit(one) is not False else 0
        return (low,), (up,)

    def _counted(self) -> Word:
        """The years that count: those wholly after the last discipline ended."""
        ends = [one.ends for one in self.facts.discipline or () if one.on <= self.on]
        if not ends:
            return ALL
        latest = max((end or date.max).year for end in ends)
        return last(min(max(0, self.year - latest), SPAN))

    def members(self, name: str, *, upper: bool) -> int:
        """A count of members; when it is not known none, or for `upper` all of them."""
        members = self.members_of()
        known = getattr(members, name)
        if known is not None:
            return int(known)
        return (members.total if members.total is not None else 1_000_000) if upper else 0

    def members_of(self) -> Members:
        """The members in the year judged."""
        return self.facts.members.get(self.year, NO_MEMBERS)

    def stated(self, key: str) -> int:
        """1 stated so, 0 stated not so, 2 not stated."""
        said = self.facts.statements.get(key)
        return UNSTATED if said is None else int(said)

    def against(self, key: str) -> int:
        """The same of what would stand in the way."""
        return self.stated(key)

    def pending(self, matters: tuple[str, ...], *, clearing: bool) -> int:
        """1 a matter stands in the way, 0 none does, 2 nobody said."""
        if self.facts.pending is None:
            return UNSTATED
        return int(
            any(
                self.stands(one.matter in matters, one.since, one.until, one.cleared and clearing)
                for one in self.facts.pending
            )
        )

    def stands(self, asked: bool, since: date | None, until: date | None, cleared: bool) -> bool:
        """The matter is one of those asked for and open on the day."""
        return asked and not cleared and (since or date.min) <= self.on <= (until or date.max)

    def disciplined(self, forms: tuple[str, ...], *, ever: bool = False) -> int:
        """1 disciplined so in the year judged, or `ever`, 0 not, 2 not known."""
        if self.facts.discipline is None:
            return UNSTATED
        return int(bool(self.discipline_in(forms, ever=ever)))

    def months(self) -> int | None:
        """Whole months since recruitment; what is known of an earlier year proves many."""
        if self.facts.recruited is not None:
            return whole_months(min(self.facts.recruited, self.on), self.on)
        earlier = any(year < self.year for year in self.facts.ratings)
        return MANY_MONTHS if earlier else None

    def age(self) -> int | None:
        """Whole years since the collective was founded."""
        founded = self.facts.founded
        return None if founded is None else whole_months(min(founded, self.on), self.on) // 12

    def occupation(self) -> str:
        """What one does; officials when nothing is said."""
        return self.facts.occupation or "cong_chuc"

    def discipline_in(self, forms: tuple[str, ...], *, ever: bool = False) -> list[Discipline]:
        """The disciplines that were counted."""
        had = [one for one in self.facts.discipline or () if one.form in forms and one.on <= self.on]
        return [one for one in had if ever or one.on.year == self.year]


TITLES = frozenset(
    [
        "LDTT",
        "CSTT",
        "CSTD_CS",
        "CSTD_TINH",
        "CSTD_TQ",
        "TT_LDTT",
        "DVTT",
        "TT_LDXS",
        "DVQT",
        "CO_TINH",
        "CO_CP",
        "CO_QK_DHQG",
        "XA_TIEU_BIEU",
        "THON_VH",
        "GDVH",
    ]
)


PROFESSIONS = ("NG", "TT", "NS", "NN")
HONORARY = frozenset(["AH_LD", "AH_LLVT", "TINH_AH", "TP_AH", "BM_VNAH"]) | {
    f"{trade}{rank}" for trade in PROFESSIONS for rank in ("ND", "UT")
}  # danh hiệu vinh dự nhà nước: given for what was done over years, never for a movement


def counts_as_merit(one: Honour) -> bool | None:
    """An award counts for merit unless it was given for something else; a title always was for the year."""
    if one.ground is None:
        return True if one.kind in TITLES | HONORARY else None
    return one.ground == "cong_trang" or (one.kind in TITLES and one.ground == "phong_trao")


def merged(terms: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Terms put together where they overlap or touch."""
    found: list[tuple[date, date]] = []
    for start, end in sorted(terms):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


@functools.cache
def at_least(post: str) -> frozenset[str]:
    """The post and those above it in its ladder, as the table of posts lists them."""
    rows = [row.values for row in book().rows if row.topic == "posts"]
    ladder = next((row.get("ladder") for row in rows if row["post"] == post), None)
    if ladder is None:
        return frozenset([post])
    ranked = [row["post"] for row in rows if row.get("ladder") == ladder]
    return frozenset(ranked[: ranked.index(post) + 1])


def whole_months(start: date, end: date) -> int:
    """Whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
