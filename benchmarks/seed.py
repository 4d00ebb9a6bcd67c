"""A province's worth of years: 35 clusters of 10 members over 5 years, written in bulk."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.story import ALWAYS, moment
from thidua.base.accounts.models import User
from thidua.base.periods import Term
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import (
    Cluster,
    Covenant,
    Cycle,
    DueDate,
    Headship,
    Membership,
    Registration,
    Signature,
)
from thidua.emulation.results.models import Report
from thidua.emulation.scoring.models import Criterion, Mark, Scorecard, ScoreLayer, ScoreSheet
from thidua.organisations.models import Appointment, Office, Person, StandingBody, Tenure, Unit

CLUSTERS, MEMBERS, YEARS, EXTRA_UNITS = 35, 10, range(2016, 2021), 150
LEAVES = 13
HEAD_LOGIN = "bench"


def seed() -> None:
    """Write everything once."""
    province = Unit.objects.create(
        kind="province", name="UBND tỉnh Đo", short_name="UBND tỉnh", symbol="UBND", existence=ALWAYS
    )
    body = StandingBody.objects.create(unit=_unit("Ban TĐKT Đo", province), authority=province, term=ALWAYS)
    for n in range(EXTRA_UNITS):
        _unit(f"Đơn vị ngoài cụm số {n + 1}", province)
    for n in range(CLUSTERS):
        units = [_unit(f"Đơn vị {m + 1} của cụm {n + 1}", province) for m in range(MEMBERS)]
        cluster = Cluster.objects.create(
            kind="cluster",
            level="province",
            name=f"Cụm thi đua số {n + 1}",
            short_name=f"Cụm {n + 1}",
            address=f"cum-{n + 1}",
            symbol="CTĐ",
            authority=province,
            standing_body=body,
            existence=ALWAYS,
        )
        Membership.objects.bulk_create(
            Membership(cluster=cluster, unit=unit, position=m + 1, term=ALWAYS)
            for m, unit in enumerate(units)
        )
        for year in YEARS:
            _year(cluster, units, year)
    _head()


def _unit(name: str, parent: Unit) -> Unit:
    return Unit.objects.create(
        kind="department", name=name, short_name=name[:60], symbol="SDO", parent=parent, existence=ALWAYS
    )


def _head() -> None:
    """The head's officer of the first cluster, who opens the pages."""
    unit = Unit.objects.get(name="Đơn vị 1 của cụm 1")
    user = User.objects.create_user(HEAD_LOGIN, None, full_name="Người đo")
    person = Person.objects.create(full_name="Người đo", user=user)
    office = Office.objects.create(unit=unit, name="Chuyên viên")
    Tenure.objects.create(person=person, office=office, term=ALWAYS)
    for kind in ("head_officer", "administrator"):
        Appointment.objects.create(person=person, kind=kind, unit=unit, term=ALWAYS)


def _year(cluster: Cluster, units: list[Unit], year: int) -> None:
    cycle = Cycle.objects.create(
        cluster=cluster,
        name=str(year),
        address=str(year),
        term=Term(date(year, 1, 1), date(year + 1, 1, 1)),
        closed_at=moment(date(year + 1, 2, 1)) if year < YEARS[-1] else None,
    )
    Headship.objects.create(cycle=cycle, unit=units[0], office="head")
    DueDate.objects.bulk_create(
        DueDate(cycle=cycle, act=key, due=date(year, 1 + n % 12, 15)) for n, key in enumerate(ActKey.values)
    )
    at = moment(date(year, 3, 1))
    covenant = Covenant.objects.create(cycle=cycle, text="Giao ước", state="open", opened_at=at)
    Signature.objects.bulk_create(
        Signature(covenant=covenant, unit=u, person_name="A", office_name="Giám đốc", signed_at=at)
        for u in units
    )
    Registration.objects.bulk_create(
        Registration(cycle=cycle, unit=u, state="submitted", submitted_at=at) for u in units
    )
    Report.objects.bulk_create(
        Report(cycle=cycle, unit=u, period=period, state="draft")
        for u in units
        for period in ("mid_year", "year_end")
    )
    _scores(cycle, units, year)


def _scores(cycle: Cycle, units: list[Unit], year: int) -> None:
    card = Scorecard.objects.create(cycle=cycle, settings={"total": str(8 * LEAVES)})
    lines = Criterion.objects.bulk_create(
        Criterion(
            scorecard=card, code=str(n + 1), title=f"Tiêu chí {n + 1}", max_points=Decimal(8), position=n
        )
        for n in range(LEAVES)
    )
    Scorecard.objects.filter(pk=card.pk).update(state="adopted", adopted_at=moment(date(year, 3, 1)))
    sheets = ScoreSheet.objects.bulk_create(ScoreSheet(scorecard=card, unit=u) for u in units)
    layers = ScoreLayer.objects.bulk_create(
        ScoreLayer(sheet=s, kind=k) for s in sheets for k in ("self", "cross", "appraisal", "final")
    )
    at = moment(date(year, 12, 1))
    Mark.objects.bulk_create(
        [Mark(layer=layer, criterion=line, filed="7", at=at) for layer in layers for line in lines],
        batch_size=2000,
    )
    ScoreLayer.objects.filter(sheet__scorecard=card, kind="self").update(submitted_at=at, submitted_by="A")
