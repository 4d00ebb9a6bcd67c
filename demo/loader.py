"""Walk the demonstration's years through the system, up to a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction

from demo import bloc, peak, reports, standings, trends
from demo.world import World, furnish, open_logins
from thidua.emulation.clusters.models import Cluster

STORIES = (
    bloc.steps,
    reports.bac_kan,
    reports.bac_ninh,
    reports.vinh_phuc,
    reports.midlands,
    standings.steps,
    trends.steps,
    peak.steps,
)
DAYS = {  # where the calendar stands for the logins of each story
    "": date(2020, 8, 10),
    "tuyenquang": date(2023, 8, 1),
    "phutho": date(2023, 8, 1),
    "thainguyen": date(2023, 8, 1),
    "bacgiang": date(2023, 8, 1),
    "hoabinh": date(2023, 8, 1),
    "yenbai": date(2023, 8, 1),
    "ban_tdkt_tw": date(2023, 8, 1),
    "bk.": date(2023, 8, 1),
    "ttyt": date(2025, 12, 1),
    "ttmot": date(2022, 12, 1),
    "ttdanso": date(2022, 12, 1),
    "ttkv": date(2025, 12, 1),
}


@transaction.atomic
def load(*, until: date | None = None, vote: str = "paper", say: Callable[[str], Any] = print) -> World:
    """Load every act of every report that happened by `until`; all of them when no day is given.

    Acts of all files are walked in the order of their days, so what is shared (movements, people)
    is there when a later file needs it. `vote` is how the bloc of Bắc Kạn chooses its leading unit.
    """
    world = World(vote=vote)
    furnish(world)
    acts = [(day, n, act) for n, story in enumerate(STORIES) for day, act in story(world)]
    for day, _, act in sorted(acts, key=lambda one: (one[0], one[1])):
        if until is None or day <= until:
            act()
            say(f"{day:%d/%m/%Y}")
    open_logins(DAYS if until is None else {"": until})
    return world


def is_loaded() -> bool:
    """The demonstration, or real work, is already there."""
    return Cluster.objects.exists()
