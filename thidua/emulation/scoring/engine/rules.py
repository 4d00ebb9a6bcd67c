"""The ways in which one filing of one unit gives points. Each reads itself and says what it cannot do.

Cases and steps stand in `cases`, shares of a target in `shares`, what is measured by the best of the cluster
in `relative`, bonuses and deductions in `extras`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from thidua.emulation.scoring.engine.bands import Band, band_of, between, faults, read_band
from thidua.emulation.scoring.engine.given import ALWAYS, measure_of, not_a_number, number_of, shown
from thidua.emulation.scoring.engine.numbers import ZERO, read_number, said
from thidua.emulation.scoring.engine.scored import Scored
from thidua.emulation.scoring.engine.told import BadFile, Told

YES = {"đạt", "dat", "có", "co", "yes", "true", "1", "x"}
NO = {"không đạt", "khong dat", "không", "khong", "no", "false", "0", ""}
Fault = tuple[str, str, str]  # level, code, sentence
LATER = {"later": True}  # a field that digests of older rankings do not know: left out while it says nothing


class Rule(Protocol):
    """A pattern: what it reads from the table, what it makes of a filing."""

    name: ClassVar[str]

    @classmethod
    def read(cls, told: Told) -> Rule:
        """From the table's file."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The names a filing may use beside those that any may."""

    def score(self, filed: Any, most: Decimal) -> Scored:
        """Points of one filing; `most` is the criterion's maximum."""

    def faults(self, most: Decimal) -> Iterator[Fault]:
        """What can be seen to be wrong before anybody files."""

    @property
    def most(self) -> Decimal | None:
        """The most it gives by itself; None when only the criterion's maximum holds it."""


class Plain:
    """What most rules share: nothing to read, nothing wrong."""

    keys: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def read(cls, _told: Told) -> Any:
        """Nothing but the name."""
        return cls()

    def faults(self, _most: Decimal) -> Iterator[Fault]:
        """Nothing."""
        return iter(())

    @property
    def most(self) -> Decimal | None:
        """Whatever the criterion gives."""
        return None


class Direct(Plain):
    """3. Points entered as they are, from nought to the maximum."""

    name: ClassVar[str] = "direct"

    def score(self, filed: Any, most: Decimal) -> Scored:
        """Above the maximum it is a fault, and the maximum is what counts."""
        value = number_of(filed)
        if value is None:
            return not_a_number(filed)
        if value > most:
            return Scored(
                most, value, (("cap", most),), (f"điểm ghi {said(value)} vượt tối đa {said(most)}",)
            )
        if value < 0:
            return Scored(ZERO, value, (("least", ZERO),), (f"điểm ghi {said(value)} nhỏ hơn 0",))
        return Scored(value, value, (("direct", value),))


class Full(Direct):
    """5. The maximum, from which deductions take away; nothing has to be filed but those.

    Points may still be entered as such.
    """

    name: ClassVar[str] = "full"

    def score(self, filed: Any, most: Decimal) -> Scored:
        """The maximum when nothing is filed."""
        if filed is None or filed == "":
            return Scored(most, most, (("full", most),))
        return super().score(filed, most)


class PassFail(Plain):
    """2. All or nothing."""

    name: ClassVar[str] = "pass_fail"

    def score(self, filed: Any, most: Decimal) -> Scored:
        """“đạt”, true, or the points themselves."""
        word = shown(filed).strip().lower()
        if word in YES or number_of(filed) == most:
            return Scored(most, most, (("pass", most),))
        if word in NO:
            return Scored(ZERO, ZERO, (("fail", ZERO),))
        return Scored(ZERO, ZERO, (), (f"ghi “đạt” hoặc “không đạt”, không hiểu “{shown(filed)}”",))


@dataclass(frozen=True, slots=True)
class Bands:
    """6. Points by the range a value falls in. `otherwise` is for values in none.

    `whole`: only whole numbers occur, so that nothing lies between 5 and 6.
    """

    name: ClassVar[str] = "bands"
    keys: ClassVar[tuple[str, ...]] = ()
    bands: tuple[Band, ...]
    otherwise: Decimal | None
    low: Decimal | None
    high: Decimal | None
    whole: bool = field(default=False, metadata=LATER)

    @classmethod
    def read(cls, told: Told) -> Bands:
        """`bands`, perhaps `otherwise`, and the `low` and `high` that a value can have at all."""
        return cls(
            tuple(_band(part) for part in told.parts("bands")),
            told.maybe_number("otherwise"),
            told.maybe_number("low"),
            told.maybe_number("high"),
            told.flag("whole"),
        )

    @property
    def most(self) -> Decimal | None:
        """The best band."""
        return max((*(band.points for band in self.bands), self.otherwise or ZERO), default=ZERO)

    def score(self, filed: Any, _most: Decimal) -> Scored:
        """The points of the band; a value in a gap is a fault and gives nothing."""
        value = measure_of(filed)
        if value is None:
            return not_a_number(filed)
        band = band_of(self.bands, value)
        if band is not None:
            return Scored(band.points, band.points, (("band", value, str(band), band.points),))
        if self.otherwise is not None:
            return Scored(self.otherwise, self.otherwise, (("band", value, "còn lại", self.otherwise),))
        told = f"{said(value)} không thuộc mức nào"
        return Scored(ZERO, ZERO, (("told", told, ZERO),), (told,))

    def faults(self, most: Decimal) -> Iterator[Fault]:
        """Gaps and overlaps at exact ends, bands that hold nothing, points above the maximum."""
        yield from _faults_of_bands(self.bands, self.otherwise, self.low, self.high, whole=self.whole)
        for band in self.bands:
            if band.points > most:
                yield "error", "max", f"mức “{band}” cho {said(band.points)}, hơn tối đa {said(most)}"
        if self.bands and max(band.points for band in self.bands) < most:
            yield "warning", "max", f"không mức nào cho đủ {said(most)} điểm"


