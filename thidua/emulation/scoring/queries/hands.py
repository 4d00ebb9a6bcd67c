"""Which layer a criterion is written in, and by whom: the words of `scored_by`, read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.scoring.models import Criterion, LayerKind, Seat, Visit
from thidua.emulation.scoring.queries.filings import LAYERS

VISIT = "scoring.visit"  # what the minutes of a visit are about, in the register of papers


def layers_of(line: Criterion) -> frozenset[LayerKind]:
    """The layers a criterion is written in: those it names, the appraisal if it names a scorer, or all."""
    words = {word.lower() for word in line.scored_by}
    named = frozenset(kind for kind in LAYERS if kind.label.lower() in words)
    if named:
        return named
    if line.by_standing_body or line.owner_id is not None:
        return frozenset({LayerKind.APPRAISAL})
    return frozenset(LAYERS)


def appraisers(criteria: Iterable[Criterion]) -> dict[int, Criterion]:
    """For each line that somebody is named to appraise, the line that names them: itself or one above."""
    rows = {line.pk: line for line in criteria}
    found: dict[int, Criterion] = {}
    for line in rows.values():
        above: Criterion | None = line
        while above is not None and not (above.by_standing_body or above.owner_id):
            above = rows.get(above.parent_id or 0)
        if above is not None:
            found[line.pk] = above
    return found


def may_mark(by: Actor, kind: str, line: Criterion, named: Mapping[int, Criterion], cycle: object) -> bool:
    """Whether who may write the layer may write this criterion in it."""
    if by.is_system:
        return True
    if kind not in layers_of(line):
        return False
    if kind != LayerKind.APPRAISAL:
        return True
    by_whom = named.get(line.pk)
    if by_whom is None:
        return bool(runs_cycle(by, cycle) or oversees(by, cycle))
    if by_whom.by_standing_body and oversees(by, cycle):
        return True
    return by_whom.owner_id is not None and by_whom.owner_id in by.units()


def hand_words(line: Criterion, named: Mapping[int, Criterion]) -> str:
    """Who is named to appraise a criterion, in words; empty when nobody is."""
    by_whom = named.get(line.pk)
    if by_whom is None:
        return ", ".join(line.scored_by)
    return "cơ quan thường trực" if by_whom.by_standing_body else str(by_whom.owner)


def teams_of(scorecard_id: int) -> dict[int, int]:
    """The team each member sits in."""
    return dict(Seat.objects.filter(scorecard=scorecard_id).values_list("unit_id", "team"))


def visits_of(scorecard_id: int) -> dict[int, Visit]:
    """The visits planned, by unit."""
    rows = Visit.objects.filter(sheet__scorecard=scorecard_id).select_related("sheet__unit")
    return {visit.sheet.unit_id: visit for visit in rows}
