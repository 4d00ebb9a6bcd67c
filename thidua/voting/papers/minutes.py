"""Biên bản kiểm phiếu: who voted, every number, the result with its sums, who counted and signed."""

from __future__ import annotations

from thidua.base.periods import local_day
from thidua.base.text import date_in_words, moment
from thidua.documents.engine import (
    Block,
    Bullets,
    Column,
    Heading,
    PaperText,
    Paragraph,
    SignatureGrid,
    SignBlock,
    Table,
)
from thidua.voting.counting import Outcome
from thidua.voting.models import Ballot, CommitteeMember, CommitteeRole, Mode
from thidua.voting.modes import mode_of
from thidua.voting.modes.protocol import roll_numbers
from thidua.voting.papers.frame import paper_of
from thidua.voting.queries import outcome, rules_in_words
from thidua.voting.queries.warnings import limits_of_secrecy

MINUTES_OF: dict[str, str] = {
    Mode.SHOW_OF_HANDS: "BIÊN BẢN KIỂM ĐẾM BIỂU QUYẾT",
    Mode.POLL: "BIÊN BẢN THĂM DÒ Ý KIẾN",
}


def count_minutes(ballot: Ballot) -> PaperText:
    """Biên bản kiểm phiếu: who voted, every number, the result with its sums, who counted and signed.

    Before the count is agreed the numbers are blank, to be filled in by hand.
    """
    committee = list(ballot.committee.select_related("unit", "signature"))
    found = outcome(ballot)
    body: list[Block] = [
        Paragraph(_opening(ballot)),
        Heading(1, "I. Ban kiểm phiếu"),
        Table(
            [
                Column("TT", 0.4, "center"),
                Column("Họ và tên", 2),
                Column("Đơn vị", 2.4),
                Column("Nhiệm vụ", 1.2),
            ],
            [
                [str(m.position), m.person_name, m.unit.name if m.unit else "", m.get_role_display()]
                for m in committee
            ],
        ),
        Heading(1, "II. Cuộc bỏ phiếu"),
        Bullets(_rules(ballot)),
        Heading(1, "III. Số liệu kiểm phiếu"),
        _numbers(ballot),
        Heading(1, "IV. Kết quả"),
        *_result(ballot, found),
    ]
    if notes := _notes(ballot):
        body += [Heading(1, "V. Ghi chú"), Bullets(notes)]
    body.append(Paragraph("Biên bản đã đọc cho các thành viên ban kiểm phiếu nghe và thống nhất ký."))
    others = [m for m in committee if m.role != CommitteeRole.CHAIR]
    if others:
        body.append(SignatureGrid([_place(m) for m in others]))
    return paper_of(
        ballot,
        kind="BB",
        title=MINUTES_OF.get(ballot.mode, "BIÊN BẢN KIỂM PHIẾU"),
        body=body,
        signers=[_chair(committee)],
        recipients=["Chủ tọa", "Lưu hồ sơ"],
    )


def _opening(ballot: Ballot) -> str:
    when = date_in_words(local_day(ballot.opened_at)) if ballot.opened_at else "ngày … tháng … năm …"
    where = f", tại {ballot.occasion}" if ballot.occasion else ""
    return f"Hôm nay, {when}{where}, ban kiểm phiếu đã kiểm phiếu cuộc “{ballot}”."


def _rules(ballot: Ballot) -> list[str]:
    roll = roll_numbers(ballot)
    told = [
        f"Hình thức: {ballot.get_mode_display().lower()}. {ballot.question}".strip(),
        *rules_in_words(ballot),
        f"Cử tri theo danh sách đã chốt: {roll.total}; có mặt {roll.present}.",
    ]
    if ballot.opened_at and ballot.closed_at:
        told.append(f"Mở lúc {moment(ballot.opened_at)}; đóng lúc {moment(ballot.closed_at)}.")
    return told


def _numbers(ballot: Ballot) -> Table:
    entry = ballot.agreed_entry if ballot.has_result else None
    rows = [[asked.label, str(getattr(entry, asked.key)) if entry else ""] for asked in mode_of(ballot).asks]
    return Table([Column("Số liệu", 4), Column("Số", 1, "right")], rows)


def _result(ballot: Ballot, found: Outcome | None) -> list[Block]:
    if ballot.mode == Mode.POLL:
        return _opinions(ballot, found)
    columns = [
        Column("TT", 0.4, "center"),
        Column("Phương án", 2),
        Column("Số phiếu", 0.8, "right"),
        Column("Cách tính", 3),
        Column("Kết quả", 1),
    ]
    if found is None:
        return [Table(columns, [[str(o.position), o.label, "", "", ""] for o in ballot.options.all()])]
    rows = [
        [
            str(line.place),
            line.label,
            str(line.votes) if line.sum else "",
            line.sum,
            verdict_word(line.elected, line.tied),
        ]
        for line in found.lines
    ]
    rulings = [
        f"{ruling.deciders} quyết định chọn {ruling.option.label}. Lý do: {ruling.reason}"
        for ruling in ballot.rulings.select_related("option")
    ]
    return [Table(columns, rows), Bullets([*found.sentences, *rulings])]


def _opinions(ballot: Ballot, found: Outcome | None) -> list[Block]:
    """A poll chooses nobody: opinions, and a sentence that says so."""
    rows = [[line.label, str(line.votes) if line.sum else ""] for line in found.lines] if found else []
    rows = rows or [[option.label, ""] for option in ballot.options.all()]
    return [
        Table([Column("Phương án", 4), Column("Số ý kiến", 1, "right")], rows),
        Paragraph("Thăm dò không bầu ai; số này không dùng để xét danh hiệu."),
    ]


def verdict_word(elected: bool, tied: bool) -> str:
    """How a line of the result ends."""
    if elected:
        return "Được chọn"
    return "Bằng phiếu" if tied else ""


def _notes(ballot: Ballot) -> list[str]:
    return [*mode_of(ballot).how_counted(ballot), *limits_of_secrecy(ballot)]


def _place(member: CommitteeMember) -> tuple[str, str, str, str]:
    unit = member.unit.short_name if member.unit else ""
    return unit, member.get_role_display(), member.person_name, _signed(member)


def _signed(member: CommitteeMember) -> str:
    signature = getattr(member, "signature", None)
    if signature is None or signature.on_paper:
        return ""
    return f"Đã ký lúc {moment(signature.at)}"


def _chair(committee: list[CommitteeMember]) -> SignBlock:
    chair = next((m for m in committee if m.role == CommitteeRole.CHAIR), None)
    if chair is None:
        return SignBlock(role="TRƯỞNG BAN KIỂM PHIẾU")
    return SignBlock(role="TRƯỞNG BAN KIỂM PHIẾU", name=chair.person_name, signed=_signed(chair))
