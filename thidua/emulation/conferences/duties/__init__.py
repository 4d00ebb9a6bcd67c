"""What conferences, the ballot, the handover and the conclusions ask of whom."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.conferences.duties.choosing import BALLOT, HANDOVER, ballot_act, handover_act
from thidua.emulation.conferences.duties.conferences import (
    ACTION_ITEMS,
    MID_YEAR_CONFERENCE,
    YEAR_END_CONFERENCE,
    action_items_act,
    mid_year_act,
    year_end_act,
)
from thidua.emulation.conferences.duties.reading import read

__all__ = ["ACTION_ITEMS", "BALLOT", "HANDOVER", "MID_YEAR_CONFERENCE", "YEAR_END_CONFERENCE", "acts"]


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """Half-year and year-end conference, the ballot, the handover, and what conferences concluded."""
    year = read(cycle, by.on)
    told = [mid_year_act(year), year_end_act(year), ballot_act(year), handover_act(year)]
    concluded = action_items_act(year)
    return [*told, concluded] if concluded else told
