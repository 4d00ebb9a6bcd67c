"""What this area's acts ask of whom."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act
from thidua.emulation.clusters.models import Cycle


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """The acts of the year that this area tells."""
    return []
