"""Who may write which layer."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.permissions import acts_for_unit, cycle_of, oversees, runs_cycle, sees_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.scoring.models import Criterion, LayerKind, ScorecardState, ScoreLayer, ScoreSheet
from thidua.emulation.scoring.queries import cross_scorers


@rules.predicate
def scores_part(by: Actor, subject: Any) -> bool:
    """Is of a unit that a table in force names to appraise some criterion; a layer asks its own table."""
    cycle = cycle_of(subject)
    units = by.units()
    if cycle is None or not units:
        return False
    rows = Criterion.objects.filter(scorecard__cycle=cycle, scorecard__state=ScorecardState.ADOPTED)
    if isinstance(subject, ScoreLayer):
        rows = rows.filter(scorecard=subject.sheet.scorecard_id)
    return rows.filter(owner__in=units).exists()


@rules.predicate
def writes_layer(by: Actor, layer: ScoreLayer) -> bool:
    """Self: the unit. Cross: who was assigned. Appraisal: head, standing body, owners. Final: the head."""
    if layer.kind == LayerKind.SELF:
        return bool(acts_for_unit(by, layer))
    if layer.kind == LayerKind.CROSS:
        return any(by.holds(*MEMBER_KINDS, unit=unit) for unit in cross_scorers(layer))
    if layer.kind == LayerKind.APPRAISAL:
        return bool(runs_cycle(by, layer) or oversees(by, layer) or scores_part(by, layer))
    return bool(runs_cycle(by, layer))


@rules.predicate
def sends_layer(by: Actor, layer: ScoreLayer) -> bool:
    """Who writes it; an owner of some criteria writes its part of the appraisal, and does not close it."""
    if layer.kind == LayerKind.APPRAISAL:
        return bool(runs_cycle(by, layer) or oversees(by, layer))
    return bool(writes_layer(by, layer))


@rules.predicate
def sends_part(by: Actor, layer: ScoreLayer) -> bool:
    """Of the appraisal, a unit the table names sends its own part."""
    return layer.kind == LayerKind.APPRAISAL and bool(scores_part(by, layer))


@rules.predicate
def raises_flags(by: Actor, layer: ScoreLayer) -> bool:
    """Facts that hold a class down are filed in the appraisal and in the conclusion, by who sends those."""
    return layer.kind in {LayerKind.APPRAISAL, LayerKind.FINAL} and bool(sends_layer(by, layer))


@rules.predicate
def records_visit(by: Actor, sheet: ScoreSheet) -> bool:
    """Who scores the unit across, or runs or oversees the cluster."""
    layer = ScoreLayer.objects.select_related("sheet__scorecard").get(sheet=sheet, kind=LayerKind.CROSS)
    return bool(writes_layer(by, layer) or runs_cycle(by, sheet) or oversees(by, sheet))


may_answer = runs_cycle | oversees

rules.add_perm("scoring.view_scores", sees_cycle | scores_part)
rules.add_perm("scoring.draft_scorecard", runs_cycle | oversees)
rules.add_perm("scoring.drop_scorecard", runs_cycle | oversees)
rules.add_perm("scoring.edit_scorecard", runs_cycle | oversees)
rules.add_perm("scoring.write_table", runs_cycle | oversees)
rules.add_perm("scoring.keep_unsaved", runs_cycle | oversees)
rules.add_perm("scoring.forget_unsaved", runs_cycle | oversees)
rules.add_perm("scoring.adopt_scorecard", runs_cycle | oversees)
rules.add_perm("scoring.carry_over", runs_cycle | oversees)
rules.add_perm("scoring.open_sheets", runs_cycle | oversees)
rules.add_perm("scoring.assign_cross", runs_cycle | oversees)
rules.add_perm("scoring.plan_checks", runs_cycle | oversees)
rules.add_perm("scoring.record_visit", records_visit)
rules.add_perm("scoring.write_marks", writes_layer)
rules.add_perm("scoring.copy_marks", writes_layer)
rules.add_perm("scoring.accept_proposal", writes_layer)
rules.add_perm("scoring.send_layer", sends_layer)
rules.add_perm("scoring.send_part", sends_part)
rules.add_perm("scoring.raise_flags", raises_flags)
rules.add_perm("scoring.correct_flags", raises_flags)
rules.add_perm("scoring.correct_mark", writes_layer)
rules.add_perm("scoring.explain", acts_for_unit)
rules.add_perm("scoring.answer_explanation", may_answer)
rules.add_perm("scoring.attach_evidence", acts_for_unit)
rules.add_perm("scoring.remove_evidence", acts_for_unit)
rules.add_perm("scoring.publish", runs_cycle)
