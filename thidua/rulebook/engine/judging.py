"""Judge one subject: each provision in force, its tests, and a tree of reasons."""

from __future__ import annotations

import functools
import hashlib
from datetime import date
from typing import NamedTuple

from thidua.rulebook import catalogue
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.facts import RECIPIENTS, Facts
from thidua.rulebook.engine.hoping import earliest
from thidua.rulebook.engine.outcomes import CODES, EXCLUDED, NOT_YET, OUTCOMES, PASS, REVIEW, UNKNOWN
from thidua.rulebook.engine.sight import UNSTATED, Sight
from thidua.rulebook.engine.standards import Part, Standard, choose, era, has_own, standard
from thidua.rulebook.engine.tables import rows
from thidua.rulebook.engine.telling import Told, tell
from thidua.rulebook.engine.texts import FOLDER, book
from thidua.rulebook.engine.told import BadFile
from thidua.rulebook.engine.verdict import Reason, Verdict


def judge(facts: Facts, *, kind: str, on: date, province: str = "") -> Verdict:
    """Kết luận cho một đối tượng: may it be given this kind by a decision of this day.

    Raises `BadFile` for an unknown kind.
    """
    kind = code_of(kind)
    year, chosen = facts.judged_year(on), choose(facts, on)
    rules = standard(kind, facts.recipient, chosen.on, province)
    sight = sight_of(facts, rules, year, on)
    found = _judged(rules, sight, province)
    notes = [*chosen.notes, *filter(None, (chosen.review, not_over(year, on)))]
    status = REVIEW if chosen.review and found.status != EXCLUDED else found.status
    term = era(chosen.on)
    return Verdict(
        kind=kind,
        kind_name=catalogue.name_of(kind, chosen.on),
        subject=facts.name or facts.id,
        recipient=facts.recipient,
        on=on,
        followed=chosen.on,
        year=year,
        era=term.code if term else "",
        era_name=term.name if term else "",
        outcome=OUTCOMES[status],
        reading=OUTCOMES[found.reading],
        reasons=tuple(one.reason for one in found.parts),
        missing=tuple(dict.fromkeys(_missing(found.parts))) if status <= REVIEW else (),
        earliest=_earliest(rules, sight, found) if max(status, found.reading) >= NOT_YET else None,
        to_judge=tuple(
            dict.fromkeys(
                one.to_judge
                for rule, part in zip(rules.parts, found.parts, strict=False)
                for one in _weighed(part)
                if one.to_judge and "*" not in rule.provision.kinds
            )
        ),
        notes=tuple(notes),
        facts_digest=digest(repr(facts)),
        texts_digest=texts_digest(),
    )


def not_over(year: int, on: date) -> str:
    """What there is to say of a year judged before it has come."""
    return f"năm xét {year} sau ngày quyết định {on:%d/%m/%Y}; xem lại năm xét" if year > on.year else ""


def compare(facts: Facts, *, kind: str, days: list[date], province: str = "") -> list[Verdict]:
    """The same subject under the law of several days, side by side."""
    return [judge(facts, kind=kind, on=one, province=province) for one in days]


def code_of(kind: str) -> str:
    """The code of a kind, also by another way of writing it."""
    code = book().aliases.get(kind, kind)
    known = _codes()
    if code not in known:
        raise BadFile(f"kind: không có danh hiệu, hình thức “{kind}”. Có: {', '.join(sorted(known))}.")
    return code


@functools.cache
def _codes() -> frozenset[str]:
    return frozenset(one.code for one in catalogue.eras())


class Found(NamedTuple):
    """A reason with its numbers, before it is told."""

    reason: Reason
    status: int
    reading: int
    to_judge: str = ""
    parts: tuple[Found, ...] = ()


class All(NamedTuple):
    """What came out of the whole standard."""

    parts: tuple[Found, ...]
    status: int
    reading: int


def _judged(rules: Standard, sight: Sight, province: str) -> All:
    kind, recipient, on = rules.kind, rules.recipient, rules.on
    if era(on) is None:
        return _alone("KHONG_CO_VAN_BAN", f"chưa có văn bản nào được nhập cho ngày {on:%d/%m/%Y}", REVIEW)
    if not suits(kind, recipient, on):
        return _alone("SAI_DOI_TUONG", not_given(kind, recipient, on), EXCLUDED)
    parts = tuple(_found(part, sight) for part in rules.parts)
    if not has_own(kind, recipient, on, province):
        parts = (*parts, _unset(kind, on, province))
    return All(parts, max(one.status for one in parts), max(one.reading for one in parts))


def _unset(kind: str, on: date, province: str) -> Found:
    """Nobody entered a standard: what is not known, and where to look for it."""
    row = next(iter(rows("unset", on, kind, province)), None)
    says = row.says if row else "tiêu chuẩn chưa được nhập"
    reason = Reason(
        code="CHUA_CO_TIEU_CHUAN",
        status=CODES[REVIEW],
        says=says,
        article=row.cited if row else catalogue.kind(kind, on).source,
        doubt=f"tìm ở {row.values['look']}" if row else "đối chiếu văn bản",
    )
    return Found(reason, REVIEW, REVIEW)


