"""What this area's acts ask of the members, the head and the standing body."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act
from thidua.emulation.clusters.models import Cycle


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:  # noqa: ARG001
    """Regulation, covenant and registration of the year."""
    return []
