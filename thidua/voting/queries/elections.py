"""Where the electronic part of a ballot stands: the key ceremony, the credentials, the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from thidua.base.accounts.actors import Actor
from thidua.voting.ballot_box.credentials import commit_fingerprint, credential_fingerprint
from thidua.voting.ballot_box.hashing import TRACKER_LETTERS, grouped, head_mark, letters
from thidua.voting.ballot_box.hashing import manifest_mark as mark_of
from thidua.voting.models import (
    Ballot,
    BallotState,
    BoardEntry,
    CommitteeMember,
    Credential,
    Election,
    Mode,
    RollEntry,
    SealedMinutes,
    Trustee,
)
from thidua.voting.modes import mode_of
from thidua.voting.modes.client import client_hash, short_hash
from thidua.voting.modes.electronic import ballots_cast, holders_who_shared
from thidua.voting.modes.sealing import SIGNERS, least_ballots
from thidua.voting.modes.writing import last_entry
from thidua.voting.queries.ballots import READS, may_count, may_run, may_see

MOST_TRUSTEES = 9
NAMED = 5  # voters without a credential who are called by name
SMALL = 25  # voters: up to here two of three trustees suffice, above three of five


def election_on(ballot: Ballot) -> Election | None:
    """The electronic part; None before the roll is sealed and for ballots held in the room."""
    return Election.objects.defer("manifest").filter(ballot=ballot).first()


def usual_trustees(voters: int) -> tuple[int, int]:
    """How many hold the key and how many open it, when nobody says otherwise."""
    return (3, 2) if voters <= SMALL else (5, 3)


def sealed_minutes(ballot: Ballot) -> bytes | None:
    """The signed minutes whose hash stands on the board, the very file; None before and where no board is."""
    found = SealedMinutes.objects.filter(election__ballot=ballot).values_list("file", flat=True).first()
    return None if found is None else bytes(found)


def trustee_of(election: Election, by: Actor) -> Trustee | None:
    """The person's own place among the trustees."""
    return election.trustees.filter(user=by.user).first() if by.user else None


def lines_of(ballot: Ballot, by: Actor) -> list[RollEntry]:
    """The lines of the roll for which the person may vote: those of the units they act for."""
    acting = by.units(*READS)
    return [entry for entry in ballot.roll.select_related("unit") if entry.unit_id in acting]


def may_vote(by: Actor, ballot: Ballot) -> bool:
    """Acts for a unit of the roll; the credential then says which line."""
    acting = by.units(*READS)
    return bool(acting) and ballot.roll.filter(unit__in=acting).exists()


def may_vote_with(by: Actor, credential: Credential) -> bool:
    """Acts for the unit of the credential's line, which is more than acting for any unit of the roll."""
    return by.is_system or credential.entry.unit_id in by.units(*READS)


@dataclass(frozen=True)
class TrusteeStep:
    """One trustee as the ceremony's page lists them."""

    trustee: Trustee
    fingerprint: str  # of the commitment, read aloud; empty before it came
    done: int  # steps of four: committed, revealed, shared, confirmed
    shared: bool  # the decryption share stands on the board
    compared: bool = False  # the mark of the sealed manifest, with the screen in the room

    @property
    def word(self) -> str:
        """What they did last, or have to do."""
        return "Đã đối chiếu bản niêm phong" if self.compared else STEP_WORDS[self.done]


STEP_WORDS = (
    "Chưa tạo khóa",
    "Đã gửi cam kết",
    "Đã tiết lộ phần công khai",
    "Đã chia phần khóa",
    "Đã kiểm tra, giữ phần khóa",
)
STEPS = len(STEP_WORDS) - 1


def trustee_steps(election: Election) -> list[TrusteeStep]:
    """Every trustee with how far they are."""
    gave = holders_who_shared(election.pk) if election.eh else set()
    return [
        TrusteeStep(
            trustee=one,
            fingerprint=commit_fingerprint(bytes(one.commit)) if one.commit else "",
            done=steps_done(one),
            shared=(election.pk, one.index) in gave,
            compared=one.compared_at is not None,
        )
        for one in election.trustees.select_related("unit", "user")
    ]


