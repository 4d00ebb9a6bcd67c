"""What units file for a table, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Filing:
    """One layer of one unit: values by code, flags, who wrote it, and which codes it wrote itself."""

    values: Mapping[str, Any]
    flags: tuple[str, ...] = ()
    by: str | tuple[str, ...] = ""
    own: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True)
class Filings:
    """Layers of each unit in the order they were written; a unit without any has not filed."""

    units: Mapping[str, Mapping[str, Filing]]

    @property
    def layers(self) -> list[str]:
        """All layers that anybody wrote, in order."""
        found: dict[str, None] = {}
        for layers in self.units.values():
            found |= dict.fromkeys(layers)
        return list(found)
