"""Run the jurist's cases, and say which settled provision lacks one that passes, one that fails.

One on the edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from thidua.rulebook.engine import careers
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.judging import judge
from thidua.rulebook.engine.outcomes import OUTCOME_WORDS
from thidua.rulebook.engine.reading import tests_of
from thidua.rulebook.engine.sentences import Asked, Case, Expected, read_cases
from thidua.rulebook.engine.standards import standard
from thidua.rulebook.engine.texts import Book, book
from thidua.rulebook.engine.verdict import Reason, Verdict

EDGED = (
    c.Run,
    c.Count,
    c.Held,
    c.Apart,
    c.Share,
    c.Number,
    c.Age,
    c.Recruited,
    careers.Posts,
    careers.Service,
)
SEEN = ("đạt", "không đạt", "sát ngưỡng")
STATUS_WORDS = {
    "pass": "đạt",
    "not_yet": "chưa đạt",
    "excluded": "loại trừ",
    "needs_review": "cần kiểm tra",
    "unknown": "cần kiểm tra",
}
Covered = dict[
    tuple[str, str, str, str], set[str]
]  # kind, recipient, era, place in the standard → what was seen


@dataclass
class Outcome:
    """What came of all cases."""

    count: int = 0
    wrong: list[str] = field(default_factory=list)
    covered: Covered = field(default_factory=dict)


def run(folder: Path) -> Outcome:
    """Every case of every file."""
    result = Outcome()
    for path in sorted(folder.glob("*.txt")):
        for case in read_cases(path):
            result.count += len(case.lookups) + len(case.listed)
            result.wrong += _asked_of_tables(case)
            for asked in case.asked:
                result.count += 1
                verdict = judge(case.facts, kind=asked.kind, on=asked.on, province=asked.province)
                result.wrong += _faults(case, asked, verdict)
                _cover(result.covered, verdict, asked.province)
    return result


def _asked_of_tables(case: Case) -> list[str]:
    """The faults in what it asks of the tables, and of the list it stands in."""
    found = [one.fault() for one in case.lookups]
    found += [one.fault(case.facts, case.before) for one in case.listed]
    return [fault for fault in found if fault]


def run_cases(cases: list[Case]) -> Iterator[str]:
    """The faults of some cases, one after the other."""
    for case in cases:
        yield from _asked_of_tables(case)
        for asked in case.asked:
            yield from _faults(
                case, asked, judge(case.facts, kind=asked.kind, on=asked.on, province=asked.province)
            )


def _faults(case: Case, asked: Asked, verdict: Verdict) -> Iterator[str]:
    place = f"{asked.place} {case.title}, {asked.kind} ngày {asked.on:%d/%m/%Y}"
    if verdict.outcome != asked.outcome:
        tree = "\n    ".join(verdict.lines())
        yield f"{place}: mong {OUTCOME_WORDS[asked.outcome]}, ra {OUTCOME_WORDS[verdict.outcome]}\n    {tree}"
    if asked.earliest is not None and verdict.earliest != asked.earliest:
        yield f"{place}: mong sớm nhất năm {asked.earliest}, ra {verdict.earliest}"
    if asked.reading and verdict.reading != asked.reading:
        yield f"{place}: đúng như ghi thì mong {asked.reading}, ra {verdict.reading}"
    reasons = list(walk(verdict))
    told = (*_law_faults(asked, verdict), *_told_faults(asked, verdict), *_reason_faults(asked, reasons))
    yield from (f"{place}: {fault}" for fault in told)


def _law_faults(asked: Asked, verdict: Verdict) -> Iterator[str]:
    """Whose day's law was followed, and whether it is said."""
    if asked.followed and verdict.followed != asked.followed:
        yield f"mong theo luật ngày {asked.followed}, ra {verdict.followed}"
    if asked.noted is not None and bool(verdict.notes) != asked.noted:
        yield f"{'thiếu' if asked.noted else 'thừa'} lưu ý chuyển tiếp"


def _told_faults(asked: Asked, verdict: Verdict) -> Iterator[str]:
    """What is missing, and what is left to those who vote."""
    for word, told, name in (
        (asked.lacking, verdict.missing, "thiếu"),
        (asked.weighed, verdict.to_judge, "để bình xét"),
    ):
        if word is not None and not (any(word in one for one in told) if word else not told):
            yield f"mong {name} “{word or 'không gì'}”, ra “{'; '.join(told) or 'không gì'}”"


