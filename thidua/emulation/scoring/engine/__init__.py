"""Rules, checks and ranking of points. Plain Python, importable without Django.

`read_table(load(path))` gives a `PointsTable`, `check(table)` what is wrong with it; `read_filings` what the
units filed, `compute(table, filings)` their sheets with the steps of every mark, the ranking and, by
`digest`, what anyone who computes again compares. The formats stand in docs/spec/bang-diem-1.md.
"""

from thidua.emulation.scoring.engine.adding import Sheet
from thidua.emulation.scoring.engine.checking import Finding, check, check_document
from thidua.emulation.scoring.engine.computing import Result, Standing, compute, rank
from thidua.emulation.scoring.engine.extras import Extra
from thidua.emulation.scoring.engine.files import load, parse
from thidua.emulation.scoring.engine.filings import Filing, Filings
from thidua.emulation.scoring.engine.marking import Mark
from thidua.emulation.scoring.engine.numbers import read_number, said
from thidua.emulation.scoring.engine.output import digest, result_data
from thidua.emulation.scoring.engine.points import BONUS, MARK, NOT_FILED, PENALTY, Criterion, PointsTable
from thidua.emulation.scoring.engine.reading import read_filings, read_rule, read_table
from thidua.emulation.scoring.engine.single import NOT_ASSIGNED, faults_of_filing, faults_of_value, filing_of
from thidua.emulation.scoring.engine.telling import extra_words, in_words, terms_in_words
from thidua.emulation.scoring.engine.told import BadFile
from thidua.emulation.scoring.engine.typed import read_bands, write_bands

__all__ = [
    "BONUS",
    "MARK",
    "NOT_ASSIGNED",
    "NOT_FILED",
    "PENALTY",
    "BadFile",
    "Criterion",
    "Extra",
    "Filing",
    "Filings",
    "Finding",
    "Mark",
    "PointsTable",
    "Result",
    "Sheet",
    "Standing",
    "check",
    "check_document",
    "compute",
    "digest",
    "extra_words",
    "faults_of_filing",
    "faults_of_value",
    "filing_of",
    "in_words",
    "load",
    "parse",
    "rank",
    "read_bands",
    "read_filings",
    "read_number",
    "read_rule",
    "read_table",
    "result_data",
    "said",
    "terms_in_words",
    "write_bands",
]
