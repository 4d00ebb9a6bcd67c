"""Scores of every unit in every layer, with the steps that made them; classes; the ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from thidua.emulation.scoring.engine.adding import Sheet, added
from thidua.emulation.scoring.engine.anomalies import dated_wrongly, named_wrongly, suspicions, told_wrongly
from thidua.emulation.scoring.engine.classing import class_of, flags_of
from thidua.emulation.scoring.engine.filings import Filing, Filings
from thidua.emulation.scoring.engine.filling import Filled, filled
from thidua.emulation.scoring.engine.marking import is_not_assigned
from thidua.emulation.scoring.engine.points import NOT_FILED, Criterion, PointsTable
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.scored import Scored

Sheets = dict[str, dict[str, Sheet]]  # by unit, then by layer


class Standing(NamedTuple):
    """A place; units with equal points share it and the next counts all before it."""

    place: int
    unit: str
    total: Decimal
    tied: bool


@dataclass(slots=True)
class Result:
    """Everything computed. `provisional` while somebody's filing of the ranked layer is missing or faulty."""

    table: PointsTable
    layer: str
    sheets: Sheets
    ranking: list[Standing]
    out: tuple[str, ...]
    provisional: tuple[str, ...]
    suspicions: tuple[str, ...] = ()


def compute(table: PointsTable, filings: Filings, layer: str = "") -> Result:
    """All layers; the ranking by `layer`, by the last that anybody wrote when none is named."""
    layers = filings.layers or ["final"]
    ranked = layer or layers[-1]
    sheets = _of_layers(table, filings, layers)
    for unit, own in filings.units.items():
        if not own:
            sheets[unit][ranked] = _of_nothing(table, unit, ranked)
        _note_anomalies(table, own, sheets[unit])
    last = {unit: own[ranked] for unit, own in sheets.items() if ranked in own}
    out = tuple(unit for unit, sheet in last.items() if sheet.out)
    waiting = _waiting(filings, last, ranked)
    return Result(table, ranked, sheets, rank(last), out, waiting, tuple(suspicions(table, filings)))


def _of_layers(table: PointsTable, filings: Filings, layers: list[str]) -> Sheets:
    sheets: Sheets = {unit: {} for unit in filings.units}
    for name in layers:
        filed = {unit: own[name] for unit, own in filings.units.items() if name in own}
        for unit, sheet in score_layer(table, name, filed).items():
            sheets[unit][name] = sheet
    return sheets


def _of_nothing(table: PointsTable, unit: str, layer: str) -> Sheet:
    """The sheet of a unit that sent nothing at all."""
    filing = Filing({}, (NOT_FILED,))
    return _judged(table, added(table, unit, layer, Filled({}, (), ()), filing), filing)


def _note_anomalies(table: PointsTable, own: Mapping[str, Filing], sheets: Mapping[str, Sheet]) -> None:
    claimed = {name: sheet.claimed for name, sheet in sheets.items()}
    for name, filing in own.items():
        sheets[name].faults += (
            *named_wrongly(table, filing),
            *dated_wrongly(filing),
            *told_wrongly(name, filing, claimed),
        )


def _waiting(filings: Filings, last: Mapping[str, Sheet], layer: str) -> tuple[str, ...]:
    found = [f"{unit}: chưa có lớp {layer}" for unit, own in filings.units.items() if layer not in own]
    for unit, sheet in last.items():
        if sheet.missing and NOT_FILED not in sheet.flags:
            found.append(f"{unit}: còn {len(sheet.missing)} tiêu chí chưa ghi")
    return tuple(found)


def score_layer(table: PointsTable, layer: str, filed: Mapping[str, Filing]) -> dict[str, Sheet]:
    """One layer of all units that wrote it; relative criteria by the best among them."""
    relative = {leaf.code: _relative(leaf, filed) for leaf in table.relative}
    sheets = {}
    for unit, filing in filed.items():
        told = filled(table, unit, filing, relative)
        sheets[unit] = _judged(table, added(table, unit, layer, told, filing), filing)
    return sheets


def _relative(leaf: Criterion, filed: Mapping[str, Filing]) -> dict[str, Scored]:
    assert isinstance(leaf.rule, Relative)
    given = {unit: filing.values.get(leaf.code) for unit, filing in filed.items()}
    return leaf.rule.score_all({u: value for u, value in given.items() if _is_filed(value)}, leaf.most)


def _is_filed(value: object) -> bool:
    return value is not None and value != "" and not is_not_assigned(value)


def _judged(table: PointsTable, sheet: Sheet, filing: Filing) -> Sheet:
    """The sheet with its class and flags."""
    sheet.flags, unknown = flags_of(table, filing.flags)
    sheet.faults += unknown
    points = {code: mark.points for code, mark in sheet.marks.items()}
    judged = class_of(table, sheet.total, points, sheet.flags)
    sheet.class_title, sheet.class_reasons, sheet.out = judged.title, judged.reasons, judged.out
    return sheet


def rank(sheets: Mapping[str, Sheet]) -> list[Standing]:
    """Highest first; ties share a place and keep the given order. Who has not filed has no place yet."""
    inside = [sheet for sheet in sheets.values() if not sheet.out and NOT_FILED not in sheet.flags]
    totals = sorted((sheet.total for sheet in inside), reverse=True)
    first = {total: totals.index(total) + 1 for total in set(totals)}
    count = {total: totals.count(total) for total in set(totals)}
    ordered = sorted(inside, key=lambda sheet: -sheet.total)
    return [Standing(first[s.total], s.unit, s.total, count[s.total] > 1) for s in ordered]
