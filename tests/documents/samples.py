"""Papers of a bloc's year, as its officers write them."""

from __future__ import annotations

from datetime import date

from thidua.documents.engine import (
    Appendix,
    Article,
    Ballot,
    Bullets,
    Chapter,
    Column,
    Heading,
    PageBreak,
    PaperText,
    Paragraph,
    QrCode,
    SignatureGrid,
    SignBlock,
    Table,
)

ISSUER = ("Ủy ban nhân dân tỉnh Mẫu", "Khối thi đua Văn hóa – Xã hội")
UNITS = ["Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Văn hóa, Thể thao và Du lịch"]
LIST = Table(
    [Column("TT", 6, "center"), Column("Đơn vị", 50), Column("Số phiếu", 14, "right")],
    [["1", "Sở Y tế", "10/11"], ["", "Cộng", "10/11"]],
    total_row=True,
)
LETTER = PaperText(
    kind="TTr",
    title="Tờ trình",
    subject="Về việc đề nghị tặng Cờ thi đua năm 2019",
    issuer=ISSUER,
    series_symbol="KTĐ",
    place="Mẫu",
    to=("Hội đồng Thi đua – Khen thưởng tỉnh Mẫu",),
    bases=("Căn cứ Luật Thi đua, khen thưởng",),
    body=(
        Heading(1, "I. Kết quả"),
        Paragraph("Khối thi đua đề nghị tặng Cờ thi đua cho Sở Y tế.", lead="Đề nghị:"),
        Bullets(("01 Cờ thi đua;", "03 Bằng khen.")),
        Paragraph("Khối thi đua trân trọng trình."),
        Appendix("Phụ lục", "Danh sách đề nghị khen thưởng"),
        LIST,
    ),
    signers=(SignBlock("TM. Khối thi đua", "Khối trưởng", "Phạm Văn Hải"),),
    recipients=("Các đơn vị trong Khối",),
)
MINUTES = PaperText(
    kind="BB",
    title="Biên bản",
    subject="Hội nghị tổng kết năm 2019",
    issuer=ISSUER,
    series_symbol="KTĐ",
    body=(
        Paragraph("08 giờ 00, ngày 16 tháng 12 năm 2019.", lead="Thời gian bắt đầu:"),
        Paragraph("Kết thúc."),
    ),
    signers=(SignBlock(role="Chủ tọa", name="Phạm Văn Hải"), SignBlock(role="Thư ký", name="Lê Văn Bình")),
    recipients=("Các đơn vị trong Khối", "Lưu: VT"),
)
COVENANT = PaperText(
    kind="GU",
    title="Giao ước thi đua",
    subject="Năm 2020",
    issuer=ISSUER,
    place="Mẫu",
    dated=date(2020, 2, 5),
    body=(
        Paragraph("Các đơn vị cam kết."),
        PageBreak(),
        SignatureGrid(
            tuple((unit, "Giám đốc", f"Người ký {n}", "Đã ký lúc 10:42") for n, unit in enumerate(UNITS))
        ),
    ),
    demo=True,
)
RULES = PaperText(
    kind="QC",
    title="Quy chế",
    subject="Hoạt động của Khối",
    issuer=ISSUER,
    body=(
        Chapter("Chương I", "Quy định chung"),
        Article("Điều 1. Phạm vi"),
        Paragraph("1. Quy chế này quy định."),
    ),
)
ROLL = PaperText(
    kind="DS",
    title="Danh sách cử tri",
    issuer=ISSUER,
    body=(LIST, QrCode("http://127.0.0.1:8000/diem-danh/abc/", "Quét mã để điểm danh")),
)


def ballots(count: int = 11, per_sheet: int = 2) -> PaperText:
    """Papers for acclaiming one of three units."""
    papers = Ballot(
        "Phiếu suy tôn",
        "Đơn vị dẫn đầu năm 2019 (chọn 01 đơn vị)",
        tuple(UNITS),
        "Đánh dấu × vào ô của đơn vị được chọn.",
        count,
        issuer=ISSUER[1],
        per_sheet=per_sheet,
    )
    return PaperText(kind="PB", title="Phiếu suy tôn", body=(papers,))


ALL = {
    "letter": LETTER,
    "minutes": MINUTES,
    "covenant": COVENANT,
    "rules": RULES,
    "roll": ROLL,
    "ballots": ballots(),
}
