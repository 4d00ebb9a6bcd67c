"""The one door to the rulebook's engine: facts in, a verdict out, told so that a page can show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings

from thidua.rulebook.catalogue import HonourKindText, kinds
from thidua.rulebook.catalogue import kind as kind_of_code
from thidua.rulebook.engine.conditions import CleanPosts, CountedFrom, Group, NoDiscipline, NoPending, Test
from thidua.rulebook.engine.differences import sentence
from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.judging import compare, judge
from thidua.rulebook.engine.outcomes import OUTCOME_WORDS
from thidua.rulebook.engine.standards import era, has_own, standard
from thidua.rulebook.engine.texts import Transition, book
from thidua.rulebook.engine.verdict import Reason, Verdict

SENSITIVE = (NoPending, NoDiscipline, CountedFrom, CleanPosts)
KEY = re.compile(r" \((?:[a-z_]+\.)?[a-z_]+\)$")  # where a file of facts would hold what is missing
ARMED_FORCES = "lực lượng vũ trang"  # as the catalogue says for whom a kind is alone
KEPT_QUIET = "Điều này chỉ lãnh đạo đơn vị và cơ quan thường trực được xem."
MARKS = {
    "pass": "done",
    "unknown": "blocked",
    "needs_review": "soon",
    "not_yet": "waiting",
    "excluded": "none",
    "quiet": "later",
}


@dataclass(frozen=True)
class Judged:
    """A verdict beside the facts it was computed from."""

    verdict: Verdict
    given: Facts

    @property
    def answer(self) -> str:
        """Which of the four."""
        return self.verdict.outcome

    @property
    def era(self) -> str:
        """The era whose law was followed, in words."""
        return self.verdict.era_name

    @property
    def text_version(self) -> str:
        """The mark of the texts as they were."""
        return self.verdict.texts_digest

    def shown(self, *, sees_sensitive: bool) -> Verdict:
        """The verdict for whom may know of discipline and pending matters, or not."""
        return self.verdict if sees_sensitive else verdict_of(self.told, sees_sensitive=False)

    @cached_property
    def told(self) -> dict[str, Any]:
        """As it is kept; it prints without the texts. Codes of what not everybody may read stand apart."""
        kept = self.verdict
        codes = sensitive_codes(kept.kind, kept.recipient, kept.followed)
        return {**kept.as_data(), "sensitive": sorted(codes)}

    @cached_property
    def facts(self) -> dict[str, Any]:
        """The facts as they are kept."""
        found: dict[str, Any] = _plain(asdict(self.given))
        return found


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def ask(facts: Facts, kind: str, on: date, law: date | None = None) -> Judged:
    """What the law says of a subject: that of the day `law`, else as the transitional rules have it."""
    if law is None:
        return Judged(judge(facts, kind=kind, on=on, province=settings.PROVINCE), facts)
    plain = replace(facts, year=facts.judged_year(on), received=None)
    (found,) = compare(plain, kind=kind, days=[law], province=settings.PROVINCE)
    return Judged(replace(found, on=on), facts)


@dataclass(frozen=True)
class Reading:
    """Cách xem: which day's law a dossier may be judged by, why, and what is not settled about it."""

    law: date
    says: str
    cited: str = ""
    doubt: str = ""

    @property
    def told(self) -> str:
        """As it is kept beside a verdict."""
        return f"{self.says} ({self.cited})" if self.cited else self.says


def readings(on: date, received: date | None = None) -> list[Reading]:
    """The ways in which a dossier decided on a day may be read; one alone when nothing is open.

    Without the day it was received every transitional rule in doubt is a way; with it, those it falls under.
    """
    plain = Reading(on, f"Theo luật của ngày quyết định, {on:%d/%m/%Y}")
    rules = [one for one in book().transitions if _reaches(one, on, received)]
    earlier = [Reading(_earlier_law(one), one.says, one.cited, one.review) for one in rules]
    if received is not None and rules and not any(one.review for one in rules):
        return earlier
    return [plain, *earlier]


def _reaches(rule: Transition, on: date, received: date | None) -> bool:
    if rule.as_of is None or rule.received_before is None or on < rule.decided_from:
        return False
    return bool(rule.review) if received is None else received < rule.received_before


def _earlier_law(rule: Transition) -> date:
    assert rule.as_of is not None
    return rule.as_of


def kind_on(code: str, on: date) -> HonourKindText:
    """The kind as the catalogue of a day names it."""
    return kind_of_code(code, on)


def kinds_for(recipient: str, on: date, *, armed: bool = False) -> list[HonourKindText]:
    """Kinds with a standard of their own for such a recipient on a day; some are the armed forces' alone."""
    return [
        one
        for one in kinds(on)
        if one.special in {"", ARMED_FORCES if armed else ""}
        and one.suits(recipient)
        and has_own(one.code, recipient, on, settings.PROVINCE)
    ]


def era_on(on: date) -> str:
    """The era of a day, in words; empty where no text is entered."""
    found = era(on)
    return found.name if found else ""


def sensitive_codes(kind: str, recipient: str, on: date) -> set[str]:
    """Codes of the reasons that speak of discipline and pending matters."""
    parts = standard(kind, recipient, on, settings.PROVINCE).parts
    return {
        code
        for part in parts
        for test in _walk(part.test)
        if isinstance(test, SENSITIVE)
        for code in (test.code, part.provision.code)
        if code
    }


