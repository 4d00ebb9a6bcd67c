"""Tables and filings from YAML or JSON. Whatever is wrong is told with its place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.bands import read_band
from thidua.emulation.scoring.engine.cases import Count, Steps
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
from thidua.emulation.scoring.engine.rules import Bands, Direct, Full, Matrix, PassFail, Rule
from thidua.emulation.scoring.engine.shares import Honours, Percent, Registered
from thidua.emulation.scoring.engine.told import BadFile, Told, nearest

TABLE_FORMAT, FILINGS_FORMAT = "bang-diem-1", "ket-qua-cham-1"
MOST_PLACES = 6  # decimals to round to
DEEPEST = 12  # levels of criteria
RULES: dict[str, type[Any]] = {
    kind.name: kind
    for kind in (Direct, Full, PassFail, Count, Bands, Steps, Matrix, Percent, Relative, Registered, Honours)
}
PROPOSES = ("late_report", "missing_report", "late_self_score")  # cases a system counts by itself


def read_table(told: Any, name: str = "bảng điểm") -> PointsTable:
    """A table from what a file holds."""
    top = Told.of(told, name)
    _format(top, TABLE_FORMAT)
    rounding = top.part("rounding") if top.has("rounding") else Told({}, name)
    table = PointsTable(
        title=top.text("title", ""),
        total=top.number("total"),
        criteria=tuple(read_criterion(part) for part in top.parts("criteria")),
        places=rounding.whole("places", 2, most=MOST_PLACES),
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
        raise BadFile(f"{top.at()}: format là “{given}”, lệnh này đọc “{wanted}”.")


def read_criterion(told: Told, above: str = MARK) -> Criterion:
    """A line and all below it; what stands below a bonus or a penalty is one itself."""
    if told.place.count(".children[") > DEEPEST:
        raise BadFile(f"{told.at()}: nhiều hơn {DEEPEST} cấp tiêu chí.")
    kind = told.word("kind", (MARK, BONUS, PENALTY), above)
    children = tuple(read_criterion(part, kind) for part in told.parts("children"))
    net = told.part("net") if told.has("net") else None
    if children and told.has("rule"):
        raise BadFile(f"{told.at()}: mục có tiêu chí bên dưới thì không có quy tắc riêng.")
    found = Criterion(
        code=told.text("code"),
        title=told.text("title", ""),
        most=told.number("max"),
        kind=kind,
        rule=None if children else _rule(told),
        children=children,
        scored_by=told.texts("scored_by"),
        evidence=told.text("evidence", ""),
        measure=told.text("measure", ""),
        bonuses=tuple(read_extra(part) for part in told.parts("bonuses")),
        deductions=tuple(read_extra(part) for part in told.parts("deductions")),
        bonus_cap=told.maybe_number("bonus_cap"),
        deduction_cap=told.maybe_number("deduction_cap"),
        net=_net(net) if net else None,
        least=told.number("least", ZERO),
        floor=told.maybe_measure("floor") or ZERO,
    )
    _proposes(told, found.rule)
    told.get("note")
    told.done()
    return found


def _net(part: Told) -> tuple[Decimal | None, Decimal | None]:
    found = part.maybe_number("low"), part.maybe_number("high")
    part.done()
    return found


def _proposes(told: Told, rule: Rule | Relative | None) -> None:
    """`proposes` says which cases may be counted by a system; it changes no point, so it is only checked."""
    given = told.texts("proposes")
    for word in given:
        if word not in PROPOSES:
            raise BadFile(f"{told.at('proposes')}: không hiểu “{word}”. {nearest(word, PROPOSES)}")
    if given and not isinstance(rule, Count | Bands | Steps):
        raise BadFile(f"{told.at('proposes')}: chỉ dùng với quy tắc tính theo số việc.")


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
        raise BadFile(f"{part.at()}: không có quy tắc “{name}”. {nearest(name, tuple(RULES))}")
    rule: Rule | Relative = RULES[name].read(part)
    part.done()
    return rule


def read_extra(told: Told) -> Extra:
    """A bonus or deduction from its data."""
    rule = _rule(told) if told.has("rule") else Count(told.number("each"), told.maybe_number("cap"))
    if isinstance(rule, Relative | Full):
        raise BadFile(f"{told.at()}: điểm thưởng, điểm trừ không dùng được quy tắc này.")
    if isinstance(rule, PassFail | Percent) and not told.has("cap"):
        raise BadFile(f"{told.at()}: thiếu “cap”: điểm khi đạt.")
    found = Extra(
        code=told.text("code"),
        title=told.text("title", ""),
        rule=rule,
        cap=told.maybe_number("cap"),
        one_of=told.text("one_of", ""),
        needs_clean=told.flag("needs_clean"),
        waivable=told.flag("waivable"),
    )
    _proposes(told, found.rule)
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
        if not unit:
            raise BadFile(f"{part.at()}: “unit” để trống. Ghi tên đơn vị.")
        if unit in units:
            raise BadFile(f"{part.at()}: đơn vị “{unit}” ghi hai lần.")
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
        told = layers.part(key)
        before = found[key] = _filing(told, before)
        told.done()
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
        raise BadFile(f"{part.at('flags')}: phải là danh sách.")
    return Filing(
        {str(code): one for code, one in values.items()},
        tuple(map(str, flags)),
        tuple(map(str, by)) if isinstance(by, list) else part.text("by", ""),
        frozenset(map(str, own)),
        part.day("date"),
        part.maybe_number("total"),
        _quotes(part),
    )


def _quotes(part: Told) -> dict[str, Decimal]:
    """Totals of earlier layers as this paper repeats them."""
    if not part.has("quotes"):
        return {}
    told = part.part("quotes")
    return {name: told.number(name) for name in told.values}
