"""Whole tables with their sheets, computed by hand: totals, places, classes, what is found, what is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from thidua.emulation.scoring.engine import (
    check_document,
    compute,
    digest,
    load,
    read_filings,
    read_number,
    read_table,
    result_data,
)
from thidua.emulation.scoring.engine.adding import Sheet
from thidua.emulation.scoring.engine.computing import Result

FILES = sorted((Path(__file__).parent / "tables").glob("*.yaml"))


def sheet_of(result: Result, name: str) -> Sheet:
    """“An”, or “An/thẩm định”."""
    unit, _, layer = name.partition("/")
    own = result.sheets[unit]
    return own[layer] if layer else list(own.values())[-1]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_a_table_gives_what_the_hand_gives(file: Path) -> None:
    told: dict[str, Any] = load(file)
    table, filings = read_table(told["table"]), read_filings({"units": told["units"]})
    result = compute(table, filings, told.get("layer", ""))
    names = list(told["totals"])
    assert {n: sheet_of(result, n).total for n in names} == {
        n: read_number(total) for n, total in told["totals"].items()
    }
    faults = told.get("faults", {})
    assert {n: list(sheet_of(result, n).faults) for n in names} == {n: faults.get(n, []) for n in names}
    titles = told.get("titles", {})
    assert {n: sheet_of(result, n).class_title for n in titles} == titles
    places = {one.unit: str(one.place) for one in result.ranking}
    assert places == told.get("places", places)
    assert list(result.provisional) == told.get("waiting", list(result.provisional))
    assert [" ".join([one.level, one.kind, one.code]).strip() for one in check_document(told["table"])] == (
        told.get("findings", [])
    )
    assert all(table.most is None or sheet_of(result, n).total <= table.most for n in names)
    again = compute(table, filings, told.get("layer", ""))
    assert digest(table, filings, result) == digest(table, filings, again)
    assert result_data(result)["units"].keys() == result.sheets.keys()


def test_every_rule_stands_in_some_table() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in FILES)
    rules = ("bands", "steps", "matrix", "percent", "relative", "registered", "honours", "count", "pass_fail")
    assert [rule for rule in rules if f"rule: {rule}" not in text and f"type: {rule}" not in text] == []
