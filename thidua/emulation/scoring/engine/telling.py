"""A rule told in words, as officers say it: “0,5 điểm mỗi việc, nhiều nhất 3 điểm”."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.cases import Count, Steps
from thidua.emulation.scoring.engine.extras import Extra
from thidua.emulation.scoring.engine.numbers import said
from thidua.emulation.scoring.engine.points import Criterion
from thidua.emulation.scoring.engine.reading import read_criterion, read_rule
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Bands, Full, Matrix, PassFail, Rule
from thidua.emulation.scoring.engine.shares import Honours, Percent, Registered
from thidua.emulation.scoring.engine.told import Told


def in_words(told: Mapping[str, Any], most: Decimal) -> str:
    """A rule's data in words; empty for points entered directly."""
    return rule_words(read_rule(told, "quy tắc"), most)


def rule_words(rule: Rule | Relative | None, most: Decimal) -> str:
    """A rule in words, empty for direct entry; `most` is the criterion's maximum."""
    told = WORDS.get(type(rule))
    return told(rule, most) if told else ""


def _at_most(cap: Decimal | None, most: Decimal) -> str:
    held = most if cap is None else cap
    return f", nhiều nhất {said(held)} điểm" if held.is_finite() else ""


def _bands(rule: Bands) -> Iterator[str]:
    yield from (f"{band}: {said(band.points)} điểm" for band in rule.bands)
    if rule.otherwise is not None:
        yield f"còn lại {said(rule.otherwise)} điểm"
    if rule.whole:
        yield "giá trị là số nguyên"


def _steps(rule: Steps, most: Decimal) -> str:
    first = f" được {said(rule.first)} điểm," if rule.first else ""
    return (
        f"{_past(rule)}{first} mỗi {said(rule.step)} tiếp theo thêm {said(rule.each)} điểm"
        f"{_at_most(rule.cap, most)}."
    )


def _past(rule: Steps) -> str:
    """“Vượt 92”, “Từ 92”; where less is better “Dưới 92”, “Từ 92 trở xuống”."""
    if rule.less_is_better:
        return f"Từ {said(rule.start)} trở xuống" if rule.inclusive else f"Dưới {said(rule.start)}"
    return f"{'Từ' if rule.inclusive else 'Vượt'} {said(rule.start)}"


def _percent(rule: Percent, most: Decimal) -> str:
    start = f"; dưới {said(rule.start)}% thì 0 điểm" if rule.start else ""
    return f"{said(most)} điểm × phần trăm hoàn thành, không quá {said(most)} điểm{start}."


def extra_words(extra: Extra) -> str:
    """How a bonus or a deduction is counted, with its cap."""
    cap = Decimal("Infinity") if extra.cap is None else extra.cap
    words = rule_words(extra.rule, cap).rstrip(".")
    return words or ("ghi thẳng điểm" + _at_most(extra.cap, cap))


def terms_in_words(told: Mapping[str, Any]) -> list[str]:
    """What stands beside a criterion's rule: its bonuses, its deductions, and what holds them."""
    line = read_criterion(Told.of({"code": "-", "max": "0", **told}, "tiêu chí"))
    found = [f"Thưởng {one.title or one.code}: {extra_words(one)}." for one in line.bonuses]
    found += [f"Trừ {one.title or one.code}: {extra_words(one)}." for one in line.deductions]
    return found + limits_in_words(line)


def limits_in_words(line: Criterion) -> list[str]:
    """What holds the bonuses and deductions of a line, a sentence each."""
    found = []
    if line.bonus_cap is not None:
        found.append(f"Thưởng không quá {said(line.bonus_cap)} điểm.")
    if line.deduction_cap is not None:
        found.append(f"Trừ không quá {said(line.deduction_cap)} điểm.")
    if line.net is not None:
        low, high = (said(end) if end is not None else "không giới hạn" for end in line.net)
        found.append(f"Thưởng bù trừ giữ trong khoảng từ {low} đến {high}.")
    if line.floor:
        found.append(f"Phải đạt từ {said(line.floor)}% điểm tối đa.")
    return found


def _registered(rule: Registered, _most: Decimal) -> str:
    bonus = f", vượt thì thêm không quá {said(rule.bonus)} điểm" if rule.bonus else ""
    return f"Đơn vị đăng ký {rule.count} chỉ tiêu, mỗi chỉ tiêu {said(rule.each)} điểm{bonus}."


def _honours(rule: Honours, _most: Decimal) -> str:
    held = "; ".join(f"{code}: {said(points)} điểm" for code, points in rule.awards.items())
    return f"Đang giữ {held}; lấy {'mức cao nhất' if rule.take_best else 'tổng'}."


WORDS: dict[type[Any], Callable[[Any, Decimal], str]] = {
    Full: lambda _, most: f"{said(most)} điểm, trừ theo các trường hợp nêu.",
    PassFail: lambda _, most: f"Đạt được {said(most)} điểm, không đạt 0 điểm.",
    Count: lambda rule, most: f"{said(rule.each)} điểm mỗi việc{_at_most(rule.cap, most)}.",
    Percent: _percent,
    Bands: lambda rule, _: "; ".join(_bands(rule)) + ".",
    Steps: _steps,
    Matrix: lambda rule, _: (
        f"Theo bảng hai chiều “{rule.row}” và “{rule.column}”"
        + ("." if rule.otherwise is None else f"; ngoài bảng {said(rule.otherwise)} điểm.")
    ),
    Relative: lambda _, most: (
        f"So với đơn vị vượt chỉ tiêu nhiều nhất trong cụm: đạt chỉ tiêu được {said(most / 2)} điểm."
    ),
    Registered: _registered,
    Honours: _honours,
}
