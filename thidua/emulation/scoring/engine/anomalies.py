"""What looks wrong in filings beyond the points: dates, totals told by a paper, units of measure.

Of a single sheet it is a fault. What only shows between units is a suspicion: nobody's points change, but
somebody should look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.filings import Filing, Filings
from thidua.emulation.scoring.engine.given import measure_of, number_of, value_of
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.points import Criterion, PointsTable
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Bands
from thidua.emulation.scoring.engine.shares import Percent
from thidua.emulation.scoring.engine.told import day_said, nearest, read_day

ONE = Decimal(1)


def dated_wrongly(filing: Filing) -> Iterator[str]:
    """Events later than the paper that reports them."""
    if filing.day is None:
        return
    for code in sorted(filing.own):
        value = filing.values.get(code)
        told = value.get("on") if isinstance(value, Mapping) else None
        happened = read_day(told)
        if happened is not None and happened > filing.day:
            yield f"{code}: việc ngày {day_said(happened)}, sau ngày lập phiếu {day_said(filing.day)}"


def named_wrongly(table: PointsTable, filing: Filing) -> Iterator[str]:
    """Parts of a value that its rule does not read: a name typed wrongly must not pass in silence."""
    for code in sorted(filing.own):
        value, asked = filing.values.get(code), table.asked.get(code)
        if isinstance(value, Mapping) and asked is not None:
            for key in value:
                if key not in asked:
                    yield f"{code}: không hiểu “{key}”. {nearest(key, asked)}"


def told_wrongly(layer: str, filing: Filing, claimed: Mapping[str, Decimal]) -> Iterator[str]:
    """A total the paper states for its own or for an earlier layer, against what that layer adds up to."""
    for name, told in {**filing.quotes, **({} if filing.total is None else {layer: filing.total})}.items():
        real = claimed.get(name)
        if real is None:
            yield f"Phiếu nêu tổng của lớp “{name}”, đơn vị không có lớp này"
        elif real != told:
            yield f"Phiếu ghi tổng {name} là {said(told)}, cộng lại là {said(real)}"


def suspicions(table: PointsTable, filings: Filings) -> list[str]:
    """Every suspicion of every layer, told once."""
    found: dict[str, None] = dict.fromkeys(_alike(filings))
    for leaf in (leaf for leaf in table.leaves if _has_measure(leaf)):
        for layer in filings.layers:
            filed = {
                unit: own[layer].values[leaf.code]
                for unit, own in filings.units.items()
                if layer in own and leaf.code in own[layer].values
            }
            found |= dict.fromkeys(_of_measure(leaf, filed))
    return list(found)


def _alike(filings: Filings) -> Iterator[str]:
    """Units whose names differ in spaces and capitals only."""
    seen: dict[str, str] = {}
    for unit in filings.units:
        other = seen.setdefault(" ".join(unit.casefold().split()), unit)
        if other != unit:
            yield f"“{other}” và “{unit}” có phải một đơn vị không?"


def _has_measure(leaf: Criterion) -> bool:
    return isinstance(leaf.rule, Percent | Relative) or _is_percentage(leaf)


def _of_measure(leaf: Criterion, filed: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(leaf.rule, Percent | Relative):
        yield from _targets(leaf, filed)
    if isinstance(leaf.rule, Percent) or _is_percentage(leaf):
        for unit, value in filed.items():
            share = (
                None if isinstance(value, Mapping) and "value" not in value else measure_of(value_of(value))
            )
            if share is not None and ZERO < share < ONE:
                yield f"{leaf.code}: {unit} ghi {said(share)}, có phải {said(share * 100)}% không?"


def _is_percentage(leaf: Criterion) -> bool:
    """Its bands are percentages, so that a value below one is a share written in another unit of measure."""
    if not isinstance(leaf.rule, Bands):
        return False
    ends = [end for band in leaf.rule.bands for end in (band.low, band.high) if end]
    return leaf.measure == "%" and bool(ends) and min(ends) > ONE


def _targets(leaf: Criterion, filed: Mapping[str, Any]) -> Iterator[str]:
    """90/100, 0.9/1 and 9/10: targets that differ by tens only."""
    alike: dict[tuple[int, ...], dict[Decimal, list[str]]] = {}
    for unit, value in filed.items():
        target = number_of(value, "target") if isinstance(value, Mapping) else None
        if target:
            plain = target.normalize()
            alike.setdefault(plain.as_tuple().digits, {}).setdefault(plain, []).append(unit)
    for targets in alike.values():
        if len(targets) > 1:
            told = "; ".join(f"{said(one)} ({', '.join(units)})" for one, units in sorted(targets.items()))
            yield f"{leaf.code}: chỉ tiêu ghi {told}: có cùng đơn vị tính không?"
