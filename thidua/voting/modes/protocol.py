"""What every way of voting can do, and what those in the room share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

from django.db.models import Count as CountRows
from django.db.models import Q

from thidua.base.audit.refusals import Refused
from thidua.voting.counting import Choice, Count, Outcome, decide
from thidua.voting.models import Ballot, CountEntry, RollEntry


@dataclass(frozen=True)
class Asked:
    """A number the committee is asked for."""

    key: str
    label: str
    help: str = ""


@dataclass(frozen=True)
class RollNumbers:
    """How many stand on the roll, came, and were given a paper."""

    total: int
    present: int
    received: int


def roll_numbers(ballot: Ballot) -> RollNumbers:
    """The numbers of the roll, in one query."""
    told = ballot.roll.aggregate(
        total=CountRows("pk"),
        present=CountRows("pk", filter=Q(present=True)),
        received=CountRows("pk", filter=Q(received=True)),
    )
    return RollNumbers(**told)


class VotingMode(Protocol):
    """Chế độ bỏ phiếu: prepare → open → issue → receive → close → count → result."""

    code: str
    asks: tuple[Asked, ...]
    hands_out_papers: bool
    secrecy: str  # what voters are told about who can see their vote

    def prepare(self, ballot: Ballot) -> list[str]:
        """What this way still lacks before opening, in sentences; empty when ready."""

    def open(self, ballot: Ballot) -> None:
        """Begin to take votes."""

    def issue(self, entry: RollEntry) -> None:
        """Give a voter of the roll the right to vote once."""

    def receive(self, ballot: Ballot, vote: bytes) -> None:
        """Take a vote into the system; a way whose votes never enter it refuses."""

    def close(self, ballot: Ballot) -> None:
        """Stop taking votes."""

    def count(self, ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int]) -> Count:
        """The whole count from the numbers asked and the votes by option."""

    def problems(self, count: Count) -> list[str]:
        """What does not add up, in sentences."""

    def result(self, ballot: Ballot) -> Outcome | None:
        """The outcome; None before the count is agreed."""


class InTheRoom:
    """What paper and hands share: votes are given in the room, and enter the system only as sums."""

    code: str
    asks: tuple[Asked, ...]
    hands_out_papers: bool
    secrecy: str
    enough_counters: ClassVar[int] = 2

    def prepare(self, ballot: Ballot) -> list[str]:
        """Two people with accounts must be able to enter the count independently."""
        counters = sum(member.user_id is not None for member in ballot.committee.all())
        if counters >= self.enough_counters:
            return []
        return [
            (
                f"Ban kiểm phiếu mới có {counters} người có tài khoản; cần ít nhất {self.enough_counters}"
                " người để nhập số liệu độc lập."
            )
        ]

    def open(self, ballot: Ballot) -> None:
        """Nothing to do: the box stands in the room."""

    def issue(self, entry: RollEntry) -> None:
        """Remember that the voter took part, never what they chose."""
        entry.present = entry.received = True
        entry.save(update_fields=["present", "received"])

    def receive(self, ballot: Ballot, vote: bytes) -> None:
        """Refuse: a vote given in the room never enters the system."""
        raise Refused("Phiếu của cuộc này bỏ tại hội nghị, không gửi qua hệ thống.")

    def close(self, ballot: Ballot) -> None:
        """Nothing to do: the box is opened by the committee."""

    def result(self, ballot: Ballot) -> Outcome | None:
        """The outcome of the count on which two people agree."""
        entry = ballot.agreed_entry
        if entry is None or ballot.base_count is None or not ballot.has_result:
            return None
        return decide(ballot.asked(ballot.base_count), choices_of(entry))


def choices_of(entry: CountEntry) -> list[Choice]:
    """The votes of an entry, in the order of the paper."""
    rows = entry.votes.select_related("option").order_by("option__position")
    return [Choice(row.option_id, row.option.label, row.votes) for row in rows]


def labelled(ballot: Ballot, votes: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    """Votes beside the words of the options; an option not named has none."""
    return tuple((option.label, votes.get(option.pk, 0)) for option in ballot.options.all())