def _band(part: Told) -> Band:
    band = read_band(part)
    part.done()
    return band


def _faults_of_bands(
    bands: tuple[Band, ...],
    otherwise: Decimal | None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    *,
    whole: bool = False,
) -> Iterator[Fault]:
    if not bands:
        yield "error", "empty", "chưa có mức nào"
    for kind, sentence in faults(bands, low, high, whole=whole):
        if kind != "gap" or otherwise is None:
            yield "error", kind, sentence
    if otherwise is not None:
        yield from _holes(bands, otherwise, whole=whole)


def _holes(bands: tuple[Band, ...], otherwise: Decimal, *, whole: bool) -> Iterator[Fault]:
    """Values between two bands that get what is left over: hardly meant when both neighbours give more."""
    for kind, sentence, one, other in between(bands, whole=whole):
        if kind == "gap":
            level = "error" if otherwise < min(one.points, other.points) else "warning"
            yield level, kind, f"{sentence}, nên chỉ được {said(otherwise)} điểm như phần còn lại"


@dataclass(frozen=True, slots=True)
class Matrix:
    """8. Points where a row (a volume) meets a column (a rate); `otherwise` where none does."""

    name: ClassVar[str] = "matrix"
    row: str
    column: str
    rows: tuple[Band, ...]
    columns: tuple[Band, ...]
    points: tuple[tuple[Decimal, ...], ...]
    otherwise: Decimal | None = field(default=None, metadata=LATER)

    @property
    def keys(self) -> tuple[str, ...]:
        """The two values."""
        return (self.row, self.column)

    @classmethod
    def read(cls, told: Told) -> Matrix:
        """`row`/`column` name the two values, `rows`/`columns` are ranges, `points` a row of numbers each."""
        rows = tuple(_axis(part) for part in told.parts("rows"))
        columns = tuple(_axis(part) for part in told.parts("columns"))
        points = _cells(told)
        if len(points) != len(rows) or any(len(line) != len(columns) for line in points):
            raise BadFile(f"{told.at('points')}: phải có {len(rows)} hàng, mỗi hàng {len(columns)} số.")
        names = told.text("row", "row"), told.text("column", "column")
        if names[0] == names[1]:
            raise BadFile(f"{told.at('column')}: hai số phải có hai tên khác nhau.")
        if taken := {*names} & {*ALWAYS}:
            raise BadFile(f"{told.at()}: tên “{taken.pop()}” có nghĩa khác trong kết quả chấm, đặt tên khác.")
        return cls(*names, rows, columns, points, told.maybe_number("otherwise"))

    @property
    def most(self) -> Decimal | None:
        """The best cell."""
        return max((*(one for line in self.points for one in line), self.otherwise or ZERO), default=ZERO)

    def score(self, filed: Any, _most: Decimal) -> Scored:
        """The cell; nothing for a nought outside every column (nothing early, nothing late)."""
        if not isinstance(filed, Mapping):
            return Scored(ZERO, ZERO, (), (f"phải ghi “{self.row}” và “{self.column}”",))
        down, across = measure_of(filed, self.row), measure_of(filed, self.column)
        if down is None or across is None:
            return Scored(ZERO, ZERO, (), (f"phải ghi “{self.row}” và “{self.column}” bằng số",))
        row, column = band_of(self.rows, down), band_of(self.columns, across)
        if self.otherwise is not None and (row is None or column is None):
            return Scored(self.otherwise, self.otherwise, (("rest", down, across, self.otherwise),))
        if row is None or column is None:
            line, value = ("hàng", down) if row is None else ("cột", across)
            told = f"{said(value)} không thuộc {line} nào"
            is_none = row is not None and across == 0
            return Scored(ZERO, ZERO, (("told", told, ZERO),), () if is_none else (told,))
        found = self.points[self.rows.index(row)][self.columns.index(column)]
        return Scored(found, found, (("cell", str(row), str(column), found),))

    def faults(self, most: Decimal) -> Iterator[Fault]:
        """Gaps and overlaps on both axes, cells above the maximum."""
        if self.most is not None and self.most > most:
            yield "error", "max", f"có ô cho {said(self.most)}, hơn tối đa {said(most)}"
        for axis, bands in (("hàng", self.rows), ("cột", self.columns)):
            for level, code, sentence in _faults_of_bands(bands, self.otherwise):
                yield level, code, f"{axis}: {sentence}"


def _axis(part: Told) -> Band:
    band = read_band(part, points=False)
    part.done()
    return band


def _cells(told: Told) -> tuple[tuple[Decimal, ...], ...]:
    given = told.get("points", [])
    if not isinstance(given, list) or not all(isinstance(line, list) for line in given):
        raise BadFile(f"{told.at('points')}: phải là danh sách các hàng, mỗi hàng một danh sách số.")
    return tuple(tuple(_cell(told, one) for one in line) for line in given)


def _cell(told: Told, given: object) -> Decimal:
    found = read_number(given)
    if found is None:
        raise BadFile(f"{told.at('points')}: không hiểu số “{given}”.")
    return found
