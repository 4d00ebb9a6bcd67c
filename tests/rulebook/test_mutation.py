"""A changed number, date or comparison is noticed. A part of the check; `make mutate` runs the whole.

Which changes are tried follows from their own words, so a new line elsewhere moves none in or out.
"""

from __future__ import annotations

from zlib import crc32

import pytest

from thidua.rulebook.engine.sentences import read_cases
from tools.mutate_rulebook import CASES, Change, changes, noticed

EVERY = 220  # one change of so many
TRIED = [one for one in changes() if crc32(f"{one.place} {one.what}".encode()) % EVERY == 0]


@pytest.mark.parametrize("change", TRIED, ids=lambda one: f"{one.place} {one.words}")
def test_a_change_is_noticed(change: Change) -> None:
    cases = [case for path in sorted(CASES.glob("*.txt")) for case in read_cases(path)]
    assert noticed(change, cases)
