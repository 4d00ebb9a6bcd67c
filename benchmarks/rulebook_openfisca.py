"""The same six standards for openfisca-core, in its own environment (rulebook.md); answers JSON.

var/openfisca/bin/python -m benchmarks.rulebook_openfisca 200000
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.rulebook_rules import EXCLUDED, KINDS, NOT_YET, PASS, YEARS, population

NOW = 2025
Person = build_entity(key="person", plural="persons", label="Người", is_person=True)
INPUTS = (
    "HTTNV",
    "HTXSNV",
    "CSTD_CS",
    "CSTD_TINH",
    "BK_TINH",
    "SK_CO_SO",
    "SK_TINH",
    "SK_TOAN_QUOC",
    "DT_CO_SO",
    "DT_TINH",
    "DT_TOAN_QUOC",
)


def fact(name: str) -> type[Variable]:
    """A fact of one year."""
    return type(
        f"f_{name}",
        (Variable,),
        {"value_type": bool, "entity": Person, "definition_period": YEAR, "label": name},
    )


def rule(name: str, formula: Any) -> type[Variable]:
    """A standard."""
    values = {
        "value_type": int,
        "entity": Person,
        "definition_period": YEAR,
        "label": name,
        "formula": formula,
    }
    return type(name, (Variable,), values)


def back(person: Any, name: str, period: Any, years: int) -> Any:
    """A fact so many years ago."""
    return person(f"f_{name}", period.offset(-years))


def run(person: Any, name: str, period: Any, years: int) -> Any:
    """Each of the last years."""
    found = back(person, name, period, 0)
    for at in range(1, years):
        found = found & back(person, name, period, at)
    return found


def some(person: Any, name: str, period: Any, years: int) -> Any:
    """One of the last years."""
    found = back(person, name, period, 0)
    for at in range(1, years):
        found = found | back(person, name, period, at)
    return found


def gate(person: Any, period: Any, so: Any) -> Any:
    """Held up, or so, or not yet."""
    return np.where(person("f_held", period), EXCLUDED, np.where(so, PASS, NOT_YET))


def ldtt(person: Any, period: Any) -> Any:
    """Lao động tiên tiến."""
    good, new = back(person, "HTTNV", period, 0), person("f_new", period)
    return np.where(person("f_held", period), EXCLUDED, np.where(~good, NOT_YET, np.where(new, 2, PASS)))


def cstd_cs(person: Any, period: Any) -> Any:
    """Chiến sĩ thi đua cơ sở."""
    base = (
        back(person, "HTXSNV", period, 0)
        | back(person, "SK_CO_SO", period, 0)
        | back(person, "DT_CO_SO", period, 0)
    )
    return np.maximum(person("LDTT", period), np.where(base, PASS, NOT_YET))


def cstd_tinh(person: Any, period: Any) -> Any:
    """Chiến sĩ thi đua tỉnh."""
    near = some(person, "SK_TINH", period, 3) | some(person, "DT_TINH", period, 3)
    again = ~(back(person, "CSTD_TINH", period, 1) | back(person, "CSTD_TINH", period, 2))
    told = np.where(~(run(person, "CSTD_CS", period, 3) & near), NOT_YET, np.where(again, PASS, 2))
    return np.where(person("f_held", period), EXCLUDED, told)


def cstd_tq(person: Any, period: Any) -> Any:
    """Chiến sĩ thi đua toàn quốc."""
    size = person.count
    first, second = np.full(size, 99), np.full(size, 99)
    for at in range(YEARS):
        has = back(person, "CSTD_TINH", period, at)
        second = np.where(has & (first < 99) & (second == 99), at, second)
        first = np.where(has & (first == 99), at, first)
    six = np.zeros(size, bool)
    for at in range(YEARS):
        whole = np.ones(size, bool)
        for step in range(6):
            whole &= back(person, "CSTD_CS", period, at + step) if at + step < YEARS else False
        six |= whole & (first == at)
    near = some(person, "SK_TOAN_QUOC", period, 6) | some(person, "DT_TOAN_QUOC", period, 6)
    gap = second - first
    two = (second < 99) & (gap <= 5)
    told = np.where(~(two & near), NOT_YET, np.where((gap == 3) & six, PASS, 2))
    return np.where(person("f_held", period), EXCLUDED, told)


def during(person: Any, period: Any, work: str, name: str) -> Any:
    """Two works in the unbroken run of another fact, since the last award."""
    on, count = np.ones(person.count, bool), np.zeros(person.count, int)
    for at in range(YEARS):
        on = on & back(person, name, period, at)
        if at:
            on = on & ~back(person, "BK_TINH", period, at)
        count += on & back(person, work, period, at)
    return count >= 2


def bk_tinh(person: Any, period: Any) -> Any:
    """Bằng khen của tỉnh."""
    so = np.zeros(person.count, bool)
    for name in ("CSTD_CS", "HTXSNV"):
        works = during(person, period, "SK_CO_SO", name) | during(person, period, "DT_CO_SO", name)
        so |= run(person, name, period, 2) & works
    return gate(person, period, so & ~back(person, "BK_TINH", period, 1))


def bk_ttg(person: Any, period: Any) -> Any:
    """Bằng khen của Thủ tướng."""
    whole, count = run(person, "HTTNV", period, 5), np.zeros(person.count, int)
    for at in range(5):
        count = count + back(person, "CSTD_CS", period, at)
    so, found = np.zeros(person.count, bool), np.zeros(person.count, bool)
    for at in range(5, YEARS):
        here = back(person, "BK_TINH", period, at) & ~found
        so |= here & whole & (count >= 3)
        found |= here
        whole = whole & back(person, "HTTNV", period, at)
        count = count + back(person, "CSTD_CS", period, at)
    return gate(person, period, so)


def system() -> TaxBenefitSystem:
    """The six standards."""
    made = TaxBenefitSystem([Person])
    for name in (*INPUTS, "held", "new"):
        made.add_variable(fact(name))
    for name, formula in zip(KINDS, (ldtt, cstd_cs, cstd_tinh, cstd_tq, bk_tinh, bk_ttg), strict=True):
        made.add_variable(rule(name, formula))
    return made


def simulation(made: TaxBenefitSystem, people: dict[str, Any]) -> Any:
    """Many people as openfisca holds them."""
    made_up = SimulationBuilder().build_default_simulation(made, len(people["held"]))
    for name in INPUTS:
        for year in range(YEARS):
            made_up.set_input(
                f"f_{name}", str(NOW - year), (people[name] >> np.uint32(year) & 1).astype(bool)
            )
    for name in ("held", "new"):
        made_up.set_input(f"f_{name}", str(NOW), people[name])
    return made_up


def situation() -> dict[str, Any]:
    """One person's ten years as openfisca is told them."""
    years = [str(NOW - at) for at in range(YEARS)]
    told = {f"f_{name}": dict.fromkeys(years, name in {"HTTNV", "HTXSNV", "CSTD_CS"}) for name in INPUTS}
    told |= {f"f_{name}": {str(NOW): False} for name in ("held", "new")}
    told["f_SK_TINH"][str(NOW)] = True
    return {"persons": {"an": told}}


def main() -> None:
    """Measure and answer."""
    size, made = int(sys.argv[1]), system()
    people = population(size)
    many = simulation(made, people)
    start = time.perf_counter()
    found = {kind: many.calculate(kind, str(NOW)) for kind in KINDS}
    scan = time.perf_counter() - start
    whole, traced = [], []
    for _ in range(30):
        start = time.perf_counter()
        single = SimulationBuilder().build_from_entities(made, situation())
        single.trace = True
        between = time.perf_counter()
        single.calculate("CSTD_TINH", str(NOW))
        "\n".join(single.tracer.computation_log.lines())
        traced.append(time.perf_counter() - between)
        whole.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    counts = {
        kind: np.bincount(np.asarray(value, int), minlength=5).tolist() for kind, value in found.items()
    }
    print(
        json.dumps(
            {
                "scan": scan,
                "traced": sorted(traced)[len(traced) // 2],
                "whole": sorted(whole)[len(whole) // 2],
                "peak_kb": peak,
                "counts": counts,
            }
        )
    )


if __name__ == "__main__":
    main()
