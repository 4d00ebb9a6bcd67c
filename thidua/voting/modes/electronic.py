"""Secret ballot that anybody can check, and the poll that uses the same board without trustees."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from thidua.base.text import moment
from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.group import group, scalar_bytes
from thidua.voting.ballot_box.hashing import head_mark, manifest_mark
from thidua.voting.ballot_box.manifest import FEWEST_BALLOTS
from thidua.voting.ballot_box.tally import aggregate_payload, close_payload, entry_aggregate, share_payload
from thidua.voting.ballot_box.trustees import SERVER, begin_server
from thidua.voting.counting import Count, Outcome, discreet, reconcile
from thidua.voting.models import (
    Ballot,
    BoardEntry,
    Credential,
    Disclosure,
    Election,
    Mode,
    RollEntry,
)
from thidua.voting.modes.client import client_hash, short_hash
from thidua.voting.modes.protocol import Asked, agreed_outcome, labelled, mark_taken_part, roll_numbers
from thidua.voting.modes.receiving import election_of, take
from thidua.voting.modes.sealing import least_ballots, strange_letters
from thidua.voting.modes.vault import lock_away, take_out
from thidua.voting.modes.writing import append, last_entry, ledger_of, legible, lock_board, manifest_of

SEED = 32
NAME = 9  # random bytes in the name of a meeting


ON_DEVICES = (
    'Máy nhiễm mã độc có thể xem trộm hoặc đổi lựa chọn. Dùng "Kiểm tra máy" để phát hiện việc đổi; không'
    " phát hiện được việc xem trộm.",
)


class Electronic:
    """Phiếu kín điện tử: encrypted on the voter's device, added up unopened, opened by t of n trustees."""

    code: str = Mode.ELECTRONIC
    hands_out_papers = False
    is_electronic = True
    may_elect = True
    secrecy: str = (
        "Phiếu mã hóa ngay trên máy của cử tri. Máy chủ và người giữ danh sách biết ai đã bỏ phiếu,"
        " không biết bỏ cho ai."
    )
    asks: tuple[Asked, ...] = (
        Asked("issued", "Số cử tri trong danh sách"),
        Asked("returned", "Số phiếu vào hòm, được tính"),
        Asked("kept", "Số cử tri không bỏ phiếu"),
    )
    trustees_named: bool = True

    def warnings(self, ballot: Ballot) -> list[str]:
        """Devices, onlookers, collusion, lost keys, the future: each in its own sentence."""
        election = Election.objects.defer("manifest").filter(ballot=ballot).first()
        return [*self._collusion(election), *ON_DEVICES, *_revoting(election), *_program()]

    def _collusion(self, election: Election | None) -> list[str]:
        names = list(election.trustees.values_list("person_name", flat=True)) if election else []
        if election is None or not names:
            return []
        few = f"{election.needed} trong {len(names)} người giữ khóa ({', '.join(names)})"
        return [
            f"Nội dung từng phiếu chỉ lộ nếu máy chủ và ít nhất {few} cùng thông đồng.",
            (
                f"Nếu còn ít hơn {election.needed} người giữ khóa thì không thể mở phiếu, phải bỏ phiếu lại."
                " Dữ liệu phiếu đã mã hóa được xóa sau thời hạn khiếu nại."
            ),
        ]

    def unfit(self, ballot: Ballot) -> list[str]:
        """Too few voters hide nobody: then only paper is offered."""
        voters = ballot.roll.count()
        least = least_ballots(ballot, voters)
        if voters >= least or not voters:
            return strange_letters(ballot)
        return [
            *strange_letters(ballot),
            (
                f"Danh sách có {voters} cử tri; bỏ phiếu điện tử cần ít nhất {max(least, FEWEST_BALLOTS)}"
                " phiếu để che nhau. Với số này chỉ bỏ phiếu kín trên giấy."
            ),
        ]

    def freeze(self, ballot: Ballot, at: datetime) -> None:
        """The server makes its own keys; a further round and a rehearsal go on with the keys there are."""
        if Election.objects.filter(ballot=ballot).exists():
            return
        kept = self._keys_to_go_on_with(ballot)
        if kept is not None:
            _go_on(ballot, kept)
            return
        begin(ballot)

    def _keys_to_go_on_with(self, ballot: Ballot) -> Election | None:
        before = ballot.previous_id or ballot.rehearses_id
        found = Election.objects.filter(ballot=before).first() if before else None
        if found is None or found.server_share is None:
            return None
        if found.trustees.filter(destroyed_at__isnull=False).exists():  # their devices forgot this meeting
            return None
        return found if _voters(found.ballot) == _voters(ballot) else None

    def prepare(self, ballot: Ballot) -> list[str]:
        """The manifest must be sealed and every delegate have confirmed their own line."""
        election = Election.objects.defer("manifest").filter(ballot=ballot).first()
        if election is None or election.eh is None:
            return ["Chưa niêm phong cấu hình: cử người giữ khóa, phát thẻ bỏ phiếu, rồi niêm phong."]
        unread = election.credentials.filter(confirmed_at=None, replaced_at=None).count()
        if not unread:
            return []
        return [f"Còn {unread} cử tri chưa nghe đọc và xác nhận vân tay thẻ của mình."]

    def open(self, ballot: Ballot, at: datetime) -> None:
        """Nothing to do: ballots are taken from the hour in the manifest while the ballot is open."""

    def issue(self, entry: RollEntry) -> None:
        """Remember that the voter took part."""
        mark_taken_part(entry)

    def receive(self, ballot: Ballot, vote: bytes, at: datetime) -> BoardEntry:
        """An encrypted ballot, or the decision about it."""
        return take(ballot, vote, at)

    def unready(self, ballot: Ballot) -> list[str]:
        """Fewer ballots than the manifest's least are never opened: the item is voided and held on paper."""
        election = election_of(ballot)
        cast, least = ballots_cast(election), election.min_ballots
        if cast >= least:
            return []
        return [
            (
                f"Mới có {cast} phiếu, cần ít nhất {least} phiếu mới được mở. Chờ thêm, hoặc hủy rồi"
                " bỏ phiếu kín trên giấy."
            )
        ]

    def close(self, ballot: Ballot, at: datetime) -> None:
        """The last line, the encrypted sums, the server's own share: all or nothing."""
        election = election_of(ballot)
        with transaction.atomic():
            lock_board(election)
            last = last_entry(election)
            append(election, "close", close_payload(last.k if last else 0, took_part(ballot, election)), at)
            append(election, "aggregate", aggregate_payload(ledger_of(election)), at)
            append(election, "share", self._own_share(election), at)

    def _own_share(self, election: Election) -> bytes:
        found = entry_aggregate(ledger_of(election))
        assert found is not None
        secret = int.from_bytes(take_out(election.server_share or b""), "little")
        return share_payload(manifest_of(election), found[1], SERVER, secret)

    def void(self, ballot: Ballot, reason: str, at: datetime) -> None:
        """The board says so too; a manifest never sealed has no board."""
        election = Election.objects.defer("manifest").filter(ballot=ballot).first()
        if election is None or election.eh is None:
            return
        with transaction.atomic():
            lock_board(election)
            append(election, "void", canonical.write({"reason": legible(reason)}), at)

    def count(self, ballot: Ballot, numbers: Mapping[str, int], votes: Mapping[int, int]) -> Count:
        """What the board's result says, beside the roll."""
        issued, returned = numbers["issued"], numbers["returned"]
        return Count(
            present=max(roll_numbers(ballot).present, returned),
            printed=issued,
            unused=0,
            issued=issued,
            returned=returned,
            kept=issued - returned,
            valid=returned,
            invalid=0,
            blank=0,
            choices_max=ballot.choices_max,
            votes=labelled(ballot, votes),
        )

    def problems(self, count: Count) -> list[str]:
        """The proofs promise that everything adds up; asked all the same."""
        return reconcile(replace(count, present=count.issued))

    def how_counted(self, ballot: Ballot) -> list[str]:
        """What stands on the board, for the minutes: heads, keys, checks of devices."""
        election = Election.objects.defer("manifest").filter(ballot=ballot).first()
        if election is None or election.eh is None:
            return []
        return [*self._who_opened(election), *_compared(election), *_marks(election), *_audits(election)]

    def _who_opened(self, election: Election) -> list[str]:
        names = ", ".join(election.trustees.values_list("person_name", flat=True))
        total = election.trustees.count()
        told = (
            f"Khóa do {names} giữ; mở phiếu cần máy chủ và {election.needed} trong {total} người. Nội dung"
            " từng phiếu chỉ lộ nếu máy chủ và ít nhất số người đó cùng thông đồng."
        )
        shared = holders_who_shared(election.pk)
        gave = [
            name
            for index, name in election.trustees.values_list("index", "person_name")
            if (election.pk, index) in shared
        ]
        return [told, f"Đã giải phiếu: {', '.join(gave)}."] if gave else [told]

    def result(self, ballot: Ballot) -> Outcome | None:
        """The outcome of the count on the board, as far as the manifest lets it be told."""
        found = agreed_outcome(ballot)
        election = Election.objects.only("disclosure").filter(ballot=ballot).first()
        if found is None or election is None or election.disclosure == Disclosure.COUNTS:
            return found
        return discreet(found)


