"""The head gathers members' reports into the cluster's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import obstacles_to_changing
from thidua.emulation.results.actions.writing import write_figures, write_sections
from thidua.emulation.results.models import Period, Report, SectionKey
from thidua.emulation.results.queries import (
    Comparison,
    Figure,
    FigureKey,
    figures_of,
    fresh_reports,
    key_of,
    report_of,
    sections_of,
    side_by_side,
    texts_by_section,
)


@act("results.compile_report", on="cycle", keeps=("period",))
def compile_report(*, cycle: Cycle, period: Period, by: Actor) -> Report:
    """Tổng hợp: add to the cluster's draft what members sent since the last time.

    Nothing the head wrote is changed: texts are added below with the unit's name; a sum is renewed
    only where the head left the earlier sum standing. Refuses when nothing new was sent, or the
    cluster's report has gone out.
    """
    refuse_if(obstacles_to_changing(cycle))
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    report = report_of(cycle, period, None) or Report(cycle=cycle, period=period, revision=0)
    report.cycle = cycle
    fresh = list(fresh_reports(report))
    if not report.is_open:
        raise Refused("Báo cáo của cụm, khối đã gửi. Anh/chị rút lại rồi tổng hợp tiếp.")
    if not fresh:
        raise Refused("Chưa có báo cáo mới nào của đơn vị để tổng hợp.")
    before = list(report.gathered.all()) if report.pk else []
    sections, figures = sections_of(report), figures_of(report)
    report.revision += 1
    report.save()
    write_sections(report, _joined(sections, texts_by_section(fresh)))
    write_figures(report, _summed(figures, side_by_side(before), side_by_side([*before, *fresh])))
    report.gathered.add(*fresh)
    return report


def _joined(kept: dict[str, str], new: dict[str, list[tuple[str, str]]]) -> dict[str, str]:
    return {
        key: "\n\n".join(filter(None, [kept[key], *(f"{name}:\n{text}" for name, text in new[key])]))
        for key in SectionKey.values
    }


def _summed(
    kept: Sequence[Figure], before: dict[FigureKey, Comparison], now: dict[FigureKey, Comparison]
) -> list[Figure]:
    """The head's lines first, with sums renewed; then what members tell of for the first time."""
    lines: list[tuple[FigureKey, Figure]] = []
    whole = ""
    for figure in kept:
        key = key_of(figure.indicator, figure.measure, whole if figure.is_part else "")
        lines.append((key, _renewed(figure, before.get(key), now.get(key))))
        whole = whole if figure.is_part else figure.indicator
    for key, row in now.items():
        if key not in {known for known, _ in lines}:
            _insert(lines, key, row)
    return [figure for _, figure in lines]


def _insert(lines: list[tuple[FigureKey, Figure]], key: FigureKey, row: Comparison) -> None:
    """A part goes below its whole and the parts already there; anything else at the end."""
    said, one = row.shared, row.indicator_row
    new = Figure(
        row.indicator,
        said.qualifier,
        said.value,
        row.measure,
        units=row.listed,
        note=row.disagreement,
        is_part=row.is_part,
        upper=said.upper,
        catalogued=one.pk if one is not None else None,
    )
    of_whole = [
        at for at, (known, _) in enumerate(lines) if key[0] and key[0] in (known[0], known[0] or known[1])
    ]
    if row.is_part and not of_whole:
        new = replace(new, is_part=False)
    lines.insert(of_whole[-1] + 1 if of_whole else len(lines), (key, new))


def _renewed(figure: Figure, before: Comparison | None, now: Comparison | None) -> Figure:
    if now is None or before is None or figure.said.is_empty or figure.said != before.shared:
        return figure
    if figure.units != before.listed:
        return figure
    said = now.shared
    note = now.disagreement if figure.note == before.disagreement else figure.note
    return replace(
        figure,
        qualifier=said.qualifier,
        value=said.value,
        upper=said.upper,
        units=now.listed,
        note=note,
    )
