"""The catalogue of indicators: one is defined, described anew, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused, Stale, refuse_if
from thidua.base.periods import Term
from thidua.base.text import normalise
from thidua.emulation.clusters.models import Cluster, Direction, Gathering, Indicator
from thidua.emulation.clusters.permissions import oversees
from thidua.emulation.clusters.queries import indicator_named, indicators_of, obstacles_to_ending, overlap
from thidua.organisations.models import Unit


@dataclass(frozen=True, kw_only=True)
class IndicatorText:
    """All that may be said of an indicator again and again; its measure and first day are said once."""

    name: str
    direction: str = Direction.MORE
    lowest: Decimal | None = None
    highest: Decimal | None = None
    decimals: int = 2
    gathering: str = Gathering.SUM
    accrues: bool = False
    threshold: Decimal | None = None
    owner: Unit | None = None
    source: str = ""


@act("clusters.define_indicator", on="cluster", keeps=("measure",))
def define_indicator(
    *, cluster: Cluster, text: IndicatorText, measure: str, starts: date, by: Actor, shared: bool = False
) -> Indicator:
    """Thêm chỉ tiêu: into the cluster's catalogue, or (`shared`) the standing body's for all its clusters.

    Refuses a name already in use in those years.
    """
    if shared and not (by.is_system or oversees(by, cluster)):
        raise NotAllowed("Chỉ tiêu dùng chung do cơ quan thường trực đặt.")
    if shared and cluster.standing_body is None:
        raise Refused("Cụm, khối chưa có cơ quan thường trực nên chưa có chỉ tiêu dùng chung.")
    made = Indicator(
        cluster=None if shared else cluster,
        standing_body=cluster.standing_body if shared else None,
        measure=normalise(measure),
        term=Term(starts),
        position=(indicators_of(cluster).aggregate(last=Max("position"))["last"] or 0) + 1,
        **(_fields(text)),
    )
    _refuse_second(cluster, made)
    made.save(force_insert=True)
    return made


@act("clusters.describe_indicator", on="indicator")
def describe_indicator(
    *, indicator: Indicator, cluster: Cluster, text: IndicatorText, revision: int, by: Actor
) -> Indicator:
    """Sửa mô tả chỉ tiêu; its measure stays. Stale when somebody changed it meanwhile."""
    kept = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if kept.revision != revision:
        raise Stale
    for name, value in _fields(text).items():
        setattr(kept, name, value)
    _refuse_second(cluster, kept)
    kept.revision += 1
    kept.save()
    return kept


@act("clusters.end_indicator", on="indicator", keeps=("ends",))
def end_indicator(*, indicator: Indicator, ends: date, by: Actor) -> Indicator:
    """Thôi dùng: from `ends` on it is no longer asked; what was written stays."""
    kept = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    refuse_if(obstacles_to_ending(kept, ends), field="ends")
    kept.term = Term(kept.term.lower, ends)
    kept.revision += 1
    kept.save()
    return kept


def _fields(text: IndicatorText) -> dict[str, object]:
    told = vars(text) | {"name": normalise(text.name), "source": normalise(text.source)}
    if text.gathering != Gathering.SUM:
        told |= {"accrues": False}
    if text.direction != Direction.RANGE:
        told |= {"lowest": None, "highest": None}
    return told


def _refuse_second(cluster: Cluster, new: Indicator) -> None:
    others = [one for one in indicators_of(cluster) if one.pk != new.pk and overlap(one.term, new.term)]
    if indicator_named(others, new.name) is not None:
        raise Refused(
            "Danh mục đã có chỉ tiêu tên này. Anh/chị sửa chỉ tiêu đó, hoặc đặt tên khác.", field="name"
        )