class Poll(Electronic):
    """Thăm dò không ghi tên: the same board, but the server alone holds the key. It elects nobody."""

    code: str = Mode.POLL
    may_elect = False
    secrecy = (
        "Không phải phiếu kín: quản trị máy chủ về kỹ thuật có thể biết ai chọn gì. Không dùng để bầu"
        " hoặc xét danh hiệu."
    )
    trustees_named = False

    def _who_opened(self, election: Election) -> list[str]:
        return ["Máy chủ giữ khóa một mình nên đây không phải phiếu kín và không dùng để bầu."]


def begin(ballot: Ballot) -> Election:
    """The server's keys for a meeting of its own, with nobody beside it yet."""
    meeting = f"bp-{ballot.pk}-{secrets.token_hex(NAME)}"
    seed = secrets.token_bytes(SEED)
    secret, first = begin_server(meeting, 0, 0)
    return Election.objects.create(
        ballot=ballot,
        meeting=meeting,
        min_ballots=least_ballots(ballot, ballot.roll.count()),
        server_key=group().public_key(seed),
        server_seed=lock_away(seed),
        server_share=lock_away(scalar_bytes(secret)),
        server_round1=first,
    )


def begin_again(election: Election, *, holders: int, needed: int) -> None:
    """A fresh part of the server for a ceremony of so many people; the meeting and its slips stay."""
    secret, first = begin_server(election.meeting, holders, needed)
    election.needed, election.server_round1 = needed, first
    election.server_share = lock_away(scalar_bytes(secret))
    election.save(update_fields=["needed", "server_round1", "server_share"])


