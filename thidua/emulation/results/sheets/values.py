"""Targets and results as Excel: the same columns out and in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import Refused
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects, Importer, offer
from thidua.base.text import search_key
from thidua.emulation.clusters.models import Cycle, Indicator
from thidua.emulation.clusters.queries import (
    MEMBER_KINDS,
    indicators_in,
    measure_fault,
    members,
    obstacles_to_changing,
    visible_cycles,
)
from thidua.emulation.results.actions import Entered, Entry, Kept, Kind, enter_values, kind_of
from thidua.emulation.results.models import Origin, Period, Result, Said, Target
from thidua.emulation.results.permissions import enters_results, sets_targets
from thidua.emulation.results.queries import Table, goals_of, obstacle_of_given
from thidua.emulation.results.wording import Unfit, read_said

LONGEST_NOTE, LONGEST_SOURCE = 500, 200
PERIODS = {period.label[0].upper() + period.label[1:]: period.value for period in Period}
COLUMNS = (
    Column("Cụm, khối", "cluster", width=34, required=True, hint="Tên đầy đủ hoặc tên gọn."),
    Column("Năm", "year", width=10, required=True, hint="2020, hoặc 2020–2021."),
    Column("Kỳ", "period", width=16, required=True, choices=PERIODS),
    Column("Đơn vị", "unit", width=36, required=True, hint="Tên đầy đủ hoặc tên gọn của thành viên."),
    Column("Chỉ tiêu", "indicator", width=44, required=True, hint="Tên trong danh mục chỉ tiêu."),
    Column("Đơn vị tính", "measure", width=14, hint="Đơn vị tính của danh mục; bỏ trống cũng được."),
    Column("Chỉ tiêu giao", "target", "figure", 14, hint="Bỏ trống thì giữ nguyên."),
    Column("Kết quả", "result", "figure", 16, hint="Bỏ trống thì giữ nguyên."),
    Column("Nguồn", "source", width=24),
    Column("Ghi chú", "note", width=30),
)
TITLES = {column.key: column.title for column in COLUMNS}


def values_sheet(tables: Iterable[Table]) -> Sheet:
    """Every cell of some tables, one a row; it can be filled in and imported again."""
    return Sheet("Số liệu", COLUMNS, [row for table in tables for row in _rows_of(table)])


def _rows_of(table: Table) -> list[dict[str, Any]]:
    own = {column.key: column for column in COLUMNS}
    return [
        {
            "cluster": table.cycle.cluster.name,
            "year": table.cycle.name,
            "period": own["period"].word(table.period.value),
            "unit": unit.name,
            "indicator": cell.indicator.name,
            "measure": cell.indicator.measure,
            "target": _cell_value(cell.goal.said) if cell.goal else None,
            "result": _cell_value(cell.reached),
            "source": cell.result.source if cell.result else "",
            "note": cell.result.note if cell.result else "",
        }
        for unit in table.units
        for cell in table.of_unit(unit)
    ]


def _cell_value(said: Said) -> Decimal | str | None:
    """An exact number as a number, anything else in words."""
    return said.value if said.is_exact else said.text or None


def offer_imports() -> None:
    """Let the import pages take targets and results."""
    offer(
        Importer(
            kind="values",
            address="so-lieu",
            title="Nhập số liệu từ Excel",
            noun="số liệu",
            columns=COLUMNS,
            permission="results.import_values",
            list_route="clusters:list",
            check=check_values,
            apply=import_values,
            undo=undo_values,
            shared=False,
        )
    )


@dataclass
class Year:
    """A year the person sees, with what its rows are looked up in."""

    cycle: Cycle
    units: dict[str, int]
    indicators: dict[str, Indicator]
    obstacle: str
    may: dict[tuple[Kind, int], bool] = field(default_factory=dict)


@dataclass
class Lookup:
    """Everything 5,000 rows are checked against, asked once."""

    by: Actor
    years: dict[tuple[str, str], Year]

    def allows(self, year: Year, kind: Kind, unit: int) -> bool:
        """Whether the person writes this kind of value for a unit."""
        if (kind, unit) not in year.may:
            asked = sets_targets if kind is Kind.TARGET else enters_results
            year.may[kind, unit] = self.by.is_system or asked(self.by, year.cycle, unit)
        return year.may[kind, unit]


def _lookup(rows: Sequence[Row], by: Actor) -> Lookup:
    asked = {(search_key(row["cluster"] or ""), search_key(row["year"] or "")) for row in rows}
    years: dict[tuple[str, str], Year] = {}
    for cycle in visible_cycles(by):
        cluster = cycle.cluster
        places = {(search_key(name), search_key(cycle.name)) for name in (cluster.name, cluster.short_name)}
        if wanted := places & asked:
            made = _year(cycle)
            years |= dict.fromkeys(wanted, made)
    return Lookup(by, years)


def _year(cycle: Cycle) -> Year:
    joined = [member.unit for member in members(cycle)]
    units = {search_key(unit.short_name): unit.pk for unit in joined} | {
        search_key(unit.name): unit.pk for unit in joined
    }
    return Year(
        cycle,
        units,
        {indicator.search: indicator for indicator in indicators_in(cycle)},
        " ".join(obstacles_to_changing(cycle)),
    )


@dataclass(frozen=True)
class Read:
    """A row understood: where it belongs and what it says."""

    number: int
    year: Year
    period: Period
    entries: tuple[Entry, ...]

    @property
    def place(self) -> tuple[int, str, int, int]:
        """Year, span, unit and indicator: said once in a file."""
        first = self.entries[0]
        return self.year.cycle.pk, self.period, first.unit, first.indicator


def check_values(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Names must be known, measures the catalogue's, values the person's to write, places said once."""
    reads, errors = _read(rows, by)
    return [*errors, *_against_what_is_given(reads, by)]


