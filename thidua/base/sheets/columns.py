"""Columns of a sheet, the same for writing and for reading back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

CellKind = Literal["text", "number", "date", "figure"]


@dataclass(frozen=True)
class Column:
    """A column: its title, the key of its value in a row, its kind, its width in letters.

    A “figure” is a number or words about one (“trên 50”): kept as text, a number of Excel with its comma.

    Only reading looks at the rest: whether a value is `required`, by which other titles the column is
    `also` known, and what the only words in it stand for (`choices`: word → value).
    """

    title: str
    key: str
    kind: CellKind = "text"
    width: int = 18
    required: bool = False
    also: tuple[str, ...] = ()
    choices: Mapping[str, Any] | None = None
    hint: str = ""  # for the template of an import: what to write here

    def word(self, value: Any) -> Any:
        """What was written for a value: the column's own word for it, if it has a list of them."""
        words = {meaning: word for word, meaning in (self.choices or {}).items()}
        return value if value is None else words.get(value, value)


@dataclass(frozen=True)
class Sheet:
    """A sheet to write: rows are mappings from column keys to values; `total` stands last, in bold."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    total: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Row:
    """A row that was read: its number in the file and its values by column key; None for a missing column."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass(frozen=True)
class RowError:
    """What is wrong in a cell (or, without a column, in a row), and what would mend it."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"Dòng {self.row}, cột “{self.column}”" if self.column else f"Dòng {self.row}"
        return f"{place}: {self.message}"


@dataclass(frozen=True)
class Import:
    """What was read: the rows (also faulty ones, with None for what could not be read) and all faults."""

    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
