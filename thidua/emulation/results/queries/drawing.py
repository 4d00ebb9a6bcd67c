"""Figures of a report drawn from the results of its span and the register of exemplars. They never write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from thidua.base.accounts.actors import Actor
from thidua.base.periods import Term
from thidua.base.text import search_key
from thidua.emulation.clusters.models import Indicator, Qualifier
from thidua.emulation.clusters.queries import members, members_now
from thidua.emulation.exemplars.models import ExemplarKind
from thidua.emulation.exemplars.queries import CategoryCount, KindCount, counts, told
from thidua.emulation.results.models import Report, Said
from thidua.emulation.results.queries.lateness import span_end
from thidua.emulation.results.queries.reports import Figure, figures_of, promised_figures
from thidua.emulation.results.queries.values import Cell, Table, is_met, is_over, table_of
from thidua.records.models import InitiativeScope
from thidua.records.queries import initiative_counts

NAMED = 4  # units told in a note
MET = "Đơn vị đạt chỉ tiêu"
COUNTED = "{} điển hình tiên tiến"
RECOGNISED = "Sáng kiến được công nhận"
INITIATIVES = search_key(RECOGNISED)
EXEMPLARS = {search_key(COUNTED.format(kind.label)): kind for kind in ExemplarKind}


def drawn_figures(report: Report, by: Actor) -> list[Figure]:
    """What was entered for its span: of a member its own, of the cluster all members' together."""
    results = _results(report, by)
    known = {search_key(figure.indicator) for figure in results}
    initiatives = [] if INITIATIVES in known else initiative_figures(report, by)
    return [*results, *exemplar_figures(report), *initiatives]


def initiative_figures(report: Report, by: Actor) -> list[Figure]:
    """Initiatives recognised in the year by the end of the span, their scopes of effect as “trong đó”."""
    cycle = report.cycle
    units = [m.unit_id for m in members_now(cycle, by.on)] if report.unit_id is None else [report.unit_id]
    through = Term.through(cycle.term.lower, span_end(cycle, report.kind))
    found = sum(initiative_counts(units, through).values(), Counter())
    if not found:
        return []
    whole = Figure(RECOGNISED, value=Decimal(found.total()), measure="sáng kiến")
    parts = [
        Figure(f"Cấp {scope.label.lower()}", value=Decimal(found[scope]), measure="sáng kiến", is_part=True)
        for scope in InitiativeScope
        if found[scope]
    ]
    return [whole, *parts]


def exemplar_figures(report: Report) -> list[Figure]:
    """Exemplars registered by the end of the span, by kind, with their headings as “trong đó”."""
    units = None if report.unit_id is None else [report.unit_id]
    found = counts(report.cycle, units=units, through=span_end(report.cycle, report.kind))
    return [figure for row in found for figure in _counted(row)]


def _counted(row: KindCount) -> Iterator[Figure]:
    yield Figure(COUNTED.format(row.kind.label), value=Decimal(row.count), measure=row.measure)
    for part in row.parts:
        yield Figure(part.category, value=Decimal(part.count), measure=row.measure, is_part=True)


def _results(report: Report, by: Actor) -> list[Figure]:
    cycle = report.cycle
    if report.unit_id is not None:
        units = [m.unit for m in members(cycle) if m.unit_id == report.unit_id]
        table = table_of(cycle, report.kind, units[:1])
        return [_own(cell) for cell in table.cells.values() if not cell.drawn.is_empty]
    table = table_of(cycle, report.kind, [m.unit for m in members_now(cycle, by.on)])
    found = (_of_all(table, indicator) for indicator in table.indicators)
    return [figure for figure in found if figure is not None]


def _own(cell: Cell) -> Figure:
    said = cell.drawn
    return Figure(
        cell.indicator.name,
        said.qualifier,
        said.value,
        cell.indicator.measure,
        cell.goal.said.value if cell.goal is not None else None,
        note=_note(cell),
        upper=said.upper,
        catalogued=cell.indicator.pk,
    )


