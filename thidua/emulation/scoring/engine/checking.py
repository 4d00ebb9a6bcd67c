"""What is wrong with a table before anybody files. Errors stop its adoption; warnings ask for a reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from thidua.emulation.scoring.engine import bands
from thidua.emulation.scoring.engine.extras import Extra
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.points import BONUS, MARK, PENALTY, ClassTest, Criterion, PointsTable
from thidua.emulation.scoring.engine.rules import Bands, Count, Direct, Matrix, Steps
from thidua.emulation.scoring.engine.shares import Honours

ERROR, WARNING = "error", "warning"
LEVELS = {ERROR: "LỖI", WARNING: "LƯU Ý"}
_LAST_NUMBER = re.compile(r"^(.*?)(\d+)$")


class Finding(NamedTuple):
    """How bad, which kind, on which code (empty: the whole table), and a sentence."""

    level: str
    kind: str
    code: str
    sentence: str

    def __str__(self) -> str:
        return f"{LEVELS[self.level]} {self.code or 'cả bảng'}: {self.sentence}"


def check(table: PointsTable) -> list[Finding]:
    """Everything found, in the order of the table."""
    return [
        *_sums(table),
        *_codes(table),
        *(finding for line in table.lines for finding in _line(line)),
        *_ceilings(table),
        *_classes(table),
        *_flags(table),
    ]


def _sums(table: PointsTable) -> Iterator[Finding]:
    """1. Children make their parent, the top lines the whole."""
    counted = sum((line.most for line in table.criteria if line.kind == MARK), ZERO)
    if counted != table.total:
        yield Finding(
            ERROR, "sum", "", f"các mục lớn cộng lại {said(counted)}, khác thang điểm {said(table.total)}"
        )
    for line in table.lines:
        below = sum((child.most for child in line.children if child.kind == MARK), ZERO)
        if line.children and line.kind == MARK and below != line.most:
            yield Finding(
                ERROR, "sum", line.code, f"tối đa {said(line.most)} nhưng bên dưới cộng lại {said(below)}"
            )


def _codes(table: PointsTable) -> Iterator[Finding]:
    """Codes used twice, written in two ways, or jumping."""
    codes = [line.code for line in table.lines]
    codes += [e.code for line in table.lines for e in (*line.bonuses, *line.deductions)]
    for code, times in Counter(codes).items():
        if times > 1:
            yield Finding(ERROR, "code", code, f"mã dùng {times} lần")
    spelled: dict[str, str] = {}
    for code in dict.fromkeys(codes):
        plain = re.sub(r"[^0-9a-zA-Z]", "", code).lower()
        if spelled.setdefault(plain, code) != code and plain:
            yield Finding(WARNING, "code", code, f"dễ lẫn với mã “{spelled[plain]}”")
    for line in (None, *table.lines):
        children = table.criteria if line is None else line.children
        yield from _jumps([child.code for child in children])
        if line is not None:
            extras = (*line.bonuses, *line.deductions)
            yield from _jumps(sorted((one.code for one in extras), key=_by_number))
            yield from _styles(line, extras)


def _by_number(code: str) -> tuple[str, int]:
    """Bonuses and deductions are numbered through, whichever column they stand in."""
    found = _LAST_NUMBER.match(code)
    return (found[1], int(found[2])) if found else (code, 0)


def _jumps(codes: list[str]) -> Iterator[Finding]:
    """5.3 then 5.5."""
    for one, other in pairwise(codes):
        before, after = _LAST_NUMBER.match(one), _LAST_NUMBER.match(other)
        if before and after and before[1] == after[1] and int(after[2]) != int(before[2]) + 1:
            yield Finding(WARNING, "jump", other, f"mã nhảy từ {one} sang {other}")


def _styles(line: Criterion, extras: tuple[Extra, ...]) -> Iterator[Finding]:
    """“a.7.1” under “a7”: the same place written in another way."""
    for extra in extras:
        same = (
            re.sub(r"[^0-9a-zA-Z]", "", extra.code)
            .lower()
            .startswith(re.sub(r"[^0-9a-zA-Z]", "", line.code).lower())
        )
        if same and not extra.code.startswith(line.code):
            yield Finding(WARNING, "code", extra.code, f"cách đánh mã khác với mã “{line.code}” của tiêu chí")


def _line(line: Criterion) -> Iterator[Finding]:
    if line.most < 0:
        yield Finding(ERROR, "negative", line.code, "điểm tối đa không được âm; điểm trừ cũng ghi số dương")
    if not line.children and line.rule is not None:
        for level, kind, sentence in line.rule.faults(line.most):
            yield Finding(level, kind, line.code, sentence)
        if line.kind == MARK and line.most == 0 and not line.bonuses and not line.deductions:
            yield Finding(ERROR, "never", line.code, "tối đa 0 điểm nên tiêu chí không bao giờ cho điểm")
    for extra in line.bonuses:
        yield from _bonus(line, extra)
    for extra in line.deductions:
        yield from _deduction(line, extra)


def _bonus(line: Criterion, extra: Extra) -> Iterator[Finding]:
    yield from _negative(extra, "thưởng")
    for level, kind, sentence in extra.rule.faults(extra.cap if extra.cap is not None else _most(extra)):
        if kind != "max":
            yield Finding(level, kind, extra.code, sentence)
    net = line.net[1] if line.net else None
    if _cap(extra) is None and line.bonus_cap is None and net is None and not isinstance(extra.rule, Direct):
        yield Finding(WARNING, "uncapped", extra.code, "điểm thưởng không có trần")
    if isinstance(extra.rule, Direct) and _cap(extra) is None:
        yield Finding(WARNING, "uncapped", extra.code, "điểm thưởng ghi trực tiếp mà không có trần")


def _deduction(line: Criterion, extra: Extra) -> Iterator[Finding]:
    yield from _negative(extra, "trừ")
    cap = _cap(extra)
    if cap is not None and line.deduction_cap is not None and cap > line.deduction_cap:
        yield Finding(
            WARNING,
            "cap",
            extra.code,
            f"trần trừ {said(cap)} cao hơn trần {said(line.deduction_cap)} của cả tiêu chí",
        )
    if getattr(extra.rule, "each", None) == 0:
        yield Finding(ERROR, "never", extra.code, "mỗi việc trừ 0 điểm nên không bao giờ trừ")


def _negative(extra: Extra, word: str) -> Iterator[Finding]:
    """Negative values in a column whose sign the column already gives."""
    values = [
        getattr(extra.rule, "each", None),
        getattr(extra.rule, "first", None),
        extra.cap,
        getattr(extra.rule, "cap", None),
    ]
    values += [band.points for band in getattr(extra.rule, "bands", ())]
    values += [point for row in getattr(extra.rule, "points", ()) for point in row]
    values += list(getattr(extra.rule, "awards", {}).values())
    if any(value is not None and value < 0 for value in values):
        yield Finding(ERROR, "negative", extra.code, f"số âm ở cột điểm {word}; ghi số dương")


def _cap(extra: Extra) -> Decimal | None:
    """The most this extra can ever be; None when nothing holds it."""
    rule = extra.rule
    if extra.cap is not None:
        return extra.cap
    if isinstance(rule, Matrix):
        return max((point for row in rule.points for point in row), default=ZERO)
    if isinstance(rule, Bands):
        return max((band.points for band in rule.bands), default=ZERO)
    if isinstance(rule, Honours):
        return max(rule.awards.values()) if rule.take_best else sum(rule.awards.values(), ZERO)
    return rule.cap if isinstance(rule, Count | Steps) else None


def _most(extra: Extra) -> Decimal:
    cap = _cap(extra)
    return cap if cap is not None else ZERO


def _ceilings(table: PointsTable) -> Iterator[Finding]:
    bonus = any(line.kind == BONUS or line.bonuses for line in table.lines)
    penalty = any(line.kind == PENALTY or line.deductions for line in table.lines)
    if table.bonus_cap is not None and not bonus:
        yield Finding(
            WARNING, "never", "", f"có trần thưởng {said(table.bonus_cap)} nhưng bảng không có điểm thưởng"
        )
    if table.penalty_cap is not None and not penalty:
        yield Finding(
            WARNING, "never", "", f"có trần trừ {said(table.penalty_cap)} nhưng bảng không có điểm trừ"
        )
    if bonus and table.most is None:
        yield Finding(
            WARNING, "uncapped", "", "tổng điểm không có giới hạn trên vì có điểm thưởng không trần"
        )


def _classes(table: PointsTable) -> Iterator[Finding]:
    """Every total must fall in exactly one class, with and without a nought or a low floor."""
    if not table.classes:
        return
    top = table.most if table.most is not None else table.total
    for zero in (False, True):
        for low in (False, True):
            open_ones = [
                test for test in table.classes if not (test.no_zero and zero) and not (test.floors and low)
            ]
            if (zero and not any(t.no_zero for t in table.classes)) or (
                low and not any(t.floors for t in table.classes)
            ):
                continue
            yield from _class_gaps(open_ones, top, zero=zero, low=low)


def _class_gaps(tests: Sequence[ClassTest], top: Decimal, *, zero: bool, low: bool) -> Iterator[Finding]:
    words = " khi có tiêu chí 0 điểm" * zero + " khi có tiêu chí dưới mức tối thiểu" * low
    for kind, sentence in bands.faults([test.band for test in tests], ZERO, top):
        level = ERROR if kind != "gap" or not words else WARNING
        yield Finding(level, f"class-{kind}", "", f"xếp loại{words}: {sentence}")
    if not tests:
        yield Finding(WARNING, "class-gap", "", f"xếp loại{words}: không loại nào nhận")


def _flags(table: PointsTable) -> Iterator[Finding]:
    titles = {test.title for test in table.classes}
    for flag in table.flags:
        if flag.at_most and flag.at_most not in titles:
            yield Finding(ERROR, "flag", flag.code, f"không có loại “{flag.at_most}” trong bảng")
        if not flag.at_most and not flag.out:
            yield Finding(
                ERROR, "never", flag.code, "cờ này không hạ loại cũng không loại ra, nên không có tác dụng"
            )
