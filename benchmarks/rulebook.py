"""Judging a whole register: the engine, NumPy by hand, openfisca-core; and one verdict with reasons.

    python -m benchmarks.rulebook 200000 [--openfisca var/openfisca/bin/python]

Each measurement runs in a process of its own so that its peak of memory is its own. Results: rulebook.md.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from datetime import date
from typing import Any

import numpy as np

from benchmarks.rulebook_rules import KINDS, by_hand, population
from thidua.rulebook.catalogue import kinds
from thidua.rulebook.engine import Discipline, Facts, Honour, Initiative, judge
from thidua.rulebook.engine.register import PURPOSES, Register
from thidua.rulebook.engine.scanning import scan

ON, NOW = date(2025, 12, 1), 2025
WORKS = ("SK_CO_SO", "SK_TINH", "SK_TOAN_QUOC", "DT_CO_SO", "DT_TINH", "DT_TOAN_QUOC")
ANNUAL = tuple(one.code for one in kinds(ON) if one.suits("ca_nhan"))


def register(people: dict[str, Any]) -> Register:
    """The made-up people as the engine reads them; everything is known."""
    size = len(people["held"])
    made = Register(size=size, year=NOW, on=ON, recipient="ca_nhan")
    for name, word in people.items():
        if name in WORKS:
            for purpose in PURPOSES:
                made.words[f"{name}/{purpose}"] = (word,)
        elif word.dtype == np.uint32:
            made.words[name] = (word,)
    made.pending = made.pending_cleared = people["held"].astype(np.uint8)
    made.disciplined = np.zeros(size, np.uint8)
    made.months = np.where(people["new"], 3, 100).astype(np.int32)
    made.occupation = np.full(size, 1, np.uint8)
    return made


def timed(work: Any, times: int = 5) -> tuple[float, Any]:
    """The best of some runs."""
    best, found = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        found = work()
        best = min(best, time.perf_counter() - start)
    return best, found


def measure(what: str, size: int) -> dict[str, Any]:
    """One measurement, in this process."""
    people = population(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if what == "hand":
        took, found = timed(lambda: by_hand(people))
    elif what == "engine, one thread":
        made = register(people)
        took, found = timed(lambda: scan(made, KINDS, threads=1))
    elif what == "engine":
        made = register(people)
        took, found = timed(lambda: scan(made, KINDS))
    else:
        made = register(people)
        took, found = timed(lambda: scan(made, ANNUAL), 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts = {kind: np.bincount(value, minlength=5).tolist() for kind, value in found.items()}
    return {"scan": took, "peak_kb": peak, "grew_kb": peak - before, "counts": counts}


def verdict_time() -> float:
    """Seconds for one verdict with all its reasons."""
    facts = Facts(
        recipient="ca_nhan",
        year=NOW,
        recruited=date(2010, 1, 1),
        ratings=dict.fromkeys(range(NOW - 9, NOW + 1), "HTXSNV"),
        honours=tuple(Honour(kind="CSTD_CS", year=year) for year in range(NOW - 9, NOW + 1)),
        initiatives=(Initiative(year=NOW, reach="tinh"),),
        discipline=(Discipline(form="khien_trach", on=date(2012, 1, 1), ends=date(2013, 1, 1)),),
        pending=(),
    )
    judge(facts, kind="CSTD_TINH", on=ON)
    times = [
        timed(lambda: "\n".join(judge(facts, kind="CSTD_TINH", on=ON).lines()), 1)[0] for _ in range(300)
    ]
    return sorted(times)[len(times) // 2]


def main() -> None:
    """Each measurement in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int)
    parser.add_argument("--openfisca", default="")
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(measure(asked.only, asked.size)))
        return
    rows = {
        what: _apart([sys.executable, "-m", "benchmarks.rulebook", str(asked.size), "--only", what])
        for what in ("hand", "engine, one thread", "engine", "all kinds")
    }
    if asked.openfisca:
        rows["openfisca"] = _apart([asked.openfisca, "-m", "benchmarks.rulebook_openfisca", str(asked.size)])
    for what, row in rows.items():
        times, peak = row["scan"] / rows["hand"]["scan"], row["peak_kb"] / 1024
        print(f"{what:20} {row['scan']:8.3f} s  peak {peak:7.0f} MB  {times:6.2f} × hand")
    same = all(row["counts"] == rows["hand"]["counts"] for what, row in rows.items() if what != "all kinds")
    print(f"same outcomes: {same}")
    print(f"one verdict with reasons: {verdict_time() * 1e6:.0f} µs")
    if asked.openfisca:
        print(f"one traced calculation of openfisca: {rows['openfisca']['traced'] * 1e6:.0f} µs")
        print(f"the same from the person's facts on: {rows['openfisca']['whole'] * 1e6:.0f} µs")


def _apart(command: list[str]) -> dict[str, Any]:
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(told.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