def _note(cell: Cell) -> str:
    """What the unit noted; of a figure put together from shorter spans, from which."""
    if cell.reached.is_empty:
        own = f"Cộng {cell.added_from}"
    else:
        own = cell.result.note if cell.result is not None else ""
    said = f"Cơ quan theo dõi ghi {cell.counted.text}" if cell.disagreement else ""
    return "; ".join(filter(None, [own, said]))


def _of_all(table: Table, one: Indicator) -> Figure | None:
    """A sum or mean; else what all say alike; else who lies above the threshold; else who met the goal.

    Where the owner department gave another figure than the unit, its figure counts and the note tells both.
    """
    told = [cell for cell in table.of_indicator(one) if not cell.counted.is_empty]
    if not told:
        return None
    both = disagreements(cell.disagreement for cell in told)
    total, goal = table.drawn_total(one), table.goal_total(one)
    if not total.is_empty:
        return _line(one, total, target=goal, note=both)
    if len({cell.counted for cell in told}) == 1:
        return _line(one, told[0].counted, told, note=both)
    over = [cell for cell in told if is_over(one, cell.counted)]
    if over:
        return _line(one, Said(Qualifier.ABOVE, one.threshold), over, note=both)
    met = [cell for cell in told if is_met(one, cell.goal.said if cell.goal else Said(), cell.counted)]
    return _line(one, Said(), met, note="; ".join(filter(None, [MET, both])))


def disagreements(told: Iterable[str]) -> str:
    """Units whose figure the owner department has put otherwise, as far as a note holds them."""
    found = list(filter(None, told))
    shown = "; ".join(found[:NAMED])
    return f"{shown} và {len(found) - NAMED} đơn vị khác" if len(found) > NAMED else shown


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
    goals = {search_key(figure.indicator): figure.target for figure in promised}
    drawn = [
        replace(line, target=goals.get(INITIATIVES)) if search_key(line.indicator) == INITIATIVES else line
        for line in drawn
    ]
    return [*drawn, *(figure for figure in promised if search_key(figure.indicator) not in named)]


def changed_since_drawn(report: Report, by: Actor) -> list[tuple[Figure, Figure]]:
    """Lines drawn earlier that say something else than results and register do now, beside the latter."""
    kept = figures_of(report)
    now = {figure.catalogued: figure for figure in _results(report, by)}
    registered = [*exemplar_figures(report), *initiative_figures(report, by)]
    of_results = [(line, now[line.catalogued]) for line in kept if line.catalogued in now]
    return [
        (line, new)
        for line, new in [*of_results, *_registered_beside(kept, registered)]
        if (line.said, line.units) != (new.said, new.units)
    ]


def _registered_beside(kept: Sequence[Figure], now: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each line of the registers with what they say now, nought where they name none any more."""
    counted = dict(_with_whole(now))
    wholes = {whole for whole, _ in counted}
    asked = {*(EXEMPLARS if wholes & set(EXEMPLARS) else ()), *({INITIATIVES} & wholes)}
    for whole, line in _with_whole(kept):
        if line.catalogued is None and whole[0] in asked:
            none = replace(line, qualifier=Qualifier.EQUAL, value=Decimal(0), upper=None)
            yield line, counted.get(whole, none)


def exemplars_told(figures: Sequence[Figure]) -> str:
    """The lines about exemplars as one sentence; empty when there are none, or not all are plain counts."""
    counted: dict[str, KindCount] = {}
    for (whole, part), line in _with_whole(figures):
        if (kind := EXEMPLARS.get(whole)) is None:
            continue
        if not line.said.is_exact or line.value is None:
            return ""
        count = int(line.value)
        if not part:
            counted[whole] = KindCount(kind, count)
        elif whole in counted:
            parts = (*counted[whole].parts, CategoryCount(line.indicator, count))
            counted[whole] = replace(counted[whole], parts=parts)
    return told(list(counted.values())) if counted else ""


def _with_whole(figures: Sequence[Figure]) -> Iterator[tuple[tuple[str, str], Figure]]:
    """Each line by what it is about: the line it is part of, and its own name when it is a part."""
    whole = ""
    for figure in figures:
        whole = whole if figure.is_part else search_key(figure.indicator)
        yield (whole, search_key(figure.indicator) if figure.is_part else ""), figure