def _against_what_is_given(reads: Sequence[Read], by: Actor) -> list[RowError]:
    """Targets a unit sets itself though the covenant or the plan says another."""
    own = by.units(*MEMBER_KINDS)
    asked = [(r, e) for r in reads for e in r.entries if e.kind is Kind.TARGET and e.unit in own]
    found: list[RowError] = []
    for cycle, period in {(read.year.cycle, read.period) for read, _ in asked}:
        units = [member.unit for member in members(cycle) if member.unit_id in own]
        goals = goals_of(cycle, period, units, indicators_in(cycle))
        for read, entry in asked:
            goal = goals.get(entry.place) if (read.year.cycle, read.period) == (cycle, period) else None
            if goal is not None and goal.origin is not Origin.OWN and goal.said != entry.said:
                found.append(RowError(read.number, TITLES["target"], obstacle_of_given(goal)))
    return found


def _read(rows: Sequence[Row], by: Actor) -> tuple[list[Read], list[RowError]]:
    lookup = _lookup(rows, by)
    reads: list[Read] = []
    errors: list[RowError] = []
    first: dict[tuple[int, str, int, int], int] = {}
    for row in rows:
        found = _read_row(row, lookup, errors)
        if found is None or not found.entries:
            continue
        if (at := first.setdefault(found.place, row.number)) != row.number:
            errors.append(RowError(row.number, TITLES["indicator"], f"Trùng với dòng {at}."))
        reads.append(found)
    return reads, errors


class Wrong(Exception):
    """What is wrong in a row: pairs of a column and a sentence."""

    def __init__(self, *faults: tuple[str, str]) -> None:
        super().__init__(*faults)
        self.faults = faults


def _read_row(row: Row, lookup: Lookup, errors: list[RowError]) -> Read | None:
    """What a row says; None when something in it is not understood, told in `errors`."""
    if not all(row[name] for name in ("cluster", "year", "period", "unit", "indicator")):
        return None  # the cells themselves were found faulty
    try:
        return _understood(row, lookup)
    except Wrong as wrong:
        errors += [RowError(row.number, TITLES[column], message) for column, message in wrong.faults]
        return None


def _understood(row: Row, lookup: Lookup) -> Read:
    year = lookup.years.get((search_key(row["cluster"]), search_key(row["year"])))
    if year is None:
        message = f"Không có năm {row['year']} của “{row['cluster']}” mà anh/chị được xem."
        raise Wrong(("cluster", message))
    if year.obstacle:
        raise Wrong(("year", year.obstacle))
    unit, indicator = _place(row, year)
    entries = _entries(row, unit, indicator)
    if not all(lookup.allows(year, entry.kind, unit) for entry in entries):
        raise Wrong(("unit", "Anh/chị không ghi số liệu thay đơn vị này được."))
    return Read(row.number, year, Period(row["period"]), tuple(entries))


def _place(row: Row, year: Year) -> tuple[int, Indicator]:
    unit, indicator = (
        year.units.get(search_key(row["unit"])),
        year.indicators.get(search_key(row["indicator"])),
    )
    faults = []
    if unit is None:
        faults.append(("unit", f"“{row['unit']}” không phải thành viên trong năm này."))
    if indicator is None:
        faults.append(("indicator", f"Danh mục không có chỉ tiêu “{row['indicator']}”."))
    elif fault := measure_fault(indicator, row["measure"] or ""):
        faults.append(("measure", fault))
    if faults or unit is None or indicator is None:
        raise Wrong(*faults)
    return unit, indicator


