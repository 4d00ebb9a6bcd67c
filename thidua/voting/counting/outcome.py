"""Who is chosen, and if nobody is, what comes next: decided in whole numbers, told with the sum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from thidua.voting.counting.shares import (
    Share,
    needed,
    percent_text,
    reaches,
    share_text,
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """Điều được hỏi, with the rules frozen before the vote."""

    seats: int  # số cần chọn
    threshold: Share
    base: int  # the number the threshold is a share of
    base_name: str = "thành viên"  # “thành viên”, “đơn vị”, “người có mặt”
    unit: str = "phiếu"  # what is counted: “phiếu”, or “lượt giơ tay”
    round: int = 1  # lượt thứ mấy
    max_rounds: int = 2
    each_decided: bool = False  # every option passes or not by itself; no number of seats must be filled
    tie_break: str = ""  # who decides when the last round chose nobody, in words

    @property
    def needed(self) -> int:
        """Votes from which an option is chosen."""
        return max(needed(self.threshold, self.base), 1)


@dataclass(frozen=True)
class Choice:
    """Một phương án and the votes it got."""

    key: int
    label: str
    votes: int


class Verdict(StrEnum):
    """What the count says."""

    DECIDED = "decided"
    TIED = "tied"  # equals stand at the line between chosen and not
    BELOW = "below"  # too few options reach the threshold


class Next(StrEnum):
    """What must follow."""

    NOTHING = "nothing"
    SECOND_BALLOT = "second_ballot"
    TIE_BREAK = "tie_break"


@dataclass(frozen=True)
class Line:
    """One option in the result."""

    key: int
    label: str
    votes: int
    place: int  # 1, 2, 2, 4: equals share a place
    reached: bool
    elected: bool
    tied: bool
    sum: str  # “9/11 phiếu = 81,8%, cần từ 8 phiếu (2/3 của 11)”


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Kết luận của cuộc bỏ phiếu."""

    verdict: Verdict
    next: Next
    seats_left: int
    lines: tuple[Line, ...]  # by votes, most first
    sentences: tuple[str, ...] = field(default=())

    @property
    def elected(self) -> tuple[int, ...]:
        """Keys of the options chosen, most votes first."""
        return tuple(line.key for line in self.lines if line.elected)

    @property
    def tied(self) -> tuple[int, ...]:
        """Keys of the equals at the line."""
        return tuple(line.key for line in self.lines if line.tied)

    @property
    def votes(self) -> dict[int, int]:
        """Votes by option."""
        return {line.key: line.votes for line in self.lines}


def discreet(outcome: Outcome) -> Outcome:
    """The same outcome without a number: who was chosen, and no more."""
    lines = tuple(replace(line, sum="") for line in outcome.lines)
    told = [f"{line.label} được chọn." for line in lines if line.elected]
    told += [f"{line.label} bằng phiếu với phương án khác, chưa phân định." for line in lines if line.tied]
    missing = [f"Còn phải chọn {outcome.seats_left}."] if outcome.seats_left else []
    return replace(outcome, lines=lines, sentences=(*told, *missing))


def decide(question: Question, choices: Sequence[Choice]) -> Outcome:
    """Fill the seats with the options that reach the threshold, most votes first.

    Equals at the line between chosen and not are neither: they are shown as tied.
    """
    ranked = sorted(choices, key=lambda choice: -choice.votes)
    reached = [c for c in ranked if reaches(c.votes, question.threshold, question.base)]
    tied = _equals_at_the_line(reached, question.seats)
    elected = [c for c in reached[: question.seats] if c not in tied]
    if question.each_decided:
        tied, elected = [], reached
    verdict = Verdict.DECIDED if question.each_decided else _verdict(len(elected), bool(tied), question.seats)
    following = _next(verdict, question)
    lines = tuple(
        Line(
            key=choice.key,
            label=choice.label,
            votes=choice.votes,
            place=1 + sum(other.votes > choice.votes for other in ranked),
            reached=choice in reached,
            elected=choice in elected,
            tied=choice in tied,
            sum=sum_text(choice.votes, question),
        )
        for choice in ranked
    )
    return Outcome(
        verdict=verdict,
        next=following,
        seats_left=0 if question.each_decided else question.seats - len(elected),
        lines=lines,
        sentences=tuple(_told(question, elected, tied, verdict, following)),
    )


def sum_text(votes: int, question: Question) -> str:
    """“9/11 phiếu = 81,8%, cần từ 8 phiếu (2/3 của 11)”."""
    percent = percent_text(votes, question.base, question.threshold)
    return (
        f"{votes}/{question.base} {question.unit} = {percent}, cần từ {question.needed} {question.unit}"
        f" ({share_text(question.threshold)} của {question.base})"
    )


def _equals_at_the_line(reached: list[Choice], seats: int) -> list[Choice]:
    """Those with the votes of the last seat, when more of them than seats are left."""
    if len(reached) <= seats or reached[seats - 1].votes != reached[seats].votes:
        return []
    return [choice for choice in reached if choice.votes == reached[seats].votes]


def _verdict(elected: int, tied: bool, seats: int) -> Verdict:
    if tied:
        return Verdict.TIED
    return Verdict.DECIDED if elected == seats else Verdict.BELOW


def _next(verdict: Verdict, question: Question) -> Next:
    if verdict == Verdict.DECIDED:
        return Next.NOTHING
    return Next.SECOND_BALLOT if question.round < question.max_rounds else Next.TIE_BREAK


def _told(
    question: Question,
    elected: list[Choice],
    tied: list[Choice],
    verdict: Verdict,
    following: Next,
) -> list[str]:
    left = question.seats - len(elected)
    word = "đạt" if question.each_decided else "được chọn"
    told = [f"{choice.label} {word}: {sum_text(choice.votes, question)}." for choice in elected]
    if verdict == Verdict.TIED:
        names = ", ".join(choice.label for choice in tied)
        told.append(f"{names} cùng được {tied[0].votes} {question.unit}, còn {left} chỗ nên chưa phân định.")
    if verdict == Verdict.BELOW:
        told.append(
            f"Còn thiếu {left}/{question.seats}: không phương án nào khác đạt từ"
            f" {question.needed} {question.unit} ({share_text(question.threshold)} của {question.base}"
            f" {question.base_name})."
        )
    if following == Next.SECOND_BALLOT:
        told.append(f"Cần bỏ phiếu lượt {question.round + 1} (nhiều nhất {question.max_rounds} lượt).")
    if following == Next.TIE_BREAK:
        who = question.tie_break or "Hội nghị"
        told.append(f"Đã hết {question.max_rounds} lượt bỏ phiếu. Bước tiếp theo: {who}.")
    return told
