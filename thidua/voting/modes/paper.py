"""Secret ballot on paper."""

from __future__ import annotations

from collections.abc import Mapping

from thidua.voting.counting import Count, reconcile
from thidua.voting.models import Ballot, Mode
from thidua.voting.modes.protocol import Asked, InTheRoom, labelled, roll_numbers


class Paper(InTheRoom):
    """Phiếu kín trên giấy: identical papers, a box, a count entered twice."""

    code: str = Mode.PAPER
    hands_out_papers = True
    secrecy = (
        "Phiếu không mang số, tên hay dấu riêng. Hệ thống chỉ biết ai đã nhận phiếu, không biết ai chọn gì."
    )
    asks: tuple[Asked, ...] = (
        Asked("printed", "Số phiếu in ra"),
        Asked("unused", "Số phiếu không dùng", "Phiếu in thừa, chưa phát."),
        Asked("issued", "Số phiếu phát ra"),
        Asked("returned", "Số phiếu thu về"),
        Asked("kept", "Số phiếu không nộp lại", "Đã phát nhưng không có trong hòm."),
        Asked("valid", "Số phiếu hợp lệ"),
        Asked("invalid", "Số phiếu không hợp lệ"),
        Asked("blank", "Số phiếu trống"),
    )

    def count(self, ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int]) -> Count:
        """As entered, beside what the roll says."""
        roll = roll_numbers(ballot)
        return Count(
            **{asked.key: numbers[asked.key] for asked in self.asks},
            present=roll.present,
            signed=roll.received,
            choices_max=ballot.choices_max,
            votes=labelled(ballot, votes),
        )

    def problems(self, count: Count) -> list[str]:
        """Every paper must be accounted for."""
        return reconcile(count)
