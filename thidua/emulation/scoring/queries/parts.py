"""Owners' parts of the appraisal: what each has to appraise, who has sent, who is waited for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thidua.base.accounts.actors import Actor
from thidua.base.text import day
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.models import (
    AppraisalPart,
    Criterion,
    CriterionKind,
    FlagCorrection,
    LayerKind,
    Scorecard,
    ScorecardState,
    ScoreLayer,
)
from thidua.emulation.scoring.queries.documents import points_table
from thidua.emulation.scoring.queries.hands import appraisers
from thidua.emulation.scoring.queries.sheets import SheetView
from thidua.organisations.models import Unit


@dataclass(frozen=True)
class OwnerProgress:
    """How far one owner has come with the units it appraises."""

    owner: Unit
    codes: tuple[str, ...]
    sent: tuple[Unit, ...]
    ready: tuple[Unit, ...]  # sent their self-score, wait for the owner
    early: tuple[Unit, ...]  # have not sent it yet

    @property
    def count(self) -> int:
        """All units it appraises."""
        return len(self.sent) + len(self.ready) + len(self.early)


def owners_progress(card: Scorecard) -> list[OwnerProgress]:
    """Every owner the table names, in four queries; what the whole layer has closed counts as sent."""
    owned = owned_of(card)
    if not owned:
        return []
    layers = ScoreLayer.objects.filter(
        sheet__scorecard=card, kind__in=[LayerKind.SELF, LayerKind.APPRAISAL]
    ).select_related("sheet__unit")
    by_unit: dict[Unit, dict[str, ScoreLayer]] = {}
    for layer in layers.order_by("sheet"):
        by_unit.setdefault(layer.sheet.unit, {})[layer.kind] = layer
    parts = set(AppraisalPart.objects.filter(layer__in=layers).values_list("layer", "owner"))
    return [
        _progress(owner, tuple(line.code for line in lines), by_unit, parts) for owner, lines in owned.items()
    ]


def owned_of(card: Scorecard) -> dict[Unit, list[Criterion]]:
    """The criteria of each owner the table names."""
    rows = list(card.criteria.select_related("owner"))
    found: dict[Unit, list[Criterion]] = {}
    for pk, named in appraisers(rows).items():
        if named.owner is not None and not named.by_standing_body:
            found.setdefault(named.owner, []).append(next(line for line in rows if line.pk == pk))
    kept = {
        owner: [one for one in lines if one.kind != CriterionKind.GROUP] for owner, lines in found.items()
    }
    return {owner: lines for owner, lines in kept.items() if lines}


def _progress(
    owner: Unit,
    codes: tuple[str, ...],
    by_unit: Mapping[Unit, Mapping[str, ScoreLayer]],
    parts: Iterable[tuple[int, int]],
) -> OwnerProgress:
    sent, ready, early = [], [], []
    for unit, layers in by_unit.items():
        appraisal = layers[LayerKind.APPRAISAL]
        if appraisal.submitted_at is not None or (appraisal.pk, owner.pk) in parts:
            sent.append(unit)
        elif layers[LayerKind.SELF].submitted_at is not None:
            ready.append(unit)
        else:
            early.append(unit)
    return OwnerProgress(owner, codes, tuple(sent), tuple(ready), tuple(early))


def appraised_cycles(by: Actor) -> list[Cycle]:
    """Years open on that day whose table names a unit of the person to appraise part of it."""
    rows = Criterion.objects.filter(
        owner__in=by.units(),
        scorecard__state=ScorecardState.ADOPTED,
        scorecard__published_at__isnull=True,
        scorecard__cycle__closed_at__isnull=True,
    )
    found = Cycle.objects.filter(pk__in=rows.values("scorecard__cycle"), term__startswith__lte=by.on)
    return list(
        found.select_related("cluster__standing_body__unit", "cluster__authority").prefetch_related(
            "headships__unit", "due_dates", "cluster__memberships"
        )
    )


def flag_history(layer: ScoreLayer) -> list[tuple[list[str], FlagCorrection | None]]:
    """Titles of the facts filed in a layer, first as it was sent, then as each correction put them."""
    titles = {flag.code: flag.title for flag in points_table(layer.sheet.scorecard).flags}
    told: list[tuple[list[str], FlagCorrection | None]] = [(layer.flags or [], None)]
    told += [(one.flags, one) for one in layer.flag_corrections.select_related("author")]
    return [([titles.get(code, code) for code in codes], one) for codes, one in told]


def obstacles_to_sending_part(view: SheetView, owner: Unit) -> list[str]:
    """Why an owner's part of the appraisal of this unit cannot be sent yet."""
    lines = view.owned.get(owner.pk)
    if not lines:
        return [f"Bảng điểm không giao {owner.name} thẩm định tiêu chí nào."]
    part = view.part_of(owner.pk)
    if part is not None:
        return [f"{owner.name} đã gửi phần thẩm định ngày {day(part.sent_at.astimezone().date())}."]
    found = []
    if not view.layers[LayerKind.SELF].sent:
        found.append("Đơn vị chưa gửi bảng tự chấm.")
    own = {line.pk for line in lines}
    missing = [line.code for line in view.unwritten(LayerKind.APPRAISAL) if line.pk in own]
    if missing:
        found.append(f"Còn {len(missing)} tiêu chí chưa ghi điểm: {', '.join(missing)}.")
    return found


def parts_of_person(view: SheetView, by: Actor) -> list[tuple[Unit, AppraisalPart | None]]:
    """The parts this person's units have in the appraisal of a unit, with what was sent of them."""
    owners = {line.owner.pk: line.owner for line in view.named.values() if line.owner is not None}
    return [
        (owner, view.part_of(pk)) for pk, owner in owners.items() if pk in by.units() and pk in view.owned
    ]
