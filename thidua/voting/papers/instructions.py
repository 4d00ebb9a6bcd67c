"""Hướng dẫn bỏ phiếu điện tử: what each does and must then see, printed for the ceremony."""

from __future__ import annotations

from thidua.documents.engine import Block, Bullets, Column, Heading, PaperText, Paragraph, Table
from thidua.voting.models import Ballot, Trustee
from thidua.voting.papers.frame import paper_of
from thidua.voting.queries import election_on, manifest_mark
from thidua.voting.queries.warnings import told_to_voters


def key_instructions(ballot: Ballot) -> PaperText:
    """Hướng dẫn bỏ phiếu điện tử: what each presses and must then see, to be read aloud and written on."""
    return paper_of(
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
        "Niêm phong xong: mở lại “Giữ khóa của tôi”, so dấu bản niêm phong với màn chiếu, từng chữ. Đúng thì"
        " bấm “Đã đối chiếu, đúng”.",
        "“Đã giữ phần khóa”, không còn lời nhắc đối chiếu",
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
    "Khi mọi người giữ khóa đã đối chiếu dấu bản niêm phong: mở bỏ phiếu.",
    "So mã phần mềm trên màn chiếu với mã ghi ở cuối trang bỏ phiếu.",
]
VOTERS_DO = [
    "Đăng nhập, quét phiếu mã hoặc mở phiếu trên máy đã nhận thẻ.",
    "So dấu bản niêm phong ở đầu phiếu với màn chiếu; khác thì không bỏ phiếu, báo ban kiểm phiếu.",
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
            "Dừng lại và báo người điều hành khi: vân tay hoặc dấu trên máy khác màn chiếu; màn hình hiện"
            " “Dừng lại”; gõ đúng dấu mà máy báo khác. Không ai được giữ hộ máy hoặc phong bì của"
            " người khác.",
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
        Paragraph(f"Dấu bản niêm phong: {_mark(ballot)}"),
    ]


def _mark(ballot: Ballot) -> str:
    """As it was sealed, else a line to write it on."""
    election = election_on(ballot)
    found = manifest_mark(election) if election else ""
    return found or "…………… (chép từ màn chiếu)"
