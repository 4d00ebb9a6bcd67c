"""A province's year written into the database in bulk: a cluster's table, its sheets and what was filed."""

from __future__ import annotations

from datetime import date

from benchmarks import province
from benchmarks.province import Cluster
from tests.story import ALWAYS, moment
from thidua.base.periods import Term
from thidua.emulation.clusters.models import Cluster as ClusterRow
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.actions.tables import as_stored, write_lines
from thidua.emulation.scoring.models import Criterion, Mark, Scorecard, ScoreLayer, ScoreSheet
from thidua.organisations.models import StandingBody, Unit

AT = moment(date(2025, 12, 1))
DAYS = Term(date(2025, 1, 1), date(2026, 1, 1))


def write_year(year: list[Cluster]) -> list[Scorecard]:
    """The scorecards, one a cluster, with the self-scores of all members sent."""
    province_unit = _unit("UBND tỉnh Đo", None)
    body = StandingBody.objects.create(
        unit=_unit("Ban TĐKT Đo", province_unit), authority=province_unit, term=ALWAYS
    )
    return [_cluster(n, told, province_unit, body) for n, told in enumerate(year, 1)]


def _unit(name: str, parent: Unit | None) -> Unit:
    return Unit.objects.create(
        kind="department", name=name, short_name=name[:60], symbol="SDO", parent=parent, existence=ALWAYS
    )


def _cluster(n: int, told: Cluster, above: Unit, body: StandingBody) -> Scorecard:
    cluster = ClusterRow.objects.create(
        kind="cluster",
        level="province",
        name=f"Cụm thi đua số {n}",
        short_name=f"Cụm {n}",
        address=f"cum-{n}",
        symbol="CTĐ",
        authority=above,
        standing_body=body,
        existence=ALWAYS,
    )
    cycle = Cycle.objects.create(cluster=cluster, name="2025", address="2025", term=DAYS)
    document = as_stored(province.document())
    settings = {key: one for key, one in document.items() if key not in {"format", "criteria"}}
    card = Scorecard.objects.create(cycle=cycle, settings=settings)
    write_lines(card, document["criteria"])
    Scorecard.objects.filter(pk=card.pk).update(state="adopted", adopted_at=AT)
    lines = list(Criterion.objects.filter(scorecard=card).order_by("position"))
    for name, own in told.items():
        sheet = ScoreSheet.objects.create(scorecard=card, unit=_unit(name, above))
        layer = ScoreLayer.objects.create(sheet=sheet, kind="self")
        ScoreLayer.objects.create(sheet=sheet, kind="cross")
        Mark.objects.bulk_create(_mark(layer, line, own) for line in lines)
        ScoreLayer.objects.filter(pk=layer.pk).update(submitted_at=AT, submitted_by="A")
    return card


def _mark(layer: ScoreLayer, line: Criterion, own: dict[str, object]) -> Mark:
    extra = f"d{line.code[1:]}"
    filed = own.get(line.code)
    if extra in own:
        return Mark(layer=layer, criterion=line, filed=None, extras={extra: own[extra]}, at=AT)
    return Mark(layer=layer, criterion=line, filed=filed, at=AT)
