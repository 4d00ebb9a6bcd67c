"""Figures of a report drawn from the results of its span. They never write."""

from __future__ import annotations

from collections.abc import Sequence

from thidua.base.accounts.actors import Actor
from thidua.base.text import search_key
from thidua.emulation.clusters.models import Indicator, Qualifier
from thidua.emulation.clusters.queries import members, members_now
from thidua.emulation.results.models import Report, Said
from thidua.emulation.results.queries.reports import Figure, figures_of, promised_figures
from thidua.emulation.results.queries.values import Cell, Table, is_over, table_of

MET = "Đơn vị đạt chỉ tiêu"


def drawn_figures(report: Report, by: Actor) -> list[Figure]:
    """What the results of its span say: of a member its own, of the cluster all members' together."""
    cycle = report.cycle
    if report.unit_id is not None:
        units = [m.unit for m in members(cycle) if m.unit_id == report.unit_id]
        table = table_of(cycle, report.kind, units[:1])
        return [_own(cell) for cell in table.cells.values() if not cell.reached.is_empty]
    table = table_of(cycle, report.kind, [m.unit for m in members_now(cycle, by.on)])
    found = (_of_all(table, indicator) for indicator in table.indicators)
    return [figure for figure in found if figure is not None]


def _own(cell: Cell) -> Figure:
    said = cell.reached
    return Figure(
        cell.indicator.name,
        said.qualifier,
        said.value,
        cell.indicator.measure,
        cell.goal.said.value if cell.goal is not None else None,
        note=cell.result.note if cell.result is not None else "",
        upper=said.upper,
        catalogued=cell.indicator.pk,
    )


def _of_all(table: Table, one: Indicator) -> Figure | None:
    """A sum or mean; else what all say alike; else who lies above the threshold; else who met the goal."""
    told = [cell for cell in table.of_indicator(one) if not cell.reached.is_empty]
    if not told:
        return None
    total, goal = table.total(one), table.goal_total(one)
    if not total.is_empty:
        return _line(one, total, target=goal)
    if len({cell.reached for cell in told}) == 1:
        return _line(one, told[0].reached, told)
    over = [cell for cell in told if is_over(one, cell.reached)]
    if over:
        return _line(one, Said(Qualifier.ABOVE, one.threshold), over)
    return _line(one, Said(), [cell for cell in told if cell.met], note=MET)


def _line(
    one: Indicator, said: Said, cells: Sequence[Cell] = (), *, target: Said | None = None, note: str = ""
) -> Figure:
    return Figure(
        one.name,
        said.qualifier,
        said.value,
        one.measure,
        target.value if target is not None and target.is_exact else None,
        frozenset(cell.unit.pk for cell in cells),
        note,
        upper=said.upper,
        catalogued=one.pk,
    )


def first_figures(report: Report, by: Actor) -> list[Figure]:
    """The first lines of a report not begun: its results, then what was promised and has none yet."""
    drawn = drawn_figures(report, by)
    if report.unit_id is None:
        return drawn
    named = {search_key(figure.indicator) for figure in drawn}
    promised = promised_figures(report.cycle, report.unit_id)
    return [*drawn, *(figure for figure in promised if search_key(figure.indicator) not in named)]


def changed_since_drawn(report: Report, by: Actor) -> list[tuple[Figure, Figure]]:
    """Lines of the catalogue that say something else than the results do now, each beside the latter."""
    now = {figure.catalogued: figure for figure in drawn_figures(report, by)}
    return [
        (line, now[line.catalogued])
        for line in figures_of(report)
        if line.catalogued in now
        and (line.said, line.units) != (now[line.catalogued].said, now[line.catalogued].units)
    ]
