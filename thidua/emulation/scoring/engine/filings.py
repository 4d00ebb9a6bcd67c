"""What units file for a table, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Filing:
    """One layer of one unit: values by code, flags, who wrote it, and which codes it wrote itself."""

    values: Mapping[str, Any]
    flags: tuple[str, ...] = ()
    by: str | tuple[str, ...] = ""
    own: frozenset[str] = field(default=frozenset())
    day: date | None = None  # of the paper
    total: Decimal | None = None  # as the paper states it
    quotes: Mapping[str, Decimal] = field(default_factory=dict)  # totals it states for earlier layers


@dataclass(frozen=True)
class Filings:
    """Layers of each unit in the order they were written; a unit without any has not filed."""

    units: Mapping[str, Mapping[str, Filing]]

    @property
    def layers(self) -> list[str]:
        """All layers that anybody wrote, in order: one that a unit skipped stands where others have it."""
        found: list[str] = []
        for layers in self.units.values():
            names = list(layers)
            for at, name in enumerate(names):
                if name not in found:
                    later = next((found.index(one) for one in names[at + 1 :] if one in found), len(found))
                    found.insert(later, name)
        return found