def _go_on(ballot: Ballot, kept: Election) -> None:
    """The same people, keys and credentials for another election, which its own manifest names."""
    fresh = Election.objects.create(
        ballot=ballot,
        meeting=kept.meeting,
        needed=kept.needed,
        min_ballots=least_ballots(ballot, ballot.roll.count()),
        disclosure=kept.disclosure,
        revote=kept.revote,
        server_key=kept.server_key,
        server_seed=kept.server_seed,
        server_share=kept.server_share,
        server_round1=kept.server_round1,
    )
    for trustee in kept.trustees.all():
        trustee.pk, trustee.election = None, fresh
        trustee.compared_at = trustee.destroyed_at = None
        trustee._state.adding = True
        trustee.save()
    lines = {entry.position: entry for entry in ballot.roll.all()}
    for credential in Credential.objects.filter(election=kept, replaced_at=None).select_related("entry"):
        credential.pk, credential.election = None, fresh
        credential.entry = lines[credential.entry.position]
        credential._state.adding = True
        credential.save()


def _revoting(election: Election | None) -> list[str]:
    told = "Khi bỏ phiếu từ xa, hệ thống không ngăn được người đứng cạnh nhìn hoặc ép buộc."
    if election is None or not election.revote:
        return [told]
    return [f"{told} Có thể bỏ lại cho đến khi đóng phiếu; phiếu cuối cùng được tính."]


def _program() -> list[str]:
    found = client_hash()
    if found is None:
        return []
    return [
        f"Mã phiên bản của chương trình: {short_hash(found)}. Ban kiểm phiếu đối chiếu mã này trên màn chiếu."
    ]


def _voters(ballot: Ballot) -> list[tuple[int, int, str]]:
    return list(ballot.roll.values_list("position", "unit", "person_name"))


def took_part(ballot: Ballot, election: Election) -> int:
    """Who voted was present; how many were, with those marked in the room."""
    voted = BoardEntry.objects.filter(election=election, type="cast").values("voter__entry")
    ballot.roll.filter(pk__in=voted, present=False).update(present=True)
    return roll_numbers(ballot).present


def ballots_cast(election: Election) -> int:
    """How many lines of the roll have a ballot in the box."""
    found = BoardEntry.objects.filter(election=election, type="cast")
    return found.values("voter__entry").distinct().count()


def holders_who_shared(*elections: int) -> set[tuple[int, int]]:
    """Election and index of the key holders whose share stands on a board."""
    found = BoardEntry.objects.filter(election__in=elections, type="share").values_list("election", "payload")
    return {
        (election, int(canonical.read(bytes(data), lambda value: True, "share")["trustee"]))
        for election, data in found
        if data
    }


def _compared(election: Election) -> list[str]:
    """The mark of the sealed manifest, and which key holders told that they had compared it."""
    told = [f"Dấu bản niêm phong: {manifest_mark(bytes(election.eh or b''))}."]
    holders = list(election.trustees.all())
    did = [f"{one.person_name} ({moment(one.compared_at)})" for one in holders if one.compared_at]
    missing = [one.person_name for one in holders if not one.compared_at]
    if did:
        told.append(f"Đã đối chiếu dấu ấy với màn chiếu: {'; '.join(did)}.")
    if missing:
        told.append(f"Chưa đối chiếu: {', '.join(missing)}.")
    return told


def _marks(election: Election) -> list[str]:
    rows = BoardEntry.objects.filter(election=election).order_by("k")
    first, close, result = (rows.filter(type=kind).first() for kind in ("manifest", "close", "result"))
    told = [
        f"Mã đầu bảng kê lúc {word}: {head_mark(bytes(row.head))} (dòng {row.k})."
        for word, row in (("niêm phong", first), ("đóng hòm", close), ("có kết quả", result))
        if row is not None
    ]
    if close is not None and election.closes_at is not None:
        told.append(f"Giờ đóng ghi trong bản niêm phong: {moment(election.closes_at)}.")
    return told


def _audits(election: Election) -> list[str]:
    number = BoardEntry.objects.filter(election=election, type="audited").count()
    return [f"Số lần cử tri kiểm tra máy: {number}. Phiếu đã mở để kiểm tra không được tính."]
