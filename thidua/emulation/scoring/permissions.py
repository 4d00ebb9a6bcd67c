"""Who may write which layer."""

from __future__ import annotations

import rules

from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.permissions import acts_for_unit, oversees, runs_cycle, sees_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.scoring.models import LayerKind, ScoreLayer


@rules.predicate
def writes_layer(by: Actor, layer: ScoreLayer) -> bool:
    """Self: the unit. Cross: the unit assigned. Appraisal: head or standing body. Final: the head."""
    if layer.kind == LayerKind.SELF:
        return bool(acts_for_unit(by, layer))
    if layer.kind == LayerKind.CROSS:
        return layer.scorer_id is not None and by.holds(*MEMBER_KINDS, unit=layer.scorer_id)
    if layer.kind == LayerKind.APPRAISAL:
        return bool(runs_cycle(by, layer) or oversees(by, layer))
    return bool(runs_cycle(by, layer))


rules.add_perm("scoring.view_scores", sees_cycle)
rules.add_perm("scoring.draft_scorecard", runs_cycle | oversees)
rules.add_perm("scoring.edit_scorecard", runs_cycle | oversees)
rules.add_perm("scoring.set_rule", runs_cycle | oversees)
rules.add_perm("scoring.write_table", runs_cycle | oversees)
rules.add_perm("scoring.adopt_scorecard", runs_cycle | oversees)
rules.add_perm("scoring.carry_over", runs_cycle | oversees)
rules.add_perm("scoring.open_sheets", runs_cycle | oversees)
rules.add_perm("scoring.assign_cross", runs_cycle | oversees)
rules.add_perm("scoring.write_marks", writes_layer)
rules.add_perm("scoring.copy_marks", writes_layer)
rules.add_perm("scoring.send_layer", writes_layer)
rules.add_perm("scoring.correct_mark", writes_layer)
rules.add_perm("scoring.explain", acts_for_unit)
rules.add_perm("scoring.attach_evidence", acts_for_unit)
rules.add_perm("scoring.remove_evidence", acts_for_unit)
rules.add_perm("scoring.publish", runs_cycle)
