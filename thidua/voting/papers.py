"""What is printed: ballot papers, the roll to sign, the tally sheet, the minutes of the count."""

from __future__ import annotations

from thidua.base.periods import local_day
from thidua.base.text import date_in_words, moment
from thidua.documents.engine import (
    Ballot as BallotBlock,
)
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
from thidua.voting.models import Ballot, CommitteeMember, CommitteeRole, Mode, Trustee
from thidua.voting.modes import mode_of
from thidua.voting.modes.protocol import roll_numbers
from thidua.voting.queries import outcome, rules_in_words
from thidua.voting.queries.warnings import limits_of_secrecy, told_to_voters

MINUTES_OF: dict[str, str] = {
    Mode.SHOW_OF_HANDS: "BIÊN BẢN KIỂM ĐẾM BIỂU QUYẾT",
    Mode.POLL: "BIÊN BẢN THĂM DÒ Ý KIẾN",
}
PAPERS_ON_A_SHEET = 2
FEW_OPTIONS = 12  # more do not fit half a sheet


def ballot_papers(ballot: Ballot) -> PaperText:
    """One paper for each voter of the roll, all alike: no number, no mark, no name of who votes."""
    options = [option.label for option in ballot.options.all()]
    return _paper(
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
                issuer=_holder(ballot),
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
    return _paper(
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
    return _paper(
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


def key_instructions(ballot: Ballot) -> PaperText:
    """Hướng dẫn bỏ phiếu điện tử: what each presses and must then see, to be read aloud and written on."""
    return _paper(
        ballot,
        kind="HD",
        title="HƯỚNG DẪN BỎ PHIẾU ĐIỆN TỬ",
        body=[
            *_for_trustees(ballot),
            Heading(1, "II. Ban kiểm phiếu"),
            Bullets(COMMITTEE_DOES),
            Heading(1, "III. Cử tri"),
            Bullets(VOTERS_DO),
            Heading(1, "IV. Điều cần biết"),
            Bullets(told_to_voters(ballot)),
        ],
    )


TRUSTEE_DOES = (
    (
        "Đăng nhập, mở cuộc bỏ phiếu, bấm “Giữ khóa của tôi”, rồi “Tạo khóa”.",
        "“Đã gửi cam kết” và một vân tay 12 chữ",
    ),
    (
        "Lần lượt từng người đọc to vân tay trên máy mình. Cả phòng so với màn chiếu, chép vào bảng dưới."
        " Đúng hết thì bấm “Mọi vân tay đều đúng, tiếp tục”.",
        "“3. Chia khóa”",
    ),
    ("Giữ trang mở, chờ người khác. Không bấm gì.", "“4. Cất bản giấy trong phong bì”"),
    (
        "Bấm “Tạo bản giấy”, in, bỏ phong bì dán kín. Chép mật khẩu ra giấy khác, cất nơi khác. Bấm “Đã in và"
        " chép mật khẩu”.",
        "“Đã giữ phần khóa”",
    ),
    (
        "Đóng hòm xong: mở lại “Giữ khóa của tôi” trên chính máy ấy, gõ 16 chữ trên màn chiếu, bấm “Giải"
        " phiếu”.",
        "“Đã giải phiếu”",
    ),
    (
        "Hết thời hạn khiếu nại: xé bản giấy, mở lại trang, bấm nút hủy phần khóa.",
        "“Đã hủy phần khóa”",
    ),
)
COMMITTEE_DOES = [
    "Trước khi niêm phong: hai người trong ban tạo khóa ký; in và trao phiếu mã cho cử tri không dùng máy"
    " riêng.",
    "Sau khi niêm phong: đọc to từng dòng với vân tay; cử tri xác nhận dòng của mình.",
    "Mất thẻ: xác minh người, một người đề nghị thay thẻ và ký, một người nữa ký; trao phiếu mã mới.",
    "So mã phần mềm trên màn chiếu với mã ghi ở cuối trang bỏ phiếu.",
]
VOTERS_DO = [
    "Đăng nhập, quét phiếu mã hoặc mở phiếu trên máy đã nhận thẻ.",
    "Chọn, niêm phong phiếu; rồi bỏ phiếu, hoặc kiểm tra máy bằng một máy khác.",
    "Giữ biên nhận; so mã đầu bảng kê với màn chiếu; đóng hòm rồi tìm mã phiếu trong bảng.",
    "Mất mạng, tắt máy giữa chừng: mở lại trang, làm tiếp. Bỏ lại bao nhiêu lần cũng chỉ tính một phiếu.",
]


def _for_trustees(ballot: Ballot) -> list[Block]:
    holders = list(Trustee.objects.filter(election__ballot=ballot).select_related("unit"))
    steps = [[str(n), *told] for n, told in enumerate(TRUSTEE_DOES, start=1)]
    names = [
        [str(one.index), one.person_name, one.unit.short_name if one.unit else "", ""] for one in holders
    ]
    return [
        Heading(1, "I. Người giữ khóa"),
        Paragraph(
            "Mỗi người dùng máy của chính mình, sạc đầy, trình duyệt thường (không ẩn danh). Khóa nằm lại"
            " trên máy ấy cho tới khi giải phiếu."
        ),
        Table(
            [Column("Bước", 0.5, "center"), Column("Anh/chị làm", 4), Column("Màn hình phải hiện", 2)], steps
        ),
        Paragraph(
            "Dừng lại và báo người điều hành khi: vân tay trên máy khác màn chiếu; màn hình hiện “Dừng lại”;"
            " gõ đúng dấu mà máy báo khác. Không ai được giữ hộ máy hoặc phong bì của người khác.",
            bold=True,
        ),
        *(
            [
                Table(
                    [
                        Column("Số", 0.5, "center"),
                        Column("Người giữ khóa", 2.6),
                        Column("Đơn vị", 1.8),
                        Column("Vân tay (chép khi đọc to)", 2.2),
                    ],
                    names,
                )
            ]
            if names
            else []
        ),
    ]


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
    return _paper(
        ballot,
        kind="BB",
        title=MINUTES_OF.get(ballot.mode, "BIÊN BẢN KIỂM PHIẾU"),
        body=body,
        signers=[_chair(committee)],
        recipients=["Chủ tọa", "Lưu hồ sơ"],
    )


def _paper(
    ballot: Ballot,
    *,
    kind: str,
    title: str,
    body: list[Block],
    signers: list[SignBlock] | None = None,
    recipients: list[str] | None = None,
) -> PaperText:
    return PaperText(
        kind=kind,
        title=title,
        subject=str(ballot),
        issuer=("", _holder(ballot)),
        dated=local_day(ballot.counted_at) if ballot.counted_at else None,
        body=body,
        signers=signers or [],
        recipients=recipients or [],
    )


def _holder(ballot: Ballot) -> str:
    return ballot.held_by or ballot.owner_unit.name


def _post(office: str, unit: str) -> str:
    return f"{office}, {unit}" if office else unit


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


def _chair_name(ballot: Ballot) -> str:
    return next((m.person_name for m in ballot.committee.all() if m.role == CommitteeRole.CHAIR), "")
