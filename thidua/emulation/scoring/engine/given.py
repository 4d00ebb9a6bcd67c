"""What a filing says: a value alone or under a name, points written as such; and how it is shown again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.numbers import ZERO, read_number, said
from thidua.emulation.scoring.engine.scored import Scored

ALWAYS = ("value", "points", "not_assigned", "on")  # what a filing of any criterion may say beside its own
OF_EXTRAS = ("value", "points", "waived", "on")  # the same of a bonus, a deduction


def value_of(filed: Any) -> Any:
    """`{value: 5, on: 11/2022}` says no more than 5; whatever else is itself."""
    if isinstance(filed, str) or not isinstance(filed, Mapping):  # most are words; a mapping is found slowly
        return filed
    return filed.get("value", filed)


def is_points(filed: Any) -> bool:
    """`{points: 6}`: points, not what a rule would make them of."""
    return not isinstance(filed, str) and isinstance(filed, Mapping) and filed.get("points") is not None


def as_points(filed: Mapping[str, Any], cap: Decimal) -> Scored:
    """Points written as such, held by a cap."""
    points = read_number(filed["points"])
    if points is None:
        return not_a_number(filed["points"])
    if points < 0:
        return Scored(ZERO, points, (("least", ZERO),), (f"điểm ghi {said(points)} nhỏ hơn 0",))
    if points > cap:
        told = f"ghi {said(points)}, trần {said(cap)}"
        return Scored(cap, points, (("direct", points), ("cap", cap)), (told,))
    return Scored(points, points, (("direct", points),))


def number_of(filed: Any, key: str = "value") -> Decimal | None:
    """The number filed, alone or under a name."""
    if isinstance(filed, str):
        return read_number(filed)
    return read_number(filed.get(key) if isinstance(filed, Mapping) else filed)


def measure_of(filed: Any, key: str = "value") -> Decimal | None:
    """A value that was measured: “97,5%” is 97,5."""
    given = filed.get(key) if not isinstance(filed, str) and isinstance(filed, Mapping) else filed
    return read_number(given.strip().removesuffix("%") if isinstance(given, str) else given)


def not_a_number(filed: Any) -> Scored:
    """Nothing, with a sentence."""
    return Scored(ZERO, ZERO, (), (f"không hiểu số “{shown(filed)}”",))


def shown(filed: Any) -> str:
    """As it stood in the file."""
    if isinstance(filed, bool):
        return str(filed).lower()
    if isinstance(filed, Mapping):
        return "{" + ", ".join(f"{key}: {shown(one)}" for key, one in filed.items()) + "}"
    if isinstance(filed, list | tuple):
        return f"[{', '.join(map(shown, filed))}]"
    return "" if filed is None else str(filed)
