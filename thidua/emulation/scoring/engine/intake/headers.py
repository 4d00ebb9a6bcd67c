"""Which column holds what, by the words officers put above it; the heading may take two rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from thidua.emulation.scoring.engine.intake.grids import Grid, Line, width

WITHIN = 40  # first rows among which the heading is looked for: papers carry much above it
ROLES: tuple[tuple[str, str], ...] = (  # the first pattern that fits a heading names its column
    ("rule", r"quy tac bang diem 1|bang diem 1"),
    ("filed", r"tu cham|cham cheo|tham dinh|ket qua|diem dat|diem cham|thuc hien|ket luan"),
    ("kind", r"^loai( dong)?$"),
    ("parent", r"thuoc muc"),
    ("measure", r"don vi tinh|^dvt"),
    ("scored_by", r"(don vi|co quan|phong|nguoi|ai).*(cham|danh gia|theo doi|phu trach|tham muu)|^ai cham"),
    ("evidence", r"minh chung|kiem chung|tai lieu|ho so chung minh|can cu"),
    ("bonus", r"thuong|diem cong|^cong$|(^| )cong them"),
    ("penalty", r"diem tru|(^| )tru$|^tru"),
    (
        "how",
        r"cach (cham|tinh|thuc)|phuong phap|ghi chu|huong dan|(dien|giai) (giai|thich)|yeu cau|muc cham"
        r"|(?<!diem )(?<!theo )quy dinh",
    ),
    ("max", r"diem (chuan|toi da|(theo )?quy dinh)|toi da|thang diem|so diem|^diem$|^diem\b|(?<!tieu )chuan"),
    ("code", r"^(s ?tt|tt|so tt|so thu tu|ma|ma so|ma tieu chi|muc|ky hieu)$"),
    ("title", r"noi dung|tieu (chi|chuan)|chi tieu|danh muc|cong viec|nhiem vu|hoat dong|phong trao"),
)


class Heading(NamedTuple):
    """Where the rows begin and which role each column plays."""

    first: int
    columns: Mapping[str, int]
    told: Mapping[str, str]


def fold(text: str) -> str:
    """Lower case without marks and signs."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9%]+", " ", letters.casefold()).strip()


def find_heading(grid: Grid) -> Heading | None:
    """The heading that names most columns; None when no table of points is seen."""
    found = [heading for heading in _headings(grid.lines) if _serves(heading)]
    return max(found, key=lambda one: (len(one.columns), -one.first), default=None)


def _serves(heading: Heading) -> bool:
    names = set(heading.columns)
    return "title" in names and bool(names & {"max", "bonus", "penalty"})


def _headings(lines: Sequence[Line]) -> Iterator[Heading]:
    across = width(lines)
    for at in range(min(len(lines), WITHIN)):
        top = _padded(lines[at].cells, across)
        yield _heading(at + 1, top)
        if at + 1 < len(lines):
            yield _heading(at + 2, _joined(top, _padded(lines[at + 1].cells, across)))


def _padded(cells: Sequence[str], across: int) -> list[str]:
    return [*cells, *[""] * (across - len(cells))]


def _joined(top: Sequence[str], below: Sequence[str]) -> list[str]:
    """Two rows of heading: what spans columns above is said again over each of them."""
    found, carried = [], ""
    for upper, lower in zip(top, below, strict=True):
        carried = upper or (carried if lower else "")
        found.append(lower if lower and role_of(lower) else f"{carried} {lower}".strip())
    return found


def _heading(first: int, cells: Sequence[str]) -> Heading:
    columns: dict[str, int] = {}
    for at, cell in enumerate(cells):
        role = role_of(cell)
        if role == "max" and role in columns:
            role = "second"  # “Điểm tối đa” beside “Điểm chuẩn”
        if role and role not in columns:
            columns[role] = at
    return Heading(first, columns, {role: cells[at] for role, at in columns.items()})


def role_of(cell: str) -> str:
    """The role a heading gives its column; empty for none."""
    words = fold(cell)
    if not words or len(words) > 60:  # noqa: PLR2004  a sentence is no heading
        return ""
    return next((role for role, pattern in ROLES if re.search(pattern, words)), "")


def says_again(line: Line, heading: Heading) -> bool:
    """The heading once more, at the top of the next page."""
    again = _heading(0, line.cells).columns
    return _serves(Heading(0, again, {})) and all(
        heading.columns.get(role) == at for role, at in again.items()
    )


def is_numbering(line: Line) -> bool:
    """The row “(1) (2) (3)”, “A B 1 2” under a heading."""
    told = [cell.strip("() ") for cell in line.cells if cell.strip()]
    if len(told) < 3:  # noqa: PLR2004  two numbers may be a row of points
        return False
    return (
        all(re.fullmatch(r"\d{1,2}|[A-E]|\d=.*", cell) for cell in told)
        and told[0] in {"1", "A"}
        and told[1]
        in {
            "2",
            "B",
        }
    )
