"""One layer of one unit, leaf by leaf: what was filed, what is missing, what was not given to the unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from thidua.emulation.scoring.engine.filings import Filing
from thidua.emulation.scoring.engine.marking import Mark, base_of, is_not_assigned, mark_of
from thidua.emulation.scoring.engine.points import MARK, Criterion, PointsTable
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Full
from thidua.emulation.scoring.engine.scored import NOTHING, Scored

OfUnits = Mapping[str, Mapping[str, Scored]]  # relative criteria by code, then by unit


class Filled(NamedTuple):
    """Marks by code, and the codes that have none: not filed yet, or not given to the unit."""

    marks: dict[str, Mark]
    missing: tuple[str, ...]
    excluded: tuple[str, ...]


def filled(table: PointsTable, unit: str, filing: Filing, relative: OfUnits) -> Filled:
    """The marks of one filing; of criteria measured by the best of the cluster as all filings made them."""
    marks: dict[str, Mark] = {}
    missing: list[str] = []
    away = _not_assigned(table, filing.values)
    for leaf in table.leaves:
        if leaf.code in away:
            continue
        scored = _scored(leaf, unit, filing.values, relative)
        if scored is not None:
            marks[leaf.code] = mark_of(table, leaf, scored, filing.values)
        elif leaf.must_be_filed:
            missing.append(leaf.code)
    excluded = tuple(leaf.code for leaf in table.leaves if leaf.code in away) if away else ()
    return Filled(marks, tuple(missing), excluded)


def _scored(leaf: Criterion, unit: str, values: Mapping[str, Any], relative: OfUnits) -> Scored | None:
    """What the leaf gives; None where nothing was filed and nothing counts of itself."""
    value = values.get(leaf.code)
    if value is not None and value != "":
        if isinstance(leaf.rule, Relative):
            return relative[leaf.code].get(unit, NOTHING)
        return base_of(leaf, value)
    if leaf.must_be_filed or not _counts_unfiled(leaf, values):
        return None
    return base_of(leaf, None) if isinstance(leaf.rule, Full) else NOTHING


def _counts_unfiled(leaf: Criterion, values: Mapping[str, Any]) -> bool:
    """Full marks count without a filing; a bonus or a penalty only when a case of it was filed."""
    return leaf.kind == MARK or any(values.get(extra.code) is not None for extra in leaf.extras)


def _not_assigned(table: PointsTable, values: Mapping[str, Any]) -> frozenset[str]:
    """Leaves that were not given to the unit, alone or with the whole group above them."""
    away = (code for code, value in values.items() if code in table.by_code and _is_away(value))
    return frozenset(line.code for code in away for line in table.by_code[code].walk())


def _is_away(value: Any) -> bool:
    return value is not None and is_not_assigned(value)
