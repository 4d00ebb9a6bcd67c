"""After the close: shares of the trustees, the result, and the destruction of what could open ballots."""

from __future__ import annotations

from django.db.models import Q

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused, refuse_if
from thidua.voting.actions.counting import agree
from thidua.voting.actions.shared import lock
from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.group import SIZE, group, is_scalar
from thidua.voting.ballot_box.ledger import SHAPES, Ledger
from thidua.voting.ballot_box.refusals import Refusal
from thidua.voting.ballot_box.tally import Aggregate, Share, entry_aggregate, result_payload
from thidua.voting.models import (
    Ballot,
    BallotState,
    BoardEntry,
    CountedVotes,
    CountEntry,
    Election,
    Mode,
    Trustee,
)
from thidua.voting.modes import mode_of
from thidua.voting.modes.receiving import election_of
from thidua.voting.modes.writing import append, ledger_of, lock_board
from thidua.voting.queries import trustee_of

COUNTER = "Máy giải theo bảng kê"


@act("voting.give_share", on="ballot")
def give_share(*, ballot: Ballot, payload: bytes, by: Actor) -> Election:
    """A trustee's decryption share; with enough of them the result follows in the same act.

    A share that does not hold is refused with the name of who gave it, and any others suffice.
    """
    lock(ballot)
    election = election_of(ballot)
    mine = trustee_of(election, by)
    if mine is None:
        raise NotAllowed
    lock_board(election)
    ledger = ledger_of(election)
    if mine.index in _given(ledger):
        return election
    if ballot.state != BallotState.CLOSED:
        raise Refused("Chỉ giải phiếu sau khi đóng hòm và trước khi có kết quả.")
    _refuse_unsound(ledger, mine, payload)
    append(election, "share", payload, by.at)
    if len(_given(ledger) - {0}) + 1 >= election.needed:
        _conclude(ballot, election, by)
    return election


@act("voting.open_poll", on="ballot")
def open_poll(*, ballot: Ballot, by: Actor) -> Election:
    """The server, which holds the key of a poll alone, tells the count."""
    lock(ballot)
    if ballot.mode != Mode.POLL:
        raise Refused("Chỉ thăm dò mới do máy chủ mở một mình; phiếu kín cần người giữ khóa.")
    if ballot.state != BallotState.CLOSED:
        raise Refused("Đóng thăm dò rồi mới mở kết quả.")
    election = election_of(ballot)
    lock_board(election)
    _conclude(ballot, election, by)
    return election


def _given(ledger: Ledger) -> set[int]:
    return {Share.of(ledger.told(entry)).holder for entry in ledger.of("share")}


def _refuse_unsound(ledger: Ledger, mine: Trustee, payload: bytes) -> None:
    try:
        told = canonical.read(payload, SHAPES["share"], "mảnh giải")
        found = entry_aggregate(ledger)
        share = Share.of(told)
        sound = (
            found is not None
            and share.holder == mine.index
            and share.fits(ledger.manifest, found[1])
            and _is_canonical(share)
            and share.holds(ledger.manifest, found[1])
        )
    except (ValueError, LookupError) as fault:
        raise Refused(f"Mảnh giải của {mine.person_name} không đọc được (V17).") from fault
    if not sound:
        raise Refused(f"Mảnh giải của {mine.person_name} không đúng (V17). Phiếu chưa mở được bằng mảnh này.")


def _is_canonical(share: Share) -> bool:
    factors = all(group().is_element(factor) for row in share.factors for factor in row)
    halves = [proof[at : at + SIZE] for row in share.proofs for proof in row for at in (0, SIZE)]
    return factors and all(map(is_scalar, halves))


def _conclude(ballot: Ballot, election: Election, by: Actor) -> None:
    """The result on the board, and the same numbers as the agreed count of the ballot."""
    ledger = ledger_of(election)
    found = entry_aggregate(ledger)
    if found is None or by.user is None:
        raise Refused("Bảng kê chưa có tổng mã hóa.")
    payload = _result(ledger, found[1])
    append(election, "result", payload, by.at)
    told = canonical.read(payload, SHAPES["result"], "kết quả")
    flat = [votes for row in told["counts"] for votes in row]
    options = list(ballot.options.order_by("position"))
    votes = dict(zip([option.pk for option in options], flat, strict=True))
    numbers = {"issued": ballot.roll.count(), "returned": told["ballots"]}
    count = mode_of(ballot).count(ballot, numbers, votes)
    refuse_if(mode_of(ballot).problems(count))
    entry = CountEntry.objects.create(
        ballot=ballot,
        number=1,
        user=by.user,
        person_name=COUNTER,
        at=by.at,
        printed=count.printed,
        unused=count.unused,
        issued=count.issued,
        returned=count.returned,
        kept=count.kept,
        valid=count.valid,
        invalid=count.invalid,
        blank=count.blank,
    )
    CountedVotes.objects.bulk_create(
        CountedVotes(entry=entry, option=option, votes=votes[option.pk]) for option in options
    )
    agree(ballot, entry, by)


def _result(ledger: Ledger, aggregate: Aggregate) -> bytes:
    shares = {(share := Share.of(ledger.told(entry))).holder: share for entry in ledger.of("share")}
    try:
        return result_payload(ledger, aggregate, shares)
    except Refusal as refusal:
        raise Refused(f"{refusal.message} ({refusal.code}).") from refusal


# --- Retention ---------------------------------------------------------------------------------------


@act("voting.destroy_own_share", on="ballot")
def destroy_own_share(*, ballot: Ballot, by: Actor) -> Trustee:
    """A trustee says their part of the key and its copies are destroyed."""
    lock(ballot)
    mine = trustee_of(election_of(ballot), by)
    if mine is None:
        raise NotAllowed
    refuse_if(obstacles_to_destroying(ballot) or _still_needed(mine))
    if mine.destroyed_at is None:
        mine.destroyed_at = by.at
        mine.save(update_fields=["destroyed_at"])
    return mine


def _still_needed(mine: Trustee) -> list[str]:
    """A rehearsal or a further round goes on with the same key: whoever destroys it destroys it for all."""
    over = Q(ballot__state__in=[BallotState.SIGNED, BallotState.VOID]) | Q(
        ballot__state=BallotState.COUNTED, ballot__rehearses__isnull=False
    )
    others = Election.objects.filter(meeting=mine.election.meeting).exclude(pk=mine.election_id).exclude(over)
    return [f"Phần khóa này còn dùng cho cuộc “{one.ballot}”." for one in others.select_related("ballot")]


@act("voting.purge_ballots", on="ballot")
def purge_ballots(*, ballot: Ballot, by: Actor) -> Election:
    """After the period of complaints: the server's part of the key and every encrypted ballot are destroyed.

    Hashes, encrypted sums, shares and result stay, so the count of the sums can still be checked.
    """
    lock(ballot)
    refuse_if(obstacles_to_destroying(ballot))
    election = election_of(ballot)
    if election.purged_at is not None:
        return election
    election.server_share, election.destroyed_at, election.purged_at = None, by.at, by.at
    election.save(update_fields=["server_share", "destroyed_at", "purged_at"])
    BoardEntry.objects.filter(election=election, type="pending").update(payload=None)
    return election


def obstacles_to_destroying(ballot: Ballot) -> list[str]:
    """Only what is signed or void is destroyed: until then a recount may be asked for."""
    if ballot.state in {BallotState.SIGNED, BallotState.VOID}:
        return []
    return ["Ký xong biên bản kiểm phiếu, hết thời hạn khiếu nại rồi mới hủy khóa và phiếu."]
