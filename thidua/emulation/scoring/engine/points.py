"""A points table as data: its tree, its rules, its classes. The file format is docs/spec/bang-diem-1.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from thidua.emulation.scoring.engine.bands import Band
from thidua.emulation.scoring.engine.extras import ENDLESS, Extra
from thidua.emulation.scoring.engine.given import ALWAYS, OF_EXTRAS
from thidua.emulation.scoring.engine.numbers import HUNDRED, ZERO
from thidua.emulation.scoring.engine.relative import Relative
from thidua.emulation.scoring.engine.rules import Full, Rule
from thidua.emulation.scoring.engine.shares import Registered

MARK, BONUS, PENALTY = "mark", "bonus", "penalty"  # counts in the total; on top of it; taken from it
NOT_FILED = "not_filed"  # the flag a unit has that sent no self-score
DROP, RESCALE = "drop", "rescale"


@dataclass(frozen=True)
class Criterion:
    """A line: a group with children, or a leaf with a rule. `scored_by` empty: whoever writes the layer."""

    code: str
    title: str
    most: Decimal
    kind: str = MARK
    rule: Rule | Relative | None = None
    children: tuple[Criterion, ...] = ()
    scored_by: tuple[str, ...] = ()
    evidence: str = ""
    measure: str = ""
    bonuses: tuple[Extra, ...] = ()
    deductions: tuple[Extra, ...] = ()
    bonus_cap: Decimal | None = None
    deduction_cap: Decimal | None = None
    net: tuple[Decimal | None, Decimal | None] | None = None
    least: Decimal = ZERO
    floor: Decimal = ZERO  # percent of the maximum that must be reached

    def walk(self) -> Iterator[Criterion]:
        """This line and all below, as they stand."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def extras(self) -> tuple[Extra, ...]:
        """Its bonuses, then its deductions."""
        return (*self.bonuses, *self.deductions)

    @property
    def must_be_filed(self) -> bool:
        """It stays open until something is filed; bonuses, penalties and full marks need nothing."""
        return self.kind == MARK and not self.children and not isinstance(self.rule, Full)

    @property
    def floor_points(self) -> Decimal:
        """The least that must be reached."""
        return self.most * self.floor / HUNDRED


@dataclass(frozen=True)
class ClassTest:
    """A class by total points, perhaps only without a nought, or with every floor reached."""

    title: str
    band: Band
    no_zero: bool = False
    floors: bool = False


@dataclass(frozen=True)
class Flag:
    """A fact about a unit that holds its class down, or takes it out of the ranking."""

    code: str
    title: str
    at_most: str = ""  # the best class left
    out: bool = False  # not ranked at all


@dataclass(frozen=True)
class PointsTable:
    """The whole table."""

    title: str
    total: Decimal
    criteria: tuple[Criterion, ...]
    places: int = 2
    rounding: str = "half_up"
    bonus_cap: Decimal | None = None
    penalty_cap: Decimal | None = None
    not_assigned: str = DROP
    classes: tuple[ClassTest, ...] = ()
    flags: tuple[Flag, ...] = field(default=())

    @cached_property
    def lines(self) -> tuple[Criterion, ...]:
        """Every line as it stands."""
        return tuple(line for top in self.criteria for line in top.walk())

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """Lines that take a filing."""
        return tuple(line for line in self.lines if not line.children)

    @cached_property
    def relative(self) -> tuple[Criterion, ...]:
        """Leaves scored by the best of the cluster."""
        return tuple(leaf for leaf in self.leaves if isinstance(leaf.rule, Relative))

    @cached_property
    def extras(self) -> dict[str, tuple[Criterion, Extra]]:
        """Bonuses and deductions by code, with their criterion."""
        return {e.code: (leaf, e) for leaf in self.leaves for e in (*leaf.bonuses, *leaf.deductions)}

    @cached_property
    def by_code(self) -> dict[str, Criterion]:
        """Every line by its code."""
        return {line.code: line for line in self.lines}

    @cached_property
    def groups(self) -> dict[str, Criterion]:
        """Lines with others below them, by code."""
        return {line.code: line for line in self.lines if line.children}

    @cached_property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """The names a filing of each code may use."""
        found = {leaf.code: (*(leaf.rule.keys if leaf.rule else ()), *ALWAYS) for leaf in self.leaves}
        extras = {code: (*extra.rule.keys, *OF_EXTRAS) for code, (_, extra) in self.extras.items()}
        return found | extras

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each leaf by code."""
        return {leaf.code: leaf.kind for leaf in self.leaves}

    @cached_property
    def codes(self) -> frozenset[str]:
        """Everything that may be filed."""
        return frozenset({leaf.code for leaf in self.leaves} | set(self.extras))

    @cached_property
    def most(self) -> Decimal | None:
        """The most a unit can reach; None where a bonus has no cap."""
        extra = sum((_beyond(top) for top in self.criteria), ZERO)
        held = extra if self.bonus_cap is None else min(extra, self.bonus_cap)
        return self.total + held if held.is_finite() else None


def _beyond(line: Criterion) -> Decimal:
    """The most a line can give on top of the scale; endless when nothing holds a bonus."""
    if not line.children:
        return (line.most if line.kind == BONUS else ZERO) + _cap_of(line)
    below = sum((_beyond(child) for child in line.children), ZERO)
    return min(below, line.most) if line.kind == BONUS else below


def _cap_of(leaf: Criterion) -> Decimal:
    """The most the bonuses of a leaf can give; endless when nothing holds them."""
    own = leaf.rule.count * leaf.rule.bonus if isinstance(leaf.rule, Registered) else ZERO
    if not leaf.bonuses:
        return own
    ends = [cap for cap in (leaf.bonus_cap, leaf.net[1] if leaf.net else None) if cap is not None]
    best: dict[str, Decimal] = {}  # of bonuses with the same `one_of` only the best counts
    for one in leaf.bonuses:
        name = one.one_of or f"={one.code}"
        best[name] = max(best.get(name, ZERO), ENDLESS if one.most is None else one.most)
    return own + min([*ends, sum(best.values(), ZERO)])