def _reason_faults(asked: Asked, reasons: list[Reason]) -> Iterator[str]:
    """The articles cited, the codes and words in the tree."""
    if asked.cited and not any(asked.cited in one.article for one in reasons):
        yield f"không dẫn {asked.cited}"
    if asked.gone and any(one.code == asked.gone for one in reasons):
        yield f"vẫn còn {asked.gone}"
    for want in asked.codes:
        if not any(_so(want, one) for one in reasons):
            yield f"mong {' '.join(filter(None, want))}"
    for words in asked.said:
        if not any(words in f"{one.says}; {one.found}; {one.doubt}" for one in reasons):
            yield f"không nói “{words}”"


def _so(want: Expected, reason: Reason) -> bool:
    """The reason came out as expected."""
    reading = STATUS_WORDS.get(reason.reading or reason.status)
    return (
        (reason.code, STATUS_WORDS.get(reason.status)) == (want.code, want.status)
        and (not want.reading or reading == want.reading)
        and (not want.since or str(reason.earliest) == want.since)
    )


def walk(verdict: Verdict) -> Iterator[Reason]:
    """Every reason of a verdict."""
    for reason in verdict.reasons:
        yield from reason.walk()


def _cover(covered: Covered, verdict: Verdict, province: str) -> None:
    for at, reason in enumerate(verdict.reasons):
        for path, one in _places(reason, str(at)):
            seen = covered.setdefault(
                (verdict.kind, verdict.recipient, verdict.era, f"{province}{path}"), set()
            )
            status = one.reading or one.status
            seen.add("đạt" if status == "pass" else "không đạt" if status in {"not_yet", "excluded"} else "")
            if one.margin == 0:
                seen.add("sát ngưỡng")


def _places(reason: Reason, path: str) -> Iterator[tuple[str, Reason]]:
    yield path, reason
    for at, part in enumerate(reason.parts):
        yield from _places(part, f"{path}.{at}")


def gaps(covered: Covered, provinces: tuple[str, ...] = ("",)) -> list[str]:
    """Each settled test of each standard, in each era, that lacks a case."""
    texts = book()
    return [
        f"{kind} ({recipient}), {era}: {cited}: {says}: thiếu trường hợp {', '.join(lacking)}"
        for kind, recipient, era, path, says, cited, needs in _wanted(texts)
        if (lacking := [one for one in needs if one not in covered.get((kind, recipient, era, path), set())])
    ]


def _wanted(texts: Book) -> Iterator[tuple[str, str, str, str, str, str, list[str]]]:
    kinds = sorted({kind for one in texts.provisions for kind in one.kinds if kind != "*"})
    for era in texts.eras:
        for kind in kinds:
            for recipient in ("ca_nhan", "tap_the", "ho_gia_dinh"):
                rules = standard(kind, recipient, era.starts)
                own = [part for part in rules.parts if kind in part.provision.kinds]
                for at, part in enumerate(rules.parts) if own and suits(kind, recipient, era.starts) else ():
                    if part.provision.doubt_on(era.starts) or "*" in part.provision.kinds:
                        continue
                    for path, test in _leaves(part.test, str(at)):
                        yield kind, recipient, era.code, path, test.says, part.provision.cited, _needs(test)


def suits(kind: str, recipient: str, on: object) -> bool:
    """The kind is given to such a recipient."""
    from thidua.rulebook import catalogue

    return catalogue.kind(kind).suits(recipient)


def _leaves(test: c.Test, path: str) -> Iterator[tuple[str, c.Test]]:
    if isinstance(test, c.Group):
        for at, part in enumerate(test.parts):
            yield from _leaves(part, f"{path}.{at}")
    elif not test.doubt and not test.doubt_if_fails:
        yield path, test


def _needs(test: c.Test) -> list[str]:
    if isinstance(test, c.CountedAnew):  # it opens the window of the others, and is never in the way itself
        return []
    edged = isinstance(test, EDGED) and not (isinstance(test, c.Held) and test.before == 0)
    return list(SEEN if edged else SEEN[:2])


__all__ = ["gaps", "run", "tests_of"]