def steps_done(one: Trustee) -> int:
    """How many of the four steps of the key ceremony they did."""
    facts = (one.commit, one.round1, one.sealed, one.confirmed_at)
    return next((n for n, fact in enumerate(facts) if fact is None), STEPS)


@dataclass(frozen=True)
class CredentialLine:
    """A line of the roll with its credential, as it is read aloud."""

    entry: RollEntry
    credential: Credential | None
    fingerprint: str
    has_voted: bool

    @property
    def is_confirmed(self) -> bool:
        return self.credential is not None and self.credential.confirmed_at is not None


def credential_lines(election: Election) -> list[CredentialLine]:
    """The whole roll in three queries; who voted is told only after the close."""
    in_force = {one.entry_id: one for one in Credential.objects.filter(election=election, replaced_at=None)}
    closed = election.ballot.state not in {BallotState.DRAFT, BallotState.SEALED, BallotState.OPEN}
    voted = set()
    if closed:
        cast = BoardEntry.objects.filter(election=election, type="cast")
        voted = set(cast.values_list("voter__entry", flat=True))
    return [
        CredentialLine(
            entry=entry,
            credential=(mine := in_force.get(entry.pk)),
            fingerprint=credential_fingerprint(bytes(mine.key)) if mine else "",
            has_voted=entry.pk in voted,
        )
        for entry in election.ballot.roll.select_related("unit")
    ]


def obstacles_to_manifest(ballot: Ballot) -> list[str]:
    """Before the manifest is sealed: keys, credentials, the program."""
    election = election_on(ballot)
    if ballot.state != BallotState.SEALED or election is None:
        return ["Chốt danh sách cử tri rồi mới niêm phong cấu hình."]
    if election.is_sealed:
        return ["Cấu hình đã niêm phong."]
    standing = [*mode_of(ballot).unfit(ballot), *_trustees_lacking(ballot, election)]
    issued = Credential.objects.filter(election=election, replaced_at=None).count()
    least = least_ballots(ballot, ballot.roll.count())
    if issued < least:
        standing.append(f"Mới có {issued} cử tri nhận thẻ bỏ phiếu, cần ít nhất {least}.")
    if client_hash() is None:
        standing.append("Máy chủ chưa có chương trình bỏ phiếu cho trình duyệt. Báo người quản trị.")
    return standing


def _trustees_lacking(ballot: Ballot, election: Election) -> list[str]:
    if ballot.mode == Mode.POLL:
        return []
    steps = trustee_steps(election)
    if not steps:
        return ["Chưa cử người giữ khóa."]
    return [
        f"{step.trustee.person_name} chưa xong phần khóa: {step.word.lower()}."
        for step in steps
        if step.done < STEPS
    ]


def cautions_of_ceremony(ballot: Ballot) -> list[str]:
    """What the managers should look at before sealing; none of it forbids going on."""
    election = election_on(ballot)
    if election is None or ballot.state != BallotState.SEALED:
        return []
    told = []
    lines = credential_lines(election)
    without = [line.entry for line in lines if line.credential is None]
    if len(without) == len(lines):
        told.append("Chưa cử tri nào có thẻ. Người không có thẻ lúc niêm phong sẽ không bỏ phiếu được.")
    elif without:
        names = "; ".join(entry.person_name or entry.unit.short_name for entry in without[:NAMED])
        more = f"; và {len(without) - NAMED} người nữa" if len(without) > NAMED else ""
        told.append(f"{len(without)} cử tri chưa có thẻ sẽ không bỏ phiếu được: {names}{more}.")
    leads = {unit.pk for unit in ballot.managers.all()}
    own = [one.person_name for one in election.trustees.all() if one.unit_id in leads]
    if len(own) > 1 and len(own) >= election.needed:
        told.append(
            f"{', '.join(own)} cùng thuộc đơn vị điều hành và đủ để mở phiếu. Nên chọn người giữ khóa"
            " từ các đơn vị khác nhau."
        )
    keys = CommitteeMember.objects.filter(ballot=ballot, key__isnull=False).count()
    if ballot.mode != Mode.POLL and keys < SIGNERS:
        told.append(
            f"Ban kiểm phiếu mới có {keys} người tạo khóa ký; cần {SIGNERS} người thì mới thay được thẻ"
            " bị mất trong khi bỏ phiếu."
        )
    return told


