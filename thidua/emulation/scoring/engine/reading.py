"""Tables and filings from YAML or JSON. Whatever is wrong is told with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from thidua.emulation.scoring.engine.bands import read_band
from thidua.emulation.scoring.engine.extras import Extra
from thidua.emulation.scoring.engine.filings import Filing, Filings
from thidua.emulation.scoring.engine.numbers import ROUNDINGS, ZERO
from thidua.emulation.scoring.engine.points import (
    BONUS,
    DROP,
    MARK,
    PENALTY,
    RESCALE,
    ClassTest,
    Criterion,
    Flag,
    PointsTable,
)
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import (
    Bands,
    Count,
    Direct,
    Full,
    Matrix,
    PassFail,
    Rule,
    Steps,
)
from thidua.emulation.scoring.engine.shares import Honours, Percent, Registered
from thidua.emulation.scoring.engine.told import BadFile, Told, nearest

TABLE_FORMAT, FILINGS_FORMAT = "bang-diem-1", "ket-qua-cham-1"
RULES: dict[str, type[Any]] = {
    kind.name: kind
    for kind in (Direct, Full, PassFail, Count, Bands, Steps, Matrix, Percent, Relative, Registered, Honours)
}
LARGEST = 5_000_000  # bytes of a file


class _Loader(yaml.SafeLoader):
    """YAML without guesses: numbers stay as they were written, so 0.1 is a tenth and 1_000 is refused."""


_KEPT = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"}
_Loader.yaml_implicit_resolvers = {
    letter: [
        (tag, pattern)
        for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(letter, [])
        if tag in _KEPT
    ]
    for letter in ("", "t", "T", "f", "F", "n", "N", "~")
}


def load(path: str | Path) -> Any:
    """What a file holds; raises BadFile."""
    place = Path(path)
    try:
        data = place.read_bytes()
    except OSError as fault:
        raise BadFile(f"{place}: không mở được tệp ({fault.strerror}).") from fault
    if len(data) > LARGEST:
        raise BadFile(f"{place}: tệp lớn hơn {LARGEST // 1_000_000} MB.")
    try:
        text = data.decode("utf-8-sig")
        if text.lstrip()[:1] in {"{", "["}:
            return json.loads(text, parse_float=Decimal)
        return yaml.load(text, _Loader)  # noqa: S506  the loader is a SafeLoader
    except UnicodeDecodeError as fault:
        raise BadFile(f"{place}: tệp phải ở dạng UTF-8.") from fault
    except (ValueError, yaml.YAMLError, RecursionError) as fault:
        raise BadFile(f"{place}: không đọc được. {_where(fault)}") from fault


def _where(fault: Exception) -> str:
    mark = getattr(fault, "problem_mark", None)
    line = mark.line + 1 if mark is not None else getattr(fault, "lineno", None)
    return f"Xem dòng {line}." if line else "Xem lại cách viết."


def read_table(told: Any, name: str = "bảng điểm") -> PointsTable:
    """A table from what a file holds."""
    top = Told.of(told, name)
    _format(top, TABLE_FORMAT)
    rounding = top.part("rounding") if top.has("rounding") else Told({}, name)
    table = PointsTable(
        title=top.text("title", ""),
        total=top.number("total"),
        criteria=tuple(read_criterion(part) for part in top.parts("criteria")),
        places=int(rounding.number("places", Decimal(2))),
        rounding=rounding.word("mode", tuple(ROUNDINGS), "half_up"),
        bonus_cap=top.maybe_number("bonus_cap"),
        penalty_cap=top.maybe_number("penalty_cap"),
        not_assigned=top.word("not_assigned", (DROP, RESCALE), DROP),
        classes=tuple(_class(part) for part in top.parts("classes")),
        flags=tuple(_flag(part) for part in top.parts("flags")),
    )
    for key in ("source", "note", "version", "effective_from"):
        top.get(key)
    rounding.done()
    top.done()
    if not table.criteria:
        raise BadFile(f"{name}: chưa có tiêu chí nào ở “criteria”.")
    return table


def _format(top: Told, wanted: str) -> None:
    given = top.text("format", wanted)
    if given != wanted:
        raise BadFile(f"{top.place}: format là “{given}”, lệnh này đọc “{wanted}”.")


def read_criterion(told: Told) -> Criterion:
    """A line and all below it."""
    children = tuple(read_criterion(part) for part in told.parts("children"))
    scored_by = told.get("scored_by", [])
    net = told.part("net") if told.has("net") else None
    if children and told.has("rule"):
        raise BadFile(f"{told.place}: mục có tiêu chí bên dưới thì không có quy tắc riêng.")
    found = Criterion(
        code=told.text("code"),
        title=told.text("title", ""),
        most=told.number("max"),
        kind=told.word("kind", (MARK, BONUS, PENALTY), MARK),
        rule=None if children else _rule(told),
        children=children,
        scored_by=tuple([scored_by] if isinstance(scored_by, str) else map(str, scored_by)),
        evidence=told.text("evidence", ""),
        measure=told.text("measure", ""),
        bonuses=tuple(_extra(part) for part in told.parts("bonuses")),
        deductions=tuple(_extra(part) for part in told.parts("deductions")),
        bonus_cap=told.maybe_number("bonus_cap"),
        deduction_cap=told.maybe_number("deduction_cap"),
        net=(net.maybe_number("low"), net.maybe_number("high")) if net else None,
        least=told.number("least", ZERO),
        floor=told.number("floor", ZERO),
    )
    told.get("note")
    told.done()
    return found


def _rule(told: Told) -> Rule | Relative:
    """The rule under `rule`; where none is written direct entry, or the maximum if there are deductions."""
    given = told.get("rule")
    if given is None:
        plain: Rule = Full() if told.values.get("deductions") else Direct()
        return plain
    return read_rule({"type": given} if isinstance(given, str) else given, f"{told.place}.rule")


def read_rule(told: Any, place: str) -> Rule | Relative:
    """A rule from its data, `{type: bands, …}`; raises BadFile with the place."""
    part = Told.of(told, place)
    name = part.text("type")
    if name not in RULES:
        raise BadFile(f"{part.place}: không có quy tắc “{name}”. {nearest(name, tuple(RULES))}")
    rule: Rule | Relative = RULES[name].read(part)
    part.done()
    return rule


def _extra(told: Told) -> Extra:
    rule = _rule(told) if told.has("rule") else Count(told.number("each"), told.maybe_number("cap"))
    if isinstance(rule, Relative | Full):
        raise BadFile(f"{told.place}: điểm thưởng, điểm trừ không dùng được quy tắc này.")
    found = Extra(
        code=told.text("code"),
        title=told.text("title", ""),
        rule=rule,
        cap=told.maybe_number("cap"),
        one_of=told.text("one_of", ""),
        needs_clean=told.flag("needs_clean"),
        waivable=told.flag("waivable"),
    )
    told.get("note")
    told.done()
    return found


def _class(told: Told) -> ClassTest:
    found = ClassTest(
        told.text("title"), read_band(told, points=False), told.flag("no_zero"), told.flag("floors")
    )
    told.done()
    return found


def _flag(told: Told) -> Flag:
    found = Flag(told.text("code"), told.text("title"), told.text("at_most", ""), told.flag("out"))
    told.done()
    return found


def read_filings(told: Any, name: str = "kết quả chấm") -> Filings:
    """Filings from what a file holds: units, each with its layers in order."""
    top = Told.of(told, name)
    _format(top, FILINGS_FORMAT)
    units: dict[str, dict[str, Filing]] = {}
    for part in top.parts("units"):
        unit = part.text("unit")
        if unit in units:
            raise BadFile(f"{part.place}: đơn vị “{unit}” ghi hai lần.")
        units[unit] = _layers(part)
        part.done()
    for key in ("table", "title", "source", "note"):
        top.get(key)
    top.done()
    return Filings(units)


def _layers(part: Told) -> dict[str, Filing]:
    """`layers` by name; or one layer written straight under the unit."""
    if not part.has("layers"):
        return {"final": _filing(part, None)} if part.has("values") or part.has("flags") else {}
    found: dict[str, Filing] = {}
    before: Filing | None = None
    layers = part.part("layers")
    for key in layers.values:
        before = found[key] = _filing(layers.part(key), before)
    for key in ("note", "source"):
        part.get(key)
    return found


def _filing(part: Told, before: Filing | None) -> Filing:
    """A layer's own values over those of the layer before it."""
    own: Mapping[str, Any] = part.part("values").values if part.has("values") else {}
    values = {**(before.values if before else {}), **own}
    flags = part.get("flags", list(before.flags) if before else [])
    by = part.get("by", "")
    part.get("note")
    if not isinstance(flags, list):
        raise BadFile(f"{part.place}.flags: phải là danh sách.")
    return Filing(
        {str(code): one for code, one in values.items()},
        tuple(map(str, flags)),
        tuple(map(str, by)) if isinstance(by, list) else part.text("by", ""),
        frozenset(map(str, own)),
    )
