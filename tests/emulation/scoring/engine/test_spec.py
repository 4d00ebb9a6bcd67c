"""Every example of docs/spec/bang-diem-1.md, run: the description and the engine say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from thidua.emulation.scoring.engine import check, compute, parse, read_filings, read_number, read_table

SPEC = (Path(__file__).parents[4] / "docs" / "spec" / "bang-diem-1.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"### (\d+\. [^\n]+)\n\n```yaml\n(.*?)```", SPEC, re.DOTALL)


@pytest.mark.parametrize("text", [text for _, text in EXAMPLES], ids=[title for title, _ in EXAMPLES])
def test_an_example_gives_what_the_spec_says(text: str) -> None:
    told: dict[str, Any] = parse(text.encode(), "ví dụ")
    table = read_table(told["table"])
    result = compute(table, read_filings({"units": told["units"]}))
    sheets = {unit: next(iter(own.values())) for unit, own in result.sheets.items()}
    assert {unit: sheet.total for unit, sheet in sheets.items()} == {
        unit: read_number(total) for unit, total in told["totals"].items()
    }
    assert [sheet.faults for sheet in sheets.values()] == [()] * len(sheets)
    assert not [one for one in check(table) if one.level == "error"]
    titles = told.get("titles", {})
    assert {unit: sheets[unit].class_title for unit in titles} == titles


def test_each_of_the_21_patterns_has_its_example() -> None:
    assert [int(title.split(".")[0]) for title, _ in EXAMPLES] == list(range(1, 22))
