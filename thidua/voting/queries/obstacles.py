"""What stands in the way of each step: the page lists these sentences, the action refuses with them."""

from __future__ import annotations

from collections import Counter

from thidua.voting.counting import Next, needed, share_text
from thidua.voting.models import Ballot, BallotState, CommitteeRole, ThresholdBase
from thidua.voting.modes import mode_of
from thidua.voting.modes.protocol import roll_numbers
from thidua.voting.queries.results import outcome

COMMITTEE_SIZES = (3, 5)


def _unless(ballot: Ballot, *states: BallotState) -> list[str]:
    if ballot.state in states:
        return []
    wanted = " hoặc ".join(f"“{state.label}”" for state in states)
    return [f"Cuộc bỏ phiếu đang ở bước “{ballot.get_state_display()}”, việc này làm ở bước {wanted}."]


def obstacles_to_sealing(ballot: Ballot) -> list[str]:
    """Before the roll freezes: something to choose from, somebody to choose."""
    standing = _unless(ballot, BallotState.DRAFT)
    options, voters = len(ballot.options.all()), list(ballot.roll.all())
    if not options:
        standing.append("Chưa có phương án nào để chọn.")
    if options and ballot.seats > options:
        standing.append(f"Cần chọn {ballot.seats} nhưng chỉ có {options} phương án.")
    if options and ballot.choices_max > options:
        standing.append(f"Mỗi phiếu được chọn {ballot.choices_max} nhưng chỉ có {options} phương án.")
    if not voters:
        standing.append("Danh sách cử tri còn trống.")
    if ballot.threshold_base == ThresholdBase.UNITS:
        several = Counter(voter.unit_id for voter in voters)
        if any(number > 1 for number in several.values()):
            standing.append(
                "Tỷ lệ tính trên số đơn vị nên mỗi đơn vị chỉ có một phiếu;"
                " danh sách có đơn vị cử hơn một người."
            )
    return [*standing, *mode_of(ballot).unfit(ballot)]


def obstacles_to_opening(ballot: Ballot) -> list[str]:
    """Before votes are given: committee, quorum, and what the way of voting itself asks."""
    return [
        *_unless(ballot, BallotState.SEALED),
        *_committee(ballot),
        *mode_of(ballot).prepare(ballot),
        *_quorum(ballot),
    ]


def _committee(ballot: Ballot) -> list[str]:
    members = list(ballot.committee.all())
    standing = []
    if len(members) not in COMMITTEE_SIZES:
        standing.append(f"Ban kiểm phiếu gồm 3 hoặc 5 người, hiện có {len(members)}.")
    if not any(member.role == CommitteeRole.CHAIR for member in members):
        standing.append("Ban kiểm phiếu chưa có trưởng ban.")
    names = {option.label.casefold() for option in ballot.options.all()}
    standing += [
        f"{member.person_name} có tên trong phiếu nên không thể kiểm phiếu."
        for member in members
        if member.person_name.casefold() in names
    ]
    return standing


def _quorum(ballot: Ballot) -> list[str]:
    roll = roll_numbers(ballot)
    least = needed(ballot.quorum, roll.total)
    if roll.present >= max(least, 1):
        return []
    return [
        (
            f"Có mặt {roll.present}/{roll.total} cử tri, cần từ {max(least, 1)}"
            f" ({share_text(ballot.quorum)} của {roll.total})."
        )
    ]


def obstacles_to_marking(ballot: Ballot, mark: str) -> list[str]:
    """Why nobody can be marked as “present”, or as having “received” a paper, or the mark taken back."""
    if ballot.state == BallotState.CLOSED and mode_of(ballot).is_electronic:
        return ["Đã đóng hòm: số có mặt đã ghi trên bảng kê nên không đổi được nữa."]
    if ballot.state == BallotState.CLOSED and not ballot.entries.exists():
        return []
    if ballot.state == BallotState.OPEN or (ballot.state == BallotState.SEALED and mark == "present"):
        return []
    if ballot.state in {BallotState.DRAFT, BallotState.SEALED}:
        return [
            "Chưa đến lúc đánh dấu: chốt danh sách rồi mới ghi có mặt, mở bỏ phiếu rồi mới ghi nhận phiếu."
        ]
    return ["Đã có số liệu kiểm phiếu nên danh sách không đổi được nữa."]


def obstacles_to_closing(ballot: Ballot) -> list[str]:
    """Before the box is closed."""
    return _unless(ballot, BallotState.OPEN) or mode_of(ballot).unready(ballot)


def obstacles_to_counting(ballot: Ballot) -> list[str]:
    """Before the committee enters numbers; what a machine counts nobody types."""
    if mode_of(ballot).is_electronic:
        return ["Phiếu điện tử do máy cộng và giải theo bảng kê, không nhập tay."]
    return _unless(ballot, BallotState.CLOSED)


def obstacles_to_signing(ballot: Ballot) -> list[str]:
    """Before the committee signs the minutes."""
    return _unless(ballot, BallotState.COUNTED)


def obstacles_to_voiding(ballot: Ballot) -> list[str]:
    """A round with a later one is voided after it."""
    if ballot.state == BallotState.VOID:
        return ["Cuộc bỏ phiếu này đã hủy."]
    if ballot.following.exclude(state=BallotState.VOID).exists():
        return ["Đã có lượt bỏ phiếu sau. Anh/chị hủy lượt sau trước."]
    return []


def obstacles_to_second_ballot(ballot: Ballot) -> list[str]:
    """A further round needs a count that left something open, and rounds to spare."""
    found = outcome(ballot)
    if found is None:
        return ["Chưa có kết quả kiểm phiếu."]
    if found.next != Next.SECOND_BALLOT:
        return ["Kết quả này không cần bỏ phiếu thêm lượt nào."]
    if ballot.following.exclude(state=BallotState.VOID).exists():
        return ["Lượt bỏ phiếu tiếp theo đã được lập."]
    return []


def obstacles_to_ruling(ballot: Ballot) -> list[str]:
    """Whoever the regulation names decides only after the last round, and once."""
    found = outcome(ballot)
    if found is None:
        return ["Chưa có kết quả kiểm phiếu."]
    if found.next != Next.TIE_BREAK:
        return ["Kết quả này không cần quyết định thêm."]
    if ballot.rulings.exists():
        return ["Đã ghi quyết định cho cuộc bỏ phiếu này."]
    return []
