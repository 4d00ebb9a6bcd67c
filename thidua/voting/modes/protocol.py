"""What every way of voting can do, and what those in the room share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from django.db.models import Count as CountRows
from django.db.models import Q

from thidua.base.audit.refusals import Refused
from thidua.voting.counting import Choice, Count, Outcome, decide
from thidua.voting.models import Ballot, BoardEntry, CountEntry, RollEntry


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
    """Chế độ bỏ phiếu: freeze → prepare → open → issue → receive → close → count → result; void from any."""

    code: str
    asks: tuple[Asked, ...]
    hands_out_papers: bool
    is_electronic: bool  # votes enter the system, encrypted; nobody types the count
    may_elect: bool
    secrecy: str  # what voters are told about who can see their vote

    def warnings(self, ballot: Ballot) -> list[str]:
        """What this way does not protect against, in sentences for voters."""

    def unfit(self, ballot: Ballot) -> list[str]:
        """Why this question or roll cannot be put in this way, before the roll is sealed."""

    def freeze(self, ballot: Ballot, at: datetime) -> None:
        """The roll was sealed."""

    def prepare(self, ballot: Ballot) -> list[str]:
        """What this way still lacks before opening, in sentences; empty when ready."""

    def open(self, ballot: Ballot, at: datetime) -> None:
        """Begin to take votes."""

    def issue(self, entry: RollEntry) -> None:
        """Give a voter of the roll the right to vote once."""

    def receive(self, ballot: Ballot, vote: bytes, at: datetime) -> BoardEntry:
        """Take a vote into the system; a way whose votes never enter it refuses."""

    def unready(self, ballot: Ballot) -> list[str]:
        """What stands in the way of closing."""

    def close(self, ballot: Ballot, at: datetime) -> None:
        """Stop taking votes."""

    def void(self, ballot: Ballot, reason: str, at: datetime) -> None:
        """The ballot was given up."""

    def count(self, ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int]) -> Count:
        """The whole count from the numbers asked and the votes by option."""

    def problems(self, count: Count) -> list[str]:
        """What does not add up, in sentences."""

    def how_counted(self, ballot: Ballot) -> list[str]:
        """Who found the count and how it may be checked, for the minutes."""

    def result(self, ballot: Ballot) -> Outcome | None:
        """The outcome; None before the count is agreed."""


def agreed_outcome(ballot: Ballot) -> Outcome | None:
    """The outcome of the count that was agreed."""
    entry = ballot.agreed_entry
    if entry is None or ballot.base_count is None or not ballot.has_result:
        return None
    return decide(ballot.asked(ballot.base_count), choices_of(entry))


class InTheRoom:
    """What paper and hands share: votes are given in the room, and enter the system only as sums."""

    code: str
    asks: tuple[Asked, ...]
    hands_out_papers: bool
    is_electronic = False
    may_elect = True
    secrecy: str
    enough_counters: ClassVar[int] = 2

    def warnings(self, ballot: Ballot) -> list[str]:
        """Nothing beyond what is said of the secrecy itself."""
        return []

    def unfit(self, ballot: Ballot) -> list[str]:
        """Any question may be put in a room."""
        return []

    def freeze(self, ballot: Ballot, at: datetime) -> None:
        """Nothing to do: the papers are printed from the roll."""

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

    def open(self, ballot: Ballot, at: datetime) -> None:
        """Nothing to do: the box stands in the room."""

    def issue(self, entry: RollEntry) -> None:
        """Remember that the voter took part, never what they chose."""
        mark_taken_part(entry)

    def receive(self, ballot: Ballot, vote: bytes, at: datetime) -> BoardEntry:
        """Refuse: a vote given in the room never enters the system."""
        raise Refused("Phiếu của cuộc này bỏ tại hội nghị, không gửi qua hệ thống.")

    def unready(self, ballot: Ballot) -> list[str]:
        """Nobody closes a box into which nothing was given."""
        if self.hands_out_papers and not roll_numbers(ballot).received:
            return ["Chưa ghi ai nhận phiếu. Anh/chị đánh dấu người đã nhận phiếu trong danh sách."]
        return []

    def close(self, ballot: Ballot, at: datetime) -> None:
        """Nothing to do: the box is opened by the committee."""

    def void(self, ballot: Ballot, reason: str, at: datetime) -> None:
        """Nothing to do: the papers are put aside."""

    def how_counted(self, ballot: Ballot) -> list[str]:
        """Two people entered the count without seeing each other's."""
        entry = ballot.agreed_entry
        if entry is None or not ballot.has_result:
            return []
        first = list(ballot.entries.filter(is_recount=False))
        names = " và ".join(one.person_name for one in first)
        if not entry.is_recount:
            return [f"{names} nhập số liệu độc lập, hai lần nhập khớp nhau."]
        return [f"{names} nhập số liệu khác nhau nên đã kiểm lại. {_recount_names(entry)}"]

    def result(self, ballot: Ballot) -> Outcome | None:
        """The outcome of the count on which two people agree."""
        return agreed_outcome(ballot)


def mark_taken_part(entry: RollEntry) -> None:
    """The voter came and was given the right to vote."""
    entry.present = entry.received = True
    entry.save(update_fields=["present", "received"])


def _recount_names(entry: CountEntry) -> str:
    return f"{entry.person_name} ghi kết quả kiểm lại, {entry.confirmation.person_name} xác nhận."


def choices_of(entry: CountEntry) -> list[Choice]:
    """The votes of an entry, in the order of the paper."""
    rows = entry.votes.select_related("option").order_by("option__position")
    return [Choice(row.option_id, row.option.label, row.votes) for row in rows]


def labelled(ballot: Ballot, votes: Mapping[int, int]) -> tuple[tuple[str, int], ...]:
    """Votes beside the words of the options; an option not named has none."""
    return tuple((option.label, votes.get(option.pk, 0)) for option in ballot.options.all())
