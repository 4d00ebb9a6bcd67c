"""Show of hands."""

from __future__ import annotations

from collections.abc import Mapping

from thidua.voting.counting import Count, reconcile_hands
from thidua.voting.models import Ballot, Mode
from thidua.voting.modes.protocol import Asked, InTheRoom, labelled, roll_numbers


class ShowOfHands(InTheRoom):
    """Biểu quyết giơ tay: two people count the hands; only totals are kept, never who raised theirs."""

    code: str = Mode.SHOW_OF_HANDS
    hands_out_papers = False
    secrecy = (
        "Giơ tay là biểu quyết công khai trong phòng họp. Hệ thống chỉ giữ tổng số, không ghi ai giơ tay."
    )
    asks: tuple[Asked, ...] = (
        Asked("issued", "Số người có mặt khi biểu quyết"),
        Asked("blank", "Số người không biểu quyết"),
    )

    def count(self, ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int]) -> Count:
        """Whoever is in the room and does not abstain has voted."""
        issued, blank = numbers["issued"], numbers["blank"]
        return Count(
            present=roll_numbers(ballot).present,
            printed=issued,
            unused=0,
            issued=issued,
            returned=issued,
            kept=0,
            valid=issued - blank,
            invalid=0,
            blank=blank,
            choices_max=ballot.choices_max,
            votes=labelled(ballot, votes),
        )

    def problems(self, count: Count) -> list[str]:
        """Nobody has more hands than votes."""
        return reconcile_hands(count)
