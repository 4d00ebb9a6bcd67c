"""A rule tried out on a value: what it would give, and why."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, NamedTuple

from thidua.emulation.scoring.engine import Criterion, PointsTable, compute, read_filings, said
from thidua.rulebook.catalogue import code_of, with_names


class Tried(NamedTuple):
    """Points, the steps that made them, what could not be read."""

    points: str
    steps: str
    faults: tuple[str, ...]


def tried(line: Criterion, text: str) -> Tried | None:
    """“97,5”, “120/100”, “hồ sơ=1500, sớm=8”, “97,5; C2.1=2”; None where nothing is scored."""
    if line.children:
        return None
    table = PointsTable("thử", line.most, (replace(line, scored_by=()),))
    values: dict[str, Any] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        code, _, value = part.partition("=")
        if value and code.strip() in table.codes:
            values[code.strip()] = value_of(value)
        else:
            values[line.code] = value_of(part)
    sheet = compute(table, read_filings({"units": [{"unit": "thử", "values": values}]})).sheets["thử"][
        "final"
    ]
    mark = sheet.marks.get(line.code)
    if mark is None:
        return Tried("–", "", (*sheet.faults, "chưa ghi giá trị của tiêu chí"))
    return Tried(said(mark.points), with_names(mark.explanation), mark.faults)


def value_of(text: str) -> Any:
    """A number, a word, two numbers by name, a result over its target, or honours joined by “+”."""
    named = re.findall(r"([^=,]+)=\s*([^=]+?)(?=,[^=,]+=|$)", text)
    if named:
        return {name.strip(): value.strip() for name, value in named}
    pair = re.fullmatch(r"\s*([\d.,]+)\s*/\s*([\d.,]+)\s*", text)
    if pair:
        return {"actual": pair[1], "target": pair[2]}
    honours = [code_of(one) for one in text.split("+")]
    return honours if all(honours) else text.strip()
