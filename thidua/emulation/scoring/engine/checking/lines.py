"""What is wrong with one line: its maximum, its rule, its bonuses and deductions, the caps that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from thidua.emulation.scoring.engine.bands import beyond, open_ends, start_of
from thidua.emulation.scoring.engine.checking.findings import Finding, error, warning
from thidua.emulation.scoring.engine.extras import Extra
from thidua.emulation.scoring.engine.numbers import HUNDRED, ZERO, said
from thidua.emulation.scoring.engine.points import MARK, Criterion, PointsTable
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Bands, Direct, Rule
from thidua.emulation.scoring.engine.shares import Registered


def of_line(table: PointsTable, line: Criterion) -> Iterator[Finding]:
    """Everything found on a line."""
    if line.most < 0:
        yield error("negative", line.code, "điểm tối đa không được âm; điểm trừ cũng ghi số dương")
    if line.children:
        yield from _group(line)
        return
    if line.rule is not None:
        yield from _rule(line)
    yield from _limits(table, line)
    for extra in line.bonuses:
        yield from _bonus(table, line, extra)
    for extra in line.deductions:
        yield from _deduction(line, extra)
    yield from _choices(line)


def _group(line: Criterion) -> Iterator[Finding]:
    """What stands on a group is never counted; titles used twice below it."""
    held = (line.bonuses, line.deductions, line.net, line.floor)
    if any(held) or line.bonus_cap is not None or line.deduction_cap is not None:
        yield error(
            "never",
            line.code,
            "thưởng, trừ, trần, mức tối thiểu ở mục có tiêu chí bên dưới không được tính",
        )
    for child in line.children:
        if child.kind == MARK != line.kind:
            yield error("kind", child.code, f"tiêu chí trong thang điểm đứng ở mục thưởng, trừ {line.code}")
    yield from titles(line.children)


def titles(lines: Iterable[Criterion]) -> Iterator[Finding]:
    """The same words twice among lines that stand side by side."""
    seen: dict[str, str] = {}
    for line in lines:
        title = line.title.lower().strip()
        if title and seen.setdefault(title, line.code) != line.code:
            yield warning("title", line.code, f"cùng nội dung với {seen[title]}")


def _rule(line: Criterion) -> Iterator[Finding]:
    rule = line.rule
    assert rule is not None
    for level, kind, sentence in rule.faults(line.most):
        yield Finding(level, kind, line.code, sentence)
    if any(value < 0 for value in values_of(rule)):
        yield error("negative", line.code, "quy tắc có điểm âm; ghi số dương, điểm trừ ghi ở cột điểm trừ")
    if line.kind == MARK and line.most == 0 and not line.bonuses and not line.deductions:
        yield error("never", line.code, "tối đa 0 điểm nên tiêu chí không bao giờ cho điểm")
    if isinstance(rule, Bands):
        yield from _bands(line.code, rule)
    elif not isinstance(rule, Relative | Registered) and rule.most is not None and rule.most < line.most:
        told = f"quy tắc cho nhiều nhất {said(rule.most)} điểm, không đủ tối đa {said(line.most)}"
        yield warning("max", line.code, told)


def _bands(code: str, rule: Bands) -> Iterator[Finding]:
    """Values beyond the outer bands, and points that go up and down."""
    if rule.otherwise is None:
        for sentence in open_ends(rule.bands, rule.low, rule.high):
            yield warning(
                "gap",
                code,
                f"{sentence}; ghi điểm khi không thuộc mức nào, hoặc giá trị nhỏ nhất, lớn nhất có thể có",
            )
    for band in beyond(rule.bands, rule.low, rule.high):
        yield warning("never", code, f"không giá trị nào tới mức “{band}”")
    ordered = sorted(rule.bands, key=start_of)
    ways = {one.points < other.points for one, other in pairwise(ordered) if one.points != other.points}
    if len(ways) > 1:
        yield warning("order", code, "điểm các mức lúc tăng lúc giảm")
    if rule.bands and not any(band.points for band in rule.bands) and not rule.otherwise:
        yield error("never", code, "mọi mức đều 0 điểm nên quy tắc không bao giờ cho điểm")


def _limits(table: PointsTable, line: Criterion) -> Iterator[Finding]:
    """Caps and ends that hold nothing, or cannot hold."""
    yield from _caps(line)
    if line.net is not None and not line.bonuses and not line.deductions:
        yield warning("never", line.code, "có giới hạn thưởng trừ nhưng không có dòng thưởng, trừ nào")
    yield from _net(line)
    if line.least > line.most:
        yield error("never", line.code, f"điểm thấp nhất {said(line.least)} lớn hơn tối đa {said(line.most)}")
    if not 0 <= line.floor <= HUNDRED:
        yield error("floor", line.code, f"mức tối thiểu {said(line.floor)}% phải từ 0 đến 100")
    elif line.floor and table.classes and not any(test.floors for test in table.classes):
        yield warning("never", line.code, "có mức tối thiểu nhưng không loại nào đòi hỏi (“floors: true”)")


def _net(line: Criterion) -> Iterator[Finding]:
    """Ends of the net that cross, or that leave one side nothing to do."""
    low, high = line.net or (None, None)
    if low is not None and high is not None and low > high:
        yield error("never", line.code, "giới hạn thưởng trừ: đầu dưới lớn hơn đầu trên")
    elif high is not None and high <= 0 and line.bonuses and not line.deductions:
        yield error("never", line.code, f"thưởng bù trừ không quá {said(high)} nên không bao giờ được thưởng")
    elif low is not None and low >= 0 and line.deductions and not line.bonuses:
        yield error("never", line.code, f"thưởng bù trừ không dưới {said(low)} nên không bao giờ bị trừ")
    if line.deductions and not line.bonuses and line.least == line.most > 0:
        yield error("never", line.code, "điểm thấp nhất bằng tối đa nên không bao giờ bị trừ")


def _caps(line: Criterion) -> Iterator[Finding]:
    for word, cap, extras in (
        ("thưởng", line.bonus_cap, line.bonuses),
        ("trừ", line.deduction_cap, line.deductions),
    ):
        if cap is not None and cap < 0:
            yield error("negative", line.code, f"trần {word} không được âm; ghi số dương")
        if cap == 0 and extras:
            yield error("never", line.code, f"trần {word} 0 nên không bao giờ {word}")
        if cap is not None and not extras:
            yield warning("never", line.code, f"có trần {word} {said(cap)} nhưng không có dòng {word} nào")


def _bonus(table: PointsTable, line: Criterion, extra: Extra) -> Iterator[Finding]:
    yield from _extra(extra, "thưởng")
    held = any(one is not None for one in (extra.most, line.bonus_cap, table.bonus_cap))
    if not held and (line.net is None or line.net[1] is None):
        how = " ghi trực tiếp mà" if isinstance(extra.rule, Direct) else ""
        yield warning("uncapped", extra.code, f"điểm thưởng{how} không có trần")
    if extra.needs_clean and not line.deductions:
        yield warning(
            "never", extra.code, "chỉ thưởng khi không bị trừ, nhưng tiêu chí không có điểm trừ nào"
        )
    if extra.waivable:
        yield warning("never", extra.code, "“waivable” chỉ dùng cho điểm trừ")
    if extra.cap is not None and line.bonus_cap is not None and extra.cap > line.bonus_cap:
        yield _over(extra, line.bonus_cap, "thưởng")


def _deduction(line: Criterion, extra: Extra) -> Iterator[Finding]:
    yield from _extra(extra, "trừ")
    if extra.most is not None and line.deduction_cap is not None and extra.most > line.deduction_cap:
        yield _over(extra, line.deduction_cap, "trừ")
    left = line.most - line.least
    largest = max(_at_once(extra.rule), default=ZERO)
    if line.net is None and not line.bonuses and largest > left:
        yield warning(
            "cap",
            extra.code,
            f"một lần trừ {said(largest)} điểm, tiêu chí chỉ có {said(left)} điểm để trừ",
        )
    if extra.needs_clean:
        yield warning("never", extra.code, "“needs_clean” chỉ dùng cho điểm thưởng")


def _over(extra: Extra, cap: Decimal, word: str) -> Finding:
    return warning(
        "cap", extra.code, f"trần {word} {said(extra.most or ZERO)} cao hơn trần {said(cap)} của cả tiêu chí"
    )


def _extra(extra: Extra, word: str) -> Iterator[Finding]:
    """What bonuses and deductions have in common."""
    values = [*values_of(extra.rule), *(() if extra.cap is None else (extra.cap,))]
    at_once = _at_once(extra.rule)
    if any(value < 0 for value in values):
        yield error("negative", extra.code, f"số âm ở cột điểm {word}; ghi số dương")
    elif at_once and not any(at_once):
        yield error("never", extra.code, f"mọi giá trị đều 0 nên không bao giờ {word}")
    elif extra.cap == 0:
        yield error("never", extra.code, f"trần 0 nên không bao giờ {word}")
    for level, kind, sentence in extra.rule.faults(
        extra.most if extra.most is not None else max(values, default=ZERO)
    ):
        if kind not in {"max", "never", "cap"}:
            yield Finding(level, kind, extra.code, sentence)
    cap = extra.cap if extra.cap is not None else getattr(extra.rule, "cap", None)
    if cap is not None and 0 < cap < max(at_once, default=ZERO):
        yield warning("cap", extra.code, f"một lần {word} {said(max(at_once))}, hơn trần {said(cap)}")


def _choices(line: Criterion) -> Iterator[Finding]:
    """A choice of one is none."""
    for extras in (line.bonuses, line.deductions):
        for name, times in Counter(one.one_of for one in extras if one.one_of).items():
            if times == 1:
                alone = next(one for one in extras if one.one_of == name)
                yield warning("never", alone.code, f"chỉ một dòng mang tên lựa chọn “{name}”")


def values_of(rule: Rule | Relative) -> list[Decimal]:
    """Every number of points a rule has, its cap too."""
    cap = getattr(rule, "cap", None)
    return _at_once(rule) + ([] if cap is None else [cap])


def _at_once(rule: Rule | Relative) -> list[Decimal]:
    """Every number of points one filing of a rule can give by itself."""
    found = [getattr(rule, name, None) for name in ("each", "first", "otherwise", "bonus")]
    found += [band.points for band in getattr(rule, "bands", ())]
    found += [point for row in getattr(rule, "points", ()) for point in row]
    found += list(getattr(rule, "awards", {}).values())
    return [value for value in found if value is not None]
