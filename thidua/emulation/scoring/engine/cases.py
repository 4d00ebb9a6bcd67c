"""Points for each case, and for each step past a mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from thidua.emulation.scoring.engine.given import measure_of, not_a_number, number_of
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.rules import LATER, Fault
from thidua.emulation.scoring.engine.scored import Scored
from thidua.emulation.scoring.engine.told import BadFile, Told


@dataclass(frozen=True, slots=True)
class Count:
    """4. So many points for each case, up to a cap; the criterion's maximum where none is written."""

    name: ClassVar[str] = "count"
    keys: ClassVar[tuple[str, ...]] = ("count",)
    each: Decimal
    cap: Decimal | None

    @classmethod
    def read(cls, told: Told) -> Count:
        """`each` and perhaps `cap`."""
        return cls(told.number("each"), told.maybe_number("cap"))

    @property
    def most(self) -> Decimal | None:
        """Its cap."""
        return self.cap

    def score(self, filed: Any, most: Decimal) -> Scored:
        """Cases times points."""
        cases = number_of(filed, "count")
        if cases is None:
            return not_a_number(filed)
        if cases < 0:
            return Scored(ZERO, ZERO, (), (f"số việc {said(cases)} nhỏ hơn 0",))
        asked, cap = cases * self.each, most if self.cap is None else self.cap
        steps = (("count", cases, self.each, asked),)
        if asked <= cap:
            return Scored(asked, asked, steps)
        return Scored(cap, asked, (*steps, ("cap", cap)))

    def faults(self, most: Decimal) -> Iterator[Fault]:
        """A cap above the maximum never bites; nothing for each case never gives."""
        if self.each == 0:
            yield "error", "never", "mỗi việc 0 điểm nên quy tắc không bao giờ cho điểm"
        if self.cap is not None and self.cap > most:
            yield "warning", "cap", f"trần {said(self.cap)} cao hơn điểm tối đa {said(most)}"


@dataclass(frozen=True, slots=True)
class Steps:
    """7. `first` points past `start`, then `each` for every whole `step` beyond, up to `cap`.

    Where less is better a value lies beyond the start when it is below it.
    """

    name: ClassVar[str] = "steps"
    keys: ClassVar[tuple[str, ...]] = ()
    start: Decimal
    first: Decimal
    step: Decimal
    each: Decimal
    cap: Decimal | None
    inclusive: bool
    less_is_better: bool = field(default=False, metadata=LATER)

    @classmethod
    def read(cls, told: Told) -> Steps:
        """`start`, `step`, `each`; perhaps `first`, `cap`, `better`; `inclusive` when `start` counts."""
        step = told.number("step")
        if step <= 0:
            raise BadFile(f"{told.at('step')}: bước phải lớn hơn 0.")
        return cls(
            told.measure("start"),
            told.number("first", ZERO),
            step,
            told.number("each"),
            told.maybe_number("cap"),
            told.flag("inclusive"),
            told.word("better", ("more", "less"), "more") == "less",
        )

    @property
    def most(self) -> Decimal | None:
        """Its cap."""
        return self.cap

    def score(self, filed: Any, most: Decimal) -> Scored:
        """Nothing before the start."""
        value = measure_of(filed)
        if value is None:
            return not_a_number(filed)
        beyond = self.start - value if self.less_is_better else value - self.start
        if beyond < 0 or (beyond == 0 and not self.inclusive):
            return Scored(ZERO, ZERO, (("told", f"{said(value)} chưa qua mốc {said(self.start)}", ZERO),))
        whole = beyond // self.step
        asked, cap = self.first + whole * self.each, most if self.cap is None else self.cap
        taken = (("step", self.first, whole, self.each, asked),)
        return Scored(asked, asked, taken) if asked <= cap else Scored(cap, asked, (*taken, ("cap", cap)))

    def faults(self, _most: Decimal) -> Iterator[Fault]:
        """Steps that add nothing."""
        if self.each == 0 and self.first == 0:
            yield "error", "never", "không bước nào cho điểm"
