"""A covenant's targets in words, and what an amendment changed."""

from __future__ import annotations

from collections.abc import Iterable

from thidua.base.text import day, decimal_text
from thidua.emulation.clusters.differences import Change, compare
from thidua.emulation.clusters.models import CovenantTarget, Qualifier

BARE = frozenset({Qualifier.HUNDREDS, Qualifier.THOUSANDS})  # say how much without a number


def level_text(target: CovenantTarget) -> str:
    """“từ 95%”, “không quá 2 vụ”, “hàng trăm lượt”; empty when no level was set."""
    if target.qualifier in BARE:
        return f"{target.get_qualifier_display()} {target.measure}".strip()
    if target.value is None:
        return ""
    number = decimal_text(target.value)
    glue = "" if target.measure in {"", "%"} else " "
    return f"{target.get_qualifier_display()} {number}{glue}{target.measure}"


def target_text(target: CovenantTarget) -> str:
    """The whole target in one line."""
    level = level_text(target)
    words = f"{target.indicator}: {level}" if level else target.indicator
    return f"{words}, trước ngày {day(target.due)}" if target.due else words


def amended(
    old_text: str, new_text: str, old: Iterable[CovenantTarget], new: Iterable[CovenantTarget]
) -> list[Change]:
    """What an amendment changed: the text word by word, then every target that differs."""
    found = [Change("Nội dung giao ước", compare(old_text, new_text))] if old_text != new_text else []
    before, after = _named(old), _named(new)
    found += [
        Change(name[0], compare(before.get(name, ""), after.get(name, "")))
        for name in dict.fromkeys([*after, *before])
        if before.get(name) != after.get(name)
    ]
    return found


def _named(targets: Iterable[CovenantTarget]) -> dict[tuple[str, str, int], str]:
    """Targets known by unit and indicator; the same indicator twice is told apart by its turn."""
    named: dict[tuple[str, str, int], str] = {}
    for target in targets:
        unit = str(target.unit) if target.unit else "Mọi đơn vị"
        turn = sum(1 for key in named if key[:2] == (unit, target.indicator))
        named[unit, target.indicator, turn] = target_text(target)
    return named
