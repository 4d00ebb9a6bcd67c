"""The ceremony before an electronic ballot: trustees make the key, voters get credentials, all is sealed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import NotAllowed, Refused, refuse_if
from thidua.organisations.models import Unit
from thidua.voting.actions.shared import lock
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.trustees import Round1, commitment_to, round1_size
from thidua.voting.models import (
    Ballot,
    BallotState,
    CommitteeKey,
    CommitteeMember,
    Credential,
    CredentialKind,
    Disclosure,
    Election,
    Mode,
    Trustee,
)
from thidua.voting.modes.electronic import begin_again
from thidua.voting.modes.receiving import election_of
from thidua.voting.modes.sealing import PAIR_OF_SHARE, Hours, compose, trustee_block
from thidua.voting.modes.writing import append, lock_board
from thidua.voting.queries import lines_of, obstacles_to_manifest, trustee_of
from thidua.voting.queries.elections import MOST_TRUSTEES, STEPS, trustee_steps

SIZE = 32
LONGEST = timedelta(days=31)
TrusteeRow = tuple[User, str, Unit | None]


def _preparing(ballot: Ballot) -> Election:
    """The electronic part while it may still change."""
    lock(ballot)
    if ballot.state != BallotState.SEALED:
        raise Refused("Chỉ chuẩn bị khóa và thẻ khi danh sách đã chốt và chưa mở bỏ phiếu.")
    election = election_of(ballot)
    if election.eh is not None:
        raise Refused("Cấu hình đã niêm phong nên không đổi khóa và thẻ được nữa.")
    return election


@act("voting.name_trustees", on="ballot")
def name_trustees(*, ballot: Ballot, people: Sequence[TrusteeRow], needed: int, by: Actor) -> Election:
    """Name who holds the key and how many of them open it; every earlier key ceremony is forgotten."""
    election = _preparing(ballot)
    if ballot.mode == Mode.POLL:
        raise Refused("Thăm dò không có người giữ khóa: máy chủ giữ khóa một mình.")
    if not 1 <= len(people) <= MOST_TRUSTEES:
        raise Refused(f"Cử từ 1 đến {MOST_TRUSTEES} người giữ khóa.")
    if len({user.pk for user, _, _ in people}) < len(people):
        raise Refused("Mỗi người chỉ giữ một phần khóa.")
    if not 1 <= needed <= len(people):
        raise Refused(f"Số người cần để mở phiếu phải từ 1 đến {len(people)}.", field="needed")
    election.trustees.all().delete()
    begin_again(election, holders=len(people), needed=needed)
    Trustee.objects.bulk_create(
        Trustee(election=election, index=index, user=user, person_name=name, unit=unit)
        for index, (user, name, unit) in enumerate(people, start=1)
    )
    return election


@act("voting.restart_ceremony", on="ballot", keeps=("reason",))
def restart_ceremony(*, ballot: Ballot, reason: str, by: Actor) -> Election:
    """Stop in public and begin anew with the same people: a share did not fit, a device broke."""
    election = _preparing(ballot)
    people = list(election.trustees.all())
    if not people:
        raise Refused("Chưa cử người giữ khóa.")
    if not reason.strip():
        raise Refused("Ghi lý do làm lại.", field="reason")
    election.trustees.all().delete()
    begin_again(election, holders=len(people), needed=election.needed)
    Trustee.objects.bulk_create(
        Trustee(election=election, index=p.index, user=p.user, person_name=p.person_name, unit=p.unit)
        for p in people
    )
    return election


# --- What a trustee's device sends, each thing once --------------------------------------------------


def _mine(ballot: Ballot, by: Actor) -> tuple[Election, Trustee]:
    election = _preparing(ballot)
    mine = trustee_of(election, by)
    if mine is None:
        raise NotAllowed
    return election, mine


def _write_once(trustee: Trustee, column: str, value: object) -> Trustee:
    """Keep what came; the same again changes nothing, something else is refused."""
    kept = getattr(trustee, column)
    if kept is None:
        setattr(trustee, column, value)
        trustee.save(update_fields=[column])
    elif bytes(kept) != value:
        raise Refused("Phần này đã gửi rồi và khác phần vừa gửi. Nếu máy bị hỏng, làm lại việc tạo khóa.")
    return trustee


@act("voting.commit_key", on="ballot")
def commit_key(*, ballot: Ballot, commit: bytes, by: Actor) -> Trustee:
    """Step 0: the commitment, whose fingerprint is read aloud before anybody reveals."""
    _, mine = _mine(ballot, by)
    if len(commit) != SIZE:
        raise Refused("Cam kết không đúng độ dài.")
    return _write_once(mine, "commit", commit)


@act("voting.reveal_key", on="ballot")
def reveal_key(*, ballot: Ballot, round1: bytes, by: Actor) -> Trustee:
    """Step 1: what was committed to, once everybody has committed."""
    election, mine = _mine(ballot, by)
    everybody = list(election.trustees.all())
    if any(one.commit is None for one in everybody):
        raise Refused("Chờ mọi người giữ khóa gửi cam kết rồi mới tiết lộ.")
    if len(round1) != round1_size(mine.index, election.needed):
        raise Refused("Phần tiết lộ không đúng độ dài.")
    if commitment_to(election.meeting, round1) != bytes(mine.commit or b""):
        raise Refused("Phần tiết lộ không đúng cam kết đã gửi.")
    if Round1(round1).indices != (mine.index, len(everybody), election.needed):
        raise Refused("Phần tiết lộ thuộc một lần tạo khóa khác.")
    return _write_once(mine, "round1", round1)


@act("voting.pass_shares", on="ballot")
def pass_shares(*, ballot: Ballot, sealed: Sequence[bytes], by: Actor) -> Trustee:
    """Step 2: a share for each trustee, sealed so that only that one reads it."""
    election, mine = _mine(ballot, by)
    everybody = list(election.trustees.all())
    if any(one.round1 is None for one in everybody):
        raise Refused("Chờ mọi người giữ khóa tiết lộ phần công khai rồi mới chia.")
    faults = trustee_block(election, everybody).faults()
    refuse_if([f"{fault}. Phải làm lại việc tạo khóa." for fault in faults])
    if len(sealed) != len(everybody) or any(len(share) != PAIR_OF_SHARE for share in sealed):
        raise Refused("Phần chia không đủ cho mọi người giữ khóa.")
    return _write_once(mine, "sealed", b"".join(sealed))


@act("voting.confirm_key", on="ballot")
def confirm_key(*, ballot: Ballot, by: Actor) -> Trustee:
    """Step 3: the person's device checked every share it got and keeps its part of the key."""
    election, mine = _mine(ballot, by)
    if mine.confirmed_at is not None:
        return mine
    if any(step.done < STEPS - 1 for step in trustee_steps(election)):
        raise Refused("Chờ mọi người giữ khóa chia xong rồi mới xác nhận.")
    mine.confirmed_at = by.at
    mine.save(update_fields=["confirmed_at"])
    return mine


