"""What stands in tables: thresholds of councils, dossiers, deadlines, publicity, bonuses, quotas."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from thidua.rulebook.engine.texts import Row, book

TEN_THOUSAND = Decimal(10_000)


def rows(topic: str, on: date, kind: str = "", province: str = "") -> list[Row]:
    """The rows of a topic in force that day, of one kind when it is named.

    The province's stand first, and replace what the law leaves to it for the same kind.
    """
    found = [
        row
        for row in book().rows
        if row.topic == topic
        and row.holds_on(on)
        and (not kind or kind in row.kinds or "*" in row.kinds)
        and row.instrument.tenant in {"", province}
    ]
    own = {one for row in found if row.instrument.tenant for one in row.kinds}
    found = [row for row in found if not (row.values.get("delegated") and own & set(row.kinds))]
    return sorted(found, key=lambda row: not row.instrument.tenant)


def base_salary(on: date) -> Row | None:
    """Lương cơ sở of a day."""
    return next(iter(rows("base_salary", on)), None)


class Bonus(NamedTuple):
    """Mức tiền thưởng: the multiple and the sum, rounded up to ten thousand đồng, with where both stand."""

    times: Decimal
    amount: Decimal
    is_cap: bool
    cited: str
    doubt: str


def bonus(kind: str, recipient: str, on: date, by: str = "") -> Bonus | None:
    """The bonus of a decision of that day; none where the law names no multiple.

    `by` is “xa” for a decision of the chairman of a commune, where the law sets it apart.
    """
    salary = base_salary(on)
    fitting = [one for one in rows("bonuses", on, kind) if recipient in one.values]
    own = [one for one in fitting if one.values.get("by", "") == by]
    row = next(iter(own or [one for one in fitting if "by" not in one.values]), None)
    if row is None or salary is None:
        return None
    times = Decimal(str(row.values[recipient]))
    amount = (times * Decimal(salary.values["amount"]) / TEN_THOUSAND).to_integral_value(
        ROUND_CEILING
    ) * TEN_THOUSAND
    doubt = "; ".join(filter(None, (row.doubt_on(on), salary.doubt_on(on))))
    return Bonus(times, amount, bool(row.values.get("cap")), f"{row.cited}; {salary.cited}", doubt)


def page(code: str) -> str:
    """The page that explains a reason code, in plain Vietnamese."""
    return book().pages.get(code, "")
