"""A lost slip while the vote goes on: a new credential under the signatures of the counting committee."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.voting.actions.shared import lock
from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.credentials import replacement_message
from thidua.voting.ballot_box.group import group
from thidua.voting.models import (
    Ballot,
    BallotState,
    CommitteeMember,
    Credential,
    CredentialKind,
    Election,
    Replacement,
    ReplacementSignature,
)
from thidua.voting.modes.receiving import election_of
from thidua.voting.modes.sealing import SIGNERS, committee_keys
from thidua.voting.modes.writing import append, legible, lock_board


@act("voting.replace_credential", on="ballot", keeps=("reason",))
def replace_credential(
    *, ballot: Ballot, entry: int, key: bytes, reason: str, signature: bytes, by: Actor
) -> Replacement:
    """A member of the committee proposes a new credential for a line and signs it first."""
    election = _running(lock(ballot))
    old = Credential.objects.filter(election=election, entry=entry, replaced_at=None).first()
    if old is None:
        raise Refused("Cử tri này chưa có thẻ trong bản niêm phong nên không có gì để thay.")
    if not reason.strip():
        raise Refused("Ghi lý do thay thẻ.", field="reason")
    if not group().is_key(key) or Credential.objects.filter(election=election, key=key).exists():
        raise Refused("Khóa của thẻ mới không hợp lệ hoặc đã dùng.")
    Replacement.objects.filter(old=old, done_at=None).exclude(key=key).delete()
    asked, _ = Replacement.objects.get_or_create(
        election=election,
        key=key,
        defaults={
            "old": old,
            "kind": CredentialKind.SLIP,
            "reason": legible(reason.strip()),
            "at": by.at,
        },
    )
    return _sign(ballot, election, asked, signature, by)


@act("voting.sign_replacement", on="ballot")
def sign_replacement(*, ballot: Ballot, replacement: Replacement, signature: bytes, by: Actor) -> Replacement:
    """Another member signs; with enough names the replacement stands on the board and the old one ends."""
    election = _running(lock(ballot))
    if replacement.election_id != election.pk:
        raise Refused("Đề nghị thay thẻ này thuộc cuộc bỏ phiếu khác.")
    return _sign(ballot, election, replacement, signature, by)


def _running(ballot: Ballot) -> Election:
    election = election_of(ballot)
    if ballot.state not in {BallotState.SEALED, BallotState.OPEN} or election.eh is None:
        raise Refused("Thẻ chỉ thay từ lúc niêm phong đến lúc đóng hòm.")
    return election


def _sign(ballot: Ballot, election: Election, asked: Replacement, signature: bytes, by: Actor) -> Replacement:
    member = CommitteeMember.objects.filter(ballot=ballot, user=by.user, key__isnull=False).first()
    if member is None:
        raise NotAllowed("Anh/chị chưa tạo khóa ký của ban kiểm phiếu trước khi niêm phong.")
    if asked.done_at is not None:
        return asked
    old, new = bytes(asked.old.key), bytes(asked.key)
    message = replacement_message(bytes(election.eh or b""), old, new)
    if not group().verify(bytes(member.key.key), message, signature):
        raise Refused("Chữ ký thay thẻ không đúng.")
    ReplacementSignature.objects.get_or_create(
        replacement=asked, member=member, defaults={"signature": signature, "at": by.at}
    )
    if asked.signatures.count() >= SIGNERS:
        _post(ballot, election, asked, by)
    return asked


def _post(ballot: Ballot, election: Election, asked: Replacement, by: Actor) -> None:
    lock_board(election)
    places = committee_keys(ballot)
    signed = [
        {
            "member": places.index(bytes(one.member.key.key)),
            "signature": bytes(one.signature).hex(),
        }
        for one in asked.signatures.select_related("member__key")
    ]
    told = {
        "new": bytes(asked.key).hex(),
        "old": bytes(asked.old.key).hex(),
        "reason": asked.reason,
        "signatures": signed,
    }
    append(election, "replace", canonical.write(told), by.at)
    old = asked.old
    old.replaced_at = by.at
    old.save(update_fields=["replaced_at"])
    Credential.objects.create(
        election=election,
        entry=old.entry,
        key=asked.key,
        kind=asked.kind,
        at=by.at,
        confirmed_at=by.at,
    )
    asked.done_at = by.at
    asked.save(update_fields=["done_at"])
