"""Wording and shapes used in more than one place: the nine states, the four kinds of notice."""

from __future__ import annotations

from typing import NamedTuple


class Look(NamedTuple):
    """A state: its icon and its word."""

    shape: str
    word: str


class Tone(NamedTuple):
    """A kind of notice: its class and its icon."""

    kind: str
    shape: str


STATES = {
    "done": Look("check", "Xong"),
    "doing": Look("progress", "Đang làm"),
    "waiting": Look("hourglass", "Chờ người khác"),
    "soon": Look("clock", "Sắp đến hạn"),
    "overdue": Look("alert-triangle-filled", "Quá hạn"),
    "returned": Look("arrow-back-up", "Bị trả lại"),
    "blocked": Look("alert-square", "Còn vướng"),
    "later": Look("point", "Chưa đến"),
    "none": Look("minus", "Không áp dụng"),
}

NOTICES = {  # by the level of Django's messages
    "success": Tone("done", "check"),
    "info": Tone("info", "info-circle"),
    "warning": Tone("warn", "alert-square"),
    "error": Tone("error", "alert-triangle-filled"),
}