# --- Credentials -------------------------------------------------------------------------------------


@act("voting.issue_slips", on="ballot")
def issue_slips(*, ballot: Ballot, keys: Mapping[int, bytes], by: Actor) -> Election:
    """Public keys of the slips the committee printed, by id of the line; a line's earlier one is dropped."""
    election = _preparing(ballot)
    lines = {entry.pk: entry for entry in ballot.roll.all()}
    if not keys or set(keys) - set(lines):
        raise Refused("Có cử tri không thuộc danh sách này.")
    for entry, key in keys.items():
        _give(election, entry, key, CredentialKind.SLIP, by.at)
    return election


@act("voting.enroll_device", on="ballot")
def enroll_device(*, ballot: Ballot, entry: int, key: bytes, by: Actor) -> Credential:
    """The voter's own device made a key for one line of their unit."""
    election = _preparing(ballot)
    if entry not in {line.pk for line in lines_of(ballot, by)}:
        raise NotAllowed
    return _give(election, entry, key, CredentialKind.DEVICE, by.at)


def _give(election: Election, entry: int, key: bytes, kind: str, at: datetime) -> Credential:
    if not group().is_key(key):
        raise Refused("Khóa công khai của thẻ không hợp lệ.")
    held = Credential.objects.filter(election=election, key=key).first()
    if held is not None and held.entry_id == entry:
        return held
    if held is not None:
        raise Refused("Thẻ này đã cấp cho cử tri khác. Mỗi cử tri một thẻ riêng.")
    Credential.objects.filter(election=election, entry=entry).delete()
    return Credential.objects.create(election=election, entry_id=entry, key=key, kind=kind, at=at)


