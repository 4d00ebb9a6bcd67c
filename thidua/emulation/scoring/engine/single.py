"""One filing of one criterion: whether it can be understood, before anything is computed from it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.extras import scored_by
from thidua.emulation.scoring.engine.given import measure_of, number_of, value_of
from thidua.emulation.scoring.engine.numbers import read_number, said
from thidua.emulation.scoring.engine.points import PENALTY, Criterion
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Bands, Direct, Matrix, Rule

NOT_ASSIGNED = "không giao"


def as_filed(value: Any) -> Any:
    """A filing in one way of writing: numbers as plain text, nothing that is empty."""
    if isinstance(value, Mapping):
        kept = {str(key): as_filed(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one is not None} or None
    if isinstance(value, list | tuple):
        return [as_filed(one) for one in value]
    if value is None or isinstance(value, bool):
        return value
    number = read_number(value)
    if number is not None:
        text = f"{number:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value).strip() or None


def filing_of(leaf: Criterion, value: Any) -> Any:
    """What is kept of a filing; a penalty may be typed with its sign, and is kept without."""
    kept = as_filed(value)
    if leaf.kind == PENALTY and isinstance(leaf.rule, Direct) and isinstance(kept, str):
        return kept.removeprefix("-")
    return kept


def faults_of_filing(leaf: Criterion, value: Any) -> tuple[str, ...]:
    """Why a filing cannot be what was meant; a value outside every band is one, and gives nothing."""
    if value == NOT_ASSIGNED or leaf.rule is None:
        return ()
    if isinstance(leaf.rule, Relative):
        return leaf.rule.score_all({0: value}, leaf.most)[0].faults
    if isinstance(leaf.rule, Direct):
        number = number_of(value_of(value))
        if number is None or not 0 <= number <= leaf.most:
            low, high = (f"−{said(leaf.most)}", "0") if leaf.kind == PENALTY else ("0", said(leaf.most))
            return (f"ghi từ {low} đến {high}",)
        return ()
    return faults_of_value(leaf.rule, value, leaf.most)


def faults_of_value(rule: Rule, value: Any, most: Decimal) -> tuple[str, ...]:
    """What a rule cannot read; reading a value that earns nothing is no fault."""
    if isinstance(rule, Bands | Matrix) and is_read(rule, value):
        return ()
    return scored_by(rule, value, most).faults


def is_read(rule: Bands | Matrix, value: Any) -> bool:
    """The rule finds its numbers in the filing."""
    if isinstance(rule, Matrix):
        return isinstance(value, Mapping) and all(
            measure_of(value, name) is not None for name in (rule.row, rule.column)
        )
    return measure_of(value_of(value)) is not None
