"""Shares of a target, indicators that units register themselves, honours already held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from thidua.emulation.scoring.engine.given import measure_of, not_a_number, number_of, shown
from thidua.emulation.scoring.engine.numbers import HUNDRED, ZERO, read_number, said
from thidua.emulation.scoring.engine.rules import LATER, Fault
from thidua.emulation.scoring.engine.scored import Scored, clamp
from thidua.emulation.scoring.engine.told import BadFile, Told, nearest

OF_REGISTERED = ("actual", "target", "bonus", "less", "title")  # what an indicator of the unit's own may say


@dataclass(frozen=True, slots=True)
class Percent:
    """9. The maximum times actual over target, never more than the maximum; nothing below `start` percent."""

    name: ClassVar[str] = "percent"
    keys: ClassVar[tuple[str, ...]] = ("actual", "target")
    less_is_better: bool
    start: Decimal = field(default=ZERO, metadata=LATER)

    @classmethod
    def read(cls, told: Told) -> Percent:
        """`better: less` where a small value is the good one; perhaps `start`."""
        less = told.word("better", ("more", "less"), "more") == "less"
        return cls(less, told.maybe_measure("start") or ZERO)

    def score(self, filed: Any, most: Decimal) -> Scored:
        """A filing of `actual` and `target`, or of the percentage alone."""
        if not isinstance(filed, Mapping):
            value = measure_of(filed)
            return not_a_number(filed) if value is None else self._share(most, value, HUNDRED)
        actual, target = measure_of(filed, "actual"), measure_of(filed, "target")
        if actual is None or target is None:
            return Scored(ZERO, ZERO, (), ("phải ghi chỉ tiêu và kết quả bằng số",))
        if target == 0:
            return Scored(ZERO, ZERO, (), ("chỉ tiêu bằng 0: để trống nếu không giao chỉ tiêu",))
        if self.less_is_better and actual <= 0:  # nothing of what should be little
            return Scored(most, most, (("none", most),))
        top, bottom = (target, actual) if self.less_is_better else (actual, target)
        return self._share(most, top, bottom)

    @property
    def most(self) -> Decimal | None:
        """The criterion's maximum."""
        return None

    def _share(self, most: Decimal, top: Decimal, bottom: Decimal) -> Scored:
        asked = most * top / bottom
        steps = ("share", most, top, bottom, asked)
        if asked < 0:
            return Scored(ZERO, ZERO, (steps, ("least", ZERO)))
        if asked * HUNDRED < self.start * most:
            return Scored(ZERO, ZERO, (steps, ("told", f"chưa đến {said(self.start)}%", ZERO)))
        return Scored(asked, asked, (steps,)) if asked <= most else Scored(most, most, (steps, ("cap", most)))

    def faults(self, _most: Decimal) -> Iterator[Fault]:
        """Nothing."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Registered:
    """12. The unit registers `count` indicators of its own, each of weight `each`, with a bonus each."""

    name: ClassVar[str] = "registered"
    keys: ClassVar[tuple[str, ...]] = ("indicators",)
    count: int
    each: Decimal
    bonus: Decimal

    @classmethod
    def read(cls, told: Told) -> Registered:
        """`count`, `each`, perhaps `bonus`."""
        return cls(told.whole("count", least=1, most=100), told.number("each"), told.number("bonus", ZERO))

    @property
    def most(self) -> Decimal | None:
        """All indicators with all bonuses."""
        return self.count * (self.each + self.bonus)

    def score(self, filed: Any, _most: Decimal) -> Scored:
        """Each by its own target; what is reached beyond it earns the bonus, never more than its cap."""
        given = filed.get("indicators") if isinstance(filed, Mapping) else filed
        if not isinstance(given, list):
            return Scored(ZERO, ZERO, (), ("phải ghi danh sách các chỉ tiêu tự đăng ký",))
        lines = [line for line in given if line][: self.count]
        if not all(isinstance(line, Mapping) for line in lines):
            return Scored(ZERO, ZERO, (), ("mỗi chỉ tiêu tự đăng ký phải ghi kết quả và chỉ tiêu",))
        unknown = next((key for line in lines for key in line if key not in OF_REGISTERED), None)
        if unknown is not None:
            told = f"không hiểu “{unknown}” của chỉ tiêu tự đăng ký. {nearest(unknown, OF_REGISTERED)}"
            return Scored(ZERO, ZERO, (), (told,))
        found = [Percent(less_is_better=bool(line.get("less"))).score(line, self.each) for line in lines]
        asked = [number_of(line, "bonus") or ZERO for line in lines]
        bonus = sum((clamp(one, ZERO, self.bonus) for one in asked), ZERO)
        points = sum((one.points for one in found), ZERO)
        return Scored(
            points + bonus,
            points + sum(asked, ZERO),
            (*(step for one in found for step in one.steps), *((("bonus", bonus),) if bonus else ())),
            (
                *self._faults_of_number(sum(1 for line in given if line)),
                *(fault for one in found for fault in one.faults),
                *self._faults_of_bonuses(lines),
            ),
            bonus,
        )

    def _faults_of_number(self, written: int) -> Iterator[str]:
        """Those that are missing earn nothing; those beyond are not counted."""
        if written < self.count:
            yield f"phải có {self.count} chỉ tiêu tự đăng ký, mới ghi {written}"
        if written > self.count:
            yield f"ghi {written} chỉ tiêu tự đăng ký, chỉ tính {self.count} chỉ tiêu đầu"

    def _faults_of_bonuses(self, lines: list[Any]) -> Iterator[str]:
        for at, line in enumerate(lines, 1):
            given = line.get("bonus")
            if given is None or given == "":
                continue
            bonus = read_number(given)
            if bonus is None:
                yield f"chỉ tiêu {at}: không hiểu số “{shown(given)}”"
            elif not 0 <= bonus <= self.bonus:
                yield f"chỉ tiêu {at}: thưởng {said(bonus)}, phải từ 0 đến {said(self.bonus)}"

    def faults(self, most: Decimal) -> Iterator[Fault]:
        """The weights must make the maximum."""
        whole = self.count * self.each
        if whole != most:
            yield (
                "error",
                "sum",
                f"{self.count} × {said(self.each)} = {said(whole)}, khác tối đa {said(most)}",
            )


@dataclass(frozen=True, slots=True)
class Honours:
    """13. Points for honours already held, read from the ledger; the best one, or all of them."""

    name: ClassVar[str] = "honours"
    keys: ClassVar[tuple[str, ...]] = ("held",)
    awards: Mapping[str, Decimal]
    take_best: bool

    @classmethod
    def read(cls, told: Told) -> Honours:
        """`awards` from code to points; `take: best` or `sum`."""
        part = told.part("awards")
        awards = {code: part.number(code) for code in part.values}
        if not awards:
            raise BadFile(f"{part.at()}: ghi ít nhất một danh hiệu, hình thức.")
        return cls(awards, told.word("take", ("best", "sum"), "best") == "best")

    @property
    def most(self) -> Decimal | None:
        """The best, or all together."""
        return max(self.awards.values()) if self.take_best else sum(self.awards.values(), ZERO)

    def score(self, filed: Any, _most: Decimal) -> Scored:
        """A list of codes."""
        held = filed.get("held", []) if isinstance(filed, Mapping) else filed
        codes = [shown(one) for one in (held if isinstance(held, list | tuple) else [held] if held else [])]
        unknown = tuple(
            f"“{code}” không được thưởng điểm trong bảng" for code in codes if code not in self.awards
        )
        steps = [("honour", code, self.awards[code]) for code in codes if code in self.awards]
        worth = [self.awards[code] for code in codes if code in self.awards]
        points = (max(worth, default=ZERO)) if self.take_best else sum(worth, ZERO)
        return Scored(points, points, tuple(steps), unknown)

    def faults(self, most: Decimal) -> Iterator[Fault]:
        """Honours that give nothing, or more than the maximum."""
        for code, points in self.awards.items():
            if points > most:
                yield "error", "max", f"“{code}” cho {said(points)}, hơn tối đa {said(most)}"
        if not any(self.awards.values()):
            yield "error", "never", "không danh hiệu, hình thức nào cho điểm"
