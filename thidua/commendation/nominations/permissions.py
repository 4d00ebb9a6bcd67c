"""May they? The head proposes; the standing body receives, appraises and records what was decided."""

from __future__ import annotations

import rules

from thidua.emulation.clusters.permissions import oversees, runs_cycle, sees_cycle

rules.add_perm("nominations.view_nominations", sees_cycle)
for verb in (
    "prepare_package",
    "edit_package",
    "discard_package",
    "nominate",
    "edit_nomination",
    "withdraw_nomination",
    "submit_package",
):
    rules.add_perm(f"nominations.{verb}", runs_cycle)
for verb in ("receive_package", "return_package", "appraise", "record_decision"):
    rules.add_perm(f"nominations.{verb}", oversees)
