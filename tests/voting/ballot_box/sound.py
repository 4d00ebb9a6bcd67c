"""Honest packages of every kind, at the edges of what is allowed: everybody must accept them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.voting.ballot_box.forgeries import (
    counted,
    of_those_present,
    small,
    voted,
    with_minutes,
)
from tests.voting.ballot_box.world import CLOSES, Meeting, convene, question
from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.package import Package


def purged(meeting: Meeting) -> Meeting:
    """What the ballots held is gone, their hashes stay."""
    meeting.entries = [
        replace(one, payload=None) if one.type == "pending" else one for one in meeting.entries
    ]
    return meeting


def voided(meeting: Meeting) -> Meeting:
    meeting.post("void", canonical.write({"reason": "mất mạng giữa chừng"}))
    return meeting


def slip_replaced() -> Meeting:
    """The new credential has its own counter, and the line and unit of the old one."""
    meeting = small()
    meeting.vote(0, [[1, 0]])
    meeting.replace(0)
    meeting.vote(0, [[0, 1]])
    return meeting


def closed_late() -> Meeting:
    meeting = voted()
    meeting.clock = CLOSES + 1
    meeting.close()
    return meeting


def unit_of_nobody() -> Meeting:
    """A voter without a unit chooses an option without a unit: nobody's own."""
    meeting = small(questions=[question(2, 0, 1, own_unit=True)])
    meeting.vote(0, [[1, 0]])
    return meeting


def poll() -> Meeting:
    """No trustee but the server."""
    meeting = convene(6, holders=0, needed=0, kind="poll")
    for voter in range(5):
        meeting.vote(voter, [[1, 0, 0]])
    meeting.count()
    return meeting


def share_after_the_result() -> Meeting:
    meeting = small(holders=2)
    meeting.vote(0, [[1, 0]])
    meeting.count(2)
    meeting.post("share", meeting.share(1))
    return meeting


def checked_where_none_votes_again() -> Meeting:
    """Without a second vote a checked device is still allowed, before and after the vote."""
    meeting = small(revote=False)
    for counter, kind in ((1, "audited"), (2, "cast"), (9, "audited")):
        meeting.put(0, meeting.fill(0, [[1, 0]], counter=counter)[0], kind)
    return meeting


SOUND: dict[str, Callable[[], Meeting | Package]] = {
    "chưa ai bỏ": small,
    "đang bỏ": voted,
    "có kết quả": counted,
    "tính trên số có mặt": of_those_present,
    "thay mã": slip_replaced,
    "đóng muộn": closed_late,
    "phương án không của đơn vị nào": unit_of_nobody,
    "thăm dò không có người giữ khóa": poll,
    "mảnh giải sau kết quả": share_after_the_result,
    "không bỏ lại nhưng kiểm tra máy": checked_where_none_votes_again,
    "hủy cuộc": lambda: voided(voted()),
    "hủy cuộc, bỏ nội dung phiếu": lambda: purged(voided(voted())),
    "có kết quả, bỏ nội dung phiếu": lambda: purged(counted()),
    "có biên bản": with_minutes,
    "có dòng biên bản, không kèm tệp": lambda: with_minutes(None),
}


def package_of(name: str) -> Package:
    made = SOUND[name]()
    return made if isinstance(made, Package) else made.package
