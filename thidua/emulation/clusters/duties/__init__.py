"""What this area's acts ask of the members, the head and the standing body."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act
from thidua.emulation.clusters.duties.covenant import covenant_act
from thidua.emulation.clusters.duties.registration import registration_act
from thidua.emulation.clusters.duties.regulation import regulation_act
from thidua.emulation.clusters.models import Cycle


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """Regulation, covenant and registration of the year."""
    return [regulation_act(cycle, by=by), covenant_act(cycle, by=by), registration_act(cycle, by=by)]