@dataclass(frozen=True)
class BoardNow:
    """What everybody may know of the board at any time: its head, its length, the number of ballots."""

    k: int
    mark: str  # “H4A7-GVPN-90H2-VY12”, what a reader of the package compares and trustees type again
    cast: int
    total: int


def board_now(election: Election) -> BoardNow | None:
    """The board at this moment; None before the manifest is sealed."""
    last = last_entry(election)
    if last is None:
        return None
    return BoardNow(
        k=last.k,
        mark=head_mark(bytes(last.head)),
        cast=ballots_cast(election),
        total=Credential.objects.filter(election=election, replaced_at=None).count(),
    )


def manifest_mark(election: Election) -> str:
    """Dấu bản niêm phong, which everybody compares before voting; empty before the manifest is sealed."""
    return mark_of(bytes(election.eh)) if election.eh else ""


def close_mark(election: Election) -> str:
    """The mark of the close, which trustees compare and type; empty before it."""
    row = BoardEntry.objects.filter(election=election, type="close").first()
    return head_mark(bytes(row.head)) if row else ""


def program_mark() -> str:
    """Mã phiên bản of the voting program; empty while there is none."""
    found = client_hash()
    return short_hash(found) if found else ""


def may_see_board(by: Actor, ballot: Ballot) -> bool:
    """After the close: those who see the ballot; where only the outcome is told, those who run or count."""
    election = election_on(ballot)
    if (
        election is None
        or not BoardEntry.objects.filter(election=election, type__in=("close", "void")).exists()
    ):
        return False
    if election.disclosure == "outcome":
        return may_run(by, ballot) or may_count(by, ballot) or trustee_of(election, by) is not None
    return may_see(by, ballot)


def obstacles_to_rehearsing(ballot: Ballot) -> list[str]:
    """A rehearsal uses the keys and credentials of the ballot it rehearses."""
    if ballot.rehearses_id:
        return ["Đây đã là bỏ phiếu thử."]
    election = election_on(ballot)
    if ballot.state != BallotState.SEALED or election is None:
        return ["Bỏ phiếu thử khi danh sách đã chốt và chưa mở bỏ phiếu."]
    if not Credential.objects.filter(election=election, replaced_at=None).exists():
        return ["Chưa cử tri nào có thẻ để thử."]
    return _trustees_lacking(ballot, election)


@dataclass(frozen=True)
class BoardRow:
    """A line of the board as its page shows it."""

    k: int
    word: str
    at: datetime
    mark: str
    tracker: str


TYPE_WORDS = {
    "manifest": "Bản niêm phong",
    "replace": "Thay thẻ bị mất",
    "pending": "Phiếu gửi lên",
    "cast": "Phiếu vào hòm",
    "audited": "Phiếu mở để kiểm tra máy, không tính",
    "close": "Đóng hòm",
    "aggregate": "Tổng đã mã hóa",
    "share": "Mảnh giải",
    "result": "Kết quả",
    "void": "Hủy",
    "minutes": "Biên bản",
}


def board_rows(election: Election) -> list[BoardRow]:
    """Every line in order, without payloads."""
    rows = BoardEntry.objects.filter(election=election).defer("payload").order_by("k")
    return [
        BoardRow(
            k=row.k,
            word=TYPE_WORDS[row.type],
            at=datetime.fromtimestamp(row.ms / 1000, tz=UTC),
            mark=head_mark(bytes(row.head)),
            tracker=tracker_text(bytes(row.ballot_hash)) if row.ballot_hash else "",
        )
        for row in rows
    ]


def tracker_text(ballot_hash: bytes) -> str:
    """Mã phiếu of the ballot with this hash."""
    return grouped(letters(ballot_hash, TRACKER_LETTERS))