@act("voting.confirm_lines", on="ballot")
def confirm_lines(*, ballot: Ballot, entries: Collection[int], by: Actor) -> Election:
    """The roll was read aloud and these delegates recognised the fingerprint of their own line."""
    lock(ballot)
    if ballot.state != BallotState.SEALED:
        raise Refused("Đọc danh sách trước khi mở bỏ phiếu.")
    election = election_of(ballot)
    if election.eh is None:
        raise Refused("Niêm phong cấu hình rồi mới đọc danh sách, để vân tay không đổi được nữa.")
    Credential.objects.filter(
        election=election, entry__in=entries, replaced_at=None, confirmed_at=None
    ).update(confirmed_at=by.at)
    return election


@act("voting.keep_committee_key", on="ballot")
def keep_committee_key(*, ballot: Ballot, key: bytes, by: Actor) -> CommitteeKey:
    """A member of the committee made a signing key, with which lost credentials are replaced."""
    _preparing(ballot)
    member = CommitteeMember.objects.filter(ballot=ballot, user=by.user).first()
    if member is None:
        raise NotAllowed
    if not group().is_key(key):
        raise Refused("Khóa công khai không hợp lệ.")
    CommitteeKey.objects.filter(member=member).delete()
    return CommitteeKey.objects.create(member=member, key=key, at=by.at)


# --- Sealing -----------------------------------------------------------------------------------------


@act("voting.seal_manifest", on="ballot", keeps=("closes", "disclosure", "revote"))
def seal_manifest(
    *, ballot: Ballot, closes: datetime, disclosure: str = Disclosure.COUNTS, revote: bool = True, by: Actor
) -> Election:
    """Write the manifest as the first line of the board: from here on everything is public and fixed."""
    election = _preparing(ballot)
    refuse_if(obstacles_to_manifest(ballot))
    if not by.at < closes <= by.at + LONGEST:
        raise Refused("Giờ đóng phải sau lúc này, không quá 31 ngày.", field="closes")
    election.disclosure, election.revote = disclosure, revote
    manifest = compose(ballot, election, Hours(by.at, closes), by.at)
    election.manifest, election.eh = manifest.data, manifest.eh
    election.opens_at, election.closes_at = by.at, closes
    election.min_ballots = manifest.told["min_ballots"]
    election.save()
    lock_board(election)
    append(election, "manifest", manifest.data, by.at)
    return election


@act("voting.compare_manifest", on="ballot")
def compare_manifest(*, ballot: Ballot, eh: bytes, by: Actor) -> Trustee:
    """A key holder compared the mark of what was sealed with the screen in the room, and found it right.

    `eh` is the hash their own device made of the bytes it was given.
    """
    lock(ballot)
    election = election_of(ballot)
    mine = trustee_of(election, by)
    if mine is None:
        raise NotAllowed
    if election.eh is None or ballot.state not in {BallotState.SEALED, BallotState.OPEN}:
        raise Refused("Đối chiếu bản niêm phong sau khi niêm phong và trước khi đóng hòm.")
    if eh != bytes(election.eh):
        raise Refused("Máy này thấy một bản niêm phong khác. Dừng lại và báo ngay ban kiểm phiếu.")
    if mine.compared_at is None:
        mine.compared_at = by.at
        mine.save(update_fields=["compared_at"])
    return mine
