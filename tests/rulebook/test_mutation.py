"""A changed number, date or comparison is noticed. A part of the check; `make mutate` runs the whole."""

from __future__ import annotations

import pytest

from thidua.rulebook.engine.sentences import read_cases
from tools.mutate_rulebook import CASES, Change, changes, noticed

EVERY = 220


@pytest.mark.parametrize("change", list(changes())[::EVERY], ids=lambda one: f"{one.place} {one.words}")
def test_a_change_is_noticed(change: Change) -> None:
    cases = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]
    assert noticed(change, cases)
