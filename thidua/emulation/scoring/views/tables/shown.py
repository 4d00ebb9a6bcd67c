"""A document as rows of a page: each line with its rule in words and what was found on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine import BadFile, Criterion, Finding, check, read_table
from thidua.emulation.scoring.engine.telling import extra_words, limits_in_words, rule_words
from thidua.rulebook.catalogue import with_names


@dataclass
class Shown:
    """A line of the tree."""

    code: str
    title: str
    most: Decimal
    kind: str
    depth: int
    is_group: bool
    words: list[str] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)  # what a text was understood as


def shown(document: Mapping[str, Any], findings: Iterable[Any]) -> tuple[list[Shown], list[Any]]:
    """The lines with what was found on each, and what concerns the whole table."""
    found = list(findings)
    try:
        table = read_table(document)
    except BadFile:
        return [], found
    lines: list[Shown] = []
    by_code: dict[str, Shown] = {}
    for top in table.criteria:
        for line, depth in _walk(top, 0):
            one = _shown(line, depth)
            lines.append(one)
            by_code |= dict.fromkeys([line.code, *(x.code for x in (*line.bonuses, *line.deductions))], one)
    for finding in found:
        if finding.code in by_code:
            by_code[finding.code].findings.append(finding)
    return lines, [one for one in found if one.code not in by_code]


def found_in(document: Mapping[str, Any]) -> list[Finding]:
    """What the checks find; a document that cannot be read is one error."""
    try:
        return check(read_table(document))
    except BadFile as fault:
        return [Finding("error", "file", "", str(fault))]


def _walk(line: Criterion, depth: int) -> Iterator[tuple[Criterion, int]]:
    yield line, depth
    for child in line.children:
        yield from _walk(child, depth + 1)


def _shown(line: Criterion, depth: int) -> Shown:
    return Shown(line.code, line.title, line.most, line.kind, depth, bool(line.children), line_words(line))


def line_words(line: Criterion) -> list[str]:
    """How a line is scored, a sentence each."""
    told = [
        rule_words(line.rule, line.most) or ("" if line.children else f"Ghi điểm từ 0 đến {line.most:f}.")
    ]
    told += [f"Thưởng {one.code} {one.title}: {extra_words(one)}." for one in line.bonuses]
    told += [f"Trừ {one.code} {one.title}: {extra_words(one)}." for one in line.deductions]
    return [with_names(one) for one in [*told, *limits_in_words(line)] if one]


__all__ = ["Shown", "found_in", "line_words", "shown"]
