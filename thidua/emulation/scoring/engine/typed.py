"""Rules as officers type them, or paste them from Excel: bands, steps, two-way tables, honours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from thidua.emulation.scoring.engine.bands import Band
from thidua.emulation.scoring.engine.numbers import said
from thidua.emulation.scoring.engine.points import NOT_FILED
from thidua.emulation.scoring.engine.reading import read_rule
from thidua.emulation.scoring.engine.rules import Bands, Matrix
from thidua.emulation.scoring.engine.told import BadFile

_BOUND = r"[+\-−]?[0-9]+(?:[.,][0-9]+)?"
_LINE = re.compile(
    rf"(?:(?P<low>từ|≥|>=|trên|>)\s*(?P<from>{_BOUND})\s*%?)?\s*"
    rf"(?:(?P<high>đến|≤|<=|dưới|<)\s*(?P<to>{_BOUND})\s*%?)?\s*:\s*(?P<points>{_BOUND})(?:\s*điểm)?",
    re.IGNORECASE,
)
NOT_FILED_TYPED = "không gửi"  # how the flag of who sent nothing is typed
PASTED = ("từ", "dưới", "điểm")  # columns of bands pasted from Excel
_CLOSED = {"từ": "from", "≥": "from", ">=": "from", "đến": "to", "≤": "to", "<=": "to"}


def read_bands(text: str) -> list[dict[str, str]]:
    """Bands typed a line each, “từ 95 đến 100: 5” or “≥ 90 < 95: 4”; raises BadFile naming the line."""
    lines = [line.strip() for line in text.splitlines()]
    return [_read_band(at, line) for at, line in enumerate(lines, 1) if line]


def _read_band(at: int, line: str) -> dict[str, str]:
    range_, _, points = line.rstrip(".;").rpartition(":")
    if range_.strip().lower() in EVERYTHING:
        return {"points": points.strip()}
    cells = [cell.strip().rstrip("%").strip() for cell in line.split("\t")]
    if len(cells) == len(PASTED):
        return _pasted_band(at, cells)
    found = _LINE.fullmatch(line.rstrip(".;"))
    if found is None or not (found["low"] or found["high"]):
        raise BadFile(f"Dòng {at}: không hiểu “{line}”. Ghi như “từ 95 đến 100: 5” hoặc “dưới 50: 0”.")
    band = {"points": found["points"]}
    if found["low"]:
        band[_CLOSED.get(found["low"].lower(), "over")] = found["from"]
    if found["high"]:
        band[_CLOSED.get(found["high"].lower(), "below")] = found["to"]
    return band


def write_bands(told: Iterable[Mapping[str, Any]]) -> str:
    """Bands as `read_bands` reads them."""
    rule = read_rule({"type": "bands", "bands": list(told)}, "mức")
    bands: tuple[Band, ...] = rule.bands if isinstance(rule, Bands) else ()
    return "\n".join(f"{band}: {said(band.points)}" for band in bands)


def _pasted_band(at: int, cells: list[str]) -> dict[str, str]:
    """Three cells from Excel: from, below, points; an empty end is none; ≥, >, ≤, < are heeded."""
    band = {"points": cells[2]}
    for cell, plain in ((cells[0], "from"), (cells[1], "below")):
        found = re.fullmatch(rf"(≥|>=|>|≤|<=|<)?\s*({_BOUND})", cell)
        if cell and found is None:
            raise BadFile(f"Dòng {at}: không hiểu “{cell}”.")
        if found:
            signs = {"≥": "from", ">=": "from", ">": "over", "≤": "to", "<=": "to", "<": "below"}
            band[signs.get(found[1] or "", plain)] = found[2]
    return band


def read_range(text: str) -> dict[str, str]:
    """“từ 1 dưới 5”; raises BadFile."""
    band = _read_band(1, f"{text.strip()}: 0")
    del band["points"]
    return band


def read_matrix(text: str) -> dict[str, Any]:
    r"""“hồ sơ \ sớm | từ 1 dưới 5 | từ 5”, then “dưới 1000 | 0,5 | 1” a line each; tabs serve as well."""
    lines = [re.split(r"\t|\|", line) for line in text.splitlines() if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004  a heading and a row at least
        raise BadFile("Bảng hai chiều cần một dòng đầu và ít nhất một hàng.")
    names = re.split(r"\\|/", lines[0][0])
    if len(names) != 2:  # noqa: PLR2004  the two values
        raise BadFile("Ô đầu ghi tên hai số, như “hồ sơ \\ sớm”.")
    return {
        "type": "matrix",
        "row": names[0].strip(),
        "column": names[1].strip(),
        "rows": [read_range(line[0]) for line in lines[1:]],
        "columns": [read_range(cell) for cell in lines[0][1:]],
        "points": [[cell.strip() for cell in line[1:]] for line in lines[1:]],
    }


def write_matrix(told: Mapping[str, Any]) -> str:
    """As `read_matrix` reads it."""
    rule = read_rule(dict(told), "bảng hai chiều")
    if not isinstance(rule, Matrix):
        return ""
    head = [f"{rule.row} \\ {rule.column}", *map(str, rule.columns)]
    rows = [[str(row), *map(said, line)] for row, line in zip(rule.rows, rule.points, strict=True)]
    return "\n".join(" | ".join(line) for line in [head, *rows])


def read_awards(text: str) -> dict[str, str]:
    """Honours with their points, “CO_TINH: 10” a line each."""
    found: dict[str, str] = {}
    for at, line in enumerate(text.splitlines(), 1):
        code, _, points = line.replace("\t", ":").rpartition(":")
        if line.strip():
            if not code.strip():
                raise BadFile(f"Dòng {at}: ghi như “CO_TINH: 10”.")
            found[code.strip()] = points.strip()
    return found


def write_awards(told: Mapping[str, Any]) -> str:
    """As `read_awards` reads them."""
    return "\n".join(f"{code}: {points}" for code, points in told.items())


EVERYTHING = {"mọi giá trị", "còn lại"}  # a range without ends
STEP_MARKS = {"tính cả mốc": ("inclusive", True), "càng ít càng tốt": ("better", "less")}
STEP_WORDS = {"start": "mốc", "first": "qua mốc", "step": "mỗi", "each": "thêm", "cap": "nhiều nhất"}


def read_steps(text: str) -> dict[str, Any]:
    """“mốc: 92; qua mốc: 0,1; mỗi: 1; thêm: 0,1; nhiều nhất: 0,5; tính cả mốc; càng ít càng tốt”."""
    rule: dict[str, Any] = {"type": "steps"}
    keys = {word: key for key, word in STEP_WORDS.items()}
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        word, _, number = part.partition(":")
        if part.lower() in STEP_MARKS:
            key, value = STEP_MARKS[part.lower()]
            rule[key] = value
        elif word.strip().lower() in keys:
            rule[keys[word.strip().lower()]] = number.strip()
        else:
            raise BadFile(f"Không hiểu “{part}”. Ghi như “mốc: 92; qua mốc: 0,1; mỗi: 1; thêm: 0,1”.")
    return rule


def write_steps(told: Mapping[str, Any]) -> str:
    """As `read_steps` reads them."""
    parts = [f"{word}: {told[key]}" for key, word in STEP_WORDS.items() if told.get(key) is not None]
    marks = [word for word, (key, value) in STEP_MARKS.items() if told.get(key) == value]
    return "; ".join([*parts, *marks])


def read_classes(text: str) -> list[dict[str, Any]]:
    """“Xuất sắc: từ 95; không có 0” a line each, the best first."""
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        if line.strip():
            title, _, rest = line.partition(":")
            parts = [part.strip() for part in rest.split(";") if part.strip()]
            if not parts:
                raise BadFile(f"Dòng {at}: ghi như “Xuất sắc: từ 95; không có 0”.")
            told: dict[str, Any] = {"title": title.strip(), **read_range(parts[0])}
            for part in parts[1:]:
                told[_class_word(at, part)] = True
            found.append(told)
    return found


def _class_word(at: int, part: str) -> str:
    words = {"không có 0": "no_zero", "đủ mức tối thiểu": "floors"}
    if part.lower() not in words:
        raise BadFile(f"Dòng {at}: không hiểu “{part}”. Được ghi: {'; '.join(words)}.")
    return words[part.lower()]


def write_classes(told: Iterable[Mapping[str, Any]]) -> str:
    """As `read_classes` reads them."""
    lines = []
    for one in told:
        ends = {key: one[key] for key in ("from", "over", "to", "below") if one.get(key) is not None}
        rule = read_rule({"type": "bands", "bands": [{**ends, "points": "0"}]}, "loại")
        band = rule.bands[0] if isinstance(rule, Bands) else ""
        words = ["không có 0"] * bool(one.get("no_zero")) + ["đủ mức tối thiểu"] * bool(one.get("floors"))
        lines.append("; ".join([f"{one['title']}: {band}", *words]))
    return "\n".join(lines)


def read_flags(text: str) -> list[dict[str, Any]]:
    """“canh_cao | Cấp phó bị cảnh cáo | cao nhất: Hoàn thành”, or “… | không xếp loại”, a line each."""
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in re.split(r"\t|\|", line)]
        if not line.strip():
            continue
        if len(cells) != 3:  # noqa: PLR2004  code, title, effect
            raise BadFile(f"Dòng {at}: ghi như “canh_cao | Cấp phó bị cảnh cáo | cao nhất: Hoàn thành”.")
        code = NOT_FILED if cells[0].lower() == NOT_FILED_TYPED else cells[0]
        told: dict[str, Any] = {"code": code, "title": cells[1]}
        word, _, title = cells[2].partition(":")
        if word.strip().lower() == "cao nhất":
            told["at_most"] = title.strip()
        elif word.strip().lower() == "không xếp loại":
            told["out"] = True
        else:
            raise BadFile(f"Dòng {at}: ghi “cao nhất: tên loại” hoặc “không xếp loại”.")
        found.append(told)
    return found


def write_flags(told: Iterable[Mapping[str, Any]]) -> str:
    """As `read_flags` reads them."""
    return "\n".join(
        f"{NOT_FILED_TYPED if one['code'] == NOT_FILED else one['code']} | {one.get('title', '')} | "
        + ("không xếp loại" if one.get("out") else f"cao nhất: {one.get('at_most', '')}")
        for one in told
    )
