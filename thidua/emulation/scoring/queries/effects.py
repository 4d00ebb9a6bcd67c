"""What another version of the table would change: its lines, and whose scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine import BadFile, Result
from thidua.emulation.scoring.models import LayerKind, Scorecard
from thidua.emulation.scoring.queries.documents import document_of, points_table
from thidua.emulation.scoring.queries.filings import LAYERS, computed, names_of
from thidua.emulation.scoring.queries.sheets import board_of
from thidua.organisations.models import Unit


@dataclass(frozen=True)
class Change:
    """A criterion that another version adds, drops or scores otherwise."""

    code: str
    title: str
    word: str


def changes_between(old: Scorecard, new: Scorecard) -> list[Change]:
    """The lines in which two versions differ, in the order of the newer one."""
    before = {line["code"]: line for line in _walk(document_of(old)["criteria"])}
    after = {line["code"]: line for line in _walk(document_of(new)["criteria"])}
    found = [
        Change(code, line["title"], _word(before.get(code), line))
        for code, line in after.items()
        if _bare(line) != _bare(before.get(code, {}))
    ]
    return found + [Change(code, line["title"], "bỏ") for code, line in before.items() if code not in after]


def _walk(lines: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for line in lines:
        yield line
        yield from _walk(line.get("children", []))


def _bare(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line without what never changes a point."""
    return {key: one for key, one in line.items() if key not in {"children", "title", "note", "evidence"}}


def _word(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    if before is None:
        return f"thêm, tối đa {after['max']}"
    if before["max"] != after["max"]:
        return f"tối đa {before['max']} thành {after['max']}"
    return "đổi cách chấm"


@dataclass(frozen=True)
class Effect:
    """What another version makes of a unit's last layer sent."""

    unit: Unit
    layer: str
    before: Decimal
    after: Decimal
    place_before: int | None
    place_after: int | None
    open_codes: tuple[str, ...]  # what the unit would have to file as well

    @property
    def is_altered(self) -> bool:
        """Points or place differ, or something has to be filed."""
        return bool(self.open_codes or self.before != self.after or self.place_before != self.place_after)


def effects_of(in_force: Scorecard, draft: Scorecard) -> list[Effect]:
    """Every unit that has sent a layer, computed by both versions from the same filings."""
    board = board_of(in_force)
    sent = {
        sheet.unit_id: kind
        for sheet in board.sheets
        for kind in LAYERS
        if board.layers[sheet.pk][kind].submitted_at is not None
    }
    if not sent:
        return []
    last = max(sent.values(), key=LAYERS.index).label
    document = board.document()
    try:
        _, after = computed(points_table(draft), document, last)
    except BadFile:
        return []
    _, before = computed(board.table, document, last)
    names = names_of(board.sheets)
    return [
        _effect(sheet.unit, names[sheet.unit_id], sent[sheet.unit_id], before, after)
        for sheet in board.sheets
        if sheet.unit_id in sent
    ]


def _effect(unit: Unit, name: str, kind: LayerKind, before: Result, after: Result) -> Effect:
    old, new = before.sheets[name][kind.label], after.sheets[name][kind.label]
    return Effect(
        unit=unit,
        layer=kind.label,
        before=old.total,
        after=new.total,
        place_before=next((one.place for one in before.ranking if one.unit == name), None),
        place_after=next((one.place for one in after.ranking if one.unit == name), None),
        open_codes=tuple(code for code in new.missing if code not in old.missing),
    )
