"""A version of the points table as the document bang-diem-1, which the engine and its commands read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine import BadFile, Finding, PointsTable, check, read_table
from thidua.emulation.scoring.models import Criterion, CriterionKind, Scorecard

FORMAT = "bang-diem-1"
STANDING_BODY = "cơ quan thường trực"  # as `scored_by` names it


def document_of(scorecard: Scorecard, criteria: Iterable[Criterion] | None = None) -> dict[str, Any]:
    """The whole table as a bang-diem-1 document; `criteria` when they are already at hand."""
    rows = list(scorecard.criteria.all() if criteria is None else criteria)
    below: dict[int | None, list[Criterion]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    head: dict[str, Any] = {"format": FORMAT, "title": str(scorecard), "total": "0"}
    settings: dict[str, Any] = scorecard.settings
    return head | settings | {"criteria": [_line(row, below) for row in below.get(None, [])]}


def _line(row: Criterion, below: Mapping[int | None, list[Criterion]]) -> dict[str, Any]:
    told: dict[str, Any] = {"code": row.code, "title": row.title, "max": plain_number(row.max_points)}
    words = {"scored_by": row.scored_by, "evidence": row.evidence, "note": row.guidance, "rule": row.rule}
    if row.kind != CriterionKind.GROUP:
        told["kind"] = str(row.kind)
    told |= {key: one for key, one in words.items() if one} | row.terms
    children = [_line(child, below) for child in below.get(row.pk, [])]
    return told | ({"children": children} if row.kind == CriterionKind.GROUP else {})


def plain_number(value: Decimal) -> str:
    """“80”, “0.5”: a number as the documents write it."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def points_table(scorecard: Scorecard, criteria: Iterable[Criterion] | None = None) -> PointsTable:
    """The engine's table; raises BadFile while a draft cannot be read as one."""
    return read_table(document_of(scorecard, criteria), "bảng điểm")


def findings(scorecard: Scorecard) -> list[Finding]:
    """What the engine's checks find; a draft that cannot be read at all is one error."""
    try:
        return check(points_table(scorecard))
    except BadFile as fault:
        return [Finding("error", "file", "", str(fault))]
