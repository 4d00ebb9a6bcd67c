"""Questions about what members sent, put side by side and together. They never write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from thidua.base.text import search_key
from thidua.emulation.clusters.models import Cycle, Indicator, Qualifier
from thidua.emulation.results.models import (
    Confirmation,
    Period,
    Report,
    ReportFigure,
    ReportSection,
    Said,
    SectionKey,
)
from thidua.emulation.results.queries.drawing import disagreements
from thidua.emulation.results.queries.reports import SENT
from thidua.emulation.results.queries.values import disagreement, is_over, together


def sent_reports(cycle: Cycle, period: Period) -> QuerySet[Report]:
    """Members' reports of a period that were sent and not returned."""
    return cycle.reports.filter(period=period, unit__isnull=False, state__in=SENT).select_related("unit")


def fresh_reports(report: Report) -> QuerySet[Report]:
    """Members' reports not yet gathered into the cluster's."""
    sent = sent_reports(report.cycle, report.kind)
    return sent.exclude(gathered_into=report.pk) if report.pk else sent


def texts_by_section(reports: Iterable[Report]) -> dict[str, list[tuple[str, str]]]:
    """For each section, what each unit wrote, with its name."""
    names = {report.pk: report.author for report in reports}
    told: dict[str, list[tuple[str, str]]] = {key: [] for key in SectionKey.values}
    for section in (
        ReportSection.objects.filter(report__in=names).exclude(text="").order_by("report__unit__order")
    ):
        told[section.key].append((names[section.report_id], section.text))
    return told


FigureKey = tuple[str, str, str]  # what it is part of, indicator, measure; all without marks


def key_of(indicator: str, measure: str, part_of: str = "") -> FigureKey:
    """Figures with the same words are the same figure, whoever typed them."""
    return search_key(part_of), search_key(indicator), measure.strip().casefold()


@dataclass
class Comparison:
    """One figure side by side: what each unit reported."""

    indicator: str
    measure: str
    is_part: bool
    by_unit: dict[int, ReportFigure] = field(default_factory=dict)
    confirmed: dict[int, Said] = field(default_factory=dict)  # by unit, where the owner department differs

    @property
    def indicator_row(self) -> Indicator | None:
        """The indicator of the catalogue that all of them are about."""
        found = {figure.catalogued for figure in self.by_unit.values()}
        return found.pop() if len(found) == 1 else None

    @property
    def told(self) -> list[Said]:
        """What counts of each: the owner department's figure, else what the unit reported."""
        return [self.confirmed.get(unit, said_of(one)) for unit, one in self.by_unit.items()]

    @property
    def disagreement(self) -> str:
        """Both figures of the units whose owner department has another one; empty where there is none."""
        return disagreements(
            disagreement(one.report.unit.short_name, self.confirmed[unit], said_of(one))
            for unit, one in self.by_unit.items()
            if unit in self.confirmed and one.report.unit
        )

    @property
    def whole(self) -> Said:
        """All together as the catalogue says; without it the sum of exact counts, never of percentages."""
        if self.indicator_row is not None:
            return together(self.indicator_row, self.told)
        values = [said.value for said in self.told if said.is_exact and said.value is not None]
        if "%" in self.measure or not values or len(values) < len(self.by_unit):
            return Said()
        return Said(value=sum(values, Decimal(0)))

    @property
    def total(self) -> Decimal | None:
        """The sum, when it is exact."""
        return self.whole.value if self.whole.is_exact else None

    @property
    def shared(self) -> Said:
        """For all together: the sum, else what all say alike, else the threshold some are above."""
        if not self.whole.is_empty:
            return self.whole
        if len(set(self.told)) == 1:
            return self.told[0]
        one = self.indicator_row
        return Said(Qualifier.ABOVE, one.threshold) if one is not None and self._over else Said()

    @property
    def listed(self) -> frozenset[int]:
        """Units named where no sum stands for them: those above the threshold, else all that told."""
        if not self.whole.is_empty:
            return frozenset()
        if len(set(self.told)) == 1 or not self._over:
            return frozenset(self.by_unit)
        return self._over

    @property
    def _over(self) -> frozenset[int]:
        one = self.indicator_row
        if one is None:
            return frozenset()
        said = zip(self.by_unit, self.told, strict=True)
        return frozenset(unit for unit, told in said if is_over(one, told))


def side_by_side(reports: Iterable[Report]) -> dict[FigureKey, Comparison]:
    """Figures of several reports: equal words in one row, parts right below their whole; two queries."""
    units = {report.pk: report.unit_id or 0 for report in reports}
    rows = ReportFigure.objects.filter(report__in=units).select_related(
        "parent", "catalogued", "report__unit"
    )
    confirmed = _confirmed(units)
    found: dict[FigureKey, Comparison] = {}
    wholes: dict[str, int] = {}  # in the order in which they are first named
    for row in rows.order_by("position", "report", "pk"):
        whole = row.parent.indicator if row.parent else ""
        wholes.setdefault(search_key(whole or row.indicator), len(wholes))
        key = key_of(row.indicator, row.measure, whole)
        kept = found.setdefault(key, Comparison(row.indicator, row.measure, bool(whole)))
        unit = units[row.report_id]
        kept.by_unit[unit] = row
        said = confirmed.get((unit, row.catalogued_id or 0, row.report.period))
        if said is not None and said != said_of(row):
            kept.confirmed[unit] = said
    return dict(sorted(found.items(), key=lambda item: (wholes[item[0][0] or item[0][1]], bool(item[0][0]))))


def said_of(figure: ReportFigure) -> Said:
    """How much a figure says."""
    return Said(figure.qualifier, figure.value, figure.upper)


def _confirmed(reports: Iterable[int]) -> dict[tuple[int, int, str], Said]:
    """What owner departments said in the years of these reports, by unit, indicator and span."""
    years = Report.objects.filter(pk__in=list(reports)).values("cycle")
    rows = Confirmation.objects.filter(cycle__in=years)
    said = {(one.unit_id, one.indicator_id, str(one.period)): one.said for one in rows}
    return {place: one for place, one in said.items() if not one.is_empty}
