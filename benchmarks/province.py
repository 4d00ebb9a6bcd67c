"""A province's year to measure scoring with: the table, what units filed, as arrays and as a workbook."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

from thidua.emulation.scoring.engine import read_table

CLUSTERS, UNITS, CRITERIA, RELATIVE, COUNTED, BANDED = 35, 300, 200, 12, 40, 40
AFTER_RELATIVE, AFTER_COUNTED, AFTER_BANDED = RELATIVE, RELATIVE + COUNTED, RELATIVE + COUNTED + BANDED
Filed = dict[str, Any]
Cluster = dict[str, Filed]


def document() -> dict[str, Any]:
    """200 criteria of 5 points: 12 relative, 40 by counts with a deduction, 40 by bands, 108 entered."""
    lines: list[dict[str, Any]] = []
    for n in range(CRITERIA):
        line: dict[str, Any] = {"code": f"c{n + 1}", "title": f"Tiêu chí {n + 1}", "max": 5}
        if n < AFTER_RELATIVE:
            line["rule"] = "relative"
        elif n < AFTER_COUNTED:
            line["deductions"] = [{"code": f"d{n + 1}", "title": "Vi phạm", "each": "0.25", "cap": 2}]
        elif n < AFTER_BANDED:
            bands = [{"from": 90, "points": 5}, {"from": 50, "below": 90, "points": 3}]
            line["rule"] = {"type": "bands", "bands": bands, "otherwise": 0}
        lines.append(line)
    return {"format": "bang-diem-1", "title": "Bảng điểm để đo", "total": 5 * CRITERIA, "criteria": lines}


def table() -> Any:
    """The table, read."""
    return read_table(document())


def filed(chance: random.Random) -> Filed:
    """One unit's year."""
    own: Filed = {}
    for n in range(CRITERIA):
        if n < AFTER_RELATIVE:
            own[f"c{n + 1}"] = {"actual": str(chance.randint(50, 150)), "target": "100"}
        elif n < AFTER_COUNTED:
            own[f"d{n + 1}"] = str(chance.randint(0, 9))
        elif n < AFTER_BANDED:
            own[f"c{n + 1}"] = str(chance.randint(0, 100))
        else:
            own[f"c{n + 1}"] = str(chance.randint(0, 500) / 100)
    return own


def clusters() -> list[Cluster]:
    """What every unit of the province filed, the same on every run."""
    chance = random.Random(2026)
    found: list[Cluster] = [{} for _ in range(CLUSTERS)]
    for n in range(UNITS):
        found[n % CLUSTERS][f"Đơn vị {n + 1}"] = filed(chance)
    return found


def number(own: Filed, n: int) -> float:
    """What a unit filed for the criterion at a place, as the number an array or a cell holds."""
    if AFTER_RELATIVE <= n < AFTER_COUNTED:
        return float(own[f"d{n + 1}"])
    value = own[f"c{n + 1}"]
    return float(value["actual"] if n < AFTER_RELATIVE else value)


def arrays(year: list[Cluster]) -> list[np.ndarray]:
    """One array of units × criteria a cluster."""
    return [np.array([[number(own, n) for n in range(CRITERIA)] for own in c.values()]) for c in year]


def by_numpy(year: list[np.ndarray]) -> list[np.ndarray]:
    """The same totals in floats: the floor, which keeps no step, finds no fault and rounds once."""
    return [totals_of(cluster) for cluster in year]


def totals_of(cluster: np.ndarray) -> np.ndarray:
    """A cluster's totals, column by column."""
    over = cluster[:, :AFTER_RELATIVE] / 100 - 1
    best = np.maximum(over.max(axis=0), 1e-12)
    relative = np.where(over < 0, 2.5 * (1 + over), 2.5 + over / best * 2.5)
    counted = 5 - np.minimum(cluster[:, AFTER_RELATIVE:AFTER_COUNTED] * 0.25, 2)
    share = cluster[:, AFTER_COUNTED:AFTER_BANDED]
    banded = np.select([share >= 90, share >= 50], [5.0, 3.0], 0.0)
    entered = np.minimum(cluster[:, AFTER_BANDED:], 5)
    halves = np.floor(relative * 100 + 0.5) / 100
    return halves.sum(1) + counted.sum(1) + banded.sum(1) + entered.sum(1)


def workbook(year: list[Cluster], path: Path) -> None:
    """The same year as officers keep it: a sheet of what was filed and one of formulas a cluster."""
    with xlsxwriter.Workbook(str(path)) as book:
        for at, cluster in enumerate(year):
            told, points = book.add_worksheet(f"K{at + 1}"), book.add_worksheet(f"D{at + 1}")
            last = len(cluster)
            for row, (unit, own) in enumerate(cluster.items(), 1):
                told.write_row(row - 1, 0, [unit, *(number(own, n) for n in range(CRITERIA))])
                points.write_string(row - 1, 0, unit)
                for n in range(CRITERIA):
                    points.write_formula(row - 1, n + 1, formula(f"K{at + 1}", n, row, last))
                points.write_formula(row - 1, CRITERIA + 1, f"=SUM(B{row}:{column(CRITERIA)}{row})")
                total = column(CRITERIA + 1)
                rank = f"=RANK({total}{row},${total}$1:${total}${last})"
                points.write_formula(row - 1, CRITERIA + 2, rank)


def column(at: int) -> str:
    """The letters of a column, A being 0."""
    return str(xlsxwriter.utility.xl_col_to_name(at))


def formula(sheet: str, n: int, row: int, last: int) -> str:
    """How an officer would write the criterion's points."""
    letters = column(n + 1)
    cell = f"{sheet}.{letters}{row}".replace(".", "!")
    if n < AFTER_RELATIVE:
        best = f"MAX({sheet}!{letters}$1:{letters}${last})"
        return (
            f"=ROUND(IF({cell}<100,2.5*{cell}/100,IF({cell}=100,2.5,"
            f"2.5+(({cell}-100)/100)/(({best}-100)/100)*2.5)),2)"
        )
    if n < AFTER_COUNTED:
        return f"=5-MIN({cell}*0.25,2)"
    if n < AFTER_BANDED:
        return f"=IF({cell}>=90,5,IF({cell}>=50,3,0))"
    return f"=MIN({cell},5)"
