"""What a check found: how bad it is, where, and a sentence."""

from __future__ import annotations

from typing import NamedTuple

ERROR, WARNING = "error", "warning"
LEVELS = {ERROR: "LỖI", WARNING: "LƯU Ý"}


class Finding(NamedTuple):
    """How bad, which kind, on which code (empty: the whole table), a sentence, and the line of the file."""

    level: str
    kind: str
    code: str
    sentence: str
    line: int = 0

    def __str__(self) -> str:
        where = f" (dòng {self.line})" if self.line else ""
        return f"{LEVELS[self.level]} {self.code or 'cả bảng'}{where}: {self.sentence}"


def error(kind: str, code: str, sentence: str) -> Finding:
    """What stops the adoption of a table."""
    return Finding(ERROR, kind, code, sentence)


def warning(kind: str, code: str, sentence: str) -> Finding:
    """What asks for a reason."""
    return Finding(WARNING, kind, code, sentence)
