"""Rules about a list of subjects together: quotas, ties, one initiative named twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.nodes import fraction
from thidua.rulebook.engine.tables import rows


class Quota(NamedTuple):
    """Chỉ tiêu: at most so many, of those who qualify, rounded down; with where it stands."""

    most: int
    cited: str
    says: str
    doubt: str


def quota(kind: str, on: date, qualified: int, province: str = "") -> Quota | None:
    """How many of the qualified may be proposed that day; none where the law sets no share."""
    for row in rows("quotas", on, kind, province):
        most = qualified
        if "share" in row.values:
            share = fraction(row.values["share"], row.cited)
            most = share.numerator * qualified // share.denominator
        most = min(most, row.values.get("most", most))
        return Quota(most, row.cited, row.says, row.doubt_on(on))
    return None


def preferred(one: Facts, year: int, on: date) -> bool:
    """Điều kiện như nhau thì chọn: a woman, or a collective of which the share of women is reached."""
    for row in rows("ties", on):
        share = fraction(row.values["share"], row.cited)
        members = one.members.get(year)
        if members and members.total and members.women is not None:
            return members.women * share.denominator >= share.numerator * members.total
        return one.sex == "nu"
    return False


def used_twice(people: Sequence[Facts]) -> list[str]:
    """Names of initiatives that more than one of them brings, as far as they are named."""
    named = Counter(one.name for person in people for one in person.initiatives or () if one.name)
    return sorted(name for name, times in named.items() if times > 1)
