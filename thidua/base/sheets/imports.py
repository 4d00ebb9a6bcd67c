"""Imports that areas offer: preview, confirm, undo, all through the same pages.

offer(Importer(kind="units", address="don-vi", …))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.columns import Column, Row, RowError

Effects = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Importer:
    """What an area reads from Excel, and how it takes it in and back.

    `check` finds what the columns alone cannot tell (rows may hold None where a cell is faulty);
    `apply` runs the area's actions and returns what `undo` needs to take it back; both run inside one
    transaction. `permission` is asked without an object. What is not `shared` among those who may import
    is seen by whoever brought the file alone: officers of many units bring files about their own.
    """

    kind: str
    address: str  # its word in the address of the pages
    title: str  # as an order: “Nhập đơn vị từ Excel”
    noun: str  # what a row is: “đơn vị”
    columns: Sequence[Column]
    permission: str
    list_route: str  # the page that shows what was imported
    check: Callable[[Sequence[Row], Actor], list[RowError]]
    apply: Callable[[Sequence[Row], Actor], Effects]
    undo: Callable[[Effects, Actor], None]
    shared: bool = True  # else a batch is seen, confirmed and undone only by whoever made it


IMPORTERS: dict[str, Importer] = {}


def offer(importer: Importer) -> None:
    """Let the pages offer this import; called when an area's app is ready."""
    IMPORTERS[importer.kind] = importer


def importer_at(address: str) -> Importer | None:
    """The import at this word of the address."""
    return next((importer for importer in IMPORTERS.values() if importer.address == address), None)
