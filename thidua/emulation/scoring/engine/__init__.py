"""Sums, rules, checks and ranking of points. Plain Python, importable without Django.

`read_table(load(path))` gives a `PointsTable`, `check(table)` what is wrong with it; `read_filings` what the
units filed, `compute(table, filings)` their sheets with the steps of every mark, the ranking and, by
`digest`, what anyone who computes again compares. The formats stand in docs/spec/bang-diem-1.md.
"""

from thidua.emulation.scoring.engine.alone import (
    Worth,
    faults_of,
    in_words,
    read_bands,
    rule_of,
    worth,
    write_bands,
)
from thidua.emulation.scoring.engine.checking import Finding, check
from thidua.emulation.scoring.engine.computing import Mark, Result, Sheet, Standing, compute
from thidua.emulation.scoring.engine.filings import Filing, Filings
from thidua.emulation.scoring.engine.numbers import read_number, said
from thidua.emulation.scoring.engine.output import digest, result_data
from thidua.emulation.scoring.engine.points import Criterion, PointsTable
from thidua.emulation.scoring.engine.ranking import Place, rank
from thidua.emulation.scoring.engine.reading import load, read_filings, read_table
from thidua.emulation.scoring.engine.table import Line, LineKind, Table, bounds, problems, round_points
from thidua.emulation.scoring.engine.told import BadFile

__all__ = [
    "BadFile",
    "Criterion",
    "Filing",
    "Filings",
    "Finding",
    "Line",
    "LineKind",
    "Mark",
    "Place",
    "PointsTable",
    "Result",
    "Sheet",
    "Standing",
    "Table",
    "Worth",
    "bounds",
    "check",
    "compute",
    "digest",
    "faults_of",
    "in_words",
    "load",
    "problems",
    "rank",
    "read_bands",
    "read_filings",
    "read_number",
    "read_table",
    "result_data",
    "round_points",
    "rule_of",
    "said",
    "worth",
    "write_bands",
]
