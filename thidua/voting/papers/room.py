"""For a vote in the room: the papers, the roll to sign, the sheet on which votes are ticked."""

from __future__ import annotations

from thidua.documents.engine import (
    Ballot as BallotBlock,
)
from thidua.documents.engine import (
    Column,
    PaperText,
    Paragraph,
    SignBlock,
    Table,
)
from thidua.voting.models import Ballot, CommitteeRole
from thidua.voting.modes import mode_of
from thidua.voting.papers.frame import holder, paper_of

PAPERS_ON_A_SHEET = 2
FEW_OPTIONS = 12  # more do not fit half a sheet


def ballot_papers(ballot: Ballot) -> PaperText:
    """One paper for each voter of the roll, all alike: no number, no mark, no name of who votes."""
    options = [option.label for option in ballot.options.all()]
    return paper_of(
        ballot,
        kind="PB",
        title="PHIẾU BẦU",
        body=[
            BallotBlock(
                title=str(ballot),
                question=ballot.question,
                options=options,
                instruction=instruction(ballot, len(options)),
                count=ballot.roll.count(),
                issuer=holder(ballot),
                per_sheet=PAPERS_ON_A_SHEET if len(options) <= FEW_OPTIONS else 1,
            )
        ],
    )


def instruction(ballot: Ballot, options: int) -> str:
    """How to mark the paper, and what makes it invalid."""
    told = f"Đánh dấu X vào ô bên phải của nhiều nhất {ballot.choices_max} trong {options} dòng."
    if ballot.each_decided:
        told = "Đánh dấu X vào ô bên phải của mỗi mục anh/chị tán thành; để trống là không tán thành."
    if not ballot.own_unit_allowed:
        told += " Không chọn đơn vị mình."
    return (
        f"{told} Phiếu chọn quá {ballot.choices_max} dòng, ghi thêm tên hoặc có dấu riêng là phiếu không hợp"
        " lệ; phiếu không đánh dấu dòng nào là phiếu trống."
    )


def roll_sheet(ballot: Ballot) -> PaperText:
    """The roll, for voters to sign when they come and when they are given a paper."""
    papers = mode_of(ballot).hands_out_papers
    columns = [
        Column("TT", 0.5, "center"),
        Column("Họ và tên", 2.2),
        Column("Chức vụ, đơn vị", 2.6),
        Column("Ký có mặt", 1.3),
    ]
    rows = [
        [str(voter.position), voter.person_name, _post(voter.office, voter.unit.name), ""]
        for voter in ballot.roll.select_related("unit")
    ]
    if papers:
        columns.append(Column("Ký nhận phiếu", 1.3))
        rows = [[*row, ""] for row in rows]
    return paper_of(
        ballot,
        kind="DS",
        title="DANH SÁCH CỬ TRI",
        body=[Table(columns, rows), Paragraph(f"Tổng số: {len(rows)} cử tri.", bold=True)],
        signers=[SignBlock(role="TRƯỞNG BAN KIỂM PHIẾU", name=_chair_name(ballot))],
    )


def tally_sheet(ballot: Ballot) -> PaperText:
    """For one counter to tick votes by fives; each of the two counters has their own."""
    mode = mode_of(ballot)
    numbers = [[asked.label, ""] for asked in mode.asks]
    options = [[str(option.position), option.label, "", ""] for option in ballot.options.all()]
    return paper_of(
        ballot,
        kind="",
        title="BẢNG KIỂM ĐẾM",
        body=[
            Paragraph("Mỗi người kiểm đếm ghi một bảng riêng, không xem bảng của người khác."),
            Table([Column("Số liệu chung", 3), Column("Số", 1, "right")], numbers),
            Table(
                [
                    Column("TT", 0.4, "center"),
                    Column("Phương án", 2.4),
                    Column("Kiểm đếm (mỗi nhóm 5 vạch)", 3.4),
                    Column("Cộng", 0.8, "right"),
                ],
                options,
            ),
        ],
        signers=[SignBlock(role="NGƯỜI KIỂM ĐẾM")],
    )


def _post(office: str, unit: str) -> str:
    return f"{office}, {unit}" if office else unit


def _chair_name(ballot: Ballot) -> str:
    return next((m.person_name for m in ballot.committee.all() if m.role == CommitteeRole.CHAIR), "")
