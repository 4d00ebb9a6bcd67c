"""Who keeps exemplars, who reads them, who names the cluster's headings."""

from __future__ import annotations

from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile
from thidua.base.files.permissions import let_in
from thidua.emulation.clusters.permissions import acts_for_unit, oversees, runs_cycle, sees_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.exemplars.models import Exemplar, FollowUp, Merging
from thidua.emulation.exemplars.queries import reads_all


@rules.predicate
def reads_exemplar(by: Actor, exemplar: Exemplar) -> bool:
    """Same answer as `visible_exemplars`."""
    return bool(acts_for_unit(by, exemplar)) or reads_all(exemplar.cycle, by)


@rules.predicate
def keeps_step(by: Actor, follow_up: FollowUp) -> bool:
    """Acts for the unit whose exemplar it is."""
    return bool(acts_for_unit(by, follow_up.exemplar))


merges = acts_for_unit | runs_cycle | oversees


@rules.predicate
def takes_apart(by: Actor, merging: Merging) -> bool:
    """Whoever may merge into the entry that was kept."""
    return bool(merges(by, merging.exemplar))


@rules.predicate
def acts_for_some_unit(by: Actor, _subject: Any) -> bool:
    """May bring an Excel file; each row is asked about its own unit."""
    return by.holds(*MEMBER_KINDS)


def reads_evidence(by: Actor, file: StoredFile) -> bool:
    """Whoever reads the exemplar reads its files."""
    exemplar = (
        Exemplar.objects.select_related("cycle__cluster__standing_body").filter(pk=file.about_id or 0).first()
    )
    return exemplar is not None and bool(reads_exemplar(by, exemplar))


let_in("exemplars.exemplar", reads_evidence)

rules.add_perm("exemplars.view_register", sees_cycle)
rules.add_perm("exemplars.view_exemplar", reads_exemplar)
rules.add_perm("exemplars.import_exemplars", acts_for_some_unit)
rules.add_perm("exemplars.strike_step", keeps_step)
rules.add_perm("exemplars.merge_exemplars", merges)
rules.add_perm("exemplars.unmerge_exemplars", takes_apart)
for verb in (
    "enter_exemplar",
    "revise_exemplar",
    "remove_exemplar",
    "follow_exemplar",
    "record_consent",
    "attach_evidence",
    "detach_evidence",
    "answer_nothing",
    "withdraw_nothing",
):
    rules.add_perm(f"exemplars.{verb}", acts_for_unit)
for verb in ("add_category", "remove_category"):
    rules.add_perm(f"exemplars.{verb}", runs_cycle | oversees)