def not_given(kind: str, recipient: str, on: date) -> str:
    """Why nobody of this sort is given it that day."""
    if all(one.code != kind for one in catalogue.kinds(on)):
        return f"ngày {on:%d/%m/%Y} chưa có danh hiệu, hình thức này"
    return f"ngày này không tặng cho {RECIPIENTS[recipient]}"


def _earliest(rules: Standard, sight: Sight, found: All) -> int | None:
    """The first year in which everything asked may be met together."""
    whole = c.Group(code="", parts=tuple(part.test for part in rules.parts))
    return _together(whole, sight, [one.reason.earliest for one in found.parts]) if rules.parts else None


@functools.lru_cache(maxsize=4096)
def suits(kind: str, recipient: str, on: date) -> bool:
    """That day the kind is given to such a recipient."""
    return any(one.code == kind and one.suits(recipient) for one in catalogue.kinds(on))


def sight_of(facts: Facts, rules: Standard, year: int, on: date) -> Sight:
    """The facts as the standard's tests read them."""
    purpose = _purpose(rules.kind)
    return Sight(facts, year, on, purpose=purpose, resets=rules.resets, reuse=rules.reuse, anew=rules.anew)


@functools.cache
def _purpose(kind: str) -> str:
    return catalogue.kind(kind).group


def _alone(code: str, says: str, status: int) -> All:
    reason = Reason(code=code, status=CODES[status], says=says, article="")
    return All((Found(reason, status, status),), status, status)


def _found(part: Part, sight: Sight) -> Found:
    return explain(part.test, sight, part.provision.cited, part.provision.code)


def explain(test: c.Test, sight: Sight, article: str, code: str = "") -> Found:
    """One test with its words, and those of its parts."""
    article, code = test.article or article, test.code or code
    if isinstance(test, c.Group):
        return _explain_group(test, sight, article, code)
    status = test.plainly(sight)
    final = _after_doubt(test, status)
    told = tell(test, sight, status)
    reason = _reason(test, article, code, (final, status), told, _year(test, sight, status))
    weighed = isinstance(test, c.Judged | c.Denied) and sight.stated(test.key) == UNSTATED
    return Found(reason, final, status, test.says if weighed else "")


def _explain_group(test: c.Group, sight: Sight, article: str, code: str) -> Found:
    parts = tuple(explain(part, sight, article, code) for part in test.parts)
    pick = min if test.one else max
    status, reading = pick(one.status for one in parts), pick(one.reading for one in parts)
    final = _after_doubt(test, status)
    below = tuple(one.reason for one in parts)
    year = sight.year if reading < NOT_YET else _together(test, sight, [one.earliest for one in below])
    reason = _reason(test, article, code, (final, reading), Told(), year, below)
    return Found(reason, final, reading, parts=parts)


def _year(test: c.Test, sight: Sight, reading: int) -> int | None:
    """This year for what is met or may be; else the first in which it can be."""
    return sight.year if reading < NOT_YET else earliest((test,), sight)


def _together(test: c.Group, sight: Sight, years: list[int | None]) -> int | None:
    """The first year in which one of the parts can be met, or all of them together."""
    known = [year for year in years if year is not None]
    if test.one:
        return min(known, default=None)
    return None if None in years else earliest((test,), sight, max(1, max(known) - sight.year))


def _after_doubt(test: c.Test, status: int) -> int:
    if test.doubt or (test.doubt_if_fails and status >= NOT_YET):
        return REVIEW
    return status


def _reason(
    test: c.Test,
    article: str,
    code: str,
    statuses: tuple[int, int],
    told: Told,
    earliest: int | None,
    parts: tuple[Reason, ...] = (),
) -> Reason:
    final, reading = statuses
    doubtful = test.doubt or (test.doubt_if_fails if final == REVIEW else "")
    group = ("any" if test.one else "all") if isinstance(test, c.Group) else ""
    return Reason(
        code=code,
        status=CODES[final],
        says=test.says,
        article=_cited(article, test.point),
        found=told.found,
        counted=told.counted,
        missing=told.missing,
        earliest=earliest,
        reading=CODES[reading] if reading != final else "",
        doubt=doubtful,
        group=group,
        margin=told.margin,
        parts=parts,
    )


def _cited(article: str, point: str) -> str:
    """The article with the point put in: “Điều 24 khoản 1 điểm a Luật …”."""
    if not point:
        return article
    head, mark, rest = (
        article.partition(" Luật ") if " Luật " in article else article.partition(" Nghị định ")
    )
    return f"{head} điểm {point}{mark}{rest}" if mark else f"{article} điểm {point}"


def _weighed(found: Found) -> list[Found]:
    """It and everything below it that is not in the way."""
    below = [one for part in found.parts for one in _weighed(part)]
    return [found, *below] if found.status <= REVIEW else []


def _missing(parts: tuple[Found, ...]) -> list[str]:
    """The facts that would settle what is open: those below a test that is not settled by something else."""
    words: list[str] = []
    for one in parts:
        if one.status in {UNKNOWN, REVIEW} or one.reading == UNKNOWN:
            words += [*one.reason.missing, *_missing(one.parts)]
    return words


def digest(text: str) -> str:
    """A short mark of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@functools.cache
def texts_digest() -> str:
    """The mark of all texts as they are now."""
    return digest("".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))))


__all__ = ["PASS", "code_of", "compare", "explain", "judge"]
