"""What the body of a paper is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Heading:
    """A heading of a report or plan, numbered by its author.

    Level 0 is a Phần (bold, centred), 1 “I. …” (bold capitals), 2 “1. …” (bold), 3 “a) …” (upright).
    """

    level: int
    text: str


@dataclass(frozen=True)
class Chapter:
    """Chương: “Chương I” and its title in capitals, both bold and centred."""

    number: str
    title: str


@dataclass(frozen=True)
class Article:
    """Điều: “Điều 1. Phạm vi điều chỉnh” in bold."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Words with a first-line indent, justified unless `align` says otherwise; `lead` is bold before them.

    A line break in `text` begins a new paragraph.
    """

    text: str
    bold: bool = False
    italic: bool = False
    align: Literal["justify", "left", "center", "right"] = "justify"
    lead: str = ""


@dataclass(frozen=True)
class Bullets:
    """Lines that begin with a hyphen."""

    items: Sequence[str]


@dataclass(frozen=True)
class Column:
    """A column of a table; widths are shares of the whole, not measures."""

    title: str
    width: float = 1
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """A ruled table whose head is repeated on every page; `total_row` makes the last row bold.

    `bold_rows` are rows that head those below them, counted from nought.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    total_row: bool = False
    bold_rows: Sequence[int] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Mỗi dòng của bảng phải có đủ các cột.")


@dataclass(frozen=True)
class SignatureGrid:
    """Places for many units' signatures, two in a row: unit, post, name, “Đã ký lúc …” or nothing."""

    rows: Sequence[tuple[str, str, str, str]]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True)
class Appendix:
    """Phụ lục: begins a page of its own, with its own page numbers, after the signatures of the paper."""

    label: str
    title: str
    reference: str = ""
    landscape: bool = False


@dataclass(frozen=True)
class QrCode:
    """A QR code, `size` millimetres wide, with a line under it."""

    data: str
    caption: str = ""
    size: int = 35


@dataclass(frozen=True)
class Ballot:
    """Phiếu bầu: `count` papers alike to the last dot, `per_sheet` (1, 2 or 4) on a sheet with cut lines.

    Nothing on a paper tells it from another: no serial number, no name of who votes. A voter marks one of
    `choices` beside each option.
    """

    title: str
    question: str
    options: Sequence[str]
    instruction: str
    count: int
    issuer: str = ""
    per_sheet: int = 2
    choices: Sequence[str] = ("Đồng ý",)
    option_title: str = "Đơn vị"

    def __post_init__(self) -> None:
        if self.per_sheet not in (1, 2, 4):
            raise ValueError("Một tờ A4 in 1, 2 hoặc 4 phiếu.")


Block = (
    Heading
    | Chapter
    | Article
    | Paragraph
    | Bullets
    | Table
    | SignatureGrid
    | PageBreak
    | Appendix
    | QrCode
    | Ballot
)
