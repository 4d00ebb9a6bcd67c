"""Six standards of Law 2022 with Decree 152 (1 December 2025), written by hand for wholly known facts.

`by_hand` is NumPy on words of years, the floor of the scan: these six and nothing else.
The outcomes are those of the engine: 0 eligible, 3 not yet, 4 excluded.
"""

from __future__ import annotations

from typing import Any

import numpy as np

PASS, NOT_YET, EXCLUDED = np.uint8(0), np.uint8(3), np.uint8(4)
ALL = np.uint32((1 << 31) - 1)
KINDS = ("LDTT", "CSTD_CS", "CSTD_TINH", "CSTD_TQ", "BK_TINH", "BK_TTG")
YEARS = 10


def population(size: int, seed: int = 5) -> dict[str, Any]:
    """Made-up people: ratings, honours, initiatives of ten years as words; bit 0 is the year judged."""
    chance = np.random.default_rng(seed)

    def word(share: float) -> Any:
        bits = np.zeros(size, np.uint32)
        for year in range(YEARS):
            bits |= (chance.random(size, np.float32) < share).astype(np.uint32) << np.uint32(year)
        return bits

    people: dict[str, Any] = {"HTNV": word(1.0)}
    people["HTTNV"] = word(0.9)
    people["HTXSNV"] = people["HTTNV"] & word(0.4)
    for name, share in (("CSTD_CS", 0.5), ("CSTD_TINH", 0.15), ("BK_TINH", 0.15)):
        people[name] = word(share)
    for name in ("SK_CO_SO", "SK_TINH", "SK_TOAN_QUOC", "DT_CO_SO", "DT_TINH", "DT_TOAN_QUOC"):
        people[name] = word(0.3 if name.endswith("CO_SO") else 0.1)
    people["held"] = chance.random(size, np.float32) < 0.02
    people["new"] = chance.random(size, np.float32) < 0.03
    return people


def run(word: Any, years: int) -> Any:
    """Each of the last years."""
    need = np.uint32((1 << years) - 1)
    return (word & need) == need


def fresh(word: Any) -> Any:
    """The years after the latest award before the year judged; all of them when there is none."""
    old = word >> 1 << 1
    return ((old & -old) - 1) & ALL


def two(word: Any, extra: Any, during: Any, since: Any) -> Any:
    """Two of them in the unbroken run of another, since an award."""
    window = (during ^ (during + 1)) >> 1 & since
    return (np.bitwise_count(word & window) + np.bitwise_count(extra & window)) >= 2


def by_hand(p: dict[str, Any]) -> dict[str, Any]:
    """The six outcomes."""
    held, none = p["held"], np.uint32(0)

    def answer(so: Any) -> Any:
        return np.where(held, EXCLUDED, np.where(so, PASS, NOT_YET))

    def last(name: str, years: int) -> Any:
        return (p[name] & np.uint32((1 << years) - 1)) != 0

    good = (p["HTTNV"] & 1) != 0
    advanced = np.where(held, EXCLUDED, np.where(p["new"], np.uint8(2), np.where(good, PASS, NOT_YET)))
    advanced = np.where(p["new"] & ~good & ~held, NOT_YET, advanced)
    base = ((p["HTXSNV"] & 1) != 0) | last("SK_CO_SO", 1) | last("DT_CO_SO", 1)
    fighter = np.maximum(advanced, np.where(base, PASS, NOT_YET))
    three = run(p["CSTD_CS"], 3) & (last("SK_TINH", 3) | last("DT_TINH", 3))
    tinh = p["CSTD_TINH"]
    again = run(p["CSTD_CS"] & fresh(tinh), 3)
    upper = np.where(held, EXCLUDED, np.where(~three, NOT_YET, np.where(again, PASS, np.uint8(2))))
    latest = tinh & -tinh
    earlier = tinh & ~latest
    before = earlier & -earlier
    near = ((before >> 5) <= latest) & (before != 0)
    apart = (before >> 3) == latest
    six = run(p["CSTD_CS"] // (latest + (latest == 0)), 6)
    sure = near & (last("SK_TOAN_QUOC", 6) | last("DT_TOAN_QUOC", 6))
    national = np.where(held, EXCLUDED, np.where(~sure, NOT_YET, np.where(apart & six, PASS, np.uint8(2))))
    since = fresh(p["BK_TINH"])
    form = np.zeros(len(held), bool)
    for name in ("CSTD_CS", "HTXSNV"):
        works = two(p["SK_CO_SO"], none, p[name], since) | two(p["DT_CO_SO"], none, p[name], since)
        form |= run(p[name] & since, 2) & works
    old = p["BK_TINH"] >> 5 << 5
    window = ((old & -old) - (old != 0)) & ALL
    prime = ((p["HTTNV"] & window) == window) & (window != 0) & (np.bitwise_count(p["CSTD_CS"] & window) >= 3)
    return dict(zip(KINDS, (advanced, fighter, upper, national, answer(form), answer(prime)), strict=True))