def _entries(row: Row, unit: int, indicator: Indicator) -> list[Entry]:
    """Target and result of a row; an empty cell with nothing beside it says nothing."""
    note, source = row["note"], row["source"]
    faults = [
        (name, "Ô này dài quá. Anh/chị rút gọn lại.")
        for name, limit in (("note", LONGEST_NOTE), ("source", LONGEST_SOURCE))
        if len(row[name] or "") > limit
    ]
    said: dict[str, Said | None] = {}
    for name in ("target", "result"):
        try:
            said[name] = read_said(row[name], indicator) if row[name] else None
        except Unfit as fault:
            faults.append((name, fault.reason))
    if faults:
        raise Wrong(*faults)
    told = [Entry(kind=Kind.TARGET, unit=unit, indicator=indicator.pk, seen=0, said=said["target"])]
    told += [
        Entry(
            kind=Kind.RESULT,
            unit=unit,
            indicator=indicator.pk,
            seen=0,
            said=said["result"],
            note=note,
            source=source,
        )
    ]
    return [entry for entry in told if entry.says_something]


def import_values(rows: Sequence[Row], by: Actor) -> Effects:
    """Enter all of them, a batch for each span of each year; remembers what stood there before."""
    groups: dict[tuple[int, str], list[Read]] = {}
    for read in _read(rows, by)[0]:
        groups.setdefault((read.year.cycle.pk, read.period), []).append(read)
    return {"batches": [_import(reads, by) for reads in groups.values()]}


def _import(reads: Sequence[Read], by: Actor) -> dict[str, Any]:
    cycle, period = reads[0].year.cycle, reads[0].period
    before = _standing(cycle, period)
    entries = [_onto(entry, before, by) for read in reads for entry in read.entries]
    done = enter_values(cycle=cycle, period=period, entries=entries, by=by)
    _refuse_conflicts(done)
    cells = [
        _effect(value, before.get((kind_of(value), value.unit_id, value.indicator_id)))
        for value in done.saved
    ]
    return {"cycle": cycle.pk, "period": period, "cells": [cell for cell in cells if cell is not None]}


Standing = dict[tuple[Kind, int, int], dict[str, Any]]


def _standing(cycle: Cycle, period: Period) -> Standing:
    """What stood in each cell, as plain values."""
    found: Standing = {}
    for kind, model in ((Kind.TARGET, Target), (Kind.RESULT, Result)):
        rows: Any = model._default_manager.filter(cycle=cycle, period=period)
        names = ["unit_id", "indicator_id", "version", "qualifier", "value", "upper", "note"]
        for row in rows.values(*names, "origin" if kind is Kind.TARGET else "source"):
            found[kind, row.pop("unit_id"), row.pop("indicator_id")] = row
    return found


def _onto(entry: Entry, before: Standing, by: Actor) -> Entry:
    """The entry upon what stands there now; who writes decides whose target it is."""
    old = before.get((entry.kind, entry.unit, entry.indicator), {"version": 0})
    own = by.holds(*MEMBER_KINDS, unit=entry.unit)
    origin = (Origin.OWN if own else Origin.PLAN) if entry.kind is Kind.TARGET else None
    return Entry(
        kind=entry.kind,
        unit=entry.unit,
        indicator=entry.indicator,
        seen=old["version"],
        said=entry.said,
        note=entry.note,
        source=entry.source,
        origin=origin,
    )


def _refuse_conflicts(done: Entered) -> None:
    if done.refused:
        reasons = [one.reason for one in done.refused[:3]]
        raise Refused(f"{len(done.refused)} ô không ghi được.", *reasons)


def _effect(value: Kept, old: dict[str, Any] | None) -> list[Any] | None:
    """What undoing needs of a changed cell; None when it says what it said."""
    if old is not None and old["version"] == value.version:
        return None
    kept = {name: str(told) if isinstance(told, Decimal) else told for name, told in (old or {}).items()}
    return [kind_of(value), value.unit_id, value.indicator_id, value.version, kept]


def undo_values(effects: Effects, by: Actor) -> None:
    """Every cell says again what it said before; refused when somebody wrote in one since."""
    cycles = {cycle.pk: cycle for cycle in visible_cycles(by)}
    for batch in effects["batches"]:
        if batch["cycle"] not in cycles:
            raise Refused("Anh/chị không còn được xem năm này.")
        entries = [_restoring(*cell) for cell in batch["cells"]]
        done = enter_values(
            cycle=cycles[batch["cycle"]], period=Period(batch["period"]), entries=entries, by=by
        )
        if done.refused:
            raise Refused(f"{len(done.refused)} ô đã được sửa sau khi nhập, nên không hoàn tác được.")


def _restoring(kind: str, unit: int, indicator: int, version: int, old: dict[str, Any]) -> Entry:
    def number(name: str) -> Decimal | None:
        return Decimal(old[name]) if old.get(name) is not None else None

    return Entry(
        kind=Kind(kind),
        unit=unit,
        indicator=indicator,
        seen=version,
        said=Said(old.get("qualifier", "eq"), number("value"), number("upper")),
        note=old.get("note", ""),
        source=old.get("source", "") if kind == Kind.RESULT else None,
        origin=Origin(old["origin"]) if old.get("origin") else None,
        restores=True,
    )
