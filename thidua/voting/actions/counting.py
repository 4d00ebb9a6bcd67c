"""The count: two independent entries that agree, else a recount under both names; then signatures."""

from __future__ import annotations

from collections.abc import Mapping

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused, refuse_if
from thidua.voting.actions.evidence import seal_minutes
from thidua.voting.actions.shared import lock
from thidua.voting.counting import Count
from thidua.voting.models import (
    Ballot,
    BallotState,
    CommitteeMember,
    CountedVotes,
    CountEntry,
    CountSignature,
    RecountConfirmation,
    ThresholdBase,
)
from thidua.voting.modes import mode_of
from thidua.voting.modes.protocol import roll_numbers
from thidua.voting.queries import (
    counting_stands,
    obstacles_to_counting,
    obstacles_to_signing,
)

KEPT = ("printed", "unused", "issued", "returned", "kept", "valid", "invalid", "blank")
MOST = 100_000  # no hall holds more


@act("voting.enter_count", on="ballot")
def enter_count(
    *, ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int], by: Actor
) -> CountEntry:
    """One independent entry by a member of the committee; `votes` by id of the option.

    The second entry that equals the first makes the ballot counted. Unequal entries both stay, and a
    recount is demanded. The same person sending the same numbers again changes nothing.
    """
    lock(ballot)
    mine = ballot.entries.filter(is_recount=False, user=by.user).first()
    if mine is not None:
        return _again(mine, numbers_of(ballot, numbers, votes), votes)
    refuse_if(obstacles_to_counting(ballot))
    first = ballot.entries.filter(is_recount=False).first()
    if ballot.entries.filter(is_recount=False, number=2).exists():
        raise Refused("Đã đủ hai lần nhập độc lập. Hai người đã nhập sẽ kiểm lại nếu số liệu khác nhau.")
    entry = _write(ballot, numbers, votes, by, number=2 if first else 1)
    if first is not None and same_count(first, entry):
        agree(ballot, entry, by)
    return entry


@act("voting.recount", on="ballot")
def recount(*, ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int], by: Actor) -> CountEntry:
    """The count made again after two entries differed, entered by one of the two; the other confirms it."""
    stands = counting_stands(lock(ballot), by)
    refuse_if(obstacles_to_counting(ballot))
    if not stands.may_recount:
        raise Refused("Chỉ hai người đã nhập số liệu khác nhau mới nhập kết quả kiểm lại.")
    last = stands.entries[-1]
    if last.is_recount and last.user == by.user and _is_same(last, numbers_of(ballot, numbers, votes), votes):
        return last
    return _write(ballot, numbers, votes, by, number=last.number + 1, is_recount=True)


@act("voting.confirm_recount", on="ballot")
def confirm_recount(*, ballot: Ballot, entry: CountEntry, by: Actor) -> CountEntry:
    """The other of the two puts their name to the recount they saw; the ballot is then counted."""
    stands = counting_stands(lock(ballot), by)
    refuse_if(obstacles_to_counting(ballot))
    if by.user is None or not stands.may_confirm or stands.recount is None:
        raise Refused("Kết quả kiểm lại phải do người còn lại trong hai người đã nhập xác nhận.")
    if stands.recount.pk != entry.pk:
        raise Refused("Vừa có kết quả kiểm lại mới hơn. Anh/chị xem lại rồi xác nhận.")
    RecountConfirmation.objects.create(entry=entry, user=by.user, person_name=by.name, at=by.at)
    agree(ballot, stands.recount, by)
    return entry


def numbers_of(ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int]) -> Count:
    """The whole count from what was typed; refuses a number that is missing or beyond reason."""
    mode = mode_of(ballot)
    missing = [asked.label for asked in mode.asks if asked.key not in numbers]
    unknown = set(votes) - {option.pk for option in ballot.options.all()}
    if missing or unknown:
        raise Refused(
            "Số liệu chưa đủ: " + "; ".join(missing or ["có phương án không thuộc phiếu này"]) + "."
        )
    if any(value > MOST for value in (*numbers.values(), *votes.values())):
        raise Refused(f"Có số lớn hơn {MOST}. Anh/chị xem lại.")
    return mode.count(ballot, numbers, votes)


def same_count(one: CountEntry, other: CountEntry) -> bool:
    """Every number and every option's votes are equal."""
    return all(getattr(one, key) == getattr(other, key) for key in KEPT) and votes_of(one) == votes_of(other)


def votes_of(entry: CountEntry) -> dict[int, int]:
    """Votes by id of the option."""
    return dict(entry.votes.values_list("option_id", "votes"))


def _is_same(entry: CountEntry, count: Count, votes: Mapping[int, int]) -> bool:
    given = {option: votes.get(option, 0) for option in votes_of(entry)}
    return all(getattr(entry, key) == getattr(count, key) for key in KEPT) and votes_of(entry) == given


def _again(mine: CountEntry, count: Count, votes: Mapping[int, int]) -> CountEntry:
    if _is_same(mine, count, votes):
        return mine
    raise Refused("Anh/chị đã nhập số liệu của mình; lần nhập đó được giữ nguyên, không sửa được.")


def _write(
    ballot: Ballot,
    numbers: Mapping[str, int],
    votes: Mapping[int, int],
    by: Actor,
    *,
    number: int,
    is_recount: bool = False,
) -> CountEntry:
    """Keep an entry that adds up."""
    count = numbers_of(ballot, numbers, votes)
    refuse_if(mode_of(ballot).problems(count))
    if by.user is None:
        raise NotAllowed
    entry = CountEntry.objects.create(
        ballot=ballot,
        number=number,
        is_recount=is_recount,
        user=by.user,
        person_name=by.name,
        at=by.at,
        **{key: getattr(count, key) for key in KEPT},
    )
    CountedVotes.objects.bulk_create(
        CountedVotes(entry=entry, option=option, votes=votes.get(option.pk, 0))
        for option in ballot.options.all()
    )
    return entry


def agree(ballot: Ballot, entry: CountEntry, by: Actor) -> None:
    """Two names stand under the same numbers: they are the result, and freeze."""
    if ballot.base_count is None and ballot.threshold_base == ThresholdBase.PRESENT:
        ballot.base_count = roll_numbers(ballot).present
    ballot.agreed_entry, ballot.state, ballot.counted_at = (
        entry,
        BallotState.COUNTED,
        by.at,
    )
    ballot.save(update_fields=["base_count", "agreed_entry", "state", "counted_at"])


@act("voting.sign_count", on="ballot")
def sign_count(*, ballot: Ballot, member: CommitteeMember, by: Actor) -> CountSignature:
    """A member of the committee signs the count minutes; when all have, the ballot is signed.

    For a member without an account, a manager or another member records the signature put on paper.
    """
    lock(ballot)
    kept = CountSignature.objects.filter(member=member).first()
    if kept is not None:
        return kept
    refuse_if(obstacles_to_signing(ballot))
    if member.ballot_id != ballot.pk:
        raise Refused("Người này không thuộc ban kiểm phiếu của cuộc bỏ phiếu.")
    if member.user_id is not None and member.user != by.user:
        raise Refused(f"{member.person_name} có tài khoản nên phải tự ký.")
    signature = CountSignature.objects.create(
        member=member, user=by.user, on_paper=member.user_id is None, at=by.at
    )
    if not ballot.committee.filter(signature__isnull=True).exists():
        ballot.state, ballot.signed_at = BallotState.SIGNED, by.at
        ballot.save(update_fields=["state", "signed_at"])
        if mode_of(ballot).is_electronic:
            seal_minutes(ballot, by)
    return signature