def _walk(test: Test) -> Iterator[Test]:
    yield test
    if isinstance(test, Group):
        for part in test.parts:
            yield from _walk(part)


def verdict_of(told: Mapping[str, Any], *, sees_sensitive: bool) -> Verdict:
    """A kept verdict; for whom may not know, silent about discipline and pending matters."""
    found = Verdict.from_data({key: one for key, one in told.items() if key != "sensitive"})
    if sees_sensitive:
        return found
    quiet = set(told["sensitive"])
    return replace(found, reasons=tuple(_hushed(reason, quiet) for reason in found.reasons))


def _hushed(reason: Reason, quiet: set[str]) -> Reason:
    parts = tuple(_hushed(part, quiet) for part in reason.parts)
    if reason.code not in quiet:
        return replace(reason, parts=parts)
    return replace(
        reason,
        found=KEPT_QUIET,
        counted=(),
        missing=(),
        earliest=None,
        doubt="",
        parts=parts,
        status="quiet",
    )


@dataclass(frozen=True)
class Line:
    """A reason as the page shows it."""

    code: str
    sign: str
    mark: str
    says: str
    article: str
    found: str
    counted: Sequence[str]
    missing: str
    earliest: int | None
    doubt: str
    is_choice: bool
    parts: Sequence[Line]

    @property
    def near(self) -> Sequence[Line]:
        """Of alternatives one of which is met, those that are; else all."""
        return [one for one in self.parts if one.sign == "pass"] if self._is_settled else self.parts

    @property
    def far(self) -> Sequence[Line]:
        """The alternatives nobody needs any more."""
        return [one for one in self.parts if one.sign != "pass"] if self._is_settled else ()

    @property
    def _is_settled(self) -> bool:
        return self.is_choice and self.sign == "pass"


def line_of(reason: Reason) -> Line:
    """A reason and all below it; what comes out of no test keeps no mark of its own."""
    return Line(
        code=reason.code,
        sign=reason.status,
        mark=MARKS[reason.status],
        says=sentence(reason.says),
        article=reason.article,
        found=reason.found,
        counted=() if "; ".join(reason.counted) == reason.found else reason.counted,
        missing="; ".join(plainly(reason.missing)),
        earliest=reason.earliest if reason.status != "pass" else None,
        doubt=reason.doubt if reason.status == "needs_review" else "",
        is_choice=reason.group == "any",
        parts=[line_of(part) for part in reason.parts],
    )


def plainly(missing: Iterable[str]) -> list[str]:
    """What is missing, without the keys that only a file of facts has."""
    return list(dict.fromkeys(KEY.sub("", one) for one in missing))


def summary_of(verdict: Verdict) -> str:
    """One sentence: what stands in the way, or what those who vote still weigh."""
    if verdict.outcome == "eligible":
        weighed = "; ".join(verdict.to_judge)
        return f"Bình xét cân nhắc: {weighed}." if weighed else "Đạt mọi điều kiện tính được."
    if verdict.outcome == "needs_review" and verdict.reading != "needs_review":
        soonest = f", sớm nhất năm {verdict.earliest}" if verdict.earliest else ""
        return f"Nếu quy định đúng như đang ghi thì {OUTCOME_WORDS[verdict.reading].lower()}{soonest}."
    standing = in_the_way(verdict)
    worst = [reason for reason in standing if reason.status in {verdict.outcome, "quiet"}] or standing
    if not worst:
        return ""
    return f"{sentence(lead(deepest(worst[0]))).rstrip('.')}."


def lead(reason: Reason) -> str:
    """What stands in the way, so that it cannot be read as what is so."""
    says = _says(reason)
    if reason.status == "excluded":
        return f"vướng: {reason.found or says}"
    if reason.status == "quiet":
        return f"{says}: {reason.found}"
    if reason.status == "not_yet":
        return f"chưa đạt: {says} – {reason.found}" if reason.found else f"chưa đạt: {says}"
    return f"chưa rõ: {says} – {reason.doubt}" if reason.doubt else f"chưa rõ: {says}"


def _says(reason: Reason) -> str:
    """What the law asks, as words inside a sentence."""
    first, rest = reason.says[:1], reason.says[1:]
    return (first.lower() if rest[:1].islower() or rest[:1] == " " else first) + rest


def in_the_way(verdict: Verdict) -> list[Reason]:
    """The reasons that stand in the way; a hushed one only where nothing else explains the answer."""
    if verdict.outcome == "eligible":
        return []
    loud = [reason for reason in verdict.blocking if reason.status != "quiet"]
    explains = {verdict.outcome, "unknown"} if verdict.outcome == "needs_review" else {verdict.outcome}
    return loud if any(reason.status in explains for reason in loud) else list(verdict.blocking)


def deepest(reason: Reason) -> Reason:
    """The first part that decides; of alternatives the one that can be met first, or else the whole."""
    same = [part for part in reason.parts if part.status == reason.status]
    if reason.group == "any":
        dated = [part for part in same if part.earliest is not None]
        return deepest(min(dated, key=lambda part: part.earliest or 0)) if dated else reason
    return deepest(same[0]) if same else reason
