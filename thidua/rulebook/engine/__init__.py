"""The law as dated data, asked: facts in, a verdict with reasons out. Plain Python without Django.

`judge(facts, kind="CSTD_TINH", on=day)` gives a `Verdict`; `read_facts(data)` reads the JSON of docs/spec;
`kinds(day)` is the catalogue; `rows(topic, day, kind)` are the tables of
thresholds, dossiers, deadlines, multiples and more.
"""

from thidua.rulebook.catalogue import kinds
from thidua.rulebook.engine.facts import (
    Discipline,
    Facts,
    Honour,
    Initiative,
    Leave,
    Members,
    Pending,
    Position,
)
from thidua.rulebook.engine.judging import code_of, compare, judge
from thidua.rulebook.engine.lists import Quota, preferred, quota, used_twice
from thidua.rulebook.engine.reading import load_facts, read_facts, statement_keys
from thidua.rulebook.engine.standards import era, standard
from thidua.rulebook.engine.tables import base_salary, bonus, page, rows
from thidua.rulebook.engine.told import BadFile
from thidua.rulebook.engine.verdict import Reason, Verdict

__all__ = [
    "BadFile",
    "Discipline",
    "Facts",
    "Honour",
    "Initiative",
    "Leave",
    "Members",
    "Pending",
    "Position",
    "Quota",
    "Reason",
    "Verdict",
    "base_salary",
    "bonus",
    "code_of",
    "compare",
    "era",
    "judge",
    "kinds",
    "load_facts",
    "page",
    "preferred",
    "quota",
    "read_facts",
    "rows",
    "standard",
    "statement_keys",
    "used_twice",
]
