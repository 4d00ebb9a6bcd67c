"""Judge a whole register at once: the same provisions, chunk by chunk.

On as many threads as there are cores.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from thidua.rulebook import catalogue
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.judging import suits
from thidua.rulebook.engine.outcomes import EXCLUDED, PASS, REVIEW
from thidua.rulebook.engine.register import Codes, Register, View
from thidua.rulebook.engine.standards import Standard, era, has_own, standard

CHUNK = 1 << 15  # rows whose words stay in the processor's own memory
Progress = Callable[[int, int], None]


def scan(
    register: Register,
    kinds: Sequence[str],
    *,
    province: str = "",
    readings: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> dict[str, Codes]:
    """The outcome of every row for every kind, as numbers of `outcomes`; `readings` leaves doubts aside."""
    rules = {kind: standard(kind, register.recipient, register.on, province) for kind in kinds}
    alone = {kind: status_without_facts(kind, register, province) for kind in kinds}
    found = {kind: np.empty(register.size, np.uint8) for kind in kinds}

    def run(start: int) -> int:
        part = register.part(start, start + CHUNK)
        kept: dict[Any, Any] = {}
        for kind, rule in rules.items():
            fixed, least = alone[kind]
            found[kind][start : start + CHUNK] = (
                fixed if fixed is not None else judged(part, rule, least, kept, doubts=not readings)
            )
        return part.size

    done = 0
    for size in _each(run, range(0, register.size, CHUNK), threads or os.cpu_count() or 1):
        done += size
        if progress:
            progress(done, register.size)
    return found


def _each(run: Callable[[int], int], starts: range, threads: int) -> Iterator[int]:
    if threads == 1:
        yield from map(run, starts)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(run, starts)


def status_without_facts(kind: str, register: Register, province: str) -> tuple[int | None, int]:
    """The outcome no fact can change, and the least there is when no standard is entered."""
    if era(register.on) is None:
        return REVIEW, 0
    if not suits(kind, register.recipient, register.on):
        return EXCLUDED, 0
    return None, 0 if has_own(kind, register.recipient, register.on, province) else REVIEW


def judged(part: Register, rules: Standard, least: int, kept: dict[Any, Any], *, doubts: bool) -> Any:
    """One standard over one chunk."""
    purpose = "reuse" if rules.reuse else catalogue.kind(rules.kind).group
    view = View(part, purpose=purpose, resets=rules.resets, doubts=doubts, kept=kept, anew=rules.anew)
    result: Any = np.full(part.size, least, np.uint8)
    for one in rules.parts:
        found = status(one.test, view)
        if not isinstance(found, int) or found > PASS:
            np.maximum(result, found, out=result)
    return result


def status(test: c.Test, view: View) -> Any:
    """The outcome of a test, computed once in a chunk for all the kinds that ask it."""
    key = (id(test), view.scope, view.doubts)
    found = view.kept.get(key)
    if found is None:
        found = view.kept[key] = test.status(view)
    return found
