"""What comes from a voter's device: a ballot, then the decision about it. The heavy part needs no lock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from thidua.base.audit.refusals import Refused
from thidua.voting.ballot_box.ballots import Ballot as SealedBallot
from thidua.voting.ballot_box.ballots import inspect_ballot
from thidua.voting.ballot_box.board import DECISION, KINDS, Decision
from thidua.voting.ballot_box.group import SIZE
from thidua.voting.ballot_box.refusals import Refusal
from thidua.voting.models import Ballot, BallotState, BoardEntry, Credential, Election
from thidua.voting.modes.lookups import Standing, credential_of, hold_board
from thidua.voting.modes.writing import append, manifest_of, milliseconds, time_of_next

REPLACED = "Thẻ bỏ phiếu này đã được thay bằng thẻ khác, không dùng được nữa."
MOST_BALLOTS = 60  # uploaded by one credential; whoever checks the device needs a few
DECISIONS = {code: kind for kind, code in KINDS.items()}


def election_of(ballot: Ballot) -> Election:
    """The electronic part; refuses while there is none."""
    if Ballot.election.is_cached(ballot):
        return ballot.election
    found = Election.objects.defer("manifest").filter(ballot=ballot).first()
    if found is None:
        raise Refused("Cuộc bỏ phiếu này chưa có phần điện tử.")
    return found


def unit_word(ballot: Ballot, unit: int) -> str:
    """What the manifest says of a voter's unit: nothing unless the own-unit rule needs it."""
    return "" if ballot.own_unit_allowed else str(unit)


def credential_in_force(election: Election, key: bytes) -> Credential:
    """The credential of this key; refuses one that is unknown or was replaced."""
    found = credential_of(election, key)
    if found is None:
        raise Refused("Thẻ bỏ phiếu này không có trong danh sách. Anh/chị báo ban kiểm phiếu.")
    if found.replaced_at is not None:
        raise Refused(REPLACED)
    return found


def sender_of(ballot: Ballot, vote: bytes) -> Credential:
    """The credential in whose name this comes; ballots and decisions name it in the same place."""
    return credential_in_force(election_of(ballot), vote[1 + SIZE : 1 + 2 * SIZE])


def take(ballot: Ballot, vote: bytes, at: datetime) -> BoardEntry:
    """A ballot becomes a pending line, a decision a cast or audited one; asked twice, written once."""
    election = election_of(ballot)
    if len(vote) == DECISION and vote[0] in DECISIONS:
        return _take_decision(election, Decision(vote), at)
    return _take_ballot(ballot, election, vote, at)


def _take_ballot(ballot: Ballot, election: Election, vote: bytes, at: datetime) -> BoardEntry:
    credential = sender_of(ballot, vote)
    unit = unit_word(ballot, credential.entry.unit_id)
    try:
        sealed = inspect_ballot(manifest_of(election), vote, {bytes(credential.key): unit})
    except Refusal as refusal:
        raise Refused(f"Phiếu không hợp lệ ({refusal.code}): {refusal.message}.") from refusal
    with transaction.atomic():
        standing = hold_board(election, credential)
        kept = next((row for row in standing.mine if row.type == "pending" and _is(row, sealed.hash)), None)
        if kept is not None:
            return kept
        _refuse_late(election, standing, at)
        _refuse_another(election, standing.mine, sealed)
        return append(
            election, "pending", vote, at, voter=credential, ballot_hash=sealed.hash, last=standing.last
        )


def _refuse_another(election: Election, mine: list[BoardEntry], sealed: SealedBallot) -> None:
    uploaded = [row for row in mine if row.type == "pending"]
    if len(uploaded) >= MOST_BALLOTS:
        raise Refused("Thẻ này đã gửi quá nhiều phiếu. Anh/chị báo ban kiểm phiếu.")
    if not election.revote and any(row.type == "cast" for row in mine):
        raise Refused("Cuộc này mỗi người bỏ một lần; phiếu của anh/chị đã vào hòm.")
    if uploaded and sealed.counter <= last_counter(uploaded[0]):
        raise Refused("Máy khác vừa gửi phiếu bằng thẻ này. Anh/chị tải lại trang rồi chọn lại.")


def last_counter(row: BoardEntry) -> int:
    """The counter of a ballot on the board."""
    at = 1 + 2 * SIZE
    return int.from_bytes(bytes(row.payload or b"")[at : at + 4], "big")


def _take_decision(election: Election, decision: Decision, at: datetime) -> BoardEntry:
    kind = DECISIONS[decision.kind]
    if decision.eh != bytes(election.eh or b""):
        raise Refused("Quyết định này thuộc một cuộc bỏ phiếu khác (V03).")
    credential = credential_in_force(election, decision.credential)
    if not decision.is_signed():
        raise Refused("Chữ ký của quyết định không đúng (V10).")
    with transaction.atomic():
        standing = hold_board(election, credential)
        decided = next(
            (row for row in standing.mine if row.type in KINDS and _is(row, decision.ballot)), None
        )
        if decided is not None and decided.type == kind:
            return decided
        if decided is not None:
            raise Refused("Phiếu này đã quyết định rồi, không đổi được (V14).")
        _refuse_late(election, standing, at)
        newest = next((row for row in standing.mine if row.type == "pending"), None)
        if newest is None or not _is(newest, decision.ballot):
            raise Refused("Chỉ quyết định được về phiếu mới nhất. Anh/chị tải lại trang rồi chọn lại (V13).")
        return append(
            election,
            kind,
            decision.data,
            at,
            voter=credential,
            ballot_hash=decision.ballot,
            last=standing.last,
        )


def _is(row: BoardEntry, ballot_hash: bytes) -> bool:
    return bytes(row.ballot_hash or b"") == ballot_hash


def _refuse_late(election: Election, standing: Standing, at: datetime) -> None:
    """Asked under the lock: what was closed or replaced meanwhile takes nothing more."""
    if standing.state != BallotState.OPEN:
        raise Refused("Cuộc bỏ phiếu không mở nên phiếu không được nhận.")
    ms = time_of_next(standing.last, at)
    opens, closes = election.opens_at, election.closes_at
    if opens is None or closes is None or not milliseconds(opens) <= ms < milliseconds(closes):
        raise Refused("Ngoài giờ bỏ phiếu nên phiếu không được nhận.")
    if standing.replaced_at is not None:
        raise Refused(REPLACED)
