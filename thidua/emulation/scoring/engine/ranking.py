"""Ranking: equal points share a place, and the next place counts all before it (1, 2, 2, 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from thidua.emulation.scoring.engine.table import round_points


@dataclass(frozen=True)
class Place:
    """One unit's place among the others."""

    unit: int
    points: Decimal
    place: int
    tied: bool


def rank(points: Mapping[int, Decimal], places: int) -> list[Place]:
    """Places by points rounded half up to `places` decimals, highest first; ties keep the given order."""
    rounded = {unit: round_points(value, places) for unit, value in points.items()}
    order = sorted(rounded, key=lambda unit: -rounded[unit])
    values = list(rounded.values())
    return [
        Place(
            unit=unit,
            points=rounded[unit],
            place=1 + sum(value > rounded[unit] for value in values),
            tied=values.count(rounded[unit]) > 1,
        )
        for unit in order
    ]
