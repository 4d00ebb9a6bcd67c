"""A province's year scored by the engine alone: seconds, and one filing's effect on a cluster.

    python -m benchmarks.scoring

The floor is the same table with floats in plain lists, without steps, rounding or faults.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from thidua.emulation.scoring.engine import compute, digest, read_filings, read_table
from thidua.emulation.scoring.engine.computing import score_layer

CLUSTERS, UNITS, CRITERIA, RELATIVE, TIMES = 35, 300, 200, 12, 5


def table() -> Any:
    """200 criteria of 5 points: 12 relative, 40 by counts with a deduction, 40 by bands, the rest entered."""
    lines: list[dict[str, Any]] = []
    for n in range(CRITERIA):
        line: dict[str, Any] = {"code": f"c{n + 1}", "max": 5}
        if n < RELATIVE:
            line["rule"] = "relative"
        elif n < RELATIVE + 40:
            line["deductions"] = [{"code": f"d{n + 1}", "each": "0.25", "cap": 2}]
        elif n < RELATIVE + 80:
            line["rule"] = {
                "type": "bands",
                "bands": [{"from": 90, "points": 5}, {"from": 50, "below": 90, "points": 3}],
                "otherwise": 0,
            }
        lines.append(line)
    return read_table({"total": 5 * CRITERIA, "criteria": lines})


def values(chance: random.Random) -> dict[str, Any]:
    """One unit's year."""
    filed: dict[str, Any] = {}
    for n in range(CRITERIA):
        if n < RELATIVE:
            filed[f"c{n + 1}"] = {"actual": str(chance.randint(50, 150)), "target": "100"}
        elif n < RELATIVE + 40:
            filed[f"d{n + 1}"] = str(chance.randint(0, 9))
        elif n < RELATIVE + 80:
            filed[f"c{n + 1}"] = str(chance.randint(0, 100))
        else:
            filed[f"c{n + 1}"] = str(chance.randint(0, 500) / 100)
    return filed


def floor(clusters: list[dict[str, dict[str, Any]]]) -> None:
    """The same points as floats, nothing kept."""
    for units in clusters:
        excess = [
            [float(u[f"c{n + 1}"]["actual"]) / 100 - 1 for u in units.values()] for n in range(RELATIVE)
        ]
        best = [max(column) for column in excess]
        for at, unit in enumerate(units.values()):
            total = 0.0
            for n in range(RELATIVE):
                over = excess[n][at]
                total += 2.5 * (1 + over) if over < 0 else 2.5 + (over / best[n] * 2.5 if best[n] else 0)
            for n in range(RELATIVE, RELATIVE + 40):
                total += 5 - min(float(unit[f"d{n + 1}"]) * 0.25, 2)
            for n in range(RELATIVE + 40, RELATIVE + 80):
                value = float(unit[f"c{n + 1}"])
                total += 5 if value >= 90 else 3 if value >= 50 else 0
            for n in range(RELATIVE + 80, CRITERIA):
                total += min(float(unit[f"c{n + 1}"]), 5)
            round(total, 2)


def seconds(work: Callable[[], object]) -> float:
    """The median of some runs."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def main() -> None:
    """Print the figures."""
    chance = random.Random(2026)
    of = table()
    clusters: list[dict[str, dict[str, Any]]] = [{} for _ in range(CLUSTERS)]
    for n in range(UNITS):
        clusters[n % CLUSTERS][f"Đơn vị {n + 1}"] = values(chance)
    told = [
        read_filings({"units": [{"unit": u, "values": v} for u, v in units.items()]}) for units in clusters
    ]
    whole = seconds(lambda: [compute(of, filings) for filings in told])
    least = seconds(lambda: floor(clusters))
    first = {unit: own["final"] for unit, own in told[0].units.items()}
    one = seconds(lambda: score_layer(of, "final", first))
    marked = seconds(lambda: digest(of, told[0], compute(of, told[0])))
    print(f"{CLUSTERS} clusters, {UNITS} units, {CRITERIA} criteria, {RELATIVE} relative")
    print(f"province {whole:.2f} s; floats without steps {least:.2f} s; ratio {whole / least:.1f}")
    print(
        f"one filing's effect on its cluster {one * 1000:.0f} ms; ranking with digest {marked * 1000:.0f} ms"
    )


if __name__ == "__main__":
    main()
