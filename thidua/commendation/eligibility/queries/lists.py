"""A pasted list: the answer of each row, and what is to be said of the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from thidua.commendation.eligibility.asking import ask, deepest, in_the_way, lead, plainly, summary_of
from thidua.commendation.eligibility.gathering import facts_of_people, facts_of_units
from thidua.commendation.eligibility.queries.units import Quota, quotas_of
from thidua.rulebook.catalogue import kind as kind_of_code
from thidua.rulebook.engine.differences import sentence
from thidua.rulebook.engine.facts import Facts, Initiative
from thidua.rulebook.engine.lists import preferred, used_twice
from thidua.rulebook.engine.verdict import Reason

Told = dict[str, Any]  # a row or a result, as it is kept


def check_rows(rows: Sequence[Told], on: date) -> list[Told]:
    """The answers for rows of a pasted list, as they are kept."""
    people = {row["person_id"] for row in rows if row["person_id"]}
    units = {row["unit_id"] for row in rows if row["unit_id"] and not row["person_id"]}
    facts = {f"p{pk}": one for pk, one in facts_of_people(people, on).items()}
    facts |= {f"u{pk}": one for pk, one in facts_of_units(units, on).items()}
    return [_checked(row, facts, on) for row in rows]


def _checked(row: Told, facts: Mapping[str, Facts], on: date) -> Told:
    key = f"p{row['person_id']}" if row["person_id"] else f"u{row['unit_id']}"
    warnings = [row["twin"]] if row["twin"] else []
    if row["fault"] or key not in facts:
        told = {"answer": "", "reasons": [row["fault"]], "earliest": None}
        return {**told, "warnings": warnings, "used": [], "preferred": False}
    about = facts[key]
    judged = ask(about, row["kind"], on)
    verdict = judged.shown(sees_sensitive=row["sees_sensitive"])
    already = [one for one in about.honours or () if one.kind == row["kind"] and one.year == verdict.year]
    warnings += [f"Đã có danh hiệu, hình thức này năm {one.year} ({one.decision})." for one in already]
    reasons = [_sentence(reason) for reason in in_the_way(verdict)] or [summary_of(verdict)]
    reasons += [f"Còn thiếu: {'; '.join(plainly(verdict.missing))}."] if verdict.missing else []
    return {
        "answer": verdict.outcome,
        "reasons": reasons,
        "earliest": None if verdict.is_eligible else verdict.earliest,
        "warnings": warnings,
        "used": _rests_on(about, row["kind"], on, verdict.year),
        "preferred": preferred(about, verdict.year, on),
    }


def _sentence(reason: Reason) -> str:
    """What decides of a reason in one line, with its article."""
    decisive = deepest(reason)
    article = decisive.article or reason.article
    told = sentence(lead(decisive)).rstrip(".")
    return f"{told} ({article})." if article else f"{told}."


def _rests_on(facts: Facts, kind: str, on: date, year: int) -> list[str]:
    """Initiatives of this year and the last, when without them the answer would be another."""
    names = [one.name for one in facts.initiatives or () if year - 1 <= one.year <= year]
    if not names:
        return []
    without = ask(replace(facts, initiatives=()), kind, on)
    return [] if without.answer == ask(facts, kind, on).answer else names


def notes_of_list(rows: Sequence[Told], results: Sequence[Told], on: date) -> list[str]:
    """What is to be said of the whole: duplicates, initiatives used twice, quotas and whom to prefer."""
    twins = sum(bool(row["twin"]) for row in rows)
    found = [f"{twins} dòng trùng hoặc gần giống dòng khác."] if twins else []
    found += _used_for_two(rows, results)
    found += _shared(rows, results)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["kind"]] += bool(row["kind"]) and not row["twin"]
    over = [one for one in quotas_of(counts, on) if one.used]
    return [*found, *(told_of(one) for one in over), *_ties(rows, results, over)]


def told_of(one: Quota) -> str:
    """A limit in one sentence, with what it comes to."""
    words = f"{one.says} ({one.cited})."
    if one.most is None:
        return f"{words} Đang đề nghị {one.used}."
    over = f", vượt {one.over}" if one.over else ""
    return f"{words} Tính trên {one.base}: nhiều nhất {one.most}, đang đề nghị {one.used}{over}."


def _used_for_two(rows: Sequence[Told], results: Sequence[Told]) -> list[str]:
    """A person proposed for a title and for a form, or for two forms, on the same initiative."""
    by_person: dict[int, list[tuple[Told, list[str]]]] = defaultdict(list)
    for row, result in _resting(rows, results):
        by_person[row["person_id"]].append((row, result["used"]))
    found = []
    for told in by_person.values():
        forms = [row for row, _ in told if not kind_of_code(row["kind"]).is_title]
        names = used_twice([_bringing(used) for _, used in told]) if forms else []
        if names:
            lines = ", ".join(str(row["number"]) for row, _ in told)
            listed = "; ".join(f"“{one}”" for one in names)
            found.append(
                f"Dòng {lines} ({told[0][0]['name']}): cùng dựa vào sáng kiến {listed}. "
                "Mỗi sáng kiến chỉ dùng cho một đề nghị."
            )
    return found


def _shared(rows: Sequence[Told], results: Sequence[Told]) -> list[str]:
    """Two people on one initiative: allowed to co-authors, so it is told and not refused."""
    by_name: dict[str, dict[int, Told]] = defaultdict(dict)
    for row, result in _resting(rows, results):
        for name in result["used"]:
            by_name[name].setdefault(row["person_id"], row)
    return [
        f"Sáng kiến “{name}” là căn cứ của {len(people)} người: "
        + ", ".join(f"dòng {row['number']} ({row['name']})" for row in people.values())
        + ". Đối chiếu đồng tác giả trong quyết định công nhận."
        for name, people in by_name.items()
        if len(people) > 1
    ]


def _resting(rows: Sequence[Told], results: Sequence[Told]) -> list[tuple[Told, Told]]:
    pairs = zip(rows, results, strict=True)
    return [(row, result) for row, result in pairs if row["person_id"] and result["used"] and not row["twin"]]


def _bringing(names: Sequence[str]) -> Facts:
    """A row as the engine compares it: no more than the names it brings."""
    return Facts(
        recipient="ca_nhan",
        initiatives=tuple(Initiative(year=0, reach="co_so", name=one) for one in dict.fromkeys(names)),
    )


def _ties(rows: Sequence[Told], results: Sequence[Told], over: Sequence[Quota]) -> list[str]:
    """Whom the law prefers where more are proposed than a quota holds and all else is equal."""
    if not any(one.over for one in over):
        return []
    lines = [
        f"dòng {row['number']} ({row['name']})"
        for row, result in zip(rows, results, strict=True)
        if result["preferred"] and result["answer"] == "eligible"
    ]
    told = f"Vượt chỉ tiêu: điều kiện như nhau thì ưu tiên {', '.join(lines)}."
    return [told] if lines else []
