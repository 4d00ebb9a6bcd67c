"""The shapes in which areas tell the desk of their acts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

SOON_DAYS = 7  # “sắp đến hạn”: a working week and its weekend


class State(StrEnum):
    """The nine states a person sees; shape, word and colour belong together (look.md)."""

    DONE = "done"  # Xong
    DOING = "doing"  # Đang làm n/m
    WAITING = "waiting"  # Chờ người khác
    SOON = "soon"  # Sắp đến hạn
    OVERDUE = "overdue"  # Quá hạn
    RETURNED = "returned"  # Bị trả lại
    BLOCKED = "blocked"  # Còn vướng
    LATER = "later"  # Chưa đến
    NOT_APPLICABLE = "none"  # Không áp dụng

    @property
    def asks(self) -> bool:
        """Somebody has to do something now."""
        return self in {State.OVERDUE, State.RETURNED, State.SOON, State.DOING, State.BLOCKED}


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What one unit still has to do, or did, for one act: a cell of the matrix, a line of “Việc của tôi”."""

    unit_id: int
    state: State
    fact: str = ""  # the short word in the cell: “26/02”, “2/5”, “còn 4”
    title: str = ""  # as an order: “Gửi báo cáo 6 tháng”; shown on the home page
    reason: str = ""  # one sentence: why it stands so, what would mend it
    url: str = ""  # where it is done
    verb: str = ""  # the button: “Ký giao ước”
    due: date | None = None  # when it differs from the act's own date
    share: float = 0.0  # 0..1, how much is done, for DOING
    kinds: tuple[str, ...] = ()  # appointment kinds whose holders see it as theirs; empty: any at the unit


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of a cycle's year: a station of the timeline and, when units do it, a column of the matrix."""

    key: str
    title: str
    due: date | None
    state: State
    fact: str = ""  # “Xong, 11/11 đơn vị”
    obstacle: str = ""  # what stands in the way, one sentence
    url: str = ""
    short: str = ""  # the column's head when `title` is too long
    duties: tuple[Duty, ...] = field(default=())  # of members, any order
    head_duties: tuple[Duty, ...] = field(default=())  # of the head or the standing body: “làm tiếp”


def state_by_date(due: date | None, on: date) -> tuple[State, str]:
    """The state of a thing not begun, by its due date alone, and the short word for it."""
    if due is None:
        return State.LATER, "chưa"
    left = (due - on).days
    if left < 0:
        return State.OVERDUE, f"trễ {-left}"
    if left <= SOON_DAYS:
        return State.SOON, f"còn {left}"
    return State.LATER, "chưa"
